"""The codes: each has its words and its use, and nothing else has either."""

import re
from pathlib import Path

from pipeline.findings import CATALOGUE, Code

_MODULES = [path for path in (Path(__file__).parents[2] / "pipeline").rglob("*.py") if path.name != "codes.py"]
_CODE = re.compile(r'(?:Code\.|")([A-Z]\d{3})\b')


def test_every_code_has_words_and_all_words_are_a_codes() -> None:
    assert {str(code) for code in Code} == set(CATALOGUE)


def test_every_code_is_given_somewhere() -> None:
    given = {code for path in _MODULES for code in _CODE.findall(path.read_text(encoding="utf-8"))}
    assert {str(code) for code in Code} - given == set()
