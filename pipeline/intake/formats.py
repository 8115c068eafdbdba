"""What calamine does not tell about an .xlsx: formats, fonts, errors, formulas, 1904; and whether readers agree on it.

A clerk who types 95% stores 0.95 under the format "0%"; the value alone does not say so. The parts of the
package are read as a stream; nothing is kept but what the filled cells need. In the same pass every part is held
against what Excel opens without a repair (docs/decisions/0029).
"""

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits
from pipeline.intake.formats_kept import SheetFormats
from pipeline.intake.package_scans import ContentTypesScan, RelationsScan, StringsScan, WorkbookScan
from pipeline.intake.part_parser import bare_parser, feed, part_parser
from pipeline.intake.part_scans import MAIN_SPACES, HostileWorkbookError, PartScan, StylesScan
from pipeline.intake.plain_package import PlainSheet, plain_package
from pipeline.intake.repairs import Repair, WouldRepairError
from pipeline.intake.sheet_scan import SheetScan
from pipeline.intake.zip_container import ZIP_DAMAGE
from pipeline.intake.zip_layout import folded_name

__all__ = [
    "FormatsUnreadableError",
    "HostileWorkbookError",
    "SheetFormats",
    "WorkbookFormats",
    "number_formats",
]

_CONTENT_TYPES = "[content_types].xml"
_ROOT_RELATIONS = "_rels/.rels"
_XML = (".xml", ".rels")
_FREE = "customxml/"
"""Excel carries these parts along and never looks into them."""
_WORKBOOKS = ("sheet.", "template.", "sheet.macroenabled.", "template.macroenabled.")
_TYPES = {
    "officeDocument": frozenset(f"{kind}main+xml" for kind in _WORKBOOKS),
    "sharedStrings": frozenset({"sharedstrings+xml"}),
    "styles": frozenset({"styles+xml"}),
    "worksheet": frozenset({"worksheet+xml"}),
}
_PLAIN_WORKBOOK = "xl/workbook.xml"
_BESIDE = {"sharedStrings": "xl/sharedstrings.xml", "styles": "xl/styles.xml"}
"""Where calamine looks, whatever the relations say."""
_BESIDE_NAMES = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}

_Scan = TypeVar("_Scan", bound=PartScan)


class FormatsUnreadableError(Exception):
    """What calamine does not tell cannot be had; the cells come without formats."""


@dataclass(frozen=True)
class WorkbookFormats:
    """The worksheets by title, and whether dates count from 1904.

    Attributes:
        plain: the workbook once more as calamine can read it; None where it reads the file as it is.
    """

    sheets: Mapping[str, SheetFormats]
    date_1904: bool
    plain: bytes | None = None


