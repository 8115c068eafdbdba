"""The error of this package, and the reading of what would otherwise raise another one."""

import re
from typing import Final

_NUMBER: Final = re.compile(r"\s*[+-]?\d{1,18}\s*", re.ASCII)
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.IGNORECASE | re.ASCII)
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
"""The size of a worksheet (ECMA-376 has no bound; this is Excel's since 2007)."""


class PatchError(ValueError):
    """The package cannot be patched; the message says where and why, for a log."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")


def number(text: str | None, where: str) -> int:
    """Read a whole number from an attribute.

    Raises:
        PatchError: it is none.
    """
    if text is None or not _NUMBER.fullmatch(text):
        raise PatchError(where, f"{text!r} is no whole number")
    return int(text)


def position(cell: str) -> tuple[int, int]:
    """Row and column of a cell, from 1: ``B5`` is (5, 2).

    Raises:
        PatchError: it is no address of a single cell within a worksheet.
    """
    match = _CELL.fullmatch(cell)
    if not match:
        raise PatchError(cell, "is no cell")
    row, column = int(match[2]), column_number(match[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise PatchError(cell, "lies outside a worksheet")
    return row, column


def is_cell(text: str) -> bool:
    """Whether a text is the address of a single cell."""
    return bool(_CELL.fullmatch(text))


def column_number(letters: str) -> int:
    """The number of a column, from 1: ``AA`` is 27."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def column_letters(column: int) -> str:
    """The letters of a column by its number from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell: (5, 2) is ``B5``."""
    return f"{column_letters(column)}{row}"
