"""Every row of the ledger against the chained event that states it, and the other way round.

The hash of an event covers what it states; a row that says something else, that no event speaks of, or that is gone was
not left so by the program.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from pipeline.audit.evidence import Event, Evidence, Row
from pipeline.audit.outcome import Failure, Outcome, display, outcome
from pipeline.findings.codes import Code
from pipeline.ledger.hashing import digest, rows_digest
from pipeline.ledger.tables import sheet_tables

Key = tuple[object, ...]
T = TypeVar("T")


class Kept(NamedTuple):
    """One row and what names it to people."""

    name: str
    row: Row


class Stated(NamedTuple):
    """What one event says that one row must be."""

    event: Event
    values: Row


def _compared(table: str, kept: Mapping[Key, Kept], stated: Mapping[Key, Stated]) -> Iterator[Failure]:
    """Rows against events by their keys: what only one side has, and each cell that differs."""
    for key, one in kept.items():
        if key not in stated:
            yield Failure("row_unspoken", {"table": table, "id": one.name})
    for key, (event, values) in stated.items():
        if key not in kept:
            words = "/".join(display(part) for part in key[:-1]) or str(key[0])
            yield Failure("row_gone", {"table": table, "event": event.event_id, "key": words})
            continue
        name, row = kept[key]
        for column, value in values.items():
            if column in row and (row[column] != value or (row[column] is None) != (value is None)):
                facts = {"table": table, "id": name, "column": column, "kept": display(row[column])}
                yield Failure("cell_differs", {**facts, "told": display(value), "event": event.event_id})


def _by_key(things: Iterable[tuple[Key, T]]) -> dict[Key, T]:
    """Things by key; of several with one key each has its own place, so that none hides another."""
    seen: Counter[Key] = Counter()
    by_key = {}
    for key, thing in things:
        seen[key] += 1
        by_key[(*key, seen[key])] = thing
    return by_key


def _kept(rows: Iterable[Row], key: Sequence[str], named_by: Sequence[str]) -> dict[Key, Kept]:
    return _by_key(
        (tuple(row[column] for column in key), Kept("/".join(str(row[column]) for column in named_by), row))
        for row in rows
    )


def _stated(events: Iterable[tuple[Event, Row]], key: Sequence[str]) -> dict[Key, Stated]:
    """What events say, by the same keys."""
    return _by_key((tuple(values.get(column) for column in key), Stated(event, values)) for event, values in events)


def _in_order(table: str, kept: Mapping[Key, Kept], stated: Mapping[Key, Stated]) -> Iterator[Failure]:
    """Ids count from 1 without a gap, in the order in which the events speak of their rows."""
    ids = {key: one.row[f"{table}_id"] for key, one in kept.items()}
    gap = next((number for number, present in enumerate(sorted(ids.values()), 1) if number != present), None)
    if gap is not None:
        yield Failure("id_missing", {"table": table, "id": gap})
    last = 0
    for number in (ids[key] for key in stated if key in ids):
        if number < last:
            yield Failure("id_order", {"table": table, "id": number})
        last = number


def _settings_hold(evidence: Evidence) -> Outcome:
    """The content of a setting is covered by its digest (since version 2)."""
    rows = [{**row, "content": digest(row["content"])} for row in evidence.rows("settings_version")]
    kept, stated = _kept(rows, ("sha256",), ("sha256",)), _stated(evidence.statements("settings"), ("sha256",))
    return outcome(_compared("settings_version", kept, stated), rows=len(rows))


def _arrivals_hold(evidence: Evidence) -> Outcome:
    """With the look into the inbox that each arrival belongs to."""
    events = ((event, {"folder": "", **values}) for event, values in evidence.statements("arrived"))
    kept = _kept(evidence.rows("arrival"), ("sha256", "path"), ("arrival_id",))
    stated = _stated(events, ("sha256", "path"))
    failures = [*_compared("arrival", kept, stated), *_in_order("arrival", kept, stated)]
    may_have_taken = _looks(evidence)
    for key, one in stated.items():
        if key in kept and not may_have_taken(kept[key].row["scan_id"], one.event):
            facts = {"table": "arrival", "id": kept[key].name, "scan": kept[key].row["scan_id"]}
            failures.append(Failure("arrival_scan", facts))
    return outcome(failures, rows=len(kept))


def _looks(evidence: Evidence) -> Callable[[object, Event], bool]:
    """Which look took which arrival: the one whose own head of the chain first covers the arrival's event.

    Looks from before version 2 give only their time.
    """
    place = {event.hash: event.position for event in evidence.events}
    looks: dict[object, tuple[str, int, int]] = {}
    reached = 0
    for scan in evidence.rows("scan"):
        head = place.get(scan.get("content", ""), 0)
        looks[scan["scan_id"]] = (scan["as_of"], reached, head)
        reached = max(reached, head)

    def may_have_taken(scan_id: object, event: Event) -> bool:
        as_of, after, head = looks.get(scan_id, ("", 0, 0))
        return as_of == event.as_of and (head == 0 or after < event.position <= head)

    return may_have_taken


def _sightings_hold(evidence: Evidence) -> Outcome:
    """Known bytes under another name."""
    kept = _kept(evidence.rows("sighting"), ("sha256", "path"), ("sha256", "path"))
    stated = _stated(evidence.statements("seen"), ("sha256", "path"))
    return outcome(_compared("sighting", kept, stated), rows=len(kept))


def _decisions_hold(evidence: Evidence) -> Outcome:
    """A decision has no key but its number, so the n-th row stands against the n-th event."""
    rows = evidence.rows("decision")
    kept: dict[Key, Kept] = {(row["decision_id"],): Kept(str(row["decision_id"]), row) for row in rows}
    stated: dict[Key, Stated] = {
        (number,): Stated(*one) for number, one in enumerate(evidence.statements("decided"), 1)
    }
    return outcome(_compared("decision", kept, stated), rows=len(rows))


def _submissions_hold(evidence: Evidence) -> Outcome:
    """Verdict, obligation, version, settings, and whose bytes were judged."""
    kept, stated = _submissions(evidence)
    failures = [*_compared("submission", kept, stated), *_in_order("submission", kept, stated)]
    return outcome(failures, rows=len(kept))


def _submissions(evidence: Evidence) -> tuple[dict[Key, Kept], dict[Key, Stated]]:
    """By SHA-256 alone: an event of version 1 names no path, and there bytes arrived only once."""
    arrivals = {row["arrival_id"]: row for row in evidence.rows("arrival")}
    nothing: Row = {}
    rows = []
    for row in evidence.rows("submission"):
        arrival = arrivals.get(row["arrival_id"], nothing)
        rows.append({**row, "sha256": arrival.get("sha256"), "path": arrival.get("path")})
    events = ((event, _submission_values(event, content)) for event, content in evidence.statements("judged"))
    return _kept(rows, ("sha256",), ("submission_id",)), _stated(events, ("sha256",))


def _submission_values(event: Event, content: Row) -> Row:
    own = {name: value for name, value in content.items() if name not in {"findings", "rows", "row_digests"}}
    # An event of version 1 does not say whether the form was empty; the finding that says so does.
    is_empty = Code.C404 in {finding["code"] for finding in _findings_of(content)}
    return {"is_empty": int(is_empty), **own, "judged_as_of": event.as_of}


class Judged(NamedTuple):
    """One judged event and the id of its submission; None when there is no such row."""

    event: Event
    content: Row
    submission_id: int | None


def _judged(evidence: Evidence) -> list[Judged]:
    """The judged events in their order, each with its submission."""
    kept, stated = _submissions(evidence)
    return [
        Judged(one.event, one.event.statement or {}, kept[key].row["submission_id"] if key in kept else None)
        for key, one in stated.items()
    ]


_FINDING = ("code", "severity", "sheet", "cell", "field", "label", "facts")


def _findings_of(content: Row) -> list[Row]:
    """The findings that an event states; in version 1 they stood there without names."""
    findings = content.get("findings", [])
    return [one if isinstance(one, dict) else dict(zip(_FINDING, one, strict=True)) for one in findings]


def _findings_hold(evidence: Evidence) -> Outcome:
    """What the sender was answered, word by word and in its order."""
    kept = _kept(evidence.rows("finding"), ("submission_id", "position"), ("submission_id", "position"))
    stated: dict[Key, Stated] = {
        (one.submission_id, position, 1): Stated(one.event, finding)
        for one in _judged(evidence)
        if one.submission_id is not None
        for position, finding in enumerate(_findings_of(one.content))
    }
    return outcome(_compared("finding", kept, stated), rows=len(kept))


TABLES: Mapping[str, Callable[[Evidence], Outcome]] = {
    "settings_version": _settings_hold,
    "arrival": _arrivals_hold,
    "sighting": _sightings_hold,
    "submission": _submissions_hold,
    "finding": _findings_hold,
    "decision": _decisions_hold,
}
"""The tables whose rows events state, one by one; the digests of accepted rows are compared below."""
_WITHOUT_DIGEST = frozenset({*TABLES, "schema_version", "event", "scan", "fault"})


def accepted_rows_hold(table: str, evidence: Evidence) -> Outcome:
    """A table of accepted rows: each submission's rows together give the digest that its event states."""
    stated = {one.submission_id: one for one in _judged(evidence) if table in _digests(one.content)}
    failures = _differing(table, evidence.by_submission(table), stated)
    return outcome(failures, rows=len(evidence.rows(table)), submissions=len(stated))


