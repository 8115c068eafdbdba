"""The conditional formats of a worksheet: ours above all of the sender's (ECMA-376 Part 1, 18.3.1.18 and 18.3.1.10)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.patching.markup import (
    Element,
    appended,
    children,
    descendants,
    detached,
    escaped,
    local,
    place_in_order,
    removed,
    unescaped,
)
from pipeline.patching.parts import Parts
from pipeline.patching.refusal import PatchError, number, position
from pipeline.patching.relations import of_kind
from pipeline.patching.sheet_part import ORDER
from pipeline.patching.styles import Styles

_BLOCK: Final = "conditionalFormatting"
_COLOUR: Final = re.compile(r"[0-9A-F]{8}", re.ASCII)
_FORMULAS: Final = ("formula", "f")
"""The elements of a formula: in a rule of 2007, in one of 2010."""


@dataclass(frozen=True)
class Format:
    """A conditional format that fills the cells of an area (``B5`` or ``B5:C9 E5``) while a formula is true.

    ``formula`` is without ``=``, in English, relative to the first cell of the area; ``colour`` is eight digits of
    alpha, red, green, blue; ``stops``: formats below it are not looked at where it holds.
    """

    area: str
    formula: str
    colour: str
    stops: bool = True


def formulas_of(parts: Parts, part: str) -> list[tuple[str, ...]]:
    """The formulas of each conditional format of a worksheet, the first in rank first."""
    rules = sorted(_rules(parts, part), key=_priority)
    return [tuple(_formulas(rule)) for rule in rules]


def add_formats(parts: Parts, part: str, styles: Styles, formats: Sequence[Format]) -> None:
    """Put formats above all that are there, the first in rank first; those that are there keep their order.

    Raises:
        PatchError: an area or colour is none, or a rank that is there is no number.
    """
    for each in formats:
        _hold(each)
    _shift(parts, part, len(formats))
    root = parts.changed_sheet(part).root
    blocks: dict[str, Element] = {}
    first = next(iter(children(root, _BLOCK)), None)
    for priority, each in enumerate(formats, 1):
        if each.area not in blocks:
            block = detached(root, _BLOCK)
            block.set("sqref", each.area)
            blocks[each.area] = block
            if first is not None:
                first.addprevious(block)
            else:
                _append_block(root, block)
        _add_rule(blocks[each.area], each, priority, styles.filled(each.colour))


def remove_formats(parts: Parts, part: str, is_ours: Callable[[str], bool]) -> int:
    """Remove the conditional formats with a formula that ``is_ours``; gives how many there were.

    Those below move up again, if all that is removed stood above them.
    """
    leaving = [rule for rule in _rules(parts, part) if any(map(is_ours, _formulas(rule)))]
    if not leaving:
        return 0
    parts.changed_sheet(part)
    for rule in leaving:
        _remove(rule)
    left = [_priority(rule) for rule in _rules(parts, part)]
    if left and min(left) > len(leaving):
        _shift(parts, part, -len(leaving))
    return len(leaving)


def _hold(each: Format) -> None:
    for area in each.area.split():
        for cell in area.split(":", 1):
            position(cell)
    if not each.area.strip() or not each.formula or not _COLOUR.fullmatch(each.colour):
        raise PatchError(each.area, f"no conditional format: {each}")


def _append_block(root: Element, block: Element) -> None:
    """Put the first of our blocks in its place, the others behind it."""
    present = children(root, _BLOCK)
    if present:
        present[-1].addnext(block)
    else:
        place_in_order(root, block, ORDER)


def _add_rule(block: Element, each: Format, priority: int, look: int) -> None:
    rule = appended(block, "cfRule")
    for key, text in (("type", "expression"), ("dxfId", str(look)), ("priority", str(priority))):
        rule.set(key, text)
    if each.stops:
        rule.set("stopIfTrue", "1")
    appended(rule, "formula", escaped(each.formula))


def _rules(parts: Parts, part: str) -> list[Element]:
    """The rules of 2007, and those of 2010 among the extensions, which are ranked with them."""
    sheet = parts.sheet(part)
    blocks = children(sheet.root, _BLOCK)
    return [*(rule for block in blocks for rule in children(block, "cfRule")), *sheet.extensions("cfRule")]


def _formulas(rule: Element) -> Iterator[str]:
    return (unescaped(inner.text or "") for inner in rule if local(inner) in _FORMULAS)


def _priority(rule: Element) -> int:
    """The rank of a rule; rules of 2010 that complete one of 2007 have none of their own."""
    text = rule.get("priority")
    return 1 << 31 if text is None else number(text, "priority")


def _shift(parts: Parts, part: str, by: int) -> None:
    ranked = [rule for rule in _rules(parts, part) if rule.get("priority") is not None]
    if by and ranked:
        parts.changed_sheet(part)
        for rule in ranked:
            rule.set("priority", str(_priority(rule) + by))
    for pivot in of_kind(parts, part, "pivotTable") if by else ():
        _shift_pivot(parts, pivot.part, by)


def _shift_pivot(parts: Parts, part: str, by: int) -> None:
    """A pivot table names its formats by their rank (18.10.1.17)."""
    for each in descendants(parts.tree(part), "conditionalFormat"):
        parts.changed(part)
        each.set("priority", str(number(each.get("priority"), part) + by))


def _remove(rule: Element) -> None:
    """Remove a rule with what then holds nothing any more: its block, and of 2010 the extension."""
    element: Element | None = rule
    while element is not None and local(element) != "worksheet":
        parent = element.getparent()
        removed(element)
        element = None if parent is None or _is_of_use(parent) else parent


def _is_of_use(parent: Element) -> bool:
    """Whether an element says something without a rule that it had; a block of rules does not by its area alone."""
    return any(local(inner) not in {"", "sqref"} for inner in parent)
