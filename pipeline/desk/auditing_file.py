"""Whether a committee's workbook from anywhere still says what the ledger says: mailed, copied, saved again."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.editions.edition import Edition, edition_of
from pipeline.editions.frames import edition_bytes
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.excel.contents import Content, Contents, contents_of
from pipeline.excel.laid import Laid
from pipeline.faults import OperatorError, disk_faults
from pipeline.findings.codes import Code
from pipeline.intake.file_kinds import DEFAULT_LIMITS, ReadFailure
from pipeline.intake.lanes import Lanes, outcome_of
from pipeline.ledger import Ledger
from pipeline.naming import visible
from pipeline.settings import Period
from pipeline.wording import say
from pipeline.workspace import Workspace, archived_settings, open_ledger

_PERIOD: Final = re.compile(r"\((\d{4}-\w+)\)")


@dataclass(frozen=True)
class Difference:
    """One place: what the file shows there and what the ledger gives.

    The cell is blank for a sheet or its charts; rows and columns that are out of sight are named as such (``5:5``),
    what lies over cells by these (``B2:D9``), what leads to them by its name.
    """

    sheet: str
    cell: str
    in_file: str
    expected: str


@dataclass(frozen=True)
class FileAudit:
    """The edition that the file is, or is nearest to, and where it differs from it."""

    file: str
    period: Period
    as_of: dt.datetime
    is_same_bytes: bool
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether a reader of the file sees what the ledger gives."""
        return not self.differences


def audit_file(workspace: Workspace, path: Path) -> FileAudit:
    """Compare every cell, formula, link and chart title with the edition of the file's day and period, made anew.

    Of several editions of a day it is the nearest. A copy that another program saved again is judged by its content.

    Raises:
        OperatorError: E820, it cannot be read or is no committee's workbook; E821, its period had no workbook that
            day; E811, there is no ledger.
    """
    workbook, contents = _read(path)
    period = _period(contents)
    if period is None:
        raise OperatorError(Code.E820, path=path, reason=say("audit.workbook.no_committee"))
    with open_ledger(workspace) as ledger:
        editions = list(_editions(ledger, period, contents.created_on))
        compared = [_compared(path, workbook, contents, edition, ledger) for edition in editions]
    if not compared:
        raise OperatorError(Code.E821, period=period)
    return min(compared, key=lambda audit: len(audit.differences))


def _read(path: Path) -> tuple[bytes, Contents]:
    """The file's bytes and what stands in it, read in a worker: its sender may be anybody."""
    with disk_faults(path, Code.E820):
        workbook = path.read_bytes()
    with Lanes(1, DEFAULT_LIMITS) as lanes:
        contents = outcome_of(lanes.submit(contents_of, workbook))
    if isinstance(contents, ReadFailure):
        raise OperatorError(Code.E820, path=path, reason=say("audit.workbook.unreadable"))
    return workbook, contents


def _period(contents: Contents) -> Period | None:
    """The period that sheet 12 names."""
    notes = contents.cells.get(say("committee.sheet.notes"), {})
    matches = (_PERIOD.search(str(content.value)) for content in notes.values())
    return next((Period.parse(match[1]) for match in matches if match), None)


def _editions(ledger: Ledger, period: Period, day: dt.date | None) -> Iterator[Edition]:
    """The editions of that period and day that any run published, each once, the last first."""
    seen: set[tuple[str, str]] = set()
    for scan in filter(None, (ledger.scan_at(dt.datetime.max), *ledger.scans_on(day))):
        edition = edition_of(period, ledger, archived_settings(ledger, scan.settings), scan)
        if edition is None or edition.as_of.date() != day:
            continue
        made_from = ledger.content_hash(edition.as_of), edition.settings
        if made_from not in seen:
            seen.add(made_from)
            yield edition


def _compared(path: Path, workbook: bytes, contents: Contents, edition: Edition, ledger: Ledger) -> FileAudit:
    expected = edition_bytes(edition, LedgerSnapshot(ledger))
    is_same = workbook == expected
    differences = () if is_same else tuple(_differences(contents, contents_of(expected)))
    return FileAudit(path.as_posix(), edition.period, edition.as_of, is_same, differences)


def _differences(contents: Contents, expected: Contents) -> Iterator[Difference]:
    for sheet, place in contents.differences(expected):
        if place in contents.hides(sheet, expected) and sheet in expected.cells:
            texts = say("audit.workbook.unseen"), say("audit.workbook.seen")
        elif place in (laid := contents.lays(sheet, expected)) and sheet in expected.cells and sheet in contents.cells:
            texts = _laid(laid[place][0]), _laid(laid[place][1])
        elif place:
            cells = (each.cells.get(sheet, {}).get(place, Content()) for each in (contents, expected))
            texts = _texts(*cells)
        else:
            texts = _charts(contents, sheet), _charts(expected, sheet)
        yield Difference(visible(sheet), place, *texts)


def _texts(content: Content, expected: Content) -> tuple[str, str]:
    """Both values with their formulas and links, and whatever else differs: a reader must see which."""
    named = [name for name in ("format", "note") if getattr(content, name) != getattr(expected, name)]
    return _text(content, named), _text(expected, named)


def _text(content: Content, named: Sequence[str]) -> str:
    value = say("audit.blank") if content.value is None else str(content.value)
    parts = (value, content.formula, content.link, *(getattr(content, name) for name in named))
    return visible("; ".join(filter(None, parts)))


def _laid(laid: Laid | None) -> str:
    """What lies there, in words; of what is there twice the first."""
    words = say(f"audit.workbook.laid.{laid.kind}", detail=laid.detail) if laid else say("audit.workbook.laid.nothing")
    return visible(words)


def _charts(contents: Contents, sheet: str) -> str:
    if sheet not in contents.cells:
        return say("audit.workbook.no_sheet")
    return visible("; ".join(contents.charts[sheet]) or say("audit.workbook.no_chart"))
