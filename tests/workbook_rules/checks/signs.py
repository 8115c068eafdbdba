"""A state is a word, a symbol and a colour: never a colour alone."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbook_rules.areas import Area, area_of
from workbook_rules.cells import Cell
from workbook_rules.reader import ReadSheet, ReadWorkbook

_SYMBOL = re.compile(r"[^\w\s.,;:()%/\"'“”…-]")


def signs(book: ReadWorkbook) -> Iterator[str]:
    """Whatever has the ground of a state bears its word and a symbol. Greys are no colours: totals have them too."""
    styles = {number: book.looks(number) for number in book.used_looks}
    grounds = {
        style.ground for style in styles.values() if style.symbol and style.ground and not _is_grey(style.ground)
    }
    coloured = {number for number, style in styles.items() if style.ground in grounds}
    for sheet in book.sheets:
        for place, cell in sheet.cells.items():
            if cell.style in coloured and not _is_covered(sheet, place) and not _is_told(book, cell):
                yield sheet.at(place)


def _is_grey(colour: str) -> bool:
    return colour[:2] == colour[2:4] == colour[4:]


def _is_covered(sheet: ReadSheet, place: tuple[int, int]) -> bool:
    """Whether the cell lies under a merged block whose first cell speaks for it."""
    return any(area.has(place) and place != area[:2] for area in sheet.merged)


def _is_told(book: ReadWorkbook, cell: Cell) -> bool:
    return bool(cell.text) and bool(book.style(cell).symbol or _SYMBOL.search(cell.text))


def live_signs(book: ReadWorkbook) -> Iterator[str]:
    """Where a rule colours cells, a word and a symbol stand in the same row."""
    for sheet in book.sheets:
        for formatting in sheet.root.iter("conditionalFormatting"):
            if _colours(book, formatting):
                for area in map(area_of, formatting.get("sqref", "A1").split()):
                    yield from (sheet.at((row, area.first_column)) for row in _silent_rows(book, sheet, area))


def _colours(book: ReadWorkbook, formatting: Element) -> bool:
    overlays = (book.styles.overlay(rule.get("dxfId")) for rule in formatting.iter("cfRule"))
    return any(overlay.ground is not None for overlay in overlays)


def _silent_rows(book: ReadWorkbook, sheet: ReadSheet, area: Area) -> Iterator[int]:
    for row in range(area.first_row, min(area.last_row, sheet.extent.last_row) + 1):
        if not any(_is_told(book, cell) for cell in sheet.rows.get(row, ())):
            yield row
