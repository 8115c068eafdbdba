"""Cells of a sender's workbook: the cell that a finding names, when the workbook has it, and references to it."""

import re
from typing import Final, NamedTuple

from pipeline.excel.cells import LONGEST_TEXT, Area
from pipeline.findings import Finding
from pipeline.spreadsheet import Position, RawSheet, RawWorkbook, cell_name, cell_position
from pipeline.vietnamese import normalise

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_IN_NO_WORKBOOK: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Place(NamedTuple):
    """A cell of a workbook: the title of its sheet, row and column."""

    title: str
    position: Position

    @property
    def cell(self) -> str:
        """The address within the sheet: ``F7``."""
        return cell_name(*self.position)

    @property
    def reference(self) -> str:
        """The address as links inside a workbook want it: ``'Mục tiêu'!F7``."""
        return f"{_quoted(self.title)}!{self.cell}"

    @property
    def fixed(self) -> str:
        """The address as a formula of another sheet writes it: ``'Mục tiêu'!$F$7``."""
        return fixed_reference(self.title, self.position, self.position)


def sheet_of(workbook: RawWorkbook, title: str) -> RawSheet | None:
    """The worksheet of that title; macOS may have decomposed it."""
    return next((sheet for sheet in workbook.sheets if normalise(sheet.title) == normalise(title)), None)


def place_of(workbook: RawWorkbook, finding: Finding) -> Place | None:
    """The cell that a finding names; inside a merged block its first cell, which holds the value. None without one."""
    sheet = sheet_of(workbook, finding.sheet)
    if sheet is None:
        return None
    try:
        row, column = cell_position(finding.cell)
    except ValueError:
        return None
    if row > _LAST_ROW or column > _LAST_COLUMN:
        return None
    for first, last in sheet.merged:
        if first[0] <= row <= last[0] and first[1] <= column <= last[1]:
            return Place(sheet.title, first)
    return Place(sheet.title, (row, column))


def fixed_reference(title: str, first: Position, last: Position) -> str:
    """The address of a block as a formula of another sheet writes it: ``'Mục tiêu'!$F$7:$F$9``."""
    block = Area(*first, *last).absolute
    return f"{_quoted(title)}!{block if first != last else block.partition(':')[0]}"


def writable(text: str) -> str:
    """A text as far as a cell can hold it."""
    return _IN_NO_WORKBOOK.sub("", text)[:LONGEST_TEXT]


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"
