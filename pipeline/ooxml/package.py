"""Which parts a package has and what they are: content types, relations, the workbook with its sheets.

What two readers would take differently is refused where it is heard (ECMA-376 Part 1, 18.2; Part 2, 6 and 7).
"""

import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import IO, NamedTuple, TypeVar

from pipeline.ooxml import Repair, WouldRepairError
from pipeline.ooxml.parts import Attributes, PartScan, bare_parser, feed, part_parser
from pipeline.ooxml.plain import LONGEST, Piece, hear
from pipeline.ooxml.shared import MAIN_SPACES
from pipeline.ooxml.zip_layout import ZIP_DAMAGE, folded_name

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_CONTENT_TYPES = "[content_types].xml"
_ROOT_RELATIONS = "_rels/.rels"
_STYLES = "xl/styles.xml"
_XML = (".xml", ".rels")
_FREE = "customxml/"
"""Excel carries these parts along and never looks into them."""
_WORKBOOKS = ("sheet.", "template.", "sheet.macroenabled.", "template.macroenabled.")
_TYPES: Mapping[str, frozenset[str]] = {
    "officeDocument": frozenset(f"{kind}main+xml" for kind in _WORKBOOKS),
    "sharedStrings": frozenset({"sharedstrings+xml"}),
    "styles": frozenset({"styles+xml"}),
    "worksheet": frozenset({"worksheet+xml"}),
}
"""What the cells lean on: readers that look at the last word alone would follow a relation of any kind."""
_FLAGS = {"1": True, "true": True, "0": False, "false": False}

_Scan = TypeVar("_Scan", bound=PartScan)


class _ContentTypesScan(PartScan):
    """[Content_Types].xml: the type of each part, by its folded name or its extension."""

    spaces = frozenset({f"{_PACKAGE}/content-types"})
    watched = frozenset({"Default", "Override"})

    def __init__(self) -> None:
        super().__init__()
        self._by_extension: dict[str, str] = {}
        self._by_part: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """Keep a type; two for one part or one extension are refused (ECMA-376 Part 2, 7.2.3)."""
        match name:
            case "Default":
                types, key = self._by_extension, attributes.get("Extension", "").casefold()
            case "Override":
                types, key = self._by_part, folded_name(attributes.get("PartName", ""))
            case _:
                return
        if key in types:
            raise WouldRepairError(Repair.CONTENT_TYPE, key)
        # All types of Excel begin with the same words; macro-enabled ones begin otherwise.
        last_words = attributes.get("ContentType", "").casefold().rpartition("spreadsheetml.")[2]
        types[key] = last_words.removeprefix("application/vnd.ms-excel.")

    def type_of(self, part: str) -> str:
        """The last words of the type of a part: "worksheet+xml"; blank when it has none."""
        return self._by_part.get(part, self._by_extension.get(part.rpartition(".")[2], ""))

    def parts_of(self, kind: str) -> list[str]:
        """The parts that are named as of one kind."""
        return [part for part, content_type in self._by_part.items() if content_type in _TYPES[kind]]


class _Relation(NamedTuple):
    """The last word of its type, which strict files share; the part by folded name and as it is written."""

    kind: str
    part: str
    written: str
    is_outside: bool


class _RelationsScan(PartScan):
    """A .rels part: its relations by id."""

    spaces = frozenset({f"{_PACKAGE}/relationships"})
    watched = frozenset({"Relationship"})

    def __init__(self, folder: str) -> None:
        """Resolve targets against the folder of the part that has these relations."""
        super().__init__()
        self._folder = folder
        self.by_id: dict[str, _Relation] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """Keep a relation; two of one id, or one that lacks id, target or type, are refused."""
        if name != "Relationship":
            return
        identity, target = attributes.get("Id", ""), attributes.get("Target", "").replace("\\", "/")
        space, _, kind = attributes.get("Type", "").rpartition("/")
        is_whole = {"Id", "Target", "Type"} <= attributes.keys() and (kind not in _TYPES or space in _OFFICE)
        if identity in self.by_id or not is_whole:
            raise WouldRepairError(Repair.RELATION, identity)
        part = folded_name(posixpath.join("/", self._folder, target))
        written = target[1:] if target.startswith("/") else posixpath.join(self._folder, target)
        is_inside = attributes.get("TargetMode", "Internal") == "Internal" and not self._climbs(target)
        self.by_id[identity] = _Relation(kind, part, written.casefold(), not is_inside)

    def of_kind(self, kind: str) -> list[_Relation]:
        """The relations of one kind."""
        return [relation for relation in self.by_id.values() if relation.kind == kind]

    def _climbs(self, target: str) -> bool:
        """Whether a target goes up out of the package."""
        return target.startswith("//") or posixpath.normpath(posixpath.join(self._folder, target)).startswith("..")


