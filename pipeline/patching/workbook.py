"""The workbook part: which sheets there are, in which order, and everything that counts them."""

import posixpath
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pipeline.patching import properties
from pipeline.patching.markup import OFFICE, Element, child, children, detached_with_id, local, removed, unset
from pipeline.patching.memory import Memory
from pipeline.patching.parts import Parts
from pipeline.patching.refusal import PatchError, number
from pipeline.patching.relations import (
    ROOT,
    discard,
    main_space,
    office_id,
    only,
    relate,
    relations_of,
    set_type,
    unrelate,
)

ORDER: Final = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups"),
    *("externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr"),
    *("smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
)
"""The children of a workbook in the order of the schema (ECMA-376 Part 1, 18.2.27, CT_Workbook)."""
WORKSHEET: Final = "worksheet"
_WORKSHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ADDED: Final = "added"
_HIGHEST_NUMBER: Final = 65_534


class State(StrEnum):
    """Whether a sheet can be seen; what is very hidden no menu shows."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


@dataclass(frozen=True)
class Tab:
    """A sheet as the workbook lists it: ``kind`` is that of its relation, ``number`` its ``sheetId``."""

    title: str
    number: int
    state: State
    kind: str
    part: str
    identity: str


class Workbook:
    """The workbook part of a package.

    Raises:
        PatchError: there is none, or its sheets lead nowhere.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        place = only(parts, ROOT, "officeDocument")
        if place is None:
            raise PatchError("package", "no workbook")
        self.part = place
        if local(self.root) != "workbook":
            raise PatchError(place, "no workbook")
        self.strict = main_space(self.root)
        self._tabs: list[Tab] | None = None
        if not self.tabs:
            raise PatchError(place, "no sheets")

    @property
    def root(self) -> Element:
        """The workbook, to be read."""
        return self.parts.tree(self.part)

    def changed(self) -> Element:
        """The workbook, to be changed."""
        return self.parts.changed(self.part)

    @property
    def memory(self) -> Memory:
        """What the workbook was like before sheets were added; who changes it changes the workbook."""
        return Memory(self.root, ORDER)

    @property
    def tabs(self) -> list[Tab]:
        """All sheets in order, also those that are no worksheets."""
        if self._tabs is None:
            relations = {relation.identity: relation for relation in relations_of(self.parts, self.part)}
            self._tabs, titles = [], set[str]()
            for element in self._elements():
                title, identity = element.get("name", ""), office_id(element)
                if not title or title.casefold() in titles:
                    raise PatchError(title, "no title of its own")
                if identity not in relations or relations[identity].part not in self.parts:
                    raise PatchError(title, "leads to no part")
                state = element.get("state", State.VISIBLE)
                titles.add(title.casefold())
                place = number(element.get("sheetId"), f"sheet {title!r}")
                state = State(state) if state in set(State) else State.VISIBLE
                self._tabs.append(
                    Tab(title, place, state, relations[identity].kind, relations[identity].part, identity)
                )
        return self._tabs

    def tab(self, title: str) -> Tab:
        """The sheet of a title, whatever its case.

        Raises:
            PatchError: there is none.
        """
        for tab in self.tabs:
            if tab.title.casefold() == title.casefold():
                return tab
        raise PatchError(title, "there is none")

    def free_name(self) -> str:
        """A name for one more worksheet part, in the folder of the workbook."""
        folder = posixpath.join(posixpath.dirname(self.parts.written(self.part)), "worksheets")
        place = 1
        while posixpath.join(folder, f"sheet{place}.xml").lstrip("/").casefold() in self.parts:
            place += 1
        return posixpath.join(folder, f"sheet{place}.xml")

    def hold_free(self, title: str) -> None:
        """Hold that no sheet has this title.

        Raises:
            PatchError: one has.
        """
        if any(tab.title.casefold() == title.casefold() for tab in self.tabs):
            raise PatchError(title, "the title is taken")

    def insert(self, part: str, title: str, state: State, *, at_front: bool) -> None:
        """List a part as a worksheet, first or last; what counts sheets counts on."""
        self.hold_free(title)
        before, memory = [tab.title for tab in self.tabs if tab.kind == WORKSHEET], self.memory
        place = 0 if at_front else len(self.tabs)
        highest = max(tab.number for tab in self.tabs)
        if highest >= _HIGHEST_NUMBER:
            raise PatchError("package", "the sheets have no number left")
        sheets = child(self.changed(), "sheets")
        if sheets is None:
            raise PatchError("package", "no sheets")
        set_type(self.parts, part, _WORKSHEET_TYPE)
        office = OFFICE[self.strict]
        identity = relate(self.parts, self.part, f"{office}/{WORKSHEET}", part)
        element = detached_with_id(sheets, "sheet", office, identity)
        element.set("name", title)
        element.set("sheetId", str(highest + 1))
        if state is not State.VISIBLE:
            element.set("state", state.value)
        sheets.insert(0 if at_front else len(sheets), element)
        memory.put(_ADDED, " ".join([*self.added, str(highest + 1)]))
        self._tabs = None
        self._shift(place, 1)
        properties.insert_title(self.parts, before, title, at_front=at_front)

    @property
    def added(self) -> list[str]:
        """The numbers of the sheets that were added and are still there."""
        return (self.memory.get(_ADDED) or "").split()

    def remove(self, title: str) -> None:
        """Take a sheet off the list, with its part and all that only it led to.

        Raises:
            PatchError: there is none of this title, or no other that can be seen.
        """
        tab = self.tab(title)
        place = self.tabs.index(tab)
        if not any(other.state is State.VISIBLE for other in self.tabs if other is not tab):
            raise PatchError(title, "no other can be seen")
        before = [other.title for other in self.tabs if other.kind == WORKSHEET]
        self.changed()
        removed(self._elements()[place])
        self._forget_added(str(tab.number))
        discard(self.parts, lambda: unrelate(self.parts, self.part, tab.identity))
        self._tabs = None
        self._shift(place, -1)
        properties.remove_title(self.parts, before, tab.title)

    def _forget_added(self, place: str) -> None:
        left = [other for other in self.added if other != place]
        if left:
            self.memory.put(_ADDED, " ".join(left))
        else:
            self.memory.forget(_ADDED)

    def _elements(self) -> list[Element]:
        return children(child(self.root, "sheets"), "sheet")

    def _shift(self, place: int, by: int) -> None:
        """Let what counts sheets count on after one was put at a place (``by`` 1), or taken from there (-1)."""
        for name in children(child(self.root, "definedNames"), "definedName"):
            _shift(name, "localSheetId", place, by)
        for view in children(child(self.root, "bookViews"), "workbookView"):
            _shift(view, "activeTab", place, by)
            _shift(view, "firstSheet", place, by)
            if by > 0 and place == 0 and view.get("firstSheet") == "1":
                unset(view, "firstSheet")


def _shift(element: Element, key: str, place: int, by: int) -> None:
    if key == "localSheetId" and element.get(key) is None:
        return
    index = number(element.get(key, "0"), key)
    if (by > 0 and index >= place) or (by < 0 and index > place):
        element.set(key, str(index + by))
