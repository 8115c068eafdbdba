"""Which edition of a period's workbook a run publishes: what it is made from, a function of the ledger and the clock.

While its year runs, a workbook is made anew when what it says changes (``turning``), and by each version of the
program, which may draw it otherwise. Afterwards it stands as it was drawn, as of the last day of its year, or of the
last form or decision that came for that year, under the settings of that time.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass

from pipeline.editions.turning import speaks_at
from pipeline.ledger import Ledger, Scan
from pipeline.ledger.hashing import digest
from pipeline.seals import Seal
from pipeline.settings import Period, Settings


@dataclass(frozen=True)
class Edition:
    """One edition: as of when it speaks, by what was known when, under which settings (their SHA-256).

    ``seal`` is that of the time as of which it speaks. ``made_from`` names all of that and the content of the ledger:
    the same text, the same bytes.
    """

    period: Period
    as_of: dt.datetime
    known_at: dt.datetime
    settings: str
    made_from: str
    seal: Seal | None


def edition_of(period: Period, ledger: Ledger, settings: Settings, scan: Scan) -> Edition | None:
    """The edition that the run of ``scan`` publishes; None when the period has no workbook yet."""
    if period.year != scan.as_of.year:
        return _of_another_year(period, ledger, settings, scan)
    if not _is_begun(period, ledger, settings, scan.as_of):
        return None
    stands_at = speaks_at(ledger, settings, scan)
    drawn = f"{stands_at:%Y-%m-%d} {scan.program}"
    # A fault of ours and its end are told at once, and change no figure: the day stays.
    beside = f"{_faults(ledger, scan.as_of)}{_wrong_clocks(ledger)}"
    content = f"{ledger.content_hash(stands_at)} {scan.settings} {drawn}{beside}"
    return Edition(period, stands_at, scan.as_of, scan.settings, content, ledger.seal_at(stands_at))


def _of_another_year(period: Period, ledger: Ledger, settings: Settings, scan: Scan) -> Edition | None:
    """Of a year that is over, or to come: as of its last change, once over at least as of its last day.

    What a due date began while the year ran stands, whether or not anything came.
    """
    changed_at, year_end = ledger.last_change(period.year, scan.as_of), dt.datetime(period.year, 12, 31, 23, 59, 59)
    is_over = period.year < scan.as_of.year
    last = ledger.scan_at(year_end) if is_over else None
    changes = [moment for moment in (changed_at, last.as_of if last else None) if moment is not None]
    if not any(_is_begun(period, ledger, settings, moment) for moment in changes):
        return None
    stands_at = max([changed_at or year_end, *([year_end] if is_over else [])])
    made_under = ledger.scan_at(stands_at) or scan
    content = f"{ledger.content_hash(stands_at)}{_faults(ledger, stands_at)}{_wrong_clocks(ledger)}"
    made_from = digest([str(period), stands_at.isoformat(), made_under.settings, content])
    return Edition(period, stands_at, stands_at, made_under.settings, made_from, ledger.seal_at(stands_at))


def _faults(ledger: Ledger, until: dt.datetime) -> str:
    """What sheet 12 tells of our own faults; nothing where there is none."""
    faults = ledger.open_faults(until)
    return f" {digest([dataclasses.asdict(fault) for fault in faults])}" if faults else ""


def _wrong_clocks(ledger: Ledger) -> str:
    """Which looks are read at another time than was written; nothing where all clocks were right."""
    wrong = ledger.wrong_looks
    return f" {digest([sorted(wrong.decided), sorted(wrong.suspect)])}" if wrong.all else ""


def _is_begun(period: Period, ledger: Ledger, settings: Settings, at: dt.datetime) -> bool:
    """Whether a form has come in for the period, or its due date has passed in its own year."""
    has_come = str(period) in ledger.submitted_periods(at)
    return has_come or (period.year == at.year and settings.due_on(period) <= at.date())
