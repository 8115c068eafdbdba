"""How the workbook comes out on paper: A4 landscape, one page wide, headed and numbered."""

import re
from collections.abc import Iterator, Mapping

from workbook_rules.areas import Area, area_of
from workbook_rules.checks.pages import is_of_print_set, printed_area
from workbook_rules.reader import ReadSheet, ReadWorkbook

_A4 = "9"
_SECTION = re.compile(r"&([LCR])")
_STYLE = re.compile(r'&"[^"]*"|&\d+')


def paper(book: ReadWorkbook) -> Iterator[str]:
    """A4, landscape, one page wide."""
    for sheet in book.sheets:
        setup, fit = sheet.root.find("pageSetup"), sheet.root.find("sheetPr/pageSetUpPr")
        told: Mapping[str, str] = {} if setup is None else setup.attrib
        is_a4 = (told.get("paperSize"), told.get("orientation")) == (_A4, "landscape")
        is_fitted = fit is not None and fit.get("fitToPage") in {"1", "true"} and told.get("fitToWidth", "1") == "1"
        if not is_a4 or not is_fitted:
            yield sheet.title


def header_rows(book: ReadWorkbook) -> Iterator[str]:
    """Where tables of a sheet are printed, the header of one of them comes again on every page behind it."""
    repeated = book.named("_xlnm.Print_Titles")
    for sheet in book.sheets:
        last = printed_area(book, sheet).last_row
        headers = [table.area.first_row for table in sheet.tables if table.area.first_row < last]
        rows = _rows(repeated.get(sheet.title, ""))
        if headers and (rows is None or not any(header in rows for header in headers)):
            yield sheet.title


def _rows(told: str) -> range | None:
    rows = [one.rpartition("!")[2] for one in told.split(",") if re.search(r"\$\d+:\$\d+$", one)]
    return area_of(rows[0]).rows if rows else None


def page_headers(book: ReadWorkbook) -> Iterator[str]:
    """The agency and the title, which the properties name, in the head of every page, its number in the middle."""
    wanted = {book.properties.get("creator", ""), book.properties.get("title", "")}
    for sheet in book.sheets:
        told = "".join(part.text or "" for part in sheet.root.iter("oddHeader"))
        parts = {side: _STYLE.sub("", text).strip() for side, text in _sections(told)}
        said = f"{parts.get('L', '')}\n{parts.get('R', '')}".replace("&&", "&")
        if "&P" not in parts.get("C", "") or not all(words and words in said for words in wanted):
            yield sheet.title


def _sections(told: str) -> Iterator[tuple[str, str]]:
    # "&&" is a written ampersand and begins no section.
    pieces = re.split(r"(?<!&)(?:&&)*&([LCR])", told)
    return zip(pieces[1::2], pieces[2::2], strict=False)


def print_areas(book: ReadWorkbook) -> Iterator[str]:
    """Every sheet has a print area, and no filled row lies outside it.

    Columns may: where every row comes from is for the screen, where its links work. So may the last rows of a sheet
    of the print set that says so in its third row, and its tables without rows.
    """
    areas = book.named("_xlnm.Print_Area")
    for sheet in book.sheets:
        told = areas.get(sheet.title)
        if told is None:
            yield sheet.title
        elif not (is_of_print_set(sheet) and (3, 3) in sheet.cells):
            yield from _outside(sheet, [area_of(one.rpartition("!")[2]) for one in told.split(",")])


def _outside(sheet: ReadSheet, areas: list[Area]) -> Iterator[str]:
    rows = {row for area in areas for row in area.rows}
    bare = [table.area for table in sheet.tables if len(sheet.rows.get(table.area.last_row, ())) == 1]
    rows |= {row for area in bare for row in range(area.first_row - 1, area.last_row + 1) if is_of_print_set(sheet)}
    return (sheet.at(place) for place, cell in sheet.cells.items() if cell.value is not None and place[0] not in rows)
