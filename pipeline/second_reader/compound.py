""".xls, read again by xlrd."""

import datetime as dt
import io
import re

import xlrd

from pipeline.second_reader.bounds import MAX_COLUMNS, MAX_ROWS, NotReadAgainError, Room
from pipeline.spreadsheet import CellValue, Position, RawCell, RawSheet, RawWorkbook

_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
"""[h]:mm counts on beyond a day: a duration, no time of day."""


def read_xls(content: bytes, room: Room) -> RawWorkbook:
    """Every worksheet with its filled cells and their number formats, which the first reader does not know here.

    Raises:
        NotReadAgainError: xlrd cannot read the bytes, or they pass a bound.
    """
    try:
        # xlrd prints what it finds odd; nobody is there to read it.
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
        return RawWorkbook(tuple(_sheet(book, sheet, room) for sheet in book.sheets()), date_1904=book.datemode == 1)
    except NotReadAgainError:
        raise
    except Exception as damage:  # xlrd meets damaged records with whatever its code stumbles over
        message = f"{type(damage).__name__}: {damage}"
        raise NotReadAgainError(message) from damage


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet, room: Room) -> RawSheet:
    cells: dict[Position, RawCell] = {}
    for row in range(min(sheet.nrows, MAX_ROWS)):
        for column in range(min(sheet.row_len(row), MAX_COLUMNS)):
            cell = sheet.cell(row, column)
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and cell.value != "":
                cells[row + 1, column + 1] = room.take(_raw(book, cell))
    return RawSheet(sheet.name, cells, hidden=sheet.visibility != 0, last_row=max(cells, default=(0, 0))[0])


def _raw(book: xlrd.Book, cell: xlrd.sheet.Cell) -> RawCell:
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
    found: dt.datetime = xlrd.xldate_as_datetime(serial, datemode)
    return found
