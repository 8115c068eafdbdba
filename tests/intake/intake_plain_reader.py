"""A third reader, with ElementTree and by the letter of ECMA-376: where openpyxl cannot read, or reads by habit.

It gives numbers as they are stored, so days are serial numbers, and texts as they stand.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from pipeline.spreadsheet import Position, cell_position

Value = str | float | bool
_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


def plain_cells(content: bytes) -> dict[str, dict[Position, Value]]:
    """The cells of each worksheet by its title."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {_key(entry.filename): archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    (workbook_part,) = (part for _, kind, part in _relations(parts, "") if kind == "officeDocument")
    related = list(_relations(parts, workbook_part))
    strings = [_text(si) for _, kind, part in related if kind == "sharedStrings" for si in _root(parts, part)]
    of_id = {identity: (kind, part) for identity, kind, part in related}
    found: dict[str, dict[Position, Value]] = {}
    for sheet in _root(parts, workbook_part).iterfind("{*}sheets/{*}sheet"):
        kind, part = of_id[
            next(sheet.attrib[f"{{{space}}}id"] for space in _OFFICE if f"{{{space}}}id" in sheet.attrib)
        ]
        if kind == "worksheet":
            found[sheet.attrib["name"]] = dict(_cells(_root(parts, part), strings))
    return found


def _key(name: str) -> str:
    return posixpath.normpath("/" + unquote(name).replace("\\", "/")).lstrip("/").lower()


def _root(parts: Mapping[str, bytes], part: str) -> ET.Element:
    return ET.fromstring(parts[part])  # noqa: S314 - what we made ourselves


def _relations(parts: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str, str]]:
    folder, name = posixpath.split(part)
    for relation in _root(parts, posixpath.join(folder, "_rels", f"{name}.rels").lower()):
        kind = relation.attrib["Type"].rpartition("/")[2]
        yield relation.attrib["Id"], kind, _key(posixpath.join("/", folder, relation.attrib["Target"]))


def _cells(sheet: ET.Element, strings: list[str]) -> Iterator[tuple[Position, Value]]:
    row_number = 0
    for row in sheet.iterfind("{*}sheetData/{*}row"):
        row_number = int(row.attrib.get("r", row_number + 1))
        column = 0
        for cell in row.iterfind("{*}c"):
            column = cell_position(cell.attrib["r"])[1] if "r" in cell.attrib else column + 1
            value = _value(cell, strings)
            if value is not None:
                yield (row_number, column), value


def _value(cell: ET.Element, strings: list[str]) -> Value | None:
    kind, stored = cell.attrib.get("t", "n"), cell.findtext("{*}v")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return None if inline is None else _text(inline)
    if not stored:
        return None
    match kind:
        case "s":
            return strings[int(stored)]
        case "b":
            return stored == "1"
        case "n":
            return float(stored)
        case _:
            return stored


def _text(element: ET.Element) -> str:
    pieces = [*element.iterfind("{*}t"), *element.iterfind("{*}r/{*}t")]
    joined = "".join(piece.text or "" for piece in pieces)
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), joined)
