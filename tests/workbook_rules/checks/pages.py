"""The sheets of paper: how small the text becomes, where pages begin, what comes again over them, what is frozen."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from workbook_rules.areas import Area, area_of
from workbook_rules.checks.looks import column_pixels
from workbook_rules.reader import ReadSheet, ReadWorkbook

_SMALLEST: Final = 9.0
"""The points of the smallest text on the committee's table."""
_PHONE: Final = 360
"""The pixels that a phone is wide."""
_ACROSS, _DOWN = (297 - 15 - 15) / 25.4, (210 - 20 - 20) / 25.4
"""A landscape A4 within its margins, in inches."""
_ROW: Final = 15.0


def is_of_print_set(sheet: ReadSheet) -> bool:
    """Whether the tab's colour marks the sheet for the committee's table."""
    return sheet.root.find("sheetPr/tabColor") is not None


def print_size(book: ReadWorkbook) -> Iterator[str]:
    """No text of the print set, and none in its charts, is smaller than 9 points on paper."""
    for sheet in filter(is_of_print_set, book.sheets):
        printed = printed_area(book, sheet)
        shrunk = scale(sheet, printed)
        for place, cell in sheet.filled:
            if printed.has(place) and book.style(cell).size * shrunk < _SMALLEST:
                yield sheet.at(place)
        for chart in sheet.charts:
            sizes = [int(one.get("sz", "1000")) / 100 for one in chart.root.iter() if one.tag.endswith("defRPr")]
            if min(sizes, default=10) * shrunk < _SMALLEST:
                yield f"{sheet.title}!{chart.place}"


def frozen(book: ReadWorkbook) -> Iterator[str]:
    """What is frozen at the left leaves room for the rest on a phone."""
    for sheet in book.sheets:
        pane = sheet.root.find("sheetViews/sheetView/pane")
        columns = int(float(pane.get("xSplit", "0"))) if pane is not None else 0
        if sum(column_pixels(sheet, column) for column in range(1, columns + 1)) > _PHONE:
            yield sheet.title


def foreign_headers(book: ReadWorkbook) -> Iterator[str]:
    """A page that has a header above it begins in the table of that header."""
    for sheet in book.sheets:
        title = repeated(book, sheet)
        table = next((one.area for one in sheet.tables if one.area.first_row == title), None)
        for start in starts(sheet):
            if table is not None and start > title and start not in table.rows:
                yield sheet.at((start, 1))


def page_feet(book: ReadWorkbook) -> Iterator[str]:
    """No page ends between a heading, a header and its first row, and none holds more than fits on it."""
    for sheet in book.sheets:
        begins = set(starts(sheet))
        for table in sheet.tables:
            header = table.area.first_row
            if begins & {header, header + 1}:
                yield sheet.at((header, 1))
        if sheet.tables:
            yield from (sheet.at((start, 1)) for start in _overfull(book, sheet))


def _overfull(book: ReadWorkbook, sheet: ReadSheet) -> Iterator[int]:
    printed, title = printed_area(book, sheet), repeated(book, sheet)
    capacity = _DOWN * 72 / scale(sheet, printed)
    heights = {int(row.get("r", "0")): float(row.get("ht", _ROW)) for row in sheet.root.iterfind("sheetData/row")}
    firsts = [1, *starts(sheet), printed.last_row + 1]
    for first, behind in pairwise(firsts):
        above = heights.get(title, _ROW) if 0 < title < first else 0.0
        if above + sum(heights.get(row, _ROW) for row in range(first, behind)) > capacity:
            yield first


def starts(sheet: ReadSheet) -> list[int]:
    """The first rows of the pages after the first, as the sheet says where they begin."""
    return sorted(int(one.get("id", "0")) + 1 for one in sheet.root.iterfind("rowBreaks/brk"))


def repeated(book: ReadWorkbook, sheet: ReadSheet) -> int:
    """The row that comes again over every page; 0 without."""
    told = book.named("_xlnm.Print_Titles").get(sheet.title, "")
    return area_of(told.rpartition("!")[2]).first_row if "!" in told else 0


def printed_area(book: ReadWorkbook, sheet: ReadSheet) -> Area:
    """What of a sheet is printed; all of it where nothing is said."""
    told = book.named("_xlnm.Print_Area").get(sheet.title)
    return sheet.extent if told is None else area_of(told.rpartition("!")[2])


def scale(sheet: ReadSheet, printed: Area) -> float:
    """By how much programs shrink the columns so that they fit the width."""
    pixels = sum(column_pixels(sheet, column) for column in printed.columns)
    return min(1.0, int(100 * _ACROSS * 96 / pixels) / 100)
