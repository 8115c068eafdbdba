"""What our own templates compute beside what is filled: it tells the sender what to mend, and nothing else."""

from dataclasses import replace
from typing import Final

from pipeline.spreadsheet import RawSheet, RawWorkbook

CHECK_TAG: Final = "_kiem_tra"
"""Stands among the hidden tags above a column of live checks, in front of what the column holds."""
_SEARCHED_ROWS = 60


def without_checks(workbook: RawWorkbook) -> RawWorkbook:
    """The workbook without the columns of live checks, wherever they were moved."""
    return replace(workbook, sheets=tuple(map(_without_checks, workbook.sheets)))


def _without_checks(sheet: RawSheet) -> RawSheet:
    columns = {column for (row, column), cell in sheet.cells.items() if row <= _SEARCHED_ROWS and _is_tag(cell.value)}
    if not columns:
        return sheet
    return replace(sheet, cells={place: cell for place, cell in sheet.cells.items() if place[1] not in columns})


def _is_tag(value: object) -> bool:
    return isinstance(value, str) and value.startswith(CHECK_TAG)
