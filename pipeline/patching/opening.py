"""What a program does when it opens the workbook: which sheet it shows, and whether it calculates."""

import re
from typing import Final

from pipeline.patching.markup import Element, appended, attributes, child, children, flag, local, placed, removed, unset
from pipeline.patching.refusal import PatchError, number
from pipeline.patching.workbook import ORDER, WORKSHEET, State, Tab, Workbook

_HEAD: Final = 1 << 14
_SELECTED: Final = re.compile(rb"tabSelected\s*=\s*[\"'](?:1|true)[\"']")
_AFTER_VIEWS: Final = re.compile(rb"<(?:[\w.-]+:)?(?:sheetData|/sheetViews)[\s/>]|</(?:[\w.-]+:)?sheetViews>")
_COUNTED: Final = ("activeTab", "firstSheet")
_ABSENT: Final = "-"
_VIEWS, _SELECTION, _CALCULATION = "views", "selected", "calculation"


def keep_views(workbook: Workbook) -> None:
    """Remember which sheet is shown, before the first sheet is added."""
    views = children(child(workbook.root, "bookViews"), "workbookView")
    workbook.changed()
    workbook.memory.keep(_VIEWS, " ".join(view.get(key, _ABSENT) for view in views for key in _COUNTED))


def activate(workbook: Workbook, title: str) -> None:
    """Show a sheet, and it alone: sheets left selected together would all take what is typed into one."""
    tab = workbook.tab(title)
    if tab.state is not State.VISIBLE:
        raise PatchError(title, "is hidden")
    keep_views(workbook)
    views = placed(workbook.changed(), "bookViews", ORDER)
    if not children(views, "workbookView"):
        appended(views, "workbookView")
    place = workbook.tabs.index(tab)
    for view in children(views, "workbookView"):
        _set(view, "activeTab", str(place) if place or view.get("activeTab") else None)
        if number(view.get("firstSheet", "0"), "firstSheet") > place:
            _set(view, "firstSheet", None)
    for other in workbook.tabs:
        if other is tab or _is_selected(workbook, other):
            _select(workbook, other, is_selected=other is tab)


def show_as_before(workbook: Workbook) -> bool:
    """Show what was shown before sheets were added, and say so; not while one of them is left, or nothing is kept."""
    memory = workbook.memory
    kept, selection = memory.get(_VIEWS), memory.get(_SELECTION)
    if workbook.added or kept is None:
        return False
    root, texts = workbook.changed(), iter(kept.split())
    bookviews = child(root, "bookViews")
    if bookviews is not None and not kept:
        removed(bookviews)
    views = children(bookviews, "workbookView")
    if len(kept.split()) == len(views) * len(_COUNTED):
        for view in views:
            for key in _COUNTED:
                text = next(texts)
                _set(view, key, None if text == _ABSENT else text)
    by_number = {str(tab.number): tab for tab in workbook.tabs}
    for place, _, text in (item.partition("=") for item in (selection or "").split()):
        if place in by_number:
            for view in _sheet_views(workbook, by_number[place]):
                _set(view, "tabSelected", None if text == _ABSENT else text)
    memory.forget(_VIEWS)
    memory.forget(_SELECTION)
    return True


def show_what_can_be_seen(workbook: Workbook) -> None:
    """Let each window show a sheet that is there and not hidden; only what shows another one changes."""
    visible = [place for place, tab in enumerate(workbook.tabs) if tab.state is State.VISIBLE]
    for view in children(child(workbook.root, "bookViews"), "workbookView"):
        if number(view.get("activeTab", "0"), "activeTab") not in visible:
            workbook.changed()
            _set(view, "activeTab", str(visible[0]))
        if number(view.get("firstSheet", "0"), "firstSheet") >= len(workbook.tabs):
            workbook.changed()
            _set(view, "firstSheet", None)


def calculate_on_load(workbook: Workbook) -> None:
    """Have every formula calculated when the workbook is opened, and while somebody types."""
    root = workbook.changed()
    present = child(root, "calcPr")
    kept = _ABSENT if present is None else " ".join(f"{key}={text}" for key, text in attributes(present).items())
    workbook.memory.keep(_CALCULATION, kept)
    calculation = placed(root, "calcPr", ORDER)
    calculation.set("calcMode", "auto")
    calculation.set("fullCalcOnLoad", "1")


def calculate_as_before(workbook: Workbook) -> None:
    """Undo :func:`calculate_on_load`; nothing where nothing is kept."""
    kept, present = workbook.memory.get(_CALCULATION), child(workbook.root, "calcPr")
    if kept is None:
        return
    workbook.changed()
    if present is not None and kept == _ABSENT:
        removed(present)
    elif present is not None:
        for key in attributes(present):
            unset(present, key)
        for item in kept.split():
            key, _, text = item.partition("=")
            present.set(key, text)
    workbook.memory.forget(_CALCULATION)


def _is_selected(workbook: Workbook, tab: Tab) -> bool:
    """Whether a sheet is selected; of a long part only the beginning is inflated."""
    head = workbook.parts.head(tab.part, _HEAD)
    if len(head) == _HEAD and not _AFTER_VIEWS.search(head):
        head = workbook.parts.content(tab.part)
    return bool(_SELECTED.search(head))


def _select(workbook: Workbook, tab: Tab, *, is_selected: bool) -> None:
    is_added = str(tab.number) in workbook.added
    for view in _sheet_views(workbook, tab):
        before = view.get("tabSelected")
        if flag(before) == is_selected:
            continue
        if not is_added:
            _keep_selection(workbook, tab, before)
        _set(view, "tabSelected", "1" if is_selected else None)


def _keep_selection(workbook: Workbook, tab: Tab, before: str | None) -> None:
    kept = (workbook.memory.get(_SELECTION) or "").split()
    if not any(item.startswith(f"{tab.number}=") for item in kept):
        workbook.memory.put(_SELECTION, " ".join([*kept, f"{tab.number}={before or _ABSENT}"]))


def _sheet_views(workbook: Workbook, tab: Tab) -> list[Element]:
    """The views of a sheet, to be changed; none of a sheet that has no such element."""
    parts = workbook.parts
    root = parts.changed_sheet(tab.part).root if tab.kind == WORKSHEET else parts.changed(tab.part)
    return [view for views in root if local(views) == "sheetViews" for view in views if local(view) == "sheetView"]


def _set(element: Element, key: str, text: str | None) -> None:
    if text is not None:
        element.set(key, text)
    else:
        unset(element, key)
