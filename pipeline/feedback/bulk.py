"""Whether a sender's package holds more than openpyxl can lay out within the time and memory of one file."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pipeline.feedback.opening import UnmarkableError
from pipeline.spreadsheet import cell_position

_MOST_XML: Final = 6 << 20
"""openpyxl takes up to half a second a MiB to read and write it; a filled form has about two."""
_MOST_STYLES: Final = 3 << 19
"""One second a MiB and more; a filled form has a fortieth of one."""
_MOST_WORK: Final = 2_000_000
"""Microseconds by the table below; the largest form comes to 300,000, blank cells with a format counted."""
_WORK: Final[Mapping[bytes, int]] = {
    **dict.fromkeys((b"c", b"v", b"f", b"is", b"t", b"r", b"rPr", b"si"), 15),
    b"comment": 300,
    b"worksheet": 4_000,
}
_WORK_ELSEWHERE: Final = 40
"""Microseconds that openpyxl takes to read and write one element, measured with 10,000 of a kind on two shared cores:
12 to 25 for what cells hold; 27 to 41 for fonts, cell formats, rows, columns, breaks, links, conditional formats,
lists, names, scenarios, areas of joined cells: it makes an object of each.
"""
_WORK_PLACE: Final = 20
"""The same for each area that one conditional format or one list is said to hold for."""
_WORK_NAME: Final = 0.03
"""The same for a named area, times the square of its length: openpyxl looks for its end from each sign (0.12 s at 2,000
quotation marks, 1.83 s at 8,000)."""
_MOST_WRITTEN_OUT: Final = 4 << 20
"""openpyxl takes a shared formula apart anew for each cell that shares it: up to 0.7 seconds a MiB."""
_MOST_MERGED: Final = 40_000
"""openpyxl makes an object of every cell of a merged area, and of every cell that a link holds for."""
_XML: Final = (".xml", ".rels", ".vml")
_UNOPENED: Final = "customXml/"
"""openpyxl leaves these parts alone."""
_NAME: Final = re.compile(rb"<(?:\w+:)?(\w+)")
# An attribute may hold >, and a comment any number of tags that never end: what looks on from each for its end must
# stop at the next <, and not come back.
_ATTRIBUTES: Final = rb"\b((?:[^<>\"']|\"[^<\"]*+\"|'[^<']*+')*+)>"
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f" + _ATTRIBUTES + rb"([^<]*+)")
_MERGED: Final = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)" + _ATTRIBUTES)
_SHARED: Final = re.compile(rb"\bt\s*+=\s*+[\"']shared")
_SHARE: Final = re.compile(rb"\bsi\s*+=\s*+[\"'](\d+)")
_AREA: Final = re.compile(rb"\bref\s*+=\s*+[\"']([A-Z]+[0-9]+):([A-Z]+[0-9]+)[\"']")
_PLACES: Final = re.compile(rb"\bsqref\s*+=\s*+(\"[^<\"]*+|'[^<']*+)")


class TooMuchToMarkError(UnmarkableError):
    """The package holds more than can be marked."""


def refuse_bulk(original: Path) -> None:
    """Refuse before openpyxl what would keep it busy for longer than a file may take.

    Raises:
        TooMuchToMarkError: more XML, elements, areas, shared formulas, merged or linked cells than can be marked.
        UnmarkableError: the package is damaged.
        OSError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(original) as package:
            contents = _contents(package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as damage:
        raise UnmarkableError(repr(damage)) from damage
    _refuse_above(_MOST_MERGED, sum(map(_merged_cells, contents)), "cells merged or linked")
    _refuse_above(_MOST_WORK, sum(map(_work, contents)), "microseconds of elements")
    _refuse_above(_MOST_WRITTEN_OUT, sum(map(_written_out, contents)), "bytes of shared formulas")


def _contents(package: zipfile.ZipFile) -> Sequence[bytes]:
    """The parts that openpyxl reads, when they are not too many bytes."""
    entries = [entry for entry in package.infolist() if entry.filename.endswith(_XML)]
    parts = [entry for entry in entries if not entry.filename.startswith(_UNOPENED)]
    styles = (entry.file_size for entry in parts if "styles" in entry.filename.lower())
    _refuse_above(_MOST_XML, sum(entry.file_size for entry in parts), "bytes of XML")
    _refuse_above(_MOST_STYLES, sum(styles), "bytes of styles")
    return [package.read(entry) for entry in parts]


def _refuse_above(limit: int, count: int, what: str) -> None:
    if count > limit:
        message = f"{count} {what}"
        raise TooMuchToMarkError(message)


def _work(part: bytes) -> int:
    """How many microseconds openpyxl takes over the elements of a part, about."""
    elements: Counter[bytes] = Counter(_NAME.findall(part))
    places: int = sum(areas.count(b" ") for areas in _PLACES.findall(part))
    squares = sum(len(text) ** 2 for text in part.split(b"definedName")[1:-1])
    others: int = sum(count * _WORK.get(name, _WORK_ELSEWHERE) for name, count in elements.items())
    return others + places * _WORK_PLACE + int(squares * _WORK_NAME)


def _written_out(part: bytes) -> int:
    """How many bytes the shared formulas of a part come to when each cell has its own."""
    cells: Counter[bytes] = Counter()
    longest: dict[bytes, int] = {}
    for share, formula in _sharing(_FORMULA.findall(part)):
        cells[share] += 1
        longest[share] = max(longest.get(share, 0), len(formula))
    return sum(count * longest[share] for share, count in cells.items())


def _sharing(formulas: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    for attributes, formula in formulas:
        share = _SHARE.search(attributes)
        if share is not None and _SHARED.search(attributes):
            yield share[1], formula


def _merged_cells(part: bytes) -> int:
    found = (_AREA.search(attributes) for attributes in _MERGED.findall(part))
    areas = [(cell_position(area[1].decode()), cell_position(area[2].decode())) for area in found if area]
    return sum((abs(row - top) + 1) * (abs(column - left) + 1) for (top, left), (row, column) in areas)
