"""Whether a sender's package holds more than openpyxl can lay out within the time and memory of one file."""

import re
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Final

from pipeline.spreadsheet import cell_position
from pipeline.workbooks.feedback_parts.opening import UnmarkableError

_MOST_XML: Final = 6 << 20
"""openpyxl takes up to half a second a MiB to read and write it; a filled form has about two."""
_MOST_STYLES: Final = 3 << 19
"""One second a MiB and more; a filled form has a fortieth of one."""
_MOST_COMMENTS: Final = 5_000
_MOST_CELLS: Final = 60_000
"""Forty microseconds each, and more; the largest form has some 3,000, blank ones with a format counted."""
_MOST_WRITTEN_OUT: Final = 4 << 20
"""openpyxl takes a shared formula apart anew for each cell that shares it: up to 0.7 seconds a MiB."""
_MOST_MERGED: Final = 100_000
"""openpyxl makes an object of every cell of a merged area."""
_XML: Final = (".xml", ".rels", ".vml")
_SHARED: Final = re.compile(
    rb"<(?:\w+:)?f\b(?=[^>]*\bt\s*=\s*[\"']shared)[^>]*?\bsi\s*=\s*[\"'](\d+)[\"'][^>]*>([^<]*)"
)
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s/>]")
_COMMENT: Final = re.compile(rb"<(?:\w+:)?comment[\s>]")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([A-Z]+[0-9]+):([A-Z]+[0-9]+)[\"']")


class TooMuchToMarkError(UnmarkableError):
    """The package holds more than can be marked."""


def refuse_bulk(original: Path) -> None:
    """Refuse before openpyxl what would keep it busy for longer than a file may take.

    Raises:
        TooMuchToMarkError: more XML, or more merged cells, than can be marked.
        UnmarkableError: the package is damaged.
        OSError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(original) as package:
            parts = [entry for entry in package.infolist() if entry.filename.endswith(_XML)]
            size = sum(entry.file_size for entry in parts)
            styles = sum(entry.file_size for entry in parts if "styles" in entry.filename.lower())
            _refuse_above(_MOST_XML, size, "bytes of XML")
            _refuse_above(_MOST_STYLES, styles, "bytes of styles")
            contents = [package.read(entry) for entry in parts]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as damage:
        raise UnmarkableError(repr(damage)) from damage
    _refuse_above(_MOST_MERGED, sum(map(_merged_cells, contents)), "merged cells")
    _refuse_above(_MOST_CELLS, sum(len(_CELL.findall(part)) for part in contents), "cells")
    _refuse_above(_MOST_COMMENTS, sum(len(_COMMENT.findall(part)) for part in contents), "comments")
    _refuse_above(_MOST_WRITTEN_OUT, sum(map(_written_out, contents)), "bytes of shared formulas")


def _written_out(part: bytes) -> int:
    """How many bytes the shared formulas of a part come to when each cell has its own."""
    sharing = _SHARED.findall(part)
    cells = Counter(shared for shared, _ in sharing)
    longest: dict[bytes, int] = {}
    for shared, formula in sharing:
        longest[shared] = max(longest.get(shared, 0), len(formula))
    return sum(count * longest[shared] for shared, count in cells.items())


def _refuse_above(limit: int, count: int, what: str) -> None:
    if count > limit:
        message = f"{count} {what}"
        raise TooMuchToMarkError(message)


def _merged_cells(part: bytes) -> int:
    areas = (map(cell_position, (first.decode(), last.decode())) for first, last in _MERGED.findall(part))
    return sum((abs(row - top) + 1) * (abs(column - left) + 1) for (top, left), (row, column) in areas)
