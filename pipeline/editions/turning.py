"""From when on the workbooks of the running year say what they say, by ledger, settings and clock.

What is counted changes when something is recorded, and on the days on which something falls due, comes into force or
ends. Between these a workbook rests, as of the first look that saw the last of them.
"""

import datetime as dt
from collections.abc import Iterator

from pipeline.ledger import Ledger, Scan
from pipeline.settings import Settings
from pipeline.settings.tables import Dated

_A_DAY = dt.timedelta(days=1)


def speaks_at(ledger: Ledger, settings: Settings, scan: Scan) -> dt.datetime:
    """When the look was after which nothing changed any more until ``scan``; ``settings`` are those of its run."""
    changed_at = ledger.last_written(scan.as_of)
    turned_on = last_turn(ledger, settings, changed_at.date(), scan.as_of)
    return ledger.first_look(max(changed_at, dt.datetime.combine(turned_on, dt.time())), scan)


def last_turn(ledger: Ledger, settings: Settings, since: dt.date, known_at: dt.datetime) -> dt.date:
    """The last day from ``since`` on, until that of ``known_at``, on which a figure may have changed by the date alone.

    Too many days do no harm. Due dates and extensions count from their day on. A deadline in an accepted row is good on
    its own day, and which of the days in a row are deadlines only the forms know: each counts on the day after it.
    """
    today = known_at.date()
    days = {
        *(day for period in settings.periods for day in settings.due_dates(period).values()),
        *(version.approved_on for version in settings.policy_versions),
        *(day for entries in (settings.divisions, settings.staff) for entry in entries for day in _ends(entry)),
        *ledger.extended_until(known_at),
        *(day + _A_DAY for day in ledger.days_in_rows(since, today - _A_DAY, known_at)),
    }
    return max((day for day in days if since <= day <= today), default=since)


def _ends(entry: Dated) -> Iterator[dt.date]:
    """The first day of something, and the first one after it."""
    if entry.valid_from is not None:
        yield entry.valid_from
    if entry.valid_to is not None and entry.valid_to < dt.date.max:
        yield entry.valid_to + _A_DAY
