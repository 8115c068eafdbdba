"""A worksheet of another workbook, carried over with its looks; the other one is written by XlsxWriter."""

import copy
from collections.abc import Sequence
from typing import Final

from pipeline.patching.markup import (
    MAIN,
    OFFICE,
    Element,
    appended,
    child,
    children,
    descendants,
    elements,
    local,
    parsed,
    serialised,
    unset,
)
from pipeline.patching.names import Name, leads_into, names_of
from pipeline.patching.parts import Parts
from pipeline.patching.refusal import PatchError, number
from pipeline.patching.relations import main_space, only, relations_of, relations_part
from pipeline.patching.styles import Styles
from pipeline.patching.workbook import WORKSHEET, Workbook

_TABLES: Final = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_APPLY: Final = ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment", "applyProtection")
_FIRST_OWN_FORMAT: Final = 164
_CARRIED: Final = frozenset({"hyperlink"})


class Donor:
    """A workbook whose worksheets are carried over, part by part.

    Raises:
        PatchError: it is no workbook.
    """

    def __init__(self, content: bytes) -> None:
        self._parts = Parts(content)
        self._workbook = Workbook(self._parts)

    def names(self, title: str) -> list[Name]:
        """The defined names that are a sheet's own, or lead into it."""
        names = names_of(self._workbook)
        return [name for name in names if title == name.sheet or (not name.sheet and leads_into(name.formula, title))]

    def sheet(self, title: str, styles: Styles, strict: int) -> bytes:
        """The worksheet part of a title, its looks added to ``styles``; strict or transitional as its new workbook.

        Raises:
            PatchError: there is none, or it has what cannot be carried over (a drawing, a table, a comment).
        """
        part = self._part(title)
        root = self._translated(self._parts.sheet(part).content(), strict)
        looks = _Looks(self._tree("styles", strict), styles)
        strings = children(self._tree("sharedStrings", strict), "si")
        cells = _Cells(looks, strings)
        for element in root.iter(*(f"{{{MAIN[strict]}}}{name}" for name in ("row", "c", "col"))):
            cells.settle(element)
        for rule in descendants(root, "cfRule"):
            if rule.get("dxfId") is not None:
                rule.set("dxfId", str(looks.differential(number(rule.get("dxfId"), title))))
        _settle_views(root)
        return serialised(root)

    def relations(self, title: str, strict: int) -> bytes | None:
        """The relations of the worksheet part: its hyperlinks; None where it has none."""
        place = relations_part(self._part(title))
        return self._translated_bytes(self._parts.content(place), strict) if place in self._parts else None

    def _part(self, title: str) -> str:
        tab = self._workbook.tab(title)
        kinds = {relation.kind for relation in relations_of(self._parts, tab.part)}
        if tab.kind != WORKSHEET or not kinds <= _CARRIED:
            raise PatchError(title, f"has what is not carried over: {', '.join(sorted(kinds - _CARRIED))}")
        return tab.part

    def _tree(self, kind: str, strict: int) -> Element | None:
        part = only(self._parts, self._workbook.part, kind)
        return None if part is None else self._translated(self._parts.content(part), strict)

    def _translated(self, content: bytes, strict: int) -> Element:
        root = parsed(self._translated_bytes(content, strict), "donor")
        main_space(root)
        return root

    def _translated_bytes(self, content: bytes, strict: int) -> bytes:
        """The part in the namespaces of the workbook that it goes to; they stand in declarations and types alone."""
        if strict == self._workbook.strict:
            return content
        for spaces in (MAIN, OFFICE):
            content = content.replace(spaces[self._workbook.strict].encode(), spaces[strict].encode())
        return content


class _Looks:
    """The looks of the donor, by their places there, added to the styles of the workbook that they go to."""

    def __init__(self, donor: Element | None, styles: Styles) -> None:
        self._donor, self._styles = donor, styles
        self._places: dict[tuple[str, int], int] = {}
        formats = [] if donor is None else children(child(donor, "numFmts"), "numFmt")
        self._formats: dict[int, str] = {
            number(item.get("numFmtId"), "numFmtId"): item.get("formatCode", "") for item in formats
        }

    def cell(self, place: int) -> int:
        """The new place of the look of a cell."""
        key = ("cellXfs", place)
        if key not in self._places:
            self._places[key] = 0 if self._donor is None else self._styles.place("cellXfs", self._cell(place))
        return self._places[key]

    def differential(self, place: int) -> int:
        """The new place of a ``dxf``."""
        return self._carried("dxfs", place)

    def _cell(self, place: int) -> Element:
        look = copy.deepcopy(self._item("cellXfs", place))
        for key, table in _TABLES.items():
            look.set(key, str(self._carried(table, number(look.get(key, "0"), key))))
        identity = number(look.get("numFmtId", "0"), "numFmtId")
        if identity >= _FIRST_OWN_FORMAT:
            identity = self._styles.number_format(self._formats.get(identity, "General"))
        look.set("numFmtId", str(identity))
        look.set("xfId", "0")
        for key in _APPLY:
            look.set(key, "1")
        return look

    def _carried(self, table: str, place: int) -> int:
        if (table, place) not in self._places:
            self._places[table, place] = self._styles.place(table, self._item(table, place))
        return self._places[table, place]

    def _item(self, table: str, place: int) -> Element:
        items = [] if self._donor is None else elements(child(self._donor, table))
        if not 0 <= place < len(items):
            raise PatchError("donor", f"no {table} {place}")
        return items[place]


class _Cells:
    """The cells, rows and columns of the donor: they get the new places of their looks, and cells their texts."""

    def __init__(self, looks: _Looks, strings: Sequence[Element]) -> None:
        self._looks, self._strings = looks, strings

    def settle(self, element: Element) -> None:
        """Settle one of them."""
        match local(element):
            case "row" if element.get("s") is not None:
                element.set("s", self._place(element.get("s")))
            case "col" if element.get("style") is not None:
                element.set("style", self._place(element.get("style")))
            case "c":
                place = self._place(element.get("s"))
                if place != "0" or element.get("s") is not None:
                    element.set("s", place)
                self._settle_text(element)

    def _place(self, text: str | None) -> str:
        return str(self._looks.cell(number(text or "0", "s")))

    def _settle_text(self, cell: Element) -> None:
        """Let a cell hold its text itself; the list of shared strings stays behind."""
        if cell.get("cm") or cell.get("vm"):
            raise PatchError(cell.get("r", "donor"), "needs metadata")
        if cell.get("t") != "s":
            return
        value = child(cell, "v")
        place = number(None if value is None else value.text, cell.get("r", "donor"))
        if value is None or not 0 <= place < len(self._strings):
            raise PatchError(cell.get("r", "donor"), f"no string {place}")
        cell.remove(value)
        cell.set("t", "inlineStr")
        appended(cell, "is").extend(copy.deepcopy(part) for part in self._strings[place])


def _settle_views(root: Element) -> None:
    for view in children(child(root, "sheetViews"), "sheetView"):
        unset(view, "tabSelected")
    properties = child(root, "sheetPr")
    if properties is not None:
        unset(properties, "codeName")
