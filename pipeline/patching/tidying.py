"""Takes the looks that were added off the tables again, as far as nobody refers to them any more."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.patching.markup import Element, child, has_elements, removed
from pipeline.patching.parts import Parts
from pipeline.patching.refusal import number
from pipeline.patching.relations import discard, of_kind, type_of, unrelate
from pipeline.patching.styles import ABSENT, BASES, DEFAULTS, KIND, NEW_PART, TABLES, Styles, recounted
from pipeline.patching.workbook import Workbook

_REFERRING: Final = ("sheet+xml", "table+xml", "pivotTable+xml", "pivotCacheDefinition+xml", "macrosheet+xml")
"""How the content types of parts end that refer to looks by index."""
_USUAL: Final = re.compile(rb' s="(\d{1,6})"')
_ODD: Final = re.compile(rb"""[\s]s\s*=\s*["']\s*(\d{1,6})""")
_ODDITIES: Final = (b" s='", b"\ns=", b"\ts=", b" s =")
_STYLE: Final = re.compile(rb"""style\s*=\s*["'](\d{1,6})["']""")
_DIFFERENTIAL: Final = re.compile(rb"""xfId\s*=\s*["']\s*(\d{1,6})""")
_FORMAT: Final = re.compile(rb"""numFmtId\s*=\s*["']\s*(\d{1,6})""")
_IDS: Final = {"fonts": "fontId", "fills": "fillId", "borders": "borderId"}


def tidy(workbook: Workbook) -> None:
    """Remove what was added to the tables of the style sheet and serves nobody; nothing where nothing was added."""
    styles = Styles(workbook)
    if styles.part is None or styles.memory is None:
        return
    kept = {table: text for table in TABLES if (text := styles.memory.get(table)) is not None}
    if kept:
        uses = _Uses(workbook.parts, styles)
        root = workbook.parts.changed(styles.part)
        for table, before in kept.items():
            _trim(styles, table, before, set(uses.of_table(table)))
    else:
        root = workbook.parts.tree(styles.part)
    is_new = styles.memory.get(NEW_PART) is not None
    if is_new and not any(child(root, table) is not None for table in (*TABLES, *BASES)):
        (relation, *_) = of_kind(workbook.parts, workbook.part, KIND)
        discard(workbook.parts, lambda: unrelate(workbook.parts, workbook.part, relation.identity))


def _trim(styles: Styles, table: str, before: str, used: set[int]) -> None:
    first = 0 if before == ABSENT else number(before, table)
    last = max((place for place in used if place >= first), default=first - 1)
    if before == ABSENT and last < len(DEFAULTS.get(table, ())):
        last = -1
    items = styles.items(table)
    parent = items[0].getparent() if items else None
    for item in items[last + 1 :]:
        removed(item)
    if parent is not None:
        recounted(parent)
    if last < first and styles.memory is not None:
        styles.memory.forget(table)
        if before == ABSENT and parent is not None and not has_elements(parent):
            removed(parent)
            if table == "cellXfs":
                _remove_bases(styles)


def _remove_bases(styles: Styles) -> None:
    """Remove the tables of named styles that were added with the looks of cells."""
    for table in BASES:
        if styles.memory is not None and styles.memory.get(table) == ABSENT:
            parents = [parent for item in styles.items(table)[:1] if (parent := item.getparent()) is not None]
            for parent in parents:
                removed(parent)
            styles.memory.forget(table)


class _Uses:
    """Which entries of the tables are referred to, by any part that can."""

    def __init__(self, parts: Parts, styles: Styles) -> None:
        self._styles = styles
        self._cells, self._differentials, self._formats = set[int](), set[int](), set[int]()
        for part in parts.names():
            if part.endswith(".xml") and type_of(parts, part).endswith(_REFERRING):
                self._scan(parts.content(part))
        for table in ("dxfs", "tableStyles"):
            items = styles.items(table)
            texts = (text for item in items for inner in item.iter() for text in [inner.get("dxfId")] if text)
            self._differentials |= {number(text, "dxfId") for text in texts}

    def _scan(self, content: bytes) -> None:
        pattern = _ODD if any(oddity in content for oddity in _ODDITIES) else _USUAL
        self._cells |= set(map(int, set(pattern.findall(content)))) | set(map(int, _STYLE.findall(content)))
        self._differentials |= set(map(int, _DIFFERENTIAL.findall(content)))
        self._formats |= set(map(int, _FORMAT.findall(content)))

    def of_table(self, table: str) -> Iterator[int]:
        """The places in a table that are referred to."""
        match table:
            case "dxfs":
                yield from self._differentials
            case "cellXfs":
                yield from self._cells
            case "numFmts":
                used = self._formats | {number(look.get("numFmtId", "0"), table) for look in self._looks()}
                for place, item in enumerate(self._styles.items(table)):
                    if number(item.get("numFmtId"), table) in used:
                        yield place
            case _:
                yield from (number(look.get(_IDS[table], "0"), table) for look in self._looks())

    def _looks(self) -> list[Element]:
        return [*self._styles.items("cellXfs"), *self._styles.items("cellStyleXfs")]
