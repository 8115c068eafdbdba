"""Which sheets there are, how the workbook opens, and what a data sheet's tables are like."""

from collections import Counter
from collections.abc import Iterator

from workbook_rules.areas import Area
from workbook_rules.checks.marks import sheet_titles, title_of
from workbook_rules.reader import ReadSheet, ReadWorkbook, Table

_DATA_SHEETS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11)


def sheets(book: ReadWorkbook) -> Iterator[str]:
    """The twelve sheets of the catalogue, in their order, and no other; in a correction a thirteenth."""
    found = [sheet.title for sheet in book.sheets]
    wanted = [title for title in sheet_titles() if title in found or not title.startswith("13 ")]
    numbered = {title.split()[0] for title in wanted}
    yield from (f"missing: {number}" for number in map(str, range(1, 13)) if number not in numbered)
    yield from (f"missing: {title}" for title in wanted if title not in found)
    yield from (f"unknown: {title}" for title in found if title not in wanted)
    known = [title for title in found if title in wanted]
    yield from (
        now for now, then in zip(known, [title for title in wanted if title in known], strict=False) if now != then
    )


def opening(book: ReadWorkbook) -> Iterator[str]:
    """The first sheet is active, alone selected, and shows its A1."""
    views = [view for view in book.root.iter("workbookView") if view.get("activeTab", "0") != "0"]
    yield from (f"opens at {int(view.get('activeTab', '0')) + 1}" for view in views)
    for sheet in book.sheets:
        is_first = sheet is book.sheets[0]
        for view in sheet.root.iter("sheetView"):
            if (view.get("tabSelected", "0") == "1") is not is_first:
                yield sheet.title
            cells = [
                view.get("topLeftCell", "A1"),
                *(one.get("activeCell", "A1") for one in view.iterfind("selection")),
            ]
            if is_first and any(cell != "A1" for cell in cells):
                yield f"{sheet.title}!{cells[-1]}"


def tables(book: ReadWorkbook) -> Iterator[str]:
    """Every data sheet has a table; a table's name is its own, its header stands in its cells."""
    for title in map(title_of, _DATA_SHEETS):
        sheet = book.sheet(title)
        if sheet is not None and not sheet.tables:
            yield title
    names = Counter(table.name.casefold() for sheet in book.sheets for table in sheet.tables)
    for sheet, table in _tables(book):
        if not table.name or names[table.name.casefold()] > 1:
            yield f"{sheet.title}!{table.area}"
        yield from _wrong_headers(sheet, table)


def _wrong_headers(sheet: ReadSheet, table: Table) -> Iterator[str]:
    for column, header in zip(table.area.columns, table.headers, strict=False):
        cell = sheet.cells.get((table.area.first_row, column))
        shown = cell.text if cell else ""
        if not header or shown != header.replace("_x000a_", "\n"):
            yield sheet.at((table.area.first_row, column))


def _tables(book: ReadWorkbook) -> Iterator[tuple[ReadSheet, Table]]:
    return ((sheet, table) for sheet in book.sheets for table in sheet.tables)


def unmerged(book: ReadWorkbook) -> Iterator[str]:
    """No merged cells inside a table."""
    for sheet, table in _tables(book):
        yield from (f"{sheet.title}!{area}" for area in sheet.merged if area.meets(table.area))


def no_blank_rows(book: ReadWorkbook) -> Iterator[str]:
    """No row of a table is empty; a table of one row is the business of :func:`empty_said`."""
    for sheet, table in _tables(book):
        if len(table.body.rows) > 1:
            yield from (
                sheet.at((row, table.body.first_column)) for row in table.body.rows if _is_blank(sheet, table, row)
            )


def empty_said(book: ReadWorkbook) -> Iterator[str]:
    """A table without rows says so in one."""
    for sheet, table in _tables(book):
        rows = table.body.rows
        if len(rows) == 0 or (len(rows) == 1 and _is_blank(sheet, table, rows[0])):
            yield f"{sheet.title}!{_first(table.body)}"


def _first(area: Area) -> Area:
    return Area(area.first_row, area.first_column, area.first_row, area.first_column)


def _is_blank(sheet: ReadSheet, table: Table, row: int) -> bool:
    cells = (sheet.cells.get((row, column)) for column in table.area.columns)
    return all(cell is None or (cell.formula is None and cell.value in {None, ""}) for cell in cells)
