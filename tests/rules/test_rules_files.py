"""Files that are no form, or that cannot be read, get one code each, with words that say why."""

import pytest
from rules_examples_files import FILE_CODES, examined, files

from pipeline.findings import Verdict, explain

_NO_FORM = {"F106", "F107"}


@pytest.mark.parametrize(("code", "content"), files().values(), ids=files())
def test_a_file_that_is_no_form_gets_exactly_one_code(code: str, content: bytes) -> None:
    assert [finding.code for finding in examined(content).findings] == [code]


@pytest.mark.parametrize(("code", "content"), files().values(), ids=files())
def test_a_file_that_is_no_form_is_unreadable_or_no_form(code: str, content: bytes) -> None:
    assert examined(content).verdict is (Verdict.NOT_A_FORM if code in _NO_FORM else Verdict.UNREADABLE)


@pytest.mark.parametrize(("code", "content"), files().values(), ids=files())
def test_the_words_on_a_file_can_be_made(code: str, content: bytes) -> None:
    (finding,) = examined(content).findings
    assert finding.code == code
    assert explain(finding).problem


def test_every_code_on_files_has_an_example() -> None:
    assert {code for code, _ in files().values()} == FILE_CODES
