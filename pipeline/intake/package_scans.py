"""Listeners for the parts that say which parts there are: content types, relations, the workbook, the shared texts.

What two readers would take differently is refused where it is heard (ECMA-376 Part 1, 18.2 and 18.4; Part 2, 6 and 7).
"""

import posixpath
from collections.abc import Collection, Iterator

from pipeline.intake.part_scans import MAIN_SPACES, Attributes, NestedScan, PartScan, TextShape
from pipeline.intake.repairs import Repair, WouldRepairError
from pipeline.intake.zip_layout import folded_name

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_CELLS = frozenset({"officeDocument", "worksheet", "sharedStrings", "styles"})
"""What the cells lean on: readers that look at the last word alone would follow a relation of any kind."""
_FLAGS = {"1": True, "true": True, "0": False, "false": False}


class ContentTypesScan(PartScan):
    """[Content_Types].xml: the type of each part, by its folded name or its extension."""

    spaces = frozenset({f"{_PACKAGE}/content-types"})
    watched = frozenset({"Default", "Override"})

    def __init__(self) -> None:
        self._by_extension: dict[str, str] = {}
        self._by_part: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """Keep a type; two for one part or one extension are refused (ECMA-376 Part 2, 7.2.3)."""
        match name:
            case "Default":
                self._keep(self._by_extension, attributes.get("Extension", "").casefold(), attributes)
            case "Override":
                self._keep(self._by_part, folded_name(attributes.get("PartName", "")), attributes)

    def _keep(self, kept: dict[str, str], key: str, attributes: Attributes) -> None:
        if key in kept:
            raise WouldRepairError(Repair.CONTENT_TYPE, key)
        kept[key] = attributes.get("ContentType", "").casefold()

    def type_of(self, part: str) -> str:
        """The last words of the type of a part: "worksheet+xml"; blank when it has none."""
        by_extension = self._by_extension.get(part.rpartition(".")[2], "")
        return _last_words(self._by_part.get(part, by_extension))

    def parts_of(self, types: Collection[str]) -> list[str]:
        """The parts that are named as one of these types."""
        return [part for part, content_type in self._by_part.items() if _last_words(content_type) in types]


def _last_words(content_type: str) -> str:
    """What stands behind the words that all types of Excel begin with; macro-enabled ones begin otherwise."""
    return content_type.rpartition("spreadsheetml.")[2].removeprefix("application/vnd.ms-excel.")


class RelationsScan(PartScan):
    """A .rels part: the types and targets of the related parts, by relationship id."""

    spaces = frozenset({f"{_PACKAGE}/relationships"})
    watched = frozenset({"Relationship"})

    def __init__(self, folder: str) -> None:
        """Resolve targets against the folder of the part that has these relations."""
        self._folder = folder
        self.targets: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.written: dict[str, str] = {}
        self.outside: set[str] = set()

    def start(self, name: str, attributes: Attributes) -> None:
        """Keep a relationship; two of one id, or one that lacks id, target or type, are refused."""
        if name != "Relationship":
            return
        identity, target = attributes.get("Id", ""), attributes.get("Target", "").replace("\\", "/")
        if identity in self.targets or not {"Id", "Target", "Type"} <= attributes.keys():
            raise WouldRepairError(Repair.RELATION, identity)
        self.written[identity] = target
        self.targets[identity] = folded_name(posixpath.join("/", self._folder, target))
        space, _, kind = attributes.get("Type", "").rpartition("/")
        if kind in _CELLS and space not in _OFFICE:
            raise WouldRepairError(Repair.RELATION, identity)
        self.types[identity] = kind
        if attributes.get("TargetMode", "Internal") != "Internal" or self._climbs(target):
            self.outside.add(identity)

    def _climbs(self, target: str) -> bool:
        """Whether a target goes up out of the package."""
        return target.startswith("//") or posixpath.normpath(posixpath.join(self._folder, target)).startswith("..")

    def of_type(self, wanted: str) -> Iterator[str]:
        """Yield the ids of the parts related by one type, "worksheet" or so; strict files differ before it only."""
        return (identity for identity, name in self.types.items() if name == wanted)


class WorkbookScan(NestedScan):
    """xl/workbook.xml: the sheets as (title, relationship id, state), and the date system.

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
        around = self.around(name)
        match around, name:
            case ("workbook", "sheets"), "sheet":
                self._keep(attributes)
            case _, "sheet":
                raise WouldRepairError(Repair.ELEMENT, name)
            case ("workbook",), "workbookPr":
                self._keep_date_system(attributes.get("date1904", "0"))

    def foreign(self, name: str) -> None:
        """Pass over what newer programs add; Excel 2013 has a workbookPr of its own."""
        is_inside = len(self._open) > 1
        super().foreign(name)
        if name == "workbookPr" and not is_inside:
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


class StringsScan(NestedScan):
    """xl/sharedStrings.xml: how many texts there are, each of one plain text or of runs."""

    spaces = MAIN_SPACES
    watched = frozenset({"sst", "si", "t", "r", "rPh"})

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._text = TextShape()

    def foreign(self, name: str) -> None:
        """Pass over what other programs add beside the texts; calamine would join what stands within one."""
        super().foreign(name)
        if "si" in self._open:
            raise WouldRepairError(Repair.ELEMENT, name)

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002 - no attribute matters
        """Count a text."""
        around = self._open[-1] if self._open else ""
        self._open.append(name)
        if (name == "si") != (around == "sst") and name not in {"sst", "extLst"}:
            raise WouldRepairError(Repair.ELEMENT, name)
        if name == "si":
            self.count += 1
            self._text = TextShape()
        elif name != "sst":
            self._text.begin(around, name)
