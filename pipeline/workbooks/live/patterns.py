"""Patterns of our own choices, wide enough for every way of typing that the reader still takes for them."""

import re
from collections.abc import Iterable

from pipeline.vietnamese import strip_accents

_LONGEST = 200
"""Excel refuses a criterion of more than 255 signs."""


def patterns_of(words: Iterable[str]) -> tuple[str, ...]:
    """Wildcard patterns: letters that carry accents stand for any letter, signs for any signs, one sign may stray.

    ``fold`` and the two spellings of i and y (``parsing.values``) match nothing that these do not.
    """
    cores = dict.fromkeys(_pattern(word) for word in words if len(word) <= _LONGEST)
    return tuple(made for core in cores for made in (core, f"{core}?", f"?{core}"))


def _pattern(word: str) -> str:
    plain = strip_accents(word).casefold()
    return re.sub("[adeiouy]", "?", re.sub(r"[^\w%]+|_+", "*", plain))
