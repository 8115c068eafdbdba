"""A worksheet part without its cells: they are most of its bytes, and a mark changes none of them.

The bytes of ``sheetData`` are set aside unparsed and put back when the part is written; only who changes cells has them
parsed (docs/decisions/0045: what that saves).
"""

import re
from typing import Final

from pipeline.patching.markup import MAIN, Element, child, children, descendants, local, parsed, serialised, space_of
from pipeline.patching.refusal import PatchError, number

ORDER: Final = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)
"""The children of a worksheet in the order of the schema (ECMA-376 Part 1, 18.3.1.99, CT_Worksheet)."""
_CELLS: Final = b"sheetData"
_OPEN: Final = re.compile(rb"<((?:[^\s<>/:\"'=]+:)?)sheetData(?:\s(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*)?>")
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)""")
_HEIGHT: Final = re.compile(r"\s*\d{1,4}(?:\.\d*)?\s*", re.ASCII)
_ROW: Final = rb"<%brow\s([^<>]*)>"
_ROW_NUMBER: Final = re.compile(rb"""(?:^|\s)r=["'](\d+)""")
_ROW_HEIGHT: Final = re.compile(rb"""(?:^|\s)ht=["']([\d.]+)""")
_ROW_HIDDEN: Final = re.compile(rb"""(?:^|\s)hidden=["'](?:1|true)["']""")


class SheetPart:
    """One worksheet part.

    Attributes:
        root: the worksheet; its ``sheetData`` is blank until :meth:`cells` has been called, which gives a new root.
    """

    def __init__(self, content: bytes, part: str) -> None:
        self._part = part
        self._prefix, self._aside = b"", b""
        self.root = self._without_cells(content)

    def _without_cells(self, content: bytes) -> Element:
        match = _OPEN.search(content) if content.count(_CELLS) == 2 and _is_utf8(content) else None
        if match and not match[0].endswith(b"/>"):
            closing = b"</" + match[1] + _CELLS
            begin, end = match.start(), content.find(b">", content.find(closing, match.end())) + 1
            if content.find(closing, match.end()) > 0 and end > 0:
                blank = b"<" + match[1] + _CELLS + b"/>"
                self._prefix, self._aside = match[1], content[begin:end]
                return self._worksheet(parsed(content[:begin] + blank + content[end:], self._part))
        return self._worksheet(parsed(content, self._part))

    def _worksheet(self, root: Element) -> Element:
        is_cells = [local(inner) for inner in root].count("sheetData") == 1 and child(root, "sheetData") is not None
        if local(root) != "worksheet" or space_of(root) not in MAIN or not is_cells:
            raise PatchError(self._part, "no worksheet with cells")
        return root

    def cells(self) -> Element:
        """``sheetData`` with all its rows; what was taken from the root before is of no use any more."""
        if self._aside:
            content = self.content()
            self._aside = b""
            self.root = self._worksheet(parsed(content, self._part))
        cells = child(self.root, "sheetData")
        if cells is None:
            raise PatchError(self._part, "no cells")
        return cells

    def content(self) -> bytes:
        """The part as it is now."""
        content = serialised(self.root)
        if not self._aside:
            return content
        blank = b"<" + self._prefix + _CELLS + b"/>"
        if content.count(blank) != 1:
            raise PatchError(self._part, "cells within cells")
        return content.replace(blank, self._aside)

    def row_heights(self) -> dict[int, float]:
        """The heights in points of the rows that have one of their own; 0 for hidden ones."""
        heights: dict[int, float] = {}
        if self._aside:
            for match in re.finditer(_ROW % re.escape(self._prefix), self._aside):
                place, height = _ROW_NUMBER.search(match[1]), _ROW_HEIGHT.search(match[1])
                text = "0" if _ROW_HIDDEN.search(match[1]) else height[1].decode() if height else ""
                if place and _HEIGHT.fullmatch(text):
                    heights[int(place[1])] = float(text)
            return heights
        for row in children(child(self.root, "sheetData"), "row"):
            text = "0" if row.get("hidden") in {"1", "true"} else row.get("ht", "")
            if row.get("r") and _HEIGHT.fullmatch(text):
                heights[number(row.get("r"), self._part)] = float(text)
        return heights

    def extensions(self, name: str) -> list[Element]:
        """The elements of this name in what newer programs added at the end of the part."""
        extensions = child(self.root, "extLst")
        return [] if extensions is None else list(descendants(extensions, name))


def _is_utf8(content: bytes) -> bool:
    encoding = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf")[:200])
    return encoding is None or encoding[1].lower() in {b"utf-8", b"utf8", b"us-ascii"}
