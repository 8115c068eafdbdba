"""The titles of sheets as the properties of a document list them (ECMA-376 Part 1, 22.2.2.8 and 22.2.2.26)."""

from collections.abc import Sequence

from pipeline.patching.markup import Element, appended, descendants, local, removed
from pipeline.patching.parts import Parts
from pipeline.patching.relations import ROOT, of_kind


def insert_title(parts: Parts, before: Sequence[str], title: str, *, at_front: bool) -> None:
    """List one more worksheet; ``before`` are the titles so far. A list that says something else stays as it is."""
    place = _listing(parts, before)
    if place is None:
        return
    count, titles = _vectors(parts.changed(place))
    entry = appended(titles, "lpstr", title)
    titles.insert(0 if at_front else len(before), entry)
    _recount(count, titles, len(before) + 1)


def remove_title(parts: Parts, before: Sequence[str], title: str) -> None:
    """List a worksheet no longer."""
    place = _listing(parts, before)
    if place is None or title not in before:
        return
    count, titles = _vectors(parts.changed(place))
    removed([entry for entry in titles if local(entry)][before.index(title)])
    _recount(count, titles, len(before) - 1)


def _listing(parts: Parts, before: Sequence[str]) -> str | None:
    """The part that lists the worksheets first and these; None without one."""
    for relation in of_kind(parts, ROOT, "extended-properties"):
        root = parts.tree(relation.part)
        pairs = next(descendants(root, "HeadingPairs"), None)
        titles = next(descendants(root, "TitlesOfParts"), None)
        if pairs is None or titles is None or not len(pairs) or not len(titles):
            continue
        counts = [element.text for element in descendants(pairs, "i4")]
        texts = [entry.text for entry in titles[0] if local(entry)]
        if counts[:1] == [str(len(before))] and texts[: len(before)] == list(before):
            return relation.part
    return None


def _vectors(root: Element) -> tuple[Element, Element]:
    """The count of the first heading, and the list of titles."""
    count = next(descendants(next(descendants(root, "HeadingPairs")), "i4"))
    return count, next(descendants(root, "TitlesOfParts"))[0]


def _recount(count: Element, titles: Element, worksheets: int) -> None:
    count.text = str(worksheets)
    if titles.get("size") is not None:
        titles.set("size", str(sum(bool(local(entry)) for entry in titles)))
