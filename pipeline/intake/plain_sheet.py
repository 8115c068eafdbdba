"""A worksheet whose cells are written as spreadsheet programs write them: taken by one pattern, heard by no scan.

What is written in any other way is left to ``sheet_scan``, which hears each element and says what is wrong
(docs/decisions/0047).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress, islice
from operator import add, lt
from typing import NamedTuple

from pipeline.intake.formats import LAST_ROW, Room, SheetFormats
from pipeline.ooxml.plain import Piece, is_whole
from pipeline.ooxml.shared import StylesScan, are_values, whole_number
from pipeline.spreadsheet import Position, column_name

_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_ROOT, _ROOT_END = re.compile(rb"<worksheet[^<>]*(?<!/)>"), b"</worksheet>"
_HEARD = (b"worksheet", b"sheetData", b"mergeCell")
"""What ``SheetScan`` listens to above and below the rows; formats and validations are none of it."""
_ROW = (
    rb'<row r="([1-9][0-9]{0,6})"(?: (?![^<>]*xmlns)[^<>]{0,2000})?'
    rb"(?:(?<!/)>(?=<c )|/>(?=<row |\Z)|(?<!/)></row>(?=<row |\Z))"
)
_CELL = (
    rb'<c r="([A-Z]{1,2})([1-9][0-9]{0,6})"((?: s="[0-9]{1,9}")?(?: t="(?:n|s|b|e|d|str|inlineStr)")?)'
    rb"(?:/>|>(?:(<f)(?: (?![^<>]*xmlns)[^<>]{0,2000})?(?:/>|>[^<]*</f>))?"
    rb'(<v>[^<]*</v>|<v/>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>)?</c>)'
    rb"(?:(?=<c )|</row>(?=<row |\Z))"
)
_TOKEN = re.compile(_ROW + b"|" + _CELL + rb"|([\s\S]+)")
"""The start of a row that has cells, a row without any, a cell with the end of its row; all the rest, if otherwise."""
_ATTRIBUTES = re.compile(r'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?')
_LONGEST_BLANK = len("<v></v>")
_NUMBERS, _TEXTS = frozenset({"n", "d"}), frozenset({"s", "str", "inlineStr"})
_COLUMNS = {b"": 0, **{column_name(column).encode(): column for column in range(1, 703)}}
_WIDTH = 1024
"""More than the columns that are named here; a place is row times width and column, so places have one order."""
_BARE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'


@dataclass(frozen=True)
class PlainSheet:
    """What ``SheetScan`` would keep of a sheet's cells, its part in pieces, and the part bare.

    ``bare`` has the cells that hold a value and no error, and nothing else, as calamine is to read it.
    """

    formats: SheetFormats
    pieces: tuple[Piece, ...]
    bare: bytes


def plain_sheet(content: bytes, room: Room, styles: StylesScan, strings: int) -> PlainSheet | None:
    """A sheet by the bytes of its part; None where something is written otherwise than programs write it.

    None also where a filled cell lies beyond the rows and columns of ``room``. ``strings`` is how many shared texts
    there are.
    """
    begin, end = content.find(_BEGIN) + len(_BEGIN), content.rfind(_END)
    rows = content[begin:end]
    cells = _filled(rows) if len(_BEGIN) <= begin < end else None
    if cells is None:
        return None
    kinds = _Kinds(SheetFormats(room), styles)
    bare = _taken(cells, kinds)
    if not room.is_within((kinds.sheet.last_row, kinds.sheet.last_column)) or not kinds.are_formed(strings):
        return None
    pieces = (*_above(content[:begin]), Piece(rows, ("worksheet", "sheetData")), *_below(content[end:]))
    return PlainSheet(kinds.sheet, pieces, bare)


def _above(content: bytes) -> tuple[Piece, ...]:
    """What stands above the rows; what is between the root and the table of cells is silent where nobody listens."""
    root = _ROOT.search(content)
    silent = content[root.end() : -len(_BEGIN)] if root else b""
    if root is None or any(word in silent for word in _HEARD) or not is_whole(content[: -len(_BEGIN)] + _ROOT_END):
        return (Piece(content),)
    return Piece(content[: root.end()]), Piece(silent, ("worksheet",)), Piece(_BEGIN)


def _below(content: bytes) -> tuple[Piece, ...]:
    """What stands below the rows: with all else well-formed, whole elements and the end of the root."""
    end = content.rfind(_ROOT_END)
    silent = content[len(_END) : end]
    if end < 0 or any(word in silent for word in _HEARD):
        return (Piece(content),)
    return Piece(_END), Piece(silent, ("worksheet",)), Piece(content[end:])


class _Kind(NamedTuple):
    """What the attributes of a cell say: its type, the format or font, where that is kept, where values are."""

    name: str
    look: str | None
    looks: dict[Position, str]
    contents: list[bytes]


class _Kinds(dict[bytes, _Kind]):
    """The kinds of the filled cells of one sheet by their attributes, and what is kept of the cells."""

    def __init__(self, sheet: SheetFormats, styles: StylesScan) -> None:
        super().__init__()
        self.sheet = sheet
        self._styles = styles
        self._contents: dict[str, list[bytes]] = {}

    def __missing__(self, attributes: bytes) -> _Kind:
        style, name = _ATTRIBUTES.findall(attributes.decode())[0]
        number, name = whole_number(style), name or "n"
        contents = self._contents.setdefault(name, [])
        if name in _NUMBERS:
            kind = _Kind(name, self._styles.number_format(number), self.sheet.number_formats, contents)
        else:
            font = self._styles.font_name(number) if name in _TEXTS else None
            kind = _Kind(name, font or None, self.sheet.fonts, contents)
        self[attributes] = kind
        return kind

    def are_formed(self, strings: int) -> bool:
        """Whether every value is written as those of its type; ``strings`` is how many shared texts there are."""
        for kind, contents in self._contents.items():
            together = b"".join(contents)
            if together.count(b"<is>") != (len(contents) if kind == "inlineStr" else 0):
                return False
            texts = together.decode()[len("<v>") : -len("</v>")].split("</v><v>") if contents else []
            if kind != "inlineStr" and not are_values(kind, texts):
                return False
            if kind == "s" and max(map(int, texts), default=-1) >= strings:
                return False
        return True


def _taken(cells: Iterable[tuple[int, tuple[bytes, ...]]], kinds: _Kinds) -> bytes:
    """The part bare, after all was kept that the cells say."""
    sheet, current = kinds.sheet, b""
    pieces: list[bytes] = []
    formulas, waiting = sheet.formulas, sheet.formulas_without_value
    positions: list[Position] = []
    for place, (_, letters, row, attributes, formula, content, _) in cells:
        name, look, looks, contents = kinds[attributes]
        position = divmod(place, _WIDTH)
        is_filled = len(content) > _LONGEST_BLANK
        if formula:
            formulas.add(position)
        # A formula that gives "" is stored with an empty value and type "str": it is calculated.
        if is_filled or (content and name == "str"):
            if look is not None:
                looks[position] = look
        elif formula:
            waiting.add(position)
        else:
            continue
        positions.append(position)
        if is_filled:
            contents.append(content)
            if name == "e":
                sheet.errors[position] = content[len("<v>") : -len("</v>")].decode()
                continue
            if row != current:
                pieces += b'</row><row r="', row, b'">'
                current = row
            pieces += b'<c r="', letters, row, b'"', attributes, b">", content, b"</c>"
    sheet.reach(*map(max, zip((0, 0), *positions, strict=True)))
    return _BARE % (b"".join(pieces) + b"</row>").removeprefix(b"</row>")


def _filled(rows: bytes) -> Iterable[tuple[int, tuple[bytes, ...]]] | None:
    """The cells that hold a formula or a value, with their places; None where rows or cells are not in order.

    None also where anything is written otherwise.
    """
    tokens = _TOKEN.findall(rows)
    begun, letters, numbers, _, formulas, contents, others = zip(*tokens, strict=True) if tokens else [(b"",)] * 7
    if not begun[0] or any(others):
        return None
    rows_begun = {number: int(number) * _WIDTH for number in begun if number}
    if not {*numbers} <= {b"", *rows_begun}:
        return None
    places = list(map(add, map(rows_begun.__getitem__, map(add, begun, numbers)), map(_COLUMNS.__getitem__, letters)))
    # Where all is in order and the row of each cell begins somewhere, it begins right before the cell.
    if not all(map(lt, places, islice(places, 1, None))) or places[-1] >= (LAST_ROW + 1) * _WIDTH:
        return None
    return compress(zip(places, tokens, strict=True), map(add, formulas, contents))
