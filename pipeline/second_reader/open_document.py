""".ods, read again by the standard library's expat (OASIS OpenDocument 1.3, part 3, clauses 9.1 and 19.385).

A cell says itself whether it is a percentage, so nothing of the styles is needed.
"""

import datetime as dt
import re
import zipfile
from xml.parsers import expat

from pipeline.second_reader.bounds import MAX_COLUMNS, MAX_ROWS, NotReadAgainError, Room
from pipeline.spreadsheet import CellValue, Position, RawCell, RawSheet, RawWorkbook

_CHUNK = 1 << 16
_NAMES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_CELLS = ("table:table-cell", "table:covered-table-cell")
_NUMBERS = ("float", "percentage", "currency")
_BLANKS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
Attributes = dict[str, str]


def read_ods(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: Room) -> RawWorkbook:
    """Every table of the document with its filled cells.

    Raises:
        NotReadAgainError: the content is damaged, or passes a bound.
    """
    tables = _Tables(room)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = tables.start
    parser.EndElementHandler = tables.end
    parser.CharacterDataHandler = tables.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes "this is the end" by position only
    except expat.ExpatError as damage:
        raise NotReadAgainError(str(damage)) from damage
    return RawWorkbook(tuple(tables.sheets))


def _refuse(*_: object) -> None:
    message = "document type declaration"
    raise NotReadAgainError(message)


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"{_NAMES.get(space, '')}:{local}"


class _Tables:
    """Hears the elements of content.xml and keeps the filled cells of each table."""

    def __init__(self, room: Room) -> None:
        self.sheets: list[RawSheet] = []
        self._room = room
        self._cells: dict[Position, RawCell] = {}
        self._title = ""
        self._row = self._column = 0
        self._row_repeats = 1
        self._cell: Attributes | None = None
        self._paragraphs: list[str] = []
        self._outside = 0
        """How deep in a part of a cell that is not its text: a note, a drawing."""

    def start(self, name: str, attributes: Attributes) -> None:
        element = _short(name)
        if self._cell is not None:
            self._start_inside(element, attributes)
        elif element == "table:table":
            self._title = _named(attributes).get("table:name", "")
            self._cells, self._row = {}, 0
        elif element == "table:table-row":
            self._row_repeats = _count(_named(attributes).get("table:number-rows-repeated"))
            self._column = 0
        elif element in _CELLS:
            self._cell, self._paragraphs = _named(attributes), []

    def _start_inside(self, element: str, attributes: Attributes) -> None:
        if self._outside or not element.startswith("text:") or element == "text:ruby-text":
            self._outside += 1
        elif element == "text:p":
            self._paragraphs.append("")
        elif element in _BLANKS and self._paragraphs:
            self._paragraphs[-1] += _BLANKS[element] * _count(_named(attributes).get("text:c"))

    def text(self, content: str) -> None:
        if self._cell is not None and self._paragraphs and not self._outside:
            self._paragraphs[-1] += content

    def end(self, name: str) -> None:
        element = _short(name)
        if self._outside:
            self._outside -= 1
        elif element in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
        elif element == "table:table-row":
            self._row += self._row_repeats
        elif element == "table:table":
            self.sheets.append(RawSheet(self._title, self._cells, last_row=max(self._cells, default=(0, 0))[0]))

    def _end_cell(self, attributes: Attributes) -> None:
        self._cell = None
        first = self._column + 1
        self._column += _count(attributes.get("table:number-columns-repeated"))
        cell = _raw(attributes, "\n".join(self._paragraphs))
        if cell is None:
            return
        for row in range(self._row + 1, min(self._row + self._row_repeats, MAX_ROWS) + 1):
            for column in range(first, min(self._column, MAX_COLUMNS) + 1):
                self._cells[row, column] = self._room.take(cell)


def _named(attributes: Attributes) -> Attributes:
    return {_short(name): value for name, value in attributes.items()}


def _count(written: str | None) -> int:
    return int(written) if written and len(written) < 9 and written.isdecimal() else 1


def _raw(attributes: Attributes, shown: str) -> RawCell | None:
    kind = attributes.get("office:value-type", "")
    if attributes.get("calcext:value-type") == "error":
        return RawCell(shown or "#N/A", is_error=True)
    if kind in _NUMBERS:
        return RawCell(float(attributes["office:value"]), "0%" if kind == "percentage" else "General")
    value = _other_value(kind, attributes, shown)
    return None if value == "" else RawCell(value, "General")


def _other_value(kind: str, attributes: Attributes, shown: str) -> CellValue:
    match kind:
        case "boolean":
            return attributes.get("office:boolean-value") == "true"
        case "date":
            written = attributes["office:date-value"]
            return dt.datetime.fromisoformat(written) if "T" in written else dt.date.fromisoformat(written)
        case "time":
            found = _DURATION.fullmatch(attributes["office:time-value"])
            hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
            return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
        case _:
            return attributes.get("office:string-value", shown)
