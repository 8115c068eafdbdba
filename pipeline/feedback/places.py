"""Cells of a sender's workbook: the cell that a finding names, when the workbook has it, and references to it."""

from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import absolute_coordinate, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.cells import LONGEST_TEXT
from pipeline.findings import Finding
from pipeline.spreadsheet import cell_position
from pipeline.vietnamese import normalise

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
FORMULA: Final = "f"
"""openpyxl's word for the type of a cell with a formula."""


def worksheet_of(workbook: Workbook, title: str) -> Worksheet | None:
    """The worksheet of that title; macOS may have decomposed it."""
    return next((sheet for sheet in workbook.worksheets if normalise(sheet.title) == normalise(title)), None)


def cell_of(workbook: Workbook, finding: Finding) -> Cell | None:
    """The cell that a finding names; inside a merged block its first cell, which holds the value. None without one."""
    worksheet = worksheet_of(workbook, finding.sheet)
    if worksheet is None:
        return None
    try:
        row, column = cell_position(finding.cell)
    except ValueError:
        return None
    if row > _LAST_ROW or column > _LAST_COLUMN:
        return None
    cell = worksheet.cell(row, column)
    if isinstance(cell, MergedCell):
        block = next((block for block in worksheet.merged_cells.ranges if cell.coordinate in block), None)
        cell = worksheet.cell(block.min_row, block.min_col) if block is not None else cell
    return cell if isinstance(cell, Cell) else None


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write text that stays text: openpyxl would take ``=A1`` for a formula and ``#N/A`` for an error."""
    if isinstance(cell, Cell) and text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
        cell.data_type = "s"


def reference(title: str, cell: str) -> str:
    """The address of a cell as links inside a workbook want it: ``'Mục tiêu'!F7``."""
    return f"{quote_sheetname(title)}!{cell}"


def fixed_reference(title: str, cells: str) -> str:
    """The address of cells as a formula of another sheet writes it: ``'Mục tiêu'!$F$7``."""
    return reference(title, absolute_coordinate(cells))
