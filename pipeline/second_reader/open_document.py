""".ods, read again by the standard library (OASIS OpenDocument 1.3, part 3, clauses 9.1 and 19.385).

A cell says itself whether it is a percentage, so nothing of the styles is needed.
"""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import product
from typing import IO
from xml.etree import ElementTree as ET

from pipeline.second_reader.bounds import MAX_COLUMNS, MAX_ROWS, NotReadAgainError, Room
from pipeline.spreadsheet import CellValue, Position, RawCell, RawWorkbook

_OFFICE, _TABLE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text")
)
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TABLES = f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")


class _Tree(ET.TreeBuilder):
    def doctype(self, *_: object) -> None:
        """Refuse what carries entity bombs."""
        message = "document type declaration"
        raise NotReadAgainError(message)


def read_ods(content: IO[bytes], room: Room) -> RawWorkbook:
    """Every table of content.xml with its filled cells.

    Raises:
        NotReadAgainError: a document type, or the workbook passes a bound.
        ET.ParseError, ValueError, LookupError: the content is damaged.
    """
    document = ET.parse(content, ET.XMLParser(target=_Tree()))  # noqa: S314 - no document type, in a worker
    tables = document.iterfind(_TABLES)
    return RawWorkbook(tuple(room.sheet(table.get(f"{_TABLE}name", ""), _cells(table)) for table in tables))


def _cells(table: ET.Element) -> Iterator[tuple[Position, RawCell]]:
    last_row = 0
    for row in _rows(table):
        above, last_row = last_row, last_row + _count(row, f"{_TABLE}number-rows-repeated")
        last_column = 0
        for element in (child for child in row if child.tag in _CELLS):
            before, last_column = last_column, last_column + _count(element, f"{_TABLE}number-columns-repeated")
            cell = _cell(element)
            rows = range(above + 1, min(last_row, MAX_ROWS) + 1)
            columns = range(before + 1, min(last_column, MAX_COLUMNS) + 1)
            if cell is not None:
                yield from ((position, cell) for position in product(rows, columns))


def _rows(group: ET.Element) -> Iterator[ET.Element]:
    """The rows of a table, also those in groups."""
    for child in group:
        if child.tag == f"{_TABLE}table-row":
            yield child
        else:
            yield from _rows(child)


def _count(element: ET.Element, name: str) -> int:
    written = element.get(name, "")
    return int(written) if 0 < len(written) < 9 and written.isdecimal() else 1


def _text(element: ET.Element) -> str:
    """What a paragraph displays, without its notes and drawings."""
    pieces = [element.text]
    for child in element:
        if child.tag in _BLANKS:
            pieces.append(_BLANKS[child.tag] * _count(child, f"{_TEXT}c"))
        elif child.tag.startswith(_TEXT) and child.tag != f"{_TEXT}ruby-text":
            pieces.append(_text(child))
        pieces.append(child.tail)
    return "".join(filter(None, pieces))


def _cell(element: ET.Element) -> RawCell | None:
    kind, text = element.get(f"{_OFFICE}value-type", ""), "\n".join(map(_text, element.iterfind(f"{_TEXT}p")))
    if element.get(f"{_CALC}value-type") == "error":
        return RawCell(text or "#N/A", is_error=True)
    if kind in ("float", "percentage", "currency"):
        return RawCell(float(element.attrib[f"{_OFFICE}value"]), "0%" if kind == "percentage" else "General")
    value = _other_value(kind, element.attrib, text)
    return None if value == "" else RawCell(value, "General")


def _other_value(kind: str, attributes: dict[str, str], text: str) -> CellValue:
    match kind:
        case "boolean":
            return attributes.get(f"{_OFFICE}boolean-value") == "true"
        case "date":
            written = attributes[f"{_OFFICE}date-value"]
            return dt.datetime.fromisoformat(written) if "T" in written else dt.date.fromisoformat(written)
        case "time":
            span = _DURATION.fullmatch(attributes[f"{_OFFICE}time-value"])
            hours, minutes, seconds = (int(part or 0) for part in span.groups()) if span else (0, 0, 0)
            return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
        case _:
            return attributes.get(f"{_OFFICE}string-value", text)
