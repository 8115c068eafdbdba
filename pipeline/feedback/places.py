"""Places in somebody's workbook: the cell that a finding names, when the workbook has it."""

from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.cells import LONGEST_TEXT
from pipeline.findings import Finding
from pipeline.spreadsheet import cell_position
from pipeline.vietnamese import normalise

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
QUOTE: Final = "'"
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
    return _first_of_block(worksheet, worksheet.cell(row, column))


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write text that stays text: openpyxl would take ``=A1`` for a formula and ``#N/A`` for an error."""
    if isinstance(cell, Cell) and text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
        cell.data_type = "s"


def reference(title: str, cell: str) -> str:
    """The address of a cell as links inside a workbook want it: ``'Mục tiêu'!F7``."""
    return f"'{title.replace(QUOTE, QUOTE * 2)}'!{cell}"


def fixed_place(cell: Cell) -> str:
    """The address of a cell as a formula of another sheet writes it: ``'Mục tiêu'!$F$7``."""
    return reference(str(cell.parent.title), f"${cell.column_letter}${cell.row}")


def _first_of_block(worksheet: Worksheet, cell: Cell | MergedCell) -> Cell | None:
    if isinstance(cell, Cell):
        return cell
    for block in worksheet.merged_cells.ranges:
        if cell.coordinate in block:
            first = worksheet.cell(block.min_row, block.min_col)
            return first if isinstance(first, Cell) else None
    return None