class WorkbookScan(PartScan):
    """xl/workbook.xml: the sheets as (title, relation id, state), and the date system.

    Attributes:
        is_doubted: whether calamine would take another element for the one that tells the date system.
    """

    spaces = MAIN_SPACES
    watched = frozenset({"sheet", "workbook", "definedName"})

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.date_1904 = False
        self.is_doubted = self._has_date_system = False
        self._numbers: set[str] = set()
        self._titles: set[str] = set()

    def start(self, name: str, attributes: Attributes) -> None:
        """Keep a sheet or the date system."""
        match self.path, name:
            case ["workbook", "sheets"], "sheet":
                self._keep(attributes)
            case _, "sheet":
                raise WouldRepairError(Repair.ELEMENT, name)
            case ["workbook"], "workbookPr":
                self._keep_date_system(attributes.get("date1904", "0"))

    def foreign(self, name: str) -> None:
        """Pass over what newer programs add; Excel 2013 has a workbookPr of its own, further inside."""
        super().foreign(name)
        if name == "workbookPr" and len(self.path) <= 1:
            raise WouldRepairError(Repair.ELEMENT, name)
        self.is_doubted |= name == "workbookPr"

    def _keep_date_system(self, flag: str) -> None:
        if flag not in _FLAGS or self._has_date_system:
            raise WouldRepairError(Repair.VALUE, flag[:20])
        self.date_1904, self._has_date_system = _FLAGS[flag], True

    def _keep(self, attributes: Attributes) -> None:
        title, number = attributes.get("name", ""), attributes.get("sheetId", "")
        ids = [attributes[f"{space}:id"] for space in _OFFICE if f"{space}:id" in attributes]
        if len(ids) != 1 or sum(key.endswith(":id") for key in attributes) != 1:
            raise WouldRepairError(Repair.RELATION, title)
        if title.casefold() in self._titles or number in self._numbers or not title:
            raise WouldRepairError(Repair.SHEET_TWICE, title)
        self._titles.add(title.casefold())
        self._numbers.add(number)
        self.sheets.append((title, ids[0], attributes.get("state", "visible")))


