"""A worksheet whose cells are written as spreadsheet programs write them: taken by one pattern, heard by no scan.

What is written in any other way is left to ``sheet_scan``, which hears each element and says what is wrong
(docs/decisions/0047).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import compress, groupby, islice, repeat
from operator import add, itemgetter, lt, mul
from typing import NamedTuple

from pipeline.intake.formats import LAST_ROW, SheetFormats
from pipeline.ooxml.plain import Cut
from pipeline.ooxml.shared import StylesScan, is_value, whole_number
from pipeline.spreadsheet import Position, column_name

AROUND = ["worksheet", "sheetData"]
"""What is open around the rows."""
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_ROW = (
    rb'<row r="([1-9][0-9]{0,6})"(?: [^<>]{0,2000})?'
    rb"(?:(?<!/)>(?=<c )|/>(?=<row |\Z)|(?<!/)></row>(?=<row |\Z))"
)
_CELL = (
    rb'<c r="([A-Z]{1,2})([1-9][0-9]{0,6})"((?: s="[0-9]{1,9}")?(?: t="(?:n|s|b|e|d|str|inlineStr)")?)'
    rb"(?:/>|>(?:(<f)(?: [^<>]{0,2000})?(?:/>|>[^<]*</f>))?"
    rb'(<v>[^<]*</v>|<v/>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>)?</c>)'
    rb"(?:(?=<c )|</row>(?=<row |\Z))"
)
_TOKEN = re.compile(b"(" + _ROW + b"|" + _CELL + b")")
"""The start of a row that has cells, a row without any, a cell with the end of its row: one follows the other."""
_ATTRIBUTES = re.compile(rb'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?')
_COLUMNS = {b"": 0, **{column_name(column).encode(): column for column in range(1, 703)}}
_WIDTH = 1024
"""More than the columns that are named here; a place is row times width and column, so places have one order."""
_BARE = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
)


class _Cell(NamedTuple):
    """A cell that holds a formula or a value: its reference and attributes as they are written, and what they say."""

    position: Position
    reference: bytes
    attributes: bytes
    style: int
    kind: str
    has_formula: bool
    content: bytes

    @property
    def value(self) -> bytes:
        """The stored value; blank where none is, or a text stands in line."""
        return self.content[len("<v>") : -len("</v>")] if self.content.startswith(b"<v>") else b""

    @property
    def is_in_line(self) -> bool:
        """Whether a text stands in the cell itself."""
        return self.content.startswith(b"<is>")

    def is_formed(self, strings: int) -> bool:
        """Whether the value is written as those of its type."""
        value = self.value
        if self.kind == "inlineStr" or self.is_in_line:
            return self.kind == "inlineStr" and not value
        if not value or self.kind == "str":
            return True
        return is_value(self.kind, value.decode()) and (self.kind != "s" or int(value) < strings)


class PlainSheet:
    """The filled cells of a sheet from left to right and down, and its part cut around its rows."""

    def __init__(self, cut: Cut, cells: list[_Cell]) -> None:
        self.cut = cut
        self._cells = cells

    def keep(self, sheet: SheetFormats, styles: StylesScan) -> None:
        """Keep formats, fonts, errors and formulas of the cells, as ``SheetScan`` does."""
        for cell in self._cells:
            position, kind = cell.position, cell.kind
            if cell.has_formula:
                sheet.formula(position)
            # A formula that gives "" is stored with an empty value and type "str": it is calculated.
            if not (cell.is_in_line or cell.value or (kind == "str" and cell.content)):
                if cell.has_formula:
                    sheet.uncalculated(position)
            elif kind in _TEXTS:
                sheet.text(position, styles.font_name(cell.style))
            elif kind in _NUMBERS:
                sheet.number(position, styles.number_format(cell.style))
            elif kind == "e":
                sheet.error(position, cell.value.decode())
            else:
                sheet.reach(*position)

    def bare(self) -> bytes:
        """The part with the cells that hold a value and no error, and nothing else, as calamine is to read it."""
        rows = groupby(
            (cell for cell in self._cells if cell.kind != "e" and (cell.is_in_line or cell.value)),
            key=lambda cell: cell.position[0],
        )
        return _BARE % b"".join(
            b'<row r="%d">%b</row>'
            % (row, b"".join(b'<c r="%b"%b>%b</c>' % (cell.reference, cell.attributes, cell.content) for cell in cells))
            for row, cells in rows
        )


_NUMBERS, _TEXTS = frozenset({"n", "d"}), frozenset({"s", "str", "inlineStr"})


def plain_sheet(content: bytes, strings: int) -> PlainSheet | None:
    """A sheet by the bytes of its part; None where something is written otherwise than programs write it.

    ``strings`` is how many shared texts there are.
    """
    cut = Cut.between(content, _BEGIN, _END)
    if cut is None:
        return None
    cells = _filled(cut.middle)
    return PlainSheet(cut, cells) if cells is not None and all(cell.is_formed(strings) for cell in cells) else None


def _filled(rows: bytes) -> list[_Cell] | None:
    """The cells that hold a formula or a value; None where rows or cells are not in order, or written otherwise."""
    tokens = _TOKEN.findall(rows)
    is_whole = sum(map(len, map(itemgetter(0), tokens))) == len(rows)
    if not is_whole or not rows.startswith(b"<row ") or b"xmlns" in rows:
        return None
    _, begun, letters, numbers, _, formulas, contents = zip(*tokens, strict=True)
    rows_of_all = map(mul, map(int, map(add, begun, numbers)), repeat(_WIDTH))
    places = list(map(add, rows_of_all, map(_COLUMNS.__getitem__, letters)))
    # Where all is in order and the row of each cell begins somewhere, it begins right before the cell.
    is_ordered = all(map(lt, places, islice(places, 1, None))) and {*numbers} <= {b"", *begun}
    if not is_ordered or places[-1] >= (LAST_ROW + 1) * _WIDTH:
        return None
    filled = compress(zip(places, tokens, strict=True), map(add, formulas, contents))
    return [
        _Cell(divmod(place, _WIDTH), letters + row, attributes, *_style_and_kind(attributes), bool(formula), content)
        for place, (_, _, letters, row, attributes, formula, content) in filled
    ]


@lru_cache(maxsize=1024)
def _style_and_kind(attributes: bytes) -> tuple[int, str]:
    style, kind = _ATTRIBUTES.fullmatch(attributes).groups(b"")
    return whole_number(style.decode()), kind.decode() or "n"
