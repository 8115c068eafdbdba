"""The two chains: what happened (events), and when the inbox was looked into (scans). Hashes are computed anew."""

import json
from collections.abc import Iterator, Sequence

from pipeline.audit.clocks import doubtful_looks
from pipeline.audit.evidence import Event, Evidence, Row
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.ledger.hashing import GENESIS, canonical, chained
from pipeline.wording import say

KINDS = frozenset({"settings", "arrived", "seen", "judged", "decided"})


def events_hold(evidence: Evidence) -> Outcome:
    """Every event's hash covers its content and the event before it, from the first on, and no number is left out.

    Only the first broken link is named: what comes after it leans on it.
    """
    broken = next(_broken(evidence.events), None)
    return outcome([broken] if broken else [], events=len(evidence.events))


def _broken(events: tuple[Event, ...]) -> Iterator[Failure]:
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
        if event.kind not in KINDS or event.told is None:
            yield Failure("event_unknown", named)
        previous = event.hash


def scans_hold(evidence: Evidence) -> Outcome:
    """Every look's hash covers it and the look before; each names the head of the events at its time.

    Time goes forward from look to look, but for those whose clock was wrong (``clocks``).
    Looks from before version 2 of the ledger name no head. Run ids are outside the chain: they say who ran, not what.
    """
    broken = next(_broken_scans(evidence), None)
    return outcome([broken] if broken else [], scans=len(evidence.rows("scan")))


def _broken_scans(evidence: Evidence) -> Iterator[Failure]:
    previous, reached, last = GENESIS, 0, ""
    doubtful = doubtful_looks(evidence)
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
    """What the stamps of the files said that each look found, in the order of the arrivals."""
    found: dict[object, list[object]] = {}
    for row in evidence.rows("arrival"):
        stamp = [row["sha256"], row["path"], row.get("written_at"), row.get("changed_at")]
        found.setdefault(row["scan_id"], []).append(stamp)
    return found


def _scan_hash(scan: Row, stamps: list[object]) -> str:
    """As the ledger chains its looks (ledger/schema.sql), computed here a second time."""
    try:
        waiting = json.loads(scan["waiting"])
    except ValueError:
        return ""
    machine = [scan["clock"], scan["program"], stamps] if scan.get("clock") else []
    covered = [scan["settings"], waiting, scan["content"], *machine]
    return chained(scan["previous"], "scan", scan["as_of"], canonical(covered))


def faults_hold(evidence: Evidence) -> Outcome:
    """Table fault: every link covers what could not be made and the link before it, and no number is left out."""
    broken = next(_broken_faults(evidence.rows("fault")), None)
    return outcome([broken] if broken else [], rows=len(evidence.rows("fault")))


def _broken_faults(faults: Sequence[Row]) -> Iterator[Failure]:
    previous = GENESIS
    for position, fault in enumerate(faults, 1):
        covered = canonical([fault[name] for name in ("code", "stage", "artefact", "reason")])
        if fault["fault_id"] != position:
            yield Failure("id_missing", {"table": "fault", "id": position})
        if fault["previous"] != previous or fault["hash"] != chained(
            fault["previous"], fault["state"], fault["as_of"], covered
        ):
            yield Failure("link_broken", {"table": "fault", "id": fault["fault_id"]})
        previous = fault["hash"]
