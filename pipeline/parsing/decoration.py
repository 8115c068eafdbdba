"""What our own templates compute beside what is filled: it tells the sender what to mend, and nothing else."""

from dataclasses import replace
from typing import Final

from pipeline.spreadsheet import RawSheet, RawWorkbook
from pipeline.wording import say

CHECK_TAG: Final = "_kiem_tra"
"""Stands above a column of live checks, in front of what the column holds: among the hidden tags, and where the column
is hidden also in place of a header, as rows of tags are deleted."""
_TITLE: Final = say("live.column.title")
_SEARCHED_ROWS = 60


def without_checks(workbook: RawWorkbook) -> RawWorkbook:
    """The workbook without the columns of live checks, wherever they were moved."""
    return replace(workbook, sheets=tuple(map(_without_checks, workbook.sheets)))


def _without_checks(sheet: RawSheet) -> RawSheet:
    columns = {column for (row, column) in sheet.cells if row <= _SEARCHED_ROWS and _is_check(sheet, row, column)}
    if not columns:
        return sheet
    return replace(sheet, cells={place: cell for place, cell in sheet.cells.items() if place[1] not in columns})


def _is_check(sheet: RawSheet, row: int, column: int) -> bool:
    """A column that bears the tag, or the header of *Kiểm tra* right of one that does."""
    value = sheet.cells[row, column].value
    beside = sheet.cells.get((row, column - 1))
    return _is_tag(value) or (beside is not None and value == _TITLE and _is_tag(beside.value))


def _is_tag(value: object) -> bool:
    return isinstance(value, str) and value.startswith(CHECK_TAG)
