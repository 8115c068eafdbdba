"""What calamine does not tell about an .xlsx: number formats, fonts, errors, formulas without a value, 1904.

A clerk who types 95% stores 0.95 under the format "0%"; the value alone does not say so. The parts of the
package are read as a stream; nothing is kept but what the filled cells need.
"""

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar
from xml.parsers import expat

from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits
from pipeline.intake.part_scans import (
    Attributes,
    HostileWorkbookError,
    PartScan,
    RelationsScan,
    SheetFormats,
    SheetScan,
    StylesScan,
    WorkbookScan,
)
from pipeline.intake.zip_container import ZIP_DAMAGE, part_names

__all__ = [
    "FormatsUnreadableError",
    "HostileWorkbookError",
    "SheetFormats",
    "WorkbookFormats",
    "feed",
    "number_formats",
    "part_parser",
]

_CHUNK = 1 << 16
_ROOT_RELATIONS = "_rels/.rels"
_DEFAULT_WORKBOOK = "xl/workbook.xml"

_Scan = TypeVar("_Scan", bound=PartScan)


class FormatsUnreadableError(Exception):
    """The parts of the package that hold the formats are missing or damaged."""


@dataclass(frozen=True)
class WorkbookFormats:
    """The worksheets by title, and whether dates count from 1904."""

    sheets: Mapping[str, SheetFormats]
    date_1904: bool


def number_formats(path: Path, limits: Limits = DEFAULT_LIMITS) -> WorkbookFormats:
    """Return number formats, fonts, errors and uncalculated formulas of an .xlsx or .xlsm.

    Raises:
        FormatsUnreadableError: a part is missing or damaged.
        HostileWorkbookError: a document type declaration (ECMA-376 Part 2 forbids it; it is what carries
            entity bombs), or a cell outside the worksheet.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Package(archive).formats(limits)
    except ZIP_DAMAGE as damage:
        raise FormatsUnreadableError(str(damage)) from damage


class _Package:
    """The parts of one .xlsx."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts = part_names(archive)

    def formats(self, limits: Limits) -> WorkbookFormats:
        root = self._scanned(_ROOT_RELATIONS, RelationsScan(""))
        workbook_part = next(root.of_type("officeDocument"), _DEFAULT_WORKBOOK)
        folder, name = posixpath.split(workbook_part)
        relations = self._scanned(f"{folder}/_rels/{name}.rels", RelationsScan(folder))
        workbook = self._scanned(workbook_part, WorkbookScan())
        styles = StylesScan()
        for part in relations.of_type("styles"):
            self._scanned(part, styles)
        sheets = {
            title: self._scanned(relations.targets[identity], SheetScan(styles, limits)).found()
            for title, identity in workbook.sheets
            if relations.types.get(identity) == "worksheet"
        }
        return WorkbookFormats(sheets, workbook.date_1904)

    def _scanned(self, part: str, scan: _Scan) -> _Scan:
        """Return the scan after it has heard the whole part."""
        entry = self._parts.get(part.casefold())
        if entry is None:
            message = f"no part {part}"
            raise FormatsUnreadableError(message)
        with self._archive.open(entry) as content:
            feed(part_parser(scan), content)
        return scan


def part_parser(scan: PartScan, namespace_separator: str | None = None) -> expat.XMLParserType:
    """Return a parser that tells the scan each element by its name without prefix.

    With ``namespace_separator=":"`` attributes come with their namespace before them instead of their prefix.
    """

    def start(name: str, attributes: Attributes) -> None:
        # Without a prefix rfind() gives -1, and the slice takes the whole name.
        scan.start(name[name.rfind(":") + 1 :], attributes)

    def end(name: str) -> None:
        scan.end(name[name.rfind(":") + 1 :])

    parser = expat.ParserCreate(namespace_separator=namespace_separator)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = scan.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_: object) -> None:
    message = "document type declaration"
    raise HostileWorkbookError(message)


def feed(parser: expat.XMLParserType, content: IO[bytes]) -> None:
    """Let the parser hear a whole part.

    Raises:
        FormatsUnreadableError: it is no well-formed XML, or of an unknown encoding.
    """
    try:
        while chunk := content.read(_CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes "this is the end" by position only
    except expat.ExpatError as damage:
        raise FormatsUnreadableError(str(damage)) from damage
    except LookupError as damage:
        if type(damage) is not LookupError:  # the bare one is expat's word for an unknown encoding
            raise
        raise FormatsUnreadableError(str(damage)) from damage
