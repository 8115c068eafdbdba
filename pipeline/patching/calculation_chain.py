"""The order in which Excel last calculated formulas (ECMA-376 Part 1, 18.6); it names no cell without a formula."""

from collections.abc import Collection
from typing import Final

from pipeline.patching.markup import children, removed
from pipeline.patching.refusal import address, position
from pipeline.patching.relations import discard, of_kind, unrelate
from pipeline.patching.workbook import Workbook

_KIND: Final = "calcChain"


def leave_out(workbook: Workbook, sheet: int, cells: Collection[str] | None) -> None:
    """Take cells of the sheet of a number off the chain, or all of it; the chain goes with its last cell."""
    parts = workbook.parts
    for relation in of_kind(parts, workbook.part, _KIND):
        root, at, left = parts.tree(relation.part), "", 0
        for link in children(root, "c"):
            given = link.get("i")
            is_ours = (given or at) == str(sheet) and (cells is None or _cell(link.get("r", "")) in cells)
            # The number of the sheet is named where it changes; whoever comes next must name it if the first is gone.
            follower = link.getnext()
            at = given or at
            if not is_ours:
                left += 1
                continue
            parts.changed(relation.part)
            if given is not None and follower is not None and follower.get("i") is None:
                follower.set("i", given)
            removed(link)
        if not left:
            _discard(workbook, relation.identity)


def _discard(workbook: Workbook, identity: str) -> None:
    discard(workbook.parts, lambda: unrelate(workbook.parts, workbook.part, identity))


def _cell(text: str) -> str:
    return address(*position(text))
