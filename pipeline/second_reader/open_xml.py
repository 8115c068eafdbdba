""".xlsx and .xlsm, read again by openpyxl."""

import datetime as dt
import io
import math
import warnings
import zipfile
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.second_reader.bounds import MAX_COLUMNS, MAX_ROWS, NotReadAgainError, Room
from pipeline.spreadsheet import CellValue, Position, RawCell, RawSheet, RawWorkbook

_DAMAGE = (
    zipfile.BadZipFile, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What openpyxl raises on parts that are missing, damaged or unheard of; the XML parser's error is a SyntaxError."""


def read_xlsx(content: bytes, room: Room) -> RawWorkbook:
    """Every worksheet with its filled cells; a formula gives the value stored beside it.

    Raises:
        NotReadAgainError: openpyxl cannot read the package, or it passes a bound.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of parts that it drops; only cells are asked for
        try:
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = tuple(_sheet(sheet, room) for sheet in workbook.worksheets)
            return RawWorkbook(sheets, date_1904=workbook.epoch == CALENDAR_MAC_1904)
        except _DAMAGE as damage:
            raise NotReadAgainError(str(damage)) from damage


def _sheet(sheet: Worksheet, room: Room) -> RawSheet:
    cells = {position: room.take(cell) for position, cell in _cells(sheet)}
    return RawSheet(sheet.title, cells, hidden=sheet.sheet_state != "visible", last_row=max(cells, default=(0, 0))[0])


def _cells(sheet: Worksheet) -> Iterator[tuple[Position, RawCell]]:
    if isinstance(sheet, ReadOnlyWorksheet):  # the declared dimension may be wrong; without it every row is looked at
        sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS):
        for cell in row:
            if cell.value is not None and cell.value != "":
                yield (cell.row, cell.column), _raw(cell)


def _raw(cell: Cell | MergedCell) -> RawCell:
    value: object = cell.value
    if cell.data_type == "e":
        return RawCell(str(value), is_error=True)
    return RawCell(_plain(value), str(cell.number_format))


def _plain(value: object) -> CellValue:
    match value:
        case str():
            return unescape(value)  # a carriage return is stored as _x000D_ (ECMA-376 Part 1, 22.9.2.19)
        case bool() | dt.date() | dt.time() | dt.timedelta():
            return value
        case int() | float() if math.isfinite(value):
            return float(value)
        case _:
            return str(value)
