"""The formats of an .xlsx, and the package once more where calamine would not read it right.

The parts are read as a stream; nothing is kept but what the filled cells need. In the same pass every part is held
against what Excel opens without a repair (docs/decisions/0029). calamine 0.9 takes the shared texts and the styles from
fixed places whatever the relations say, another element for the one of the date system, and refuses a whole file over
a #SPILL! in one cell: then it is given what Excel would read, and the cells' errors are told beside it.
"""

import io
import math
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr

from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits
from pipeline.intake.formats import Room, SheetFormats, WorkbookFormats
from pipeline.intake.plain_sheet import PlainSheet, plain_sheet
from pipeline.intake.sheet_scan import SheetScan, Span
from pipeline.ooxml import Repair, WouldRepairError
from pipeline.ooxml.package import Package
from pipeline.ooxml.parts import feed, part_parser
from pipeline.ooxml.shared import StringsScan, StylesScan, plain_texts
from pipeline.ooxml.zip_layout import ZIP_DAMAGE

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_BESIDE = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_PLACES = {kind: place.casefold() for kind, place in {"officeDocument": "xl/workbook.xml", **_BESIDE}.items()}
"""Where calamine looks."""
_MOST_AT_ONCE = 16 << 20
"""The bytes of all sheets that are taken by patterns; in a workbook of more, each element is heard."""
_LARGEST_KEPT = 1 << 18
_CLASSIC = b"#N/A"
"""Stands for an error that calamine does not know."""


def number_formats(path: Path, limits: Limits = DEFAULT_LIMITS) -> WorkbookFormats:
    """Return number formats, fonts, errors and formulas of an .xlsx or .xlsm that Excel opens as it is.

    Raises:
        WouldRepairError: Excel would repair or refuse it, or readers would not agree on it.
        HostileWorkbookError: a tag or a comment that no program writes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _formats(Package(archive), limits)
    except ZIP_DAMAGE as damage:
        raise WouldRepairError(Repair.DAMAGED_PART, str(damage)) from damage


@dataclass(frozen=True)
class _Shared:
    """What the sheets share: their parts by title, the parts beside them by kind, styles and texts."""

    package: Package
    parts: Mapping[str, str]
    beside: Mapping[str, str]
    styles: StylesScan
    strings: int
    limits: Limits

    def room(self) -> Room:
        return Room(self.limits, math.inf)


def _formats(package: Package, limits: Limits) -> WorkbookFormats:
    beside = {kind: part for kind in _BESIDE if (part := package.related(kind)) is not None}
    styles = _styles(package, beside["styles"]) if "styles" in beside else StylesScan()
    strings = _counted_texts(package, beside["sharedStrings"]) if "sharedStrings" in beside else 0
    shared = _Shared(package, package.worksheets(), beside, styles, strings, limits)
    return _as_programs_write(shared) or _as_anybody_writes(shared)


def _styles(package: Package, part: str) -> StylesScan:
    content = package.whole(part, _LARGEST_KEPT)
    return package.scanned(part, StylesScan()) if content is None else package.heard(part, _scanned_styles(content))


@lru_cache(maxsize=16)
def _scanned_styles(content: bytes) -> StylesScan:
    """Kept: forms of one template that one program saved have the same styles."""
    scan = StylesScan()
    feed(part_parser(scan), io.BytesIO(content))
    return scan


def _counted_texts(package: Package, part: str) -> int:
    """How many shared texts there are."""
    content = package.whole(part)
    pieces = plain_texts(content) if content else ()
    if pieces and package.scanned_between(part, pieces, StringsScan()) is not None:
        return sum(piece.content.count(b"<si>") for piece in pieces)
    return package.scanned(part, StringsScan()).count


def _as_programs_write(shared: _Shared) -> WorkbookFormats | None:
    """The workbook whose sheets' cells are taken by a pattern; None where one sheet is to be heard."""
    sheets: dict[str, SheetFormats] = {}
    bare: dict[str, bytes] = {}
    room = _MOST_AT_ONCE if shared.package.is_led_plainly() else 0
    for title, part in shared.parts.items():
        content = shared.package.whole(part, room)
        plain = plain_sheet(content, shared.room(), shared.styles, shared.strings) if content else None
        if content is None or plain is None or not _is_heard(shared, part, plain):
            return None
        sheets[title], bare[part] = plain.formats, plain.bare
        room -= len(content)
    shared.package.hold_others()
    return WorkbookFormats(sheets, shared.package.workbook.date_1904, _plain(shared, bare, {}))


def _is_heard(shared: _Shared, part: str, plain: PlainSheet) -> bool:
    """Whether the part but for its rows is as it must be; areas of joined cells are kept."""
    scan = SheetScan(plain.formats, shared.styles, shared.strings)
    return shared.package.scanned_between(part, plain.pieces, scan) is not None


def _as_anybody_writes(shared: _Shared) -> WorkbookFormats:
    """The workbook of whose sheets each element is heard."""
    package, parts = shared.package, shared.parts
    scans = {
        title: package.scanned(part, SheetScan(SheetFormats(shared.room()), shared.styles, shared.strings))
        for title, part in parts.items()
    }
    package.hold_others()
    new_errors = {parts[title]: scan.new_errors for title, scan in scans.items() if scan.new_errors}
    date_1904 = package.workbook.date_1904
    is_plain = package.is_plain(_PLACES) and not new_errors and not (date_1904 and package.workbook.is_doubted)
    plain = None if is_plain else _plain(shared, {}, new_errors)
    return WorkbookFormats({title: scan.sheet for title, scan in scans.items()}, date_1904, plain)


def _plain(shared: _Shared, bare: Mapping[str, bytes], new_errors: Mapping[str, list[Span]]) -> bytes:
    """The workbook, its worksheets in their order, the styles and the shared texts, and nothing else.

    ``bare`` are parts that are written anew.
    """
    package = shared.package
    states = {title: state for title, _, state in package.workbook.sheets}
    listed = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" state={quoteattr(states[title])} r:id="rId{number}"/>'
        for number, title in enumerate(shared.parts, 1)
    )
    workbook = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(package.workbook.date_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>"
    )
    names = {f"worksheets/sheet{number}.xml": part for number, part in enumerate(shared.parts.values(), 1)}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as plain:
        plain.writestr("_rels/.rels", _relations("officeDocument", ["xl/workbook.xml"]))
        plain.writestr("xl/workbook.xml", workbook)
        plain.writestr("xl/_rels/workbook.xml.rels", _relations("worksheet", names))
        copies = {f"xl/{name}": part for name, part in names.items()}
        for name, part in {**copies, **{_BESIDE[kind]: part for kind, part in shared.beside.items()}}.items():
            if part in bare:
                plain.writestr(name, bare[part])
                continue
            with package.opened(part) as old, plain.open(name, "w") as new:
                _copy(old, new, new_errors.get(part, ()))
    return content.getvalue()


def _copy(old: IO[bytes], new: IO[bytes], new_errors: Iterable[Span]) -> None:
    """Copy a part, with errors that calamine knows."""
    for first, end in new_errors:
        new.write(old.read(first - old.tell()) + _CLASSIC)
        old.read(end - first)
    shutil.copyfileobj(old, new)


def _relations(kind: str, targets: Iterable[str]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
