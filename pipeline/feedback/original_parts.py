"""What stands in the parts of a sender's .xlsx and openpyxl does not hand on.

The values beside formulas, the rows of a height of their own, and the kinds of things that it will not keep at all.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from openpyxl.drawing.image import PILImage

from pipeline.excel.saving import Stored

_BY_NAME: Final[Mapping[str, str]] = {
    "macros": r"/vbaProject\.bin$",
    "controls": r"/(?:ctrlProps|activeX)/",
    "slicers": r"/(?:slicers|timelines)/",
    "threads": r"/threadedComments/",
    "objects": r"/embeddings/",
    "queries": r"/(?:connections\.xml|queryTables/)",
    "new_charts": r"/chartEx\d*\.xml$",
}
_BY_CONTENT: Final[Mapping[str, tuple[str, bytes]]] = {
    "shapes": (r"/drawings/drawing\d+\.xml$", rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[\s/>]"),
    "sparklines": (r"/worksheets/[^/]+$", rb"<(?:\w+:)?sparkline[\s/>]"),
    "new_formats": (r"/worksheets/[^/]+$", rb"<x14:conditionalFormatting[\s/>]"),
    "new_lists": (r"/worksheets/[^/]+$", rb"<x14:dataValidation[\s/>]"),
    # openpyxl finds the text of a header by the letter of its place, which Excel always writes.
    "headers": (r"/worksheets/[^/]+$", rb"<(?:odd|even|first)(?:Header|Footer)>(?!&amp;[LCR])[^<]"),
    "background": (r"/worksheets/[^/]+$", rb"<(?:\w+:)?picture "),
}
_PICTURES: Final = (r"/drawings/drawing\d+\.xml$", rb"<(?:\w+:)?pic[\s/>]")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
# What ends no tag must not be looked through again from each tag that begins: a comment may hold millions.
_ROW: Final = re.compile(rb"<(?:\w+:)?row ([^<>]*+)>")
_FIXED: Final = re.compile(rb'\bcustomHeight="(?:1|true)"')
_NUMBER: Final = re.compile(rb'\br="(\d+)"')
_WORKSHEET: Final = "/worksheet"
_Start = Callable[[str, dict[str, str]], None]
_DAMAGE: Final = (expat.ExpatError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, RuntimeError, EOFError)


@dataclass
class SheetSeen:
    """One worksheet: its formulas by cell with the value stored beside each, None for none; rows of a fixed height."""

    formulas: dict[str, Stored | None] = field(default_factory=dict)
    fixed_rows: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class OriginalParts:
    """The worksheets by title, and the kinds of things that openpyxl drops (keys of ``feedback.lost``)."""

    sheets: Mapping[str, SheetSeen]
    lost: tuple[str, ...]


def original_parts(original: Path) -> OriginalParts:
    """What is seen in the parts; as much as can be read of a damaged package.

    Raises:
        OSError: the file cannot be read at all.
    """
    try:
        with zipfile.ZipFile(original) as package:
            return OriginalParts(dict(_sheets(package)), tuple(_lost(package)))
    except _DAMAGE:
        return OriginalParts({}, ())


def _lost(package: zipfile.ZipFile) -> Iterator[str]:
    names = [f"/{name}" for name in package.namelist()]
    for kind, pattern in _BY_NAME.items():
        if any(re.search(pattern, name) for name in names):
            yield kind
    # openpyxl keeps pictures only where Pillow is installed.
    kinds = _BY_CONTENT if PILImage else {**_BY_CONTENT, "pictures": _PICTURES}
    for kind, (pattern, sign) in kinds.items():
        if any(re.search(sign, package.read(name[1:])) for name in names if re.search(pattern, name)):
            yield kind


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, SheetSeen]]:
    book = _target(_relations(package, "_rels/.rels"), "/officeDocument")
    folder, name = posixpath.split(book)
    relations = _relations(package, f"{folder}/_rels/{name}.rels", folder)
    titles: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            identity = next(value for key, value in attributes.items() if _local(key) == "id" and ":" in key)
            titles[attributes["name"]] = identity

    _hear(package.read(book), start)
    for title, identity in titles.items():
        kind, part = relations[identity]
        if kind.endswith(_WORKSHEET):
            yield title, _sheet(package.read(part))


def _relations(package: zipfile.ZipFile, part: str, folder: str = "") -> dict[str, tuple[str, str]]:
    """Identity to type and target."""
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
            found[attributes["Id"]] = attributes["Type"], target

    _hear(package.read(part), start)
    return found


def _target(relations: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((target for type_, target in relations.values() if type_.endswith(kind)), "xl/workbook.xml")


class _SheetEar:
    """Hears one worksheet part."""

    def __init__(self) -> None:
        self.seen = SheetSeen()
        self._cell, self._kind, self._has_formula = "", "n", False
        self._value: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match _local(tag):
            case "c":
                self._cell, self._kind = attributes.get("r", ""), attributes.get("t", "n")
                self._has_formula, self._value = False, None
            case "f":
                self._has_formula = True
                self.seen.formulas[self._cell] = None
            case "v" if self._has_formula:
                self._value = []

    def text(self, words: str) -> None:
        if self._value is not None:
            self._value.append(words)

    def end(self, tag: str) -> None:
        if _local(tag) == "v" and self._value is not None:
            said = "".join(self._value)
            if said or self._kind == "str":
                self.seen.formulas[self._cell] = Stored(self._kind, escape(said))
            self._value = None


def _sheet(content: bytes) -> SheetSeen:
    ear = _SheetEar()
    if _FORMULA.search(content):  # most sheets have none, and hearing one takes some milliseconds
        _hear(content, ear.start, ear)
    rows = (_NUMBER.search(row) for row in _ROW.findall(content) if _FIXED.search(row))
    ear.seen.fixed_rows.update(int(row[1]) for row in rows if row)
    return ear.seen


def _local(tag: str) -> str:
    return tag[tag.find(":") + 1 :]


def _hear(content: bytes, start: _Start, ear: _SheetEar | None = None) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    if ear is not None:
        parser.EndElementHandler, parser.CharacterDataHandler = ear.end, ear.text
    parser.Parse(content, True)  # noqa: FBT003 - expat takes "this is the end" by position only
