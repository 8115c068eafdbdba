"""What stands in the parts of a sender's .xlsx and openpyxl does not hand on.

The values beside formulas, the rows of a height of their own, and the kinds of things that it will not keep at all.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from openpyxl.drawing.image import PILImage

from pipeline.excel.saving import Stored
from pipeline.ooxml import HostileWorkbookError, WouldRepairError
from pipeline.ooxml.package import Package
from pipeline.ooxml.parts import Attributes, PartScan, feed, part_parser

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
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, LookupError, ValueError, RuntimeError, EOFError)


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
    """What is seen in the parts; nothing of a damaged package.

    Raises:
        OSError: the file cannot be read at all.
    """
    try:
        with zipfile.ZipFile(original) as package:
            return OriginalParts(_sheets(package), tuple(_lost(package)))
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


def _sheets(archive: zipfile.ZipFile) -> Mapping[str, SheetSeen]:
    """The worksheets of a package that the first reader takes; none of another one."""
    try:
        package = Package(archive)
        return {title: _sheet(package, part) for title, part in package.worksheets().items()}
    except (WouldRepairError, HostileWorkbookError):
        return {}


def _sheet(package: Package, part: str) -> SheetSeen:
    with package.opened(part) as stream:
        content = stream.read()
    scan = _SheetScan()
    if _FORMULA.search(content):  # most sheets have none, and hearing one takes some milliseconds
        feed(part_parser(scan), io.BytesIO(content))
    rows = (_NUMBER.search(row) for row in _ROW.findall(content) if _FIXED.search(row))
    scan.seen.fixed_rows.update(int(row[1]) for row in rows if row)
    return scan.seen


class _SheetScan(PartScan):
    """The formulas of one worksheet part."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = SheetSeen()
        self._cell, self._kind, self._has_formula = "", "n", False
        self._value: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "c":
                self._cell, self._kind = attributes.get("r", ""), attributes.get("t", "n")
                self._has_formula, self._value = False, None
            case "f":
                self._has_formula = True
                self.seen.formulas[self._cell] = None
            case "v" if self._has_formula:
                self._value = []

    def text(self, content: str) -> None:
        if self._value is not None:
            self._value.append(content)

    def end(self, name: str) -> None:
        if name == "v" and self._value is not None:
            text = "".join(self._value)
            if text or self._kind == "str":
                self.seen.formulas[self._cell] = Stored(self._kind, escape(text))
            self._value = None
