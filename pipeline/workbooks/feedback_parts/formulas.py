"""A sender's formulas become the values that were seen: openpyxl saves formulas without their values (design 3)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.workbooks.feedback_parts.opening import opened
from pipeline.workbooks.feedback_parts.places import reference

_ROWS, _COLUMNS = 3_000, 200
"""As far as the reader reads; openpyxl makes every cell that it is asked for."""
_FORMULA: Final = "f"


def settle_formulas(workbook: Workbook, original: Path) -> tuple[str, ...]:
    """Replace the formulas of the workbook by their stored values; gives the addresses that changed.

    A formula that was never calculated stays, for its cell has no value that could stand there.
    """
    formulas = list(_formulas(workbook))
    values = opened(original, with_values=True) if formulas else None
    if values is None:
        return ()
    settled = []
    for worksheet, cell in formulas:
        value = values[worksheet.title][cell.coordinate].value
        if value is None:
            continue
        number_format = cell.number_format
        cell.value = value
        cell.number_format = number_format
        if isinstance(value, str) and cell.data_type == _FORMULA:
            cell.data_type = "s"
        settled.append(reference(worksheet.title, cell.coordinate))
    return tuple(settled)


def _formulas(workbook: Workbook) -> Iterator[tuple[Worksheet, Cell]]:
    for worksheet in workbook.worksheets:
        last_row, last_column = min(worksheet.max_row, _ROWS), min(worksheet.max_column, _COLUMNS)
        for row in worksheet.iter_rows(max_row=last_row, max_col=last_column):
            for cell in row:
                if isinstance(cell, Cell) and cell.data_type == _FORMULA:
                    yield worksheet, cell
