"""An .xlsx or .xlsm that is changed part by part: what nobody changes keeps its compressed bytes."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from pipeline.patching import calculation_chain, names, opening
from pipeline.patching.donor import Donor
from pipeline.patching.names import Name
from pipeline.patching.parts import Parts
from pipeline.patching.refusal import PatchError
from pipeline.patching.relations import ROOT, discard, of_kind, relations_of, relations_part, retype, type_of, unrelate
from pipeline.patching.styles import Styles
from pipeline.patching.tidying import tidy
from pipeline.patching.workbook import WORKSHEET, State, Workbook
from pipeline.patching.worksheet import Worksheet

_SIGNATURE: Final = "digital-signature/origin"
_MACROS: Final = "vbaProject"
_MACRO_SHEETS: Final = frozenset({"xlMacrosheet", "xlIntlMacrosheet"})
_PLAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


class Breakage(StrEnum):
    """What a change takes from a package."""

    SIGNATURE = "signature"
    """A digital signature of the document: it holds for unchanged parts alone."""
    MACROS = "macros"
    """Macros, which an .xlsx must not have."""


class Package:
    """A workbook as a package of parts; after a refusal it may be half changed, and is to be dropped.

    Raises:
        PatchError: it is no package that can be patched (no zip, ZIP64, encrypted, no workbook).
    """

    def __init__(self, content: bytes) -> None:
        self._parts = Parts(content)
        self._workbook = Workbook(self._parts)
        self._has_removed = self._has_dropped_macros = False

    @classmethod
    def opened(cls, path: Path) -> "Package":
        """The package in a file.

        Raises:
            PatchError: as the class.
            OSError: the file cannot be read.
        """
        return cls(path.read_bytes())

    @property
    def worksheets(self) -> tuple[Worksheet, ...]:
        """The worksheets in the order of the workbook, hidden ones among them; charts and dialogs are none."""
        return tuple(Worksheet(self._workbook, tab) for tab in self._workbook.tabs if tab.kind == WORKSHEET)

    def worksheet(self, title: str) -> Worksheet:
        """The worksheet of a title, whatever its case.

        Raises:
            PatchError: there is none.
        """
        tab = self._workbook.tab(title)
        if tab.kind != WORKSHEET:
            raise PatchError(title, "is no worksheet")
        return Worksheet(self._workbook, tab)

    def add_sheet(self, donor: Donor, title: str, *, state: State = State.VISIBLE, at_front: bool = False) -> Worksheet:
        """Carry a worksheet over from another workbook, with its looks, hyperlinks and names; first or last.

        Raises:
            PatchError: the title or a name is taken, or the sheet has what is not carried over.
        """
        self._workbook.hold_free(title)
        if state is not State.VISIBLE and at_front:
            raise PatchError(title, "a hidden one goes to the end")
        names.hold_free(self._workbook, donor.names(title))
        opening.keep_views(self._workbook)
        content = donor.sheet(title, Styles(self._workbook), self._workbook.strict)
        part = self._parts.put(self._workbook.free_name(), content)
        relations = donor.relations(title, self._workbook.strict)
        self._workbook.insert(part, title, state, at_front=at_front)
        if relations is not None:
            self._parts.put(relations_part(self._parts.written(part)), relations)
        for name in donor.names(title):
            names.add_name(self._workbook, name)
        return self.worksheet(title)

    def remove_sheet(self, title: str) -> None:
        """Remove a sheet with the parts that only it led to, its names, and what counts it.

        With the last sheet that was added goes what adding it changed: the sheet is shown that was shown before.

        Raises:
            PatchError: there is none of this title, or no other that can be seen.
        """
        tab = self._workbook.tab(title)
        names.remove_names_of_sheet(self._workbook, tab.title)
        self._workbook.remove(tab.title)
        calculation_chain.leave_out(self._workbook, tab.number, None)
        if not opening.show_as_before(self._workbook):
            opening.show_what_can_be_seen(self._workbook)
        self._has_removed = True

    def activate(self, title: str) -> None:
        """Show a sheet on opening, it alone being selected.

        Raises:
            PatchError: there is none of this title, or it is hidden.
        """
        opening.activate(self._workbook, title)

    def names(self) -> list[Name]:
        """The defined names."""
        return names.names_of(self._workbook)

    def add_name(self, name: Name) -> None:
        """Add a defined name.

        Raises:
            PatchError: it is taken, or it is of a sheet that is not there.
        """
        names.add_name(self._workbook, name)

    def remove_name(self, name: str, sheet: str | None = None) -> bool:
        """Remove a defined name, the workbook's own or that of one sheet; says whether there was one."""
        return names.remove_name(self._workbook, name, sheet)

    def calculate_on_load(self) -> None:
        """Have every formula calculated when the workbook is opened."""
        opening.calculate_on_load(self._workbook)

    def calculate_as_before(self) -> None:
        """Undo :meth:`calculate_on_load`, also that of an earlier round, while the bytes say what was before."""
        opening.calculate_as_before(self._workbook)

    def drop_macros(self) -> None:
        """Be an .xlsx: without macros, and no template.

        Raises:
            PatchError: a sheet is made of macros (of Excel 4).
        """
        if any(tab.kind in _MACRO_SHEETS for tab in self._workbook.tabs):
            raise PatchError("package", "a sheet of macros cannot be in an .xlsx")
        for relation in of_kind(self._parts, self._workbook.part, _MACROS):
            self._has_dropped_macros = True
            self._discard(self._workbook.part, relation.identity)
        if type_of(self._parts, self._workbook.part) != _PLAIN_TYPE:
            retype(self._parts, self._workbook.part, _PLAIN_TYPE)

    @property
    def broken(self) -> tuple[Breakage, ...]:
        """What the package loses, or has lost, by the changes so far."""
        lost = (
            [Breakage.SIGNATURE] if self._has_lost_signature or (self._parts.is_changed and self._signatures()) else []
        )
        return (*lost, *([Breakage.MACROS] if self._has_dropped_macros else []))

    def saved(self) -> bytes:
        """The package as it is now: the same bytes for the same changes; without any, the bytes that came in.

        Raises:
            PatchError: it would need ZIP64, or what is left of the sender's looks is broken.
        """
        if self._parts.is_changed:
            for identity in self._signatures():
                self._has_lost_signature = True
                self._discard(ROOT, identity)
        if self._has_removed:
            tidy(self._workbook)
        return self._parts.saved()

    _has_lost_signature = False

    def _signatures(self) -> list[str]:
        relations = relations_of(self._parts, ROOT)
        return [relation.identity for relation in relations if relation.type.endswith(_SIGNATURE)]

    def _discard(self, source: str, identity: str) -> None:
        discard(self._parts, lambda: unrelate(self._parts, source, identity))
