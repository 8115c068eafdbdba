"""The defined names of a workbook (ECMA-376 Part 1, 18.2.5)."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from pipeline.patching.markup import Element, appended, child, children, escaped, flag, has_elements, placed, removed
from pipeline.patching.refusal import PatchError, number
from pipeline.patching.workbook import ORDER, Workbook

_BLANK: Final = "names"
"""The key under which is kept that the list of names was there, and blank."""


class Name(NamedTuple):
    """A defined name: what it stands for, without ``=``; ``sheet`` is the title where it is one sheet's alone."""

    name: str
    formula: str
    is_hidden: bool = False
    sheet: str | None = None


def names_of(workbook: Workbook) -> list[Name]:
    """All defined names in the order of the workbook."""
    return [_name(workbook, element) for element in _elements(workbook)]


def add_name(workbook: Workbook, name: Name) -> None:
    """Add a defined name.

    Raises:
        PatchError: it is taken, or there is no sheet of that title.
    """
    place = None if name.sheet is None else workbook.tabs.index(workbook.tab(name.sheet))
    was_blank = child(workbook.root, "definedNames") is not None
    if any(_is(element, name.name, place) for element in _elements(workbook)):
        raise PatchError(name.name, "the name is taken")
    names = placed(workbook.changed(), "definedNames", ORDER)
    if was_blank and not has_elements(names):
        workbook.memory.keep(_BLANK, "1")
    element = appended(names, "definedName", escaped(name.formula))
    element.set("name", name.name)
    if place is not None:
        element.set("localSheetId", str(place))
    if name.is_hidden:
        element.set("hidden", "1")


def hold_free(workbook: Workbook, names: Iterable[Name]) -> None:
    """Hold that none of the names of the workbook's own is taken.

    Raises:
        PatchError: one is.
    """
    taken = {name.name.casefold() for name in names_of(workbook) if name.sheet is None}
    for name in names:
        if name.sheet is None and name.name.casefold() in taken:
            raise PatchError(name.name, "the name is taken")


def remove_name(workbook: Workbook, name: str, sheet: str | None = None) -> bool:
    """Remove a defined name, the workbook's own or that of one sheet; says whether there was one."""
    place = None if sheet is None else workbook.tabs.index(workbook.tab(sheet))
    return _remove(workbook, [element for element in _elements(workbook) if _is(element, name, place)])


def remove_names_of_sheet(workbook: Workbook, title: str) -> None:
    """Remove the names that are a sheet's own, or lead into it."""
    place = workbook.tabs.index(workbook.tab(title))
    _remove(
        workbook,
        [
            element
            for element in _elements(workbook)
            if _place(element) == place or (_place(element) is None and leads_into(element.text or "", title))
        ],
    )


def leads_into(formula: str, title: str) -> bool:
    """Whether a formula refers to a sheet by its title."""
    quoted = "'" + title.replace("'", "''") + "'!"
    bare = re.compile(rf"(?<![\w.'\]]){re.escape(title)}!", re.IGNORECASE)
    return quoted.casefold() in formula.casefold() or bool(bare.search(formula))


def _remove(workbook: Workbook, elements: list[Element]) -> bool:
    for element in elements:
        workbook.changed()
        removed(element)
    names = child(workbook.root, "definedNames")
    if elements and names is not None and not has_elements(names):
        if workbook.memory.get(_BLANK) is None:
            removed(names)
        workbook.memory.forget(_BLANK)
    return bool(elements)


def _elements(workbook: Workbook) -> list[Element]:
    return children(child(workbook.root, "definedNames"), "definedName")


def _place(element: Element) -> int | None:
    text = element.get("localSheetId")
    return None if text is None else number(text, "localSheetId")


def _is(element: Element, name: str, place: int | None) -> bool:
    return element.get("name", "").casefold() == name.casefold() and _place(element) == place


def _name(workbook: Workbook, element: Element) -> Name:
    place = _place(element)
    if place is not None and not 0 <= place < len(workbook.tabs):
        raise PatchError(element.get("name", ""), "of a sheet that is not there")
    sheet = None if place is None else workbook.tabs[place].title
    return Name(element.get("name", ""), element.text or "", flag(element.get("hidden")), sheet)
