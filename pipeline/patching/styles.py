"""The styles of a workbook: what is added goes behind the sender's own, whose indexes stay (ECMA-376 Part 1, 18.8)."""

import copy
import posixpath
from typing import Final, cast

from lxml import etree

from pipeline.patching.markup import MAIN, OFFICE, Element, appended, child, elements, placed
from pipeline.patching.memory import Memory
from pipeline.patching.refusal import PatchError, number
from pipeline.patching.relations import only, relate, relations_of, set_type
from pipeline.patching.workbook import Workbook

ORDER: Final = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles"),
    *("colors", "extLst"),
)
"""The children of a style sheet in the order of the schema (CT_Stylesheet)."""
TABLES: Final = ("dxfs", "cellXfs", "fonts", "fills", "borders", "numFmts")
"""The tables to which looks are added; a later one serves those before it."""
DEFAULTS: Final = {
    "fonts": ('<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',),
    "fills": ('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>'),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellStyleXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',),
    "cellStyles": ('<cellStyle name="Normal" xfId="0" builtinId="0"/>',),
}
"""What a table begins with that programs take for granted: the first two fills are always these (18.8.21)."""
BASES: Final = ("cellStyleXfs", "cellStyles")
"""The tables of named styles, on which the looks of cells are based."""
_FIRST_OWN_FORMAT: Final = 164
_MOST_COMPARED: Final = 4_096
"""As many looks of the sender's table are held against one that is added; 60,000 take 3.6 s."""
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
KIND: Final = "styles"
"""The kind of the relation that leads to the style sheet."""
NEW_PART: Final = "part"
"""The key under which is kept that there was no style sheet."""
ABSENT: Final = "-"
"""What is kept of a table that was not there."""


def likeness(element: Element) -> bytes:
    """What two elements that look the same have in common, whatever their prefixes."""
    text = etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
    if element.prefix:
        prefix = element.prefix.encode() + b":"
        text = (
            text.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</").replace(b"xmlns:" + prefix[:-1], b"xmlns")
        )
    return text


class Styles:
    """The style sheet of a workbook, made when the first look is added to a workbook that has none."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook, self._parts = workbook, workbook.parts
        self._places: dict[str, dict[bytes, int]] = {}
        self.part = only(self._parts, workbook.part, KIND)
        if self.part is None and any(each.kind == KIND for each in relations_of(self._parts, workbook.part)):
            raise PatchError(workbook.part, "leads to styles that are not there")

    def differential(self, element: Element) -> int:
        """The index of a ``dxf`` that looks so, added where there is none."""
        return self.place("dxfs", element)

    def filled(self, colour: str) -> int:
        """The index of a ``dxf`` that fills a cell with a colour, eight digits of alpha, red, green, blue."""
        look = etree.Element(f"{{{MAIN[self._workbook.strict]}}}dxf")
        fill = appended(appended(look, "fill"), "patternFill")
        fill.set("patternType", "solid")
        appended(fill, "bgColor").set("rgb", colour)
        return self.differential(look)

    def place(self, table: str, element: Element) -> int:
        """The index of an element that looks so in its table, added at the end where there is none."""
        places = self._places_of(table)
        likeness_of_element = likeness(element)
        if likeness_of_element not in places:
            places[likeness_of_element] = self._add(table, element)
        return places[likeness_of_element]

    def number_format(self, code: str) -> int:
        """The id of a number format of our own, added where there is none of this code."""
        formats = {element.get("formatCode"): element.get("numFmtId") for element in self.items("numFmts")}
        if code not in formats:
            numbers = [number(identity, "numFmtId") for identity in formats.values()]
            identity = str(max([_FIRST_OWN_FORMAT - 1, *numbers]) + 1)
            element = etree.Element(f"{{{MAIN[self._workbook.strict]}}}numFmt", numFmtId=identity, formatCode=code)
            self._add("numFmts", element)
            return int(identity)
        return number(formats[code], "numFmtId")

    def items(self, table: str) -> list[Element]:
        """The elements of a table in order; none where there is no such table."""
        if self.part is None:
            return []
        return elements(child(self._parts.tree(self.part), table))

    @property
    def memory(self) -> Memory | None:
        """How many looks each table had before the first was added; None without a style sheet."""
        return None if self.part is None else Memory(self._parts.tree(self.part), ORDER)

    def _places_of(self, table: str) -> dict[bytes, int]:
        if table not in self._places:
            self._places[table] = {}
            for place, item in enumerate(self.items(table)[:_MOST_COMPARED]):
                self._places[table].setdefault(likeness(item), place)
        return self._places[table]

    def _add(self, table: str, element: Element) -> int:
        root = self._changed()
        present = child(root, table)
        Memory(root, ORDER).keep(table, ABSENT if present is None else str(_count(present)))
        items = self._table(root, table)
        items.append(copy.deepcopy(element))
        return recounted(items) - 1

    def _changed(self) -> Element:
        if self.part is None:
            strict, parts = self._workbook.strict, self._parts
            folder = posixpath.dirname(parts.written(self._workbook.part))
            place = posixpath.join(folder, "styles.xml")
            if place.lstrip("/").casefold() in parts:
                raise PatchError(place, "a part that is not the workbook's")
            blank = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{MAIN[strict]}"/>'
            self.part = parts.put(place, blank.encode())
            set_type(parts, self.part, _TYPE)
            relate(parts, self._workbook.part, f"{OFFICE[strict]}/{KIND}", self.part)
            Memory(parts.changed(self.part), ORDER).keep(NEW_PART, "1")
        return self._parts.changed(self.part)

    def _table(self, root: Element, table: str) -> Element:
        """The table, with what programs take for granted at its beginning."""
        is_new = child(root, table) is None
        items = placed(root, table, ORDER)
        if table == "cellXfs" and is_new:
            for other in ("fonts", "fills", "borders", *BASES):
                if child(root, other) is None:
                    Memory(root, ORDER).keep(other, ABSENT)
                    self._table(root, other)
        if is_new:
            items.set("count", "0")
        present = _count(items)
        wrapped = f'<table xmlns="{MAIN[self._workbook.strict]}">{"".join(DEFAULTS.get(table, ())[present:])}</table>'
        items.extend(etree.fromstring(wrapped))
        recounted(items)
        return items


def recounted(items: Element) -> int:
    """How many elements a table has; where it says a count, it says this one."""
    count = _count(items)
    if items.get("count") is not None:
        items.set("count", str(count))
    return count


def _count(items: Element) -> int:
    """How many elements a table has, without an object for each."""
    return int(cast("float", items.xpath("count(*)")))