def other_rows_hold(evidence: Evidence) -> Outcome:
    """Tables of accepted rows that no form of today has: of a form that was given up, or put there by another hand."""
    tables = sorted(evidence.tables - _WITHOUT_DIGEST - set(sheet_tables()))
    failures = [failure for table in tables for failure in accepted_rows_hold(table, evidence).failures]
    return outcome(failures, tables=len(tables))


def _differing(table: str, kept: Mapping[Any, Sequence[Row]], stated: Mapping[Any, Judged]) -> Iterator[Failure]:
    for submission_id in kept:
        if submission_id not in stated:
            yield Failure("rows_unspoken", {"table": table, "id": submission_id})
    for submission_id, one in stated.items():
        if submission_id is not None and _digests(one.content)[table] not in _computed(kept.get(submission_id, [])):
            yield Failure("rows_differ", {"table": table, "id": submission_id, "event": one.event.event_id})


def _digests(content: Row) -> Mapping[str, str]:
    return {**content.get("rows", {}), **content.get("row_digests", {})}


def _computed(rows: Sequence[Row]) -> tuple[str, ...]:
    """The digest of rows as the ledger makes it now, and as version 1 made it, without names."""
    bare = [{name: value for name, value in row.items() if name != "submission_id"} for row in rows]
    return rows_digest(bare), digest([list(row.values()) for row in bare])
