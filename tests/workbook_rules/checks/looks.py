"""What the eye needs: enough contrast, one font, columns wide enough for their numbers."""

import re
from collections.abc import Iterator
from typing import Final

from workbook_rules.areas import Area, area_of
from workbook_rules.cells import Cell
from workbook_rules.reader import ReadSheet, ReadWorkbook
from workbook_rules.styles import Style
from workbook_rules.styles import contrast as contrast_of

FONT: Final = "Times New Roman"
LEAST: Final = 4.5
"""WCAG 2.1, 1.4.3."""
_DEFAULT_WIDTH: Final = 8.43
_PADDING: Final = 0.71
"""What a stored width adds to the digits that fit (ECMA-376 part 1, 18.3.1.13, at 7 pixels a digit)."""
_SIZE: Final = 11.0
_BOLD: Final = 1.08
_LITERAL = re.compile(r'"[^"]*"')
_HEADER_FONT = re.compile(r'&"([^",]+)')


def contrast(book: ReadWorkbook) -> Iterator[str]:
    """Every text stands out from its ground by 4.5 : 1, under conditional formats too."""
    for sheet in book.sheets:
        seen: set[int] = set()
        for place, cell in sheet.filled:
            if cell.style not in seen:
                seen.add(cell.style)
                if not _is_readable(book.style(cell)):
                    yield sheet.at(place)
        yield from _under_rules(book, sheet)


def _is_readable(style: Style) -> bool:
    return style.ink is not None and style.ground is not None and contrast_of(style.ink, style.ground) >= LEAST


def _under_rules(book: ReadWorkbook, sheet: ReadSheet) -> Iterator[str]:
    for formatting in sheet.root.iter("conditionalFormatting"):
        areas = [area_of(text) for text in formatting.get("sqref", "A1").split()]
        looks = [book.looks(number) for number in {cell.style for place, cell in sheet.filled if _in(areas, place)}]
        for rule in formatting.iter("cfRule"):
            top = book.styles.overlay(rule.get("dxfId"))
            if not all(_is_readable(look.under(top)) for look in looks):
                yield f"{sheet.title}!{areas[0]}"


def _in(areas: list[Area], place: tuple[int, int]) -> bool:
    return any(area.has(place) for area in areas)


def font(book: ReadWorkbook) -> Iterator[str]:
    """Times New Roman in every cell, chart and head of a page."""
    yield from (f"font {name}" for name in sorted(set(book.styles.fonts)) if name != FONT)
    for sheet in book.sheets:
        for name in ("oddHeader", "oddFooter"):
            told = "".join(part.text or "" for part in sheet.root.iter(name))
            if told and set(_HEADER_FONT.findall(told)) != {FONT}:
                yield sheet.title
        for chart in sheet.charts:
            faces = {latin.get("typeface") for latin in chart.root.iter("latin")}
            if faces != {FONT}:
                yield chart.place


def widths(book: ReadWorkbook) -> Iterator[str]:
    """Every column is wide enough for its numbers: a number that does not fit is shown as ####."""
    for sheet in book.sheets:
        column_widths, default = _column_widths(sheet), _default(sheet)
        first = {area[:2]: area for area in sheet.merged}
        needed: dict[tuple[object, int], float] = {}
        for place, cell in sheet.numbers:
            look = cell.value, cell.style
            if look not in needed:
                needed[look] = _width(cell, book.style(cell))
            columns = first[place].columns if place in first else (place[1],)
            if needed[look] > sum(column_widths.get(column, default) for column in columns) - _PADDING:
                yield sheet.at(place)


def column_pixels(sheet: ReadSheet, column: int) -> int:
    """How wide a column is on a screen."""
    return int(_column_widths(sheet).get(column, _default(sheet)) * 7 + 0.5)


def _default(sheet: ReadSheet) -> float:
    told = sheet.root.find("sheetFormatPr")
    return float(_DEFAULT_WIDTH if told is None else told.get("defaultColWidth", _DEFAULT_WIDTH)) + _PADDING


def _column_widths(sheet: ReadSheet) -> dict[int, float]:
    told = ((int(one.get("min", "1")), int(one.get("max", "1")), one) for one in sheet.root.iterfind("cols/col"))
    return {
        column: float(one.get("width", _DEFAULT_WIDTH))
        for first, last, one in told
        for column in range(first, min(last, 200) + 1)
    }


def _width(cell: Cell, style: Style) -> float:
    """The width of a number as it is shown, in digits of the default font; an estimate."""
    shown = _shown(float(cell.value or 0.0), style)
    signs = sum(0.5 if sign in ".,/: -" else 1.7 if sign == "%" else 1.0 for sign in shown)
    return signs * style.size / _SIZE * (_BOLD if style.bold else 1.0)


def _shown(value: float, style: Style) -> str:
    section = style.number_format.partition(";")[0]
    code, added = _LITERAL.sub("", section), "".join(_LITERAL.findall(section))
    if style.is_date:
        return "00/00/0000 00:00" if "h" in code else "00/00/0000"
    if code == "General":
        return f"{value:.10g}"
    is_percent = code.endswith("%")
    fraction = code.partition(".")[2].rstrip("%")
    shown = f"{100 * value if is_percent else value:{',' if '#,' in code else ''}.{len(fraction)}f}"
    if "#" in fraction:
        shown = shown.rstrip("0")
    return shown + "%" * is_percent + added.strip('"')
