"""What a reader saw in a workbook: sheets of raw cells at their addresses, ready to cross processes."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

CellValue = str | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
Position = tuple[int, int]
"""Row and column, both counted from 1."""

_NAME = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class RawCell(NamedTuple):
    """One filled cell; a form has a thousand. ``number_format`` is None where the reader cannot tell (.xls, .ods).

    ``has_formula``: the value is what some program made of a formula; False where the reader cannot tell (.xls).
    """

    value: CellValue
    number_format: str | None = None
    is_error: bool = False
    formula_without_value: bool = False
    has_formula: bool = False


@dataclass(frozen=True)
class RawSheet:
    """One sheet: its filled cells only. ``merged`` are areas of joined cells, as first and last position."""

    title: str
    cells: Mapping[Position, RawCell]
    hidden: bool = False
    last_row: int = 0
    truncated: bool = False
    merged: tuple[tuple[Position, Position], ...] = ()


@dataclass(frozen=True)
class RawWorkbook:
    """One workbook as it was read.

    ``fonts`` is, by sheet title, the font of every cell that holds text, as far as the file tells: the best sign of a
    legacy encoding (".VnTime").
    """

    sheets: tuple[RawSheet, ...]
    formats_known: bool = True
    date_1904: bool = False
    fonts: Mapping[str, Mapping[Position, str]] = field(default_factory=dict)


def column_name(column: int) -> str:
    """The letters of a column counted from 1: 6 is F, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The address of a cell, both counted from 1: (7, 6) is F7."""
    return f"{column_name(column)}{row}"


def cell_position(name: str) -> Position:
    """Row and column of an address: F7 is (7, 6).

    Raises:
        ValueError: the text is no address.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(name)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
