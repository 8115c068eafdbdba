"""The chains: what happened (events), when the inbox was looked into (scans), and faults. Hashes are computed anew.

Which looks may stand outside the order of time is computed a second time, too, from the rows alone
(``ledger.right_time`` is what is checked): their clock was recorded as wrong, or is wrong by itself. A decision that
was revoked still explains why the looks went on before the time that they had reached.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.audit.evidence import Event, Evidence, Row
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.ledger.hashing import GENESIS, canonical, chained
from pipeline.wording import say

KINDS = frozenset({"settings", "arrived", "seen", "judged", "decided"})
_FAR_DAYS = 40


def _first(failures: Iterator[Failure]) -> list[Failure]:
    """Only the first broken link is named: what comes after it leans on it."""
    return list(islice(failures, 1))


def events_hold(evidence: Evidence) -> Outcome:
    """Every event's hash covers its content and the event before it, from the first on, and no number is left out."""
    return outcome(_first(_broken_events(evidence.events)), events=len(evidence.events))


def _broken_events(events: Sequence[Event]) -> Iterator[Failure]:
    previous = GENESIS
    for event in events:
        happened = say(f"audit.happened.{event.kind if event.kind in KINDS else 'other'}")
        named = {"event": event.event_id, "happened": happened, "as_of": event.as_of}
        if event.event_id != event.position:
            yield Failure("event_missing", {"event": event.position})
        if event.previous != previous:
            yield Failure("event_previous", named)
        if event.hash != chained(event.previous, event.kind, event.as_of, event.content):
            yield Failure("event_hash", named)
        if event.kind not in KINDS or event.statement is None:
            yield Failure("event_unknown", named)
        previous = event.hash


def scans_hold(evidence: Evidence) -> Outcome:
    """Every look's hash covers it and the look before; each names the head of the events at its time.

    Time goes forward from look to look, but for those whose clock was wrong.
    Looks from before version 2 of the ledger name no head. Run ids are outside the chain: they say who ran, not what.
    """
    return outcome(_first(_broken_scans(evidence)), scans=len(evidence.rows("scan")))


def _broken_scans(evidence: Evidence) -> Iterator[Failure]:
    previous, reached, last = GENESIS, 0, ""
    doubtful = {*_recorded(evidence), *_outside(evidence), *_leaps(evidence)}
    stamps = _stamps(evidence)
    place = {GENESIS: 0} | {event.hash: event.position for event in evidence.events}
    settings = {row["sha256"] for row in evidence.rows("settings_version")}
    for position, scan in enumerate(evidence.rows("scan"), 1):
        named = {"scan": scan["scan_id"], "as_of": scan["as_of"]}
        if scan["scan_id"] != position:
            yield Failure("scan_missing", {"scan": position})
        if scan["previous"] != previous:
            yield Failure("scan_previous", named)
        if scan["hash"] != _scan_hash(scan, stamps.get(scan["scan_id"], [])):
            yield Failure("scan_hash", named)
        if scan["settings"] not in settings:
            yield Failure("scan_settings", named)
        head = place.get(scan["content"], -1) if scan["content"] else reached
        if head < reached or (scan["as_of"] < last and scan["scan_id"] not in doubtful):
            yield Failure("scan_order", named)
        previous, reached = scan["hash"], head
        last = last if scan["scan_id"] in doubtful else scan["as_of"]


def _stamps(evidence: Evidence) -> dict[object, list[object]]:
    """The stamps of the files that each look took, in the order of the arrivals."""
    stamps: dict[object, list[object]] = {}
    for row in evidence.rows("arrival"):
        stamp = [row["sha256"], row["path"], row.get("written_at"), row.get("changed_at")]
        stamps.setdefault(row["scan_id"], []).append(stamp)
    return stamps


def _scan_hash(scan: Row, stamps: list[object]) -> str:
    """As the ledger chains its looks (ledger/schema.sql), computed here a second time."""
    try:
        waiting = json.loads(scan["waiting"])
    except ValueError:
        return ""
    machine = [scan["clock"], scan["program"], stamps] if scan.get("clock") else []
    covered = [scan["settings"], waiting, scan["content"], *machine]
    return chained(scan["previous"], "scan", scan["as_of"], canonical(covered))


def _recorded(evidence: Evidence) -> Iterator[object]:
    """Looks whose clock the secretary recorded as wrong."""
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


def faults_hold(evidence: Evidence) -> Outcome:
    """Table fault: every link covers what could not be made and the link before it, and no number is left out."""
    return outcome(_first(_broken_faults(evidence.rows("fault"))), rows=len(evidence.rows("fault")))


def _broken_faults(faults: Sequence[Row]) -> Iterator[Failure]:
    previous = GENESIS
    for position, fault in enumerate(faults, 1):
        covered = canonical([fault[name] for name in ("code", "stage", "artefact", "reason")])
        link = chained(fault["previous"], fault["state"], fault["as_of"], covered)
        if fault["fault_id"] != position:
            yield Failure("id_missing", {"table": "fault", "id": position})
        if fault["previous"] != previous or fault["hash"] != link:
            yield Failure("link_broken", {"table": "fault", "id": fault["fault_id"]})
        previous = fault["hash"]
