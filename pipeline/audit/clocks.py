"""Which looks may stand outside the order of time: their clock was recorded as wrong, or is wrong by itself.

Computed here a second time, from the rows alone (``ledger.right_time`` is what is checked). A decision that was revoked
still explains why the looks went on before the time that they had reached.
"""

import datetime as dt
import json
from collections.abc import Iterator

from pipeline.audit.evidence import Evidence

_FAR_DAYS = 40


def doubtful_looks(evidence: Evidence) -> frozenset[object]:
    """The numbers of the looks that time need not go through."""
    return frozenset((*_recorded(evidence), *_outside(evidence), *_leaps(evidence)))


def _recorded(evidence: Evidence) -> Iterator[object]:
    spans = [(row.get("wrong_from"), row.get("wrong_until")) for row in evidence.rows("decision")]
    # A text in their place was not left there by the program, and the table's own check names it.
    sound = [(first, last) for first, last in spans if isinstance(first, int) and isinstance(last, int)]
    for scan in evidence.rows("scan"):
        if any(first <= scan["scan_id"] <= last for first, last in sound):
            yield scan["scan_id"]


def _outside(evidence: Evidence) -> Iterator[object]:
    """Looks outside the years that any settings ever set, the year before and the year after them included."""
    years = [int(year) for row in evidence.rows("settings_version") for year in _years(row["content"])]
    if years:
        first, last = str(min(years) - 1), str(max(years) + 1)
        yield from (scan["scan_id"] for scan in evidence.rows("scan") if not first <= str(scan["as_of"])[:4] <= last)


def _years(content: str) -> list[str]:
    try:
        years = json.loads(content).get("years", {})
    except (ValueError, AttributeError):
        return []
    return [year for year in years if year.isdecimal()]


def _leaps(evidence: Evidence) -> Iterator[object]:
    """Looks of a program that refused no far clock, 40 days after the one before, when time went back later."""
    looks = [scan for scan in evidence.rows("scan") if _day(scan["as_of"]) is not None]
    earliest, later = "9999", {}
    for scan in reversed(looks):
        later[scan["scan_id"]], earliest = earliest, min(earliest, str(scan["as_of"]))
    last = None
    for scan in looks:
        day = _day(scan["as_of"])
        is_far = last is not None and day is not None and (day - last).days >= _FAR_DAYS
        if is_far and not scan.get("program") and later[scan["scan_id"]] < str(scan["as_of"]):
            yield scan["scan_id"]
        else:
            last = day


def _day(as_of: object) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(str(as_of)).date()
    except ValueError:
        return None
