"""Figures: totals are live, numbers are numbers, dates are dates, formats are the reader's own, units stand apart."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from pipeline.spreadsheet import Position
from workbook_rules.checks.marks import beginning, label, title_of
from workbook_rules.reader import Column, ReadSheet, ReadWorkbook, Table
from workbook_rules.styles import Style

_LIVE_COLUMNS: Final = ("actual", "actual_sum", "holds")
_LIVE_TABLES: Final = ("pooled_value", "share")
_NUMBER = re.compile(r"[-+]?\d[\d.,]*\s*%?")
_NUMBER_WITH_UNIT = re.compile(r"[-+]?\d[\d.,]*\s*[^\W\d_].*")
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(\s.*)?|\d{4}-\d{2}-\d{2}([T ].*)?")
_FORMAT = re.compile(r"#,##0(\.0+#*)?|0|0(\.0+)?%|dd/mm/yyyy( hh:mm)?")
_QUOTED = re.compile(r'"[^"]*"')


def totals(book: ReadWorkbook) -> Iterator[str]:
    """No total is typed: outside the tables every figure is a formula, as are the columns that count or sum up.

    What changed on sheet 1 is compared with a run before this workbook: no formula can know it.
    """
    for sheet in book.sheets:
        loose = (place for place, cell in sheet.numbers if cell.formula is None)
        yield from (sheet.at(place) for place in loose if not sheet.table_at(place) and not _is_change(sheet, place))
        for table in sheet.tables:
            yield from _typed(sheet, table)


def _is_change(sheet: ReadSheet, place: Position) -> bool:
    """Whether a cell lies in the block of changes on sheet 1: below its heading, as far as the rows go on."""
    heading = sheet.find(beginning("committee.heading.changes")) if sheet.title == title_of(1) else None
    if heading is None or place[0] <= heading[0]:
        return False
    filled = {row for (row, _), cell in sheet.cells.items() if cell.value is not None}
    return all(row in filled for row in range(heading[0] + 1, place[0] + 1))


def _typed(sheet: ReadSheet, table: Table) -> Iterator[str]:
    is_summary = any(label(name) in table.headers for name in _LIVE_TABLES)
    live = {table.column(label(name)) for name in _LIVE_COLUMNS}
    for row in table.body.rows:
        for column in table.body.columns:
            cell = sheet.cells.get((row, column))
            if cell is None or cell.formula is not None or cell.value in {None, ""}:
                continue
            if (is_summary and cell.is_number) or (column in live and column != table.area.first_column):
                yield sheet.at((row, column))


def numbers(book: ReadWorkbook) -> Iterator[str]:
    """No number is text in a column of figures."""
    for column in _columns(book, is_date=False):
        for place, cell in column.cells:
            if _NUMBER.fullmatch(cell.text):
                yield column.sheet.at(place)


def dates(book: ReadWorkbook) -> Iterator[str]:
    """No day is text or a bare serial in a column of days."""
    for column in _columns(book, is_date=True):
        for place, cell in column.cells:
            if _DAY.fullmatch(cell.text) or (cell.is_number and not book.style(cell).is_date):
                yield column.sheet.at(place)


def _columns(book: ReadWorkbook, *, is_date: bool) -> Iterator[Column]:
    """The columns in which figures, or days, stand: most of what is no text there is one."""
    return (column for column in book.columns if column.is_date is is_date)


def formats(book: ReadWorkbook) -> Iterator[str]:
    """Every number is shown by a format that follows the reader's locale."""
    yield from _numbers_in(book, lambda style: not _is_local(style))


def _is_local(style: Style) -> bool:
    # Up to four sections: positive, negative, zero, text; a section may show a sign in place of the number.
    sections = _QUOTED.sub("", style.number_format).split(";")
    return bool(sections[0]) and all(_FORMAT.fullmatch(one.removeprefix("-")) for one in sections if one)


def units(book: ReadWorkbook) -> Iterator[str]:
    """A unit stands in its own column: neither in a number's format nor behind it, nor is it missing beside results."""
    yield from _numbers_in(book, _has_word)
    for column in _columns(book, is_date=False):
        for place, cell in column.cells:
            if _NUMBER_WITH_UNIT.fullmatch(cell.text):
                yield column.sheet.at(place)
    for sheet in book.sheets:
        for table in sheet.tables:
            if label("value") in table.headers and "Đơn vị tính" not in table.headers:
                yield f"{sheet.title}!{table.area}"


def _has_word(style: Style) -> bool:
    return any(re.search(r"\w", literal) for literal in _QUOTED.findall(style.number_format))


def _numbers_in(book: ReadWorkbook, is_wrong: Callable[[Style], bool]) -> Iterator[str]:
    """The numbers whose look is wrong; each look is judged once."""
    wrong = {number: is_wrong(book.looks(number)) for number in book.used_looks}
    for sheet in book.sheets:
        yield from (sheet.at(place) for place, cell in sheet.numbers if wrong[cell.style])