def number_formats(path: Path, limits: Limits = DEFAULT_LIMITS) -> WorkbookFormats:
    """Return number formats, fonts, errors and formulas of an .xlsx or .xlsm that Excel opens as it is.

    Raises:
        WouldRepairError: Excel would repair or refuse it, or readers would not agree on it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Package(archive).formats(limits)
    except ZIP_DAMAGE as damage:
        raise WouldRepairError(Repair.DAMAGED_PART, str(damage)) from damage


class _Package:
    """The parts of one .xlsx, by folded name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts = {folded_name(entry.filename): entry for entry in archive.infolist() if not entry.is_dir()}
        self._heard: set[str] = set()
        self._spaces: set[str] = set()
        self._types = self._scanned(_CONTENT_TYPES, ContentTypesScan())

    def formats(self, limits: Limits) -> WorkbookFormats:
        root = self._scanned(_ROOT_RELATIONS, RelationsScan(""))
        place = self._target(root, "officeDocument")
        if place is None:
            raise WouldRepairError(Repair.RELATION, "officeDocument")
        folder, name = posixpath.split(place)
        relations = self._scanned(posixpath.join(folder, "_rels", f"{name}.rels"), RelationsScan(folder))
        workbook = self._scanned(place, WorkbookScan())
        styles, strings = StylesScan(), StringsScan()
        beside = {kind: part for kind in _BESIDE if (part := self._target(relations, kind)) is not None}
        if "styles" not in beside and _BESIDE["styles"] in self._parts:  # openpyxl would take them
            raise WouldRepairError(Repair.RELATION, "styles")
        for kind, scan in (("styles", styles), ("sharedStrings", strings)):
            if kind in beside:
                self._scanned(beside[kind], scan)
        parts = self._sheet_parts(workbook, relations)
        sheets = {
            title: self._scanned(part, SheetScan(styles, limits, strings.count)).found()
            for title, part in parts.items()
        }
        self._hold_others()
        is_plain = (
            self._is_at(root, "officeDocument", "", _PLAIN_WORKBOOK)
            and all(self._is_at(relations, kind, folder, plain) for kind, plain in _BESIDE.items())
            and self._are_plain(workbook, relations, folder)
            and not any(sheet.new_errors for sheet in sheets.values())
        )
        plain = None if is_plain else self._plain(workbook, parts, sheets, beside)
        return WorkbookFormats(sheets, workbook.date_1904, plain)

    def _scanned(self, part: str, scan: _Scan) -> _Scan:
        """Return the scan after it has heard the whole part."""
        entry = self._parts.get(part)
        if entry is None:
            raise WouldRepairError(Repair.MISSING_PART, part)
        self._heard.add(part)
        with self._archive.open(entry) as content:
            feed(part_parser(scan), content)
        if scan.spaces == MAIN_SPACES:
            self._spaces.add(scan.root_space)
            if len(self._spaces) > 1:
                raise WouldRepairError(Repair.ELEMENT, part)
        return scan

    def _target(self, relations: RelationsScan, kind: str) -> str | None:
        """The one part that is related so, of the right type, and the only one of that type; None without one."""
        ids = list(relations.of_type(kind))
        if len(ids) > 1:
            raise WouldRepairError(Repair.RELATION, kind)
        part = self._part(relations, ids[0], _TYPES[kind]) if ids else None
        is_free = kind == "sharedStrings" and part is None
        if not is_free and any(other != part and other in self._parts for other in self._types.parts_of(_TYPES[kind])):
            raise WouldRepairError(Repair.CONTENT_TYPE, kind)
        return part

    def _part(self, relations: RelationsScan, identity: str, types: frozenset[str]) -> str:
        """The part that a relation names, which must be within the package, be there, and be of one of the types."""
        part = relations.targets[identity]
        if identity in relations.outside:
            raise WouldRepairError(Repair.OUTSIDE_TARGET, part)
        if part not in self._parts:
            raise WouldRepairError(Repair.MISSING_PART, part)
        if self._types.type_of(part) not in types:
            raise WouldRepairError(Repair.CONTENT_TYPE, part)
        return part

    def _sheet_parts(self, workbook: WorkbookScan, relations: RelationsScan) -> dict[str, str]:
        """The part of each worksheet by its title; of other sheets only that no two are one."""
        parts: dict[str, str] = {}
        targets: set[str] = set()
        for title, identity, _ in workbook.sheets:
            if identity not in relations.targets:
                raise WouldRepairError(Repair.RELATION, title)
            target = relations.targets[identity]
            if target in targets:
                raise WouldRepairError(Repair.SHEET_TWICE, title)
            targets.add(target)
            if relations.types[identity] == "worksheet":
                parts[title] = self._part(relations, identity, _TYPES["worksheet"])
        return parts

    def _hold_others(self) -> None:
        """Every part of XML is well-formed and has no document type: core properties, comments, drawings, themes."""
        for part, entry in self._parts.items():
            if part.endswith(_XML) and part not in self._heard and not part.startswith(_FREE):
                with self._archive.open(entry) as content:
                    feed(bare_parser(), content)

    def _are_plain(self, workbook: WorkbookScan, relations: RelationsScan, folder: str) -> bool:
        """Whether calamine finds every worksheet, and the date system, as Excel does."""
        is_certain = not (workbook.date_1904 and workbook.is_doubted)
        return is_certain and all(self._is_reached(relations, identity, folder) for _, identity, _ in workbook.sheets)

    def _is_at(self, relations: RelationsScan, kind: str, folder: str, plain: str) -> bool:
        """Whether the part related so lies where calamine looks, or neither is there."""
        identity = next(relations.of_type(kind), None)
        if identity is None:
            return plain not in self._parts
        return relations.targets[identity] == plain and self._is_reached(relations, identity, folder)

    def _is_reached(self, relations: RelationsScan, identity: str, folder: str) -> bool:
        """Whether calamine, which only folds case and slashes, reaches the part that a relation names."""
        part, written = relations.targets[identity], relations.written[identity].casefold()
        joined = written[1:] if written.startswith("/") else posixpath.join(folder, written)
        entry = self._parts.get(part)
        stored = part if entry is None else entry.filename.replace("\\", "/").casefold()
        return joined == part == stored

    def _plain(
        self,
        workbook: WorkbookScan,
        parts: Mapping[str, str],
        sheets: Mapping[str, SheetFormats],
        beside: Mapping[str, str],
    ) -> bytes:
        states = {title: state for title, _, state in workbook.sheets}
        told = [
            PlainSheet(title, states[title], self._archive.read(self._parts[part]), sheets[title].new_errors)
            for title, part in parts.items()
        ]
        others = {_BESIDE_NAMES[kind]: self._archive.read(self._parts[part]) for kind, part in beside.items()}
        return plain_package(told, others, date_1904=workbook.date_1904)
