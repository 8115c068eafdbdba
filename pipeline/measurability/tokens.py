"""A sentence as tokens, each with its place in the text and the key by which the lexicon knows it."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pipeline.vietnamese import NUMERAL, halfwidth, normalise, sound_key


class Kind(StrEnum):
    """What a token is by its shape alone."""

    NAME = "name"  # holds digits but is no number: 19/2014/QĐ-TTg, 9001:2015, 5S
    DATE = "date"  # 30/6/2019
    MONTH = "month"  # 10/2020
    FRACTION = "fraction"  # 9/10: a share, a rank, evidence or a date, as the words around it say
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"


class Token(NamedTuple):
    """One token: its text stands at ``start``..``end`` of the normalised sentence."""

    kind: str
    text: str
    key: str
    start: int
    end: int


_LETTER = r"[^\W\d_]"
_NAMES = (
    r"[0-9]+(?:/[0-9]{4})?[/-][A-ZĐ][\w]*(?:[/-]\w+)*",  # 19/2014/QĐ-TTg: a capital behind slash or hyphen
    r"[0-9]+:[0-9]{4}",  # 9001:2015
    r"[A-ZĐ]\w*-[0-9]+(?![0-9/]|[.,][0-9]|\s?%)",  # COVID-19
    rf"{_LETTER}++[0-9]\w*",  # m2, MT01
    r"[0-9]+[A-Z](?!\w)",  # 5S, 4G
)
_SHAPES = (
    (Kind.NAME, "|".join(_NAMES)),
    (Kind.DATE, r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4}(?![0-9])"),
    (Kind.MONTH, r"(?:0?[1-9]|1[0-2])/(?:19|20)[0-9]{2}(?![0-9])"),
    (Kind.FRACTION, rf"{NUMERAL}\s?/\s?{NUMERAL}"),
    (Kind.NUMBER, rf"[1-9][0-9]{{0,2}}(?: [0-9]{{3}})+(?![0-9.,])|{NUMERAL}"),
    (Kind.WORD, rf"{_LETTER}+[²³]?"),
    (Kind.SIGN, r"[<>]=|\S"),
)
# The back reference of a date is renumbered when the shapes are put together.
_TOKEN = re.compile("|".join(f"(?P<{kind}>{shape})" for kind, shape in _SHAPES).replace(r"\1", r"\3"))


def clean(sentence: str) -> str:
    """The sentence as it is read: normalised, full-width characters made ordinary, line breaks made blanks."""
    return halfwidth(normalise(sentence)).replace("\n", " ")


def tokenise(text: str) -> list[Token]:
    """Split a clean text into tokens; every character but blanks belongs to one."""
    return [Token(match.lastgroup or "", match[0], _key(match[0]), *match.span()) for match in _TOKEN.finditer(text)]


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    return sound_key(word)