class Package:
    """The parts of an open .xlsx or .xlsm, and the workbook to which its relations lead.

    Raises:
        WouldRepairError: a part is missing, of the wrong type, or says what readers would take differently.
        HostileWorkbookError: as :func:`feed`.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts = {folded_name(entry.filename): entry for entry in archive.infolist() if not entry.is_dir()}
        self._heard: set[str] = set()
        self._spaces: set[str] = set()
        self._types = self.scanned(_CONTENT_TYPES, _ContentTypesScan())
        self._relations = root = self.scanned(_ROOT_RELATIONS, _RelationsScan(""))
        place = self.related("officeDocument")
        if place is None:
            raise WouldRepairError(Repair.RELATION, "officeDocument")
        folder, name = posixpath.split(place)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        self._leading = place, relations, _ROOT_RELATIONS
        self._relations = self.scanned(relations, _RelationsScan(folder))
        self.workbook = self.scanned(place, WorkbookScan())
        self._workbook_relations = root.of_kind("officeDocument")

    def opened(self, part: str) -> IO[bytes]:
        """The bytes of a part, by its folded name."""
        if part not in self._parts:
            raise WouldRepairError(Repair.MISSING_PART, part)
        return self._archive.open(self._parts[part])

    def scanned(self, part: str, scan: _Scan) -> _Scan:
        """Return the scan after it has heard the whole part."""
        with self.opened(part) as content:
            feed(part_parser(scan), content)
        return self.heard(part, scan)

    def whole(self, part: str, room: int = LONGEST) -> bytes | None:
        """All bytes of a part; None where there are too many to be taken at once, or they are damaged."""
        if part not in self._parts or self._parts[part].file_size > min(LONGEST, room):
            return None
        with suppress(*ZIP_DAMAGE), self.opened(part) as content:
            return content.read()
        return None

    def scanned_between(self, part: str, pieces: Iterable[Piece], scan: _Scan) -> _Scan | None:
        """The scan after it has heard a part but for its silent pieces; None where it must hear all of it."""
        with suppress(WouldRepairError):
            hear(scan, pieces)
            return self.heard(part, scan)
        return None

    def heard(self, part: str, scan: _Scan) -> _Scan:
        """A scan that has heard a part; all that have cells or serve them share a namespace."""
        self._heard.add(part)
        if scan.spaces == MAIN_SPACES:
            self._spaces.add(scan.root_space)
            if len(self._spaces) > 1:
                raise WouldRepairError(Repair.ELEMENT, part)
        return scan

    def related(self, kind: str) -> str | None:
        """The one part to which the workbook is related so, and the only one of its type; None without one."""
        related = self._relations.of_kind(kind)
        if len(related) > 1:
            raise WouldRepairError(Repair.RELATION, kind)
        part = self._held(related[0]) if related else None
        is_free = kind == "sharedStrings" and part is None
        if not is_free and any(other != part and other in self._parts for other in self._types.parts_of(kind)):
            raise WouldRepairError(Repair.CONTENT_TYPE, kind)
        if kind == "styles" and part is None and _STYLES in self._parts:  # openpyxl would take them
            raise WouldRepairError(Repair.RELATION, kind)
        return part

    def _held(self, relation: _Relation) -> str:
        """The part of a relation, which must be within the package, be there, and be of the right type."""
        if relation.is_outside:
            raise WouldRepairError(Repair.OUTSIDE_TARGET, relation.part)
        if relation.part not in self._parts:
            raise WouldRepairError(Repair.MISSING_PART, relation.part)
        if self._types.type_of(relation.part) not in _TYPES[relation.kind]:
            raise WouldRepairError(Repair.CONTENT_TYPE, relation.part)
        return relation.part

    def worksheets(self) -> dict[str, str]:
        """The part of each worksheet by its title; of other sheets only that no two are one part."""
        worksheets: dict[str, str] = {}
        parts: set[str] = set()
        for title, identity, _ in self.workbook.sheets:
            relation = self._relations.by_id.get(identity)
            if relation is None:
                raise WouldRepairError(Repair.RELATION, title)
            if relation.part in parts:
                raise WouldRepairError(Repair.SHEET_TWICE, title)
            parts.add(relation.part)
            if relation.kind == "worksheet":
                worksheets[title] = self._held(relation)
        return worksheets

    def is_plain(self, places: Mapping[str, str]) -> bool:
        """Whether who only folds case and slashes finds every sheet, and the part of each kind at its one place."""
        relations = [self._relations.by_id[identity] for _, identity, _ in self.workbook.sheets]
        for kind, place in places.items():
            related = self._workbook_relations if kind == "officeDocument" else self._relations.of_kind(kind)
            if [relation.part for relation in related] != [place] * (place in self._parts):
                return False
            relations += related
        return all(relation.written == relation.part == self._stored_name(relation.part) for relation in relations)

    def is_led_plainly(self) -> bool:
        """Whether the workbook and its relations are stored by their names, in bytes: calamine 0.9 reads no UTF-16."""
        return all(self._stored_name(part) == part and not self._is_wide(part) for part in self._leading)

    def _is_wide(self, part: str) -> bool:
        with self.opened(part) as content:
            return b"\0" in content.read(len("<?xm"))

    def _stored_name(self, part: str) -> str:
        entry = self._parts.get(part)
        return entry.filename.replace("\\", "/").casefold() if entry else part

    def hold_others(self) -> None:
        """Every other part of XML is well-formed and has no document type: properties, comments, drawings, themes."""
        for part in self._parts:
            if part.endswith(_XML) and part not in self._heard and not part.startswith(_FREE):
                with self.opened(part) as content:
                    feed(bare_parser(), content)
