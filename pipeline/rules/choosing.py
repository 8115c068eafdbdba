"""What several rules need to choose a value to propose."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Final

import pandas as pd

from pipeline.vietnamese import fold, sound_key
from pipeline.vocabulary.entries import Entry

_NUMBERS: Final = re.compile(r"\d+")
_ALIKE: Final = 0.85
"""The least likeness of two texts of which one was meant by the other: "không rõ" is no "không"."""
_APART: Final = 0.06
"""By how much the nearest must be nearer than the next: else two were meant alike."""


def only(values: Iterable[object]) -> str:
    """The one value that there is; "" for none, or for a choice that only the sender can make."""
    different = [*dict.fromkeys(str(value) for value in values)]
    return different[0] if len(different) == 1 else ""


def nearest_text(typed: object, values: Iterable[str] | Mapping[str, str]) -> str:
    """The value that was meant by what was typed, by sound, then without accents, then by letters.

    ``values`` may give each value by the words that it is known by. "" where nothing was typed, where none is near, and
    where two are as near as each other.
    """
    words = values if isinstance(values, Mapping) else {value: value for value in values}
    if not isinstance(typed, str) or not fold(typed):
        return ""
    for key in (sound_key, fold):
        same = only(value for word, value in words.items() if key(word) == key(typed))
        if same:
            return same
    ranked = sorted(((_likeness(typed, word), value) for word, value in words.items()), reverse=True)
    best, value = ranked[0] if ranked else (0.0, "")
    rest = max((likeness for likeness, other in ranked if other != value), default=0.0)
    return value if best >= _ALIKE and best - rest >= _APART else ""


def meant_or_left(typed: object, values: Iterable[object]) -> str:
    """What was meant by what was typed; where nothing was typed, the one value that is left."""
    listed = [str(value) for value in values]
    return only(listed) if typed is None else nearest_text(typed, listed)


def of_year(entry: Entry, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table of :class:`Knowledge` that are of the form's year."""
    return table[table["year"] == entry.year]


def _likeness(typed: str, word: str) -> float:
    """From 0 to 1, without accents; 0 where the numbers in them differ: MT09 is no MT05, 99/QĐ no 98/QĐ.

    A name stands whole in what was typed around it: “Đ/c Lý Văn Dũng (phó)”.
    """
    own, other = fold(typed), fold(word)
    if [*map(int, _NUMBERS.findall(own))] != [*map(int, _NUMBERS.findall(other))]:
        return 0.0
    if len(other) >= len(own) / 2 and " " in other and f" {other} " in f" {own} ":
        return 1.0
    return SequenceMatcher(None, _compact(own), _compact(other), autojunk=False).ratio()


def _compact(text: str) -> str:
    """Without blanks and without zeros before a number: "cb5" for "cb 005"."""
    return _NUMBERS.sub(lambda number: str(int(number[0])), text).replace(" ", "")
