"""The codes: each has its words and its use, and nothing else has either."""

import re

from architecture_code import sources

from pipeline.findings import CATALOGUE, Code

_CODE = re.compile(r'(?:Code\.|")([A-Z]\d{3})\b')


def test_every_code_has_words_and_all_words_are_a_codes() -> None:
    assert {str(code) for code in Code} == set(CATALOGUE)


def test_every_code_is_given_somewhere() -> None:
    texts = [text for module, text in sources().items() if module.rpartition("/")[2] != "codes.py"]
    given = {code for text in texts for code in _CODE.findall(text)}
    assert {str(code) for code in Code} - given == set()
