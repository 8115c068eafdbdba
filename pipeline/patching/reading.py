"""What the cells of a worksheet hold, as text: enough to find the places for values."""

from typing import Final

from pipeline.patching.markup import Element, child, children, descendants, local, unescaped
from pipeline.patching.refusal import PatchError, number
from pipeline.patching.relations import only
from pipeline.patching.sheet_part import SheetPart
from pipeline.patching.workbook import Workbook

_STRINGS: Final = "sharedStrings"


def texts_of(workbook: Workbook, sheet: SheetPart) -> dict[str, str]:
    """The filled cells by address: texts without their looks, numbers as they are stored, results of formulas."""
    strings = _shared_strings(workbook)
    texts = {}
    for row in children(sheet.cells(), "row"):
        for cell in children(row, "c"):
            text = _text(cell, strings)
            if text and cell.get("r"):
                texts[cell.get("r", "")] = text
    return texts


def forget_results(sheet: SheetPart) -> None:
    """Leave the formulas without results: whoever opens the workbook computes them."""
    for row in children(sheet.cells(), "row"):
        for cell in children(row, "c"):
            result = child(cell, "v") if child(cell, "f") is not None else None
            if result is not None:
                cell.remove(result)


def _text(cell: Element, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _joined(child(cell, "is"))
    value = child(cell, "v")
    text = (value.text or "") if value is not None else ""
    if cell.get("t") != "s" or not text:
        return text
    place = number(text, "shared string")
    if place >= len(strings):
        raise PatchError(cell.get("r", ""), "a text that is not there")
    return strings[place]


def _shared_strings(workbook: Workbook) -> list[str]:
    part = only(workbook.parts, workbook.part, _STRINGS)
    return [] if part is None else [_joined(item) for item in children(workbook.parts.tree(part), "si")]


def _joined(item: Element | None) -> str:
    """The words of a text, whose runs have looks of their own; phonetic ones are not among them."""
    if item is None:
        return ""
    if len(item) == 1 and local(item[0]) == "t" and not len(item[0]):  # nearly every text is in one look
        return unescaped(item[0].text or "")
    phonetic = {inner for run in descendants(item, "rPh") for inner in descendants(run, "t")}
    return unescaped("".join(inner.text or "" for inner in descendants(item, "t") if inner not in phonetic))
