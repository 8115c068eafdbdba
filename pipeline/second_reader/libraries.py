""".xlsx and .xlsm, read again by openpyxl; .xls by xlrd."""

import datetime as dt
import io
import math
import re
import warnings
from collections.abc import Iterator

import xlrd
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.second_reader.bounds import MAX_COLUMNS, MAX_ROWS, Room
from pipeline.spreadsheet import CellValue, Position, RawCell, RawWorkbook

_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
"""[h]:mm counts on beyond a day: a duration, no time of day."""


def read_xlsx(content: bytes, room: Room) -> RawWorkbook:
    """Every worksheet with its filled cells; a formula gives the value stored beside it.

    Raises:
        NotReadAgainError: the workbook passes a bound.
        Exception: openpyxl cannot read the package; which one is its own matter.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of parts that it drops; only cells matter here
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = tuple(
            room.sheet(sheet.title, _xlsx_cells(sheet), hidden=sheet.sheet_state != "visible")
            for sheet in workbook.worksheets
        )
        return RawWorkbook(sheets, date_1904=workbook.epoch == CALENDAR_MAC_1904)


def _xlsx_cells(sheet: Worksheet) -> Iterator[tuple[Position, RawCell]]:
    if isinstance(sheet, ReadOnlyWorksheet):  # the declared dimension may be wrong; without it every row is looked at
        sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS):
        for cell in row:
            if cell.value is not None and cell.value != "":
                yield (cell.row, cell.column), _xlsx_cell(cell)


def _xlsx_cell(cell: Cell | MergedCell) -> RawCell:
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


def read_xls(content: bytes, room: Room) -> RawWorkbook:
    """Every worksheet with its filled cells and their number formats.

    Raises:
        NotReadAgainError: the workbook passes a bound.
        Exception: xlrd cannot read the bytes; which one is its own matter.
    """
    # xlrd prints what it finds odd; nobody is there to read it.
    book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    sheets = tuple(
        room.sheet(sheet.name, _xls_cells(book, sheet), hidden=sheet.visibility != 0) for sheet in book.sheets()
    )
    return RawWorkbook(sheets, date_1904=book.datemode == 1)


def _xls_cells(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[tuple[Position, RawCell]]:
    for row in range(min(sheet.nrows, MAX_ROWS)):
        for column in range(min(sheet.row_len(row), MAX_COLUMNS)):
            cell = sheet.cell(row, column)
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and cell.value != "":
                yield (row + 1, column + 1), _xls_cell(book, cell)


def _xls_cell(book: xlrd.Book, cell: xlrd.sheet.Cell) -> RawCell:
    number_format = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    match cell.ctype:
        case xlrd.XL_CELL_ERROR:
            return RawCell(xlrd.error_text_from_code.get(cell.value, "#N/A"), is_error=True)
        case xlrd.XL_CELL_BOOLEAN:
            return RawCell(bool(cell.value), number_format)
        case xlrd.XL_CELL_DATE:
            return RawCell(_moment(cell.value, number_format, book.datemode), number_format)
        case xlrd.XL_CELL_NUMBER:
            return RawCell(float(cell.value), number_format)
        case _:
            return RawCell(str(cell.value), number_format)


def _moment(serial: float, number_format: str, datemode: int) -> CellValue:
    if _ELAPSED.search(number_format):
        return dt.timedelta(days=serial)
    if 0 <= serial < 1:
        return (dt.datetime(1900, 1, 1) + dt.timedelta(days=serial)).time()
    moment: dt.datetime = xlrd.xldate_as_datetime(serial, datemode)
    return moment
