"""An .xlsx with the values of a workbook of another format, so that it can be marked as well: no looks, no formulas."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from pipeline.excel.cells import Book, Property, Sheet, WorkbookFaultError
from pipeline.excel.fitting import height_of, lines_of, text_width
from pipeline.feedback.places import writable
from pipeline.feedback.serials import as_counted
from pipeline.feedback.sheet_looks import A4, answer_book
from pipeline.patching import PatchError
from pipeline.spreadsheet import RawCell, RawSheet, RawWorkbook

_ERRORS: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_NARROWEST, _WIDEST = 9.0, 32.0
_HIGHEST: Final = 409.0
"""In points; Excel takes no more."""
_LOOK: Final[Mapping[str, Property]] = {"text_wrap": True, "valign": "top"}


def values_copy(workbook: RawWorkbook) -> bytes:
    """The workbook with what the reader saw in it.

    Raises:
        PatchError: a sheet has a title that Excel does not take.
    """
    book = answer_book()
    sheets = [_sheet(book, raw.title) for raw in workbook.sheets]
    for sheet, raw in zip(sheets, workbook.sheets, strict=True):
        _write(book, sheet, raw)
    _open_on_the_first(sheets, workbook)
    return book.to_bytes()


def _sheet(book: Book, title: str) -> Sheet:
    try:
        return book.sheet(title)
    except WorkbookFaultError as refusal:
        raise PatchError(refusal.where, refusal.reason) from refusal


def _open_on_the_first(sheets: list[Sheet], workbook: RawWorkbook) -> None:
    """Show the first sheet that is not hidden; XlsxWriter would show a hidden one that it opens on."""
    visible = [sheet for sheet, raw in zip(sheets, workbook.sheets, strict=True) if not raw.hidden]
    for sheet, raw in zip(sheets, workbook.sheets, strict=True):
        if raw.hidden:
            sheet.worksheet.hide()
    (visible or sheets)[0].worksheet.activate()


def _write(book: Book, sheet: Sheet, raw: RawSheet) -> None:
    widths, lines = _widths(raw), dict[int, int]()
    for column, width in widths.items():
        sheet.width(column, width)
    for (row, column), cell in raw.cells.items():
        lines[row] = max(lines.get(row, 1), lines_of(str(cell.value), widths[column]))
    for row, count in lines.items():
        sheet.fit(row, min(height_of(count), _HIGHEST))
    sheet.worksheet.set_paper(A4)
    sheet.worksheet.set_landscape()
    sheet.worksheet.fit_to_pages(1, 0)
    for (row, column), cell in raw.cells.items():
        if not cell.formula_without_value:
            _put(book, sheet, (row, column), cell)


def _widths(raw: RawSheet) -> dict[int, float]:
    """What the texts of each column need, within bounds."""
    widths: dict[int, float] = {}
    for (_, column), cell in raw.cells.items():
        needed = min(text_width(str(cell.value)) + 2, _WIDEST)
        widths[column] = max(widths.get(column, _NARROWEST), needed)
    return widths


def _put(book: Book, sheet: Sheet, place: tuple[int, int], cell: RawCell) -> None:
    look = book.look(**_LOOK, num_format=_number_format(cell))
    match as_counted(cell.value):
        case bool() as truth:
            sheet.truth(*place, value=truth)
        case str() as text if cell.is_error and text in _ERRORS:
            sheet.formula(*place, f"={text}", value=text, look=look)
        case str() as text:
            sheet.text(*place, writable(text), look)
        case number if number < 0 and isinstance(cell.value, dt.date):
            sheet.text(*place, f"{cell.value:%d/%m/%Y}", look)
        case number:
            sheet.number(*place, number, look)


def _number_format(cell: RawCell) -> str:
    match cell.value:
        case dt.datetime() if cell.value.time() != dt.time():
            return "dd/mm/yyyy hh:mm"
        case dt.date():
            return "dd/mm/yyyy"
        case dt.time():
            return "hh:mm"
        case dt.timedelta():
            return "[h]:mm"
        case str():
            return "@"
        case _:
            return _percent(cell.value) if "%" in (cell.number_format or "") else "General"


def _percent(value: float) -> str:
    """As many decimals as it has, up to two: with ``0.##%`` Excel shows ``5.%``."""
    decimals = next((places for places in range(2) if round(value * 100, places) == round(value * 100, 6)), 2)
    return f"{0:.{decimals}f}%"
