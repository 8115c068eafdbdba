"""Every row of the ledger against the chained event that states it, and the other way round.

The hash of an event covers what it states; a row that says something else, that no event speaks of, or that is gone was
not left so by the program.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from pipeline.audit.evidence import Event, Evidence, Row
from pipeline.audit.outcome import Failure, Outcome, display, outcome
from pipeline.findings.codes import Code
from pipeline.ledger.hashing import digest, rows_digest
from pipeline.ledger.tables import sheet_tables

Key = tuple[object, ...]
T = TypeVar("T")


class Stated(NamedTuple):
    """What one event says that one row must be."""

    event: Event
    values: Row


@dataclass(frozen=True)
class Sides:
    """The rows of a table and what events say of them, by the same keys."""

    table: str
    kept: Mapping[Key, Row]
    stated: Mapping[Key, Stated]

    @classmethod
    def of(cls, table: str, rows: Iterable[Row], events: Iterable[tuple[Event, Row]], *key: str) -> "Sides":
        """Both sides by the columns of the key."""
        stated = ((tuple(values.get(name) for name in key), Stated(event, values)) for event, values in events)
        return cls(table, _by_key((tuple(row[name] for name in key), row) for row in rows), _by_key(stated))

    def name(self, key: Key) -> str:
        """What names a row to people: its number, else its key."""
        number = self.kept[key].get(f"{self.table}_id")
        return "/".join(map(str, key[:-1])) if number is None else str(number)

    def differences(self) -> Iterator[Failure]:
        """What only one side has, and each cell that differs."""
        for key in self.kept:
            if key not in self.stated:
                yield Failure("row_unspoken", {"table": self.table, "id": self.name(key)})
        for key, (event, values) in self.stated.items():
            if key not in self.kept:
                words = "/".join(map(display, key[:-1]))
                yield Failure("row_gone", {"table": self.table, "event": event.event_id, "key": words})
                continue
            row = self.kept[key]
            for column, value in values.items():
                if column in row and (row[column] != value or (row[column] is None) != (value is None)):
                    facts = {"column": column, "kept": display(row[column]), "told": display(value)}
                    named = {"table": self.table, "id": self.name(key), "event": event.event_id}
                    yield Failure("cell_differs", named | facts)

    def disorder(self) -> Iterator[Failure]:
        """Where ids do not count from 1 without a gap, in the order in which the events speak of their rows."""
        ids = {key: row[f"{self.table}_id"] for key, row in self.kept.items()}
        gap = next((number for number, present in enumerate(sorted(ids.values()), 1) if number != present), None)
        if gap is not None:
            yield Failure("id_missing", {"table": self.table, "id": gap})
        last = 0
        for number in (ids[key] for key in self.stated if key in ids):
            if number < last:
                yield Failure("id_order", {"table": self.table, "id": number})
            last = number


def _by_key(things: Iterable[tuple[Key, T]]) -> dict[Key, T]:
    """Things by key; of several with one key each has its own place, so that none hides another."""
    seen: Counter[Key] = Counter()
    by_key = {}
    for key, thing in things:
        seen[key] += 1
        by_key[(*key, seen[key])] = thing
    return by_key


def _settings(evidence: Evidence) -> Sides:
    """The content of a setting is covered by its digest (since version 2)."""
    rows = ({**row, "content": digest(row["content"])} for row in evidence.rows("settings_version"))
    return Sides.of("settings_version", rows, evidence.statements("settings"), "sha256")


def _arrivals(evidence: Evidence) -> Sides:
    events = ((event, {"folder": "", **values}) for event, values in evidence.statements("arrived"))
    return Sides.of("arrival", evidence.rows("arrival"), events, "sha256", "path")


def _sightings(evidence: Evidence) -> Sides:
    """Known bytes under another name."""
    return Sides.of("sighting", evidence.rows("sighting"), evidence.statements("seen"), "sha256", "path")


def _submissions(evidence: Evidence) -> Sides:
    """Verdict, obligation, version, settings, and whose bytes were judged.

    By SHA-256 alone: an event of version 1 names no path, and there bytes arrived only once.
    """
    arrivals = {row["arrival_id"]: row for row in evidence.rows("arrival")}
    nothing: Row = {}
    rows = []
    for row in evidence.rows("submission"):
        arrival = arrivals.get(row["arrival_id"], nothing)
        rows.append({**row, "sha256": arrival.get("sha256"), "path": arrival.get("path")})
    events = ((event, _submission_values(event, content)) for event, content in evidence.statements("judged"))
    return Sides.of("submission", rows, events, "sha256")


def _submission_values(event: Event, content: Row) -> Row:
    own = {name: value for name, value in content.items() if name not in {"findings", "rows", "row_digests"}}
    # An event of version 1 does not say whether the form was empty; the finding that says so does.
    is_empty = Code.C404 in {finding["code"] for finding in _findings_of(content)}
    return {"is_empty": int(is_empty), **own, "judged_as_of": event.as_of}


_FINDING = ("code", "severity", "sheet", "cell", "field", "label", "facts")


def _findings_of(content: Row) -> list[Row]:
    """The findings that an event states; in version 1 they stood there without names."""
    findings = content.get("findings", [])
    return [one if isinstance(one, dict) else dict(zip(_FINDING, one, strict=True)) for one in findings]


def _findings(evidence: Evidence) -> Sides:
    """What the sender was answered, word by word and in its order."""
    events = (
        (event, {**finding, "submission_id": submission_id, "position": position})
        for submission_id, event, content in _judged(evidence)
        if submission_id is not None
        for position, finding in enumerate(_findings_of(content))
    )
    return Sides.of("finding", evidence.rows("finding"), events, "submission_id", "position")


def _decisions(evidence: Evidence) -> Sides:
    """A decision has no key but its number, so the n-th row stands against the n-th event."""
    statements = enumerate(evidence.statements("decided"), 1)
    events = ((event, {**values, "decision_id": number}) for number, (event, values) in statements)
    return Sides.of("decision", evidence.rows("decision"), events, "decision_id")


TABLES: Mapping[str, Callable[[Evidence], Sides]] = {
    "settings_version": _settings,
    "arrival": _arrivals,
    "sighting": _sightings,
    "submission": _submissions,
    "finding": _findings,
    "decision": _decisions,
}
"""The tables whose rows events state, one by one; the digests of accepted rows are compared below."""
_NUMBERED = frozenset({"arrival", "submission"})
"""Those whose rows are numbered in the order of their events."""
_WITHOUT_DIGEST = frozenset({*TABLES, "schema_version", "event", "scan", "fault"})


def stated_rows_hold(table: str, evidence: Evidence) -> Outcome:
    """A table whose rows events state: each cell of each row, their numbers, and which look took which arrival."""
    sides = TABLES[table](evidence)
    failures = [*sides.differences(), *(sides.disorder() if table in _NUMBERED else ())]
    if table == "arrival":
        failures += _taken_by_another(sides, evidence)
    return outcome(failures, rows=len(sides.kept))


def _taken_by_another(arrivals: Sides, evidence: Evidence) -> Iterator[Failure]:
    """Arrivals that name another look than the one whose own head of the chain first covers the arrival's event.

    Looks from before version 2 give only their time.
    """
    place = {event.hash: event.position for event in evidence.events}
    looks: dict[object, tuple[str, int, int]] = {}
    reached = 0
    for scan in evidence.rows("scan"):
        head = place.get(scan.get("content", ""), 0)
        looks[scan["scan_id"]] = (scan["as_of"], reached, head)
        reached = max(reached, head)
    for key, (event, _) in arrivals.stated.items():
        scan_id = arrivals.kept[key]["scan_id"] if key in arrivals.kept else None
        as_of, after, head = looks.get(scan_id, ("", 0, 0))
        is_its_own = as_of == event.as_of and (head == 0 or after < event.position <= head)
        if key in arrivals.kept and not is_its_own:
            yield Failure("arrival_scan", {"table": "arrival", "id": arrivals.name(key), "scan": scan_id})


def _judged(evidence: Evidence) -> Iterator[tuple[int | None, Event, Row]]:
    """The judged events in their order and what they state, each after the id of its submission; None without a row."""
    sides = _submissions(evidence)
    for key, (event, _) in sides.stated.items():
        yield sides.kept[key]["submission_id"] if key in sides.kept else None, event, event.statement or {}


def accepted_rows_hold(table: str, evidence: Evidence) -> Outcome:
    """A table of accepted rows: each submission's rows together give the digest that its event states."""
    judged = ((number, event, _digests(content)) for number, event, content in _judged(evidence))
    stated = {number: (event, digests[table]) for number, event, digests in judged if table in digests}
    failures = _differing(table, evidence.by_submission(table), stated)
    return outcome(failures, rows=len(evidence.rows(table)), submissions=len(stated))


def other_rows_hold(evidence: Evidence) -> Outcome:
    """Tables of accepted rows that no form of today has: of a form that was given up, or put there by another hand."""
    tables = sorted(evidence.tables - _WITHOUT_DIGEST - set(sheet_tables()))
    failures = [failure for table in tables for failure in accepted_rows_hold(table, evidence).failures]
    return outcome(failures, tables=len(tables))


def _differing(
    table: str, kept: Mapping[Any, Sequence[Row]], stated: Mapping[Any, tuple[Event, str]]
) -> Iterator[Failure]:
    for submission_id in kept:
        if submission_id not in stated:
            yield Failure("rows_unspoken", {"table": table, "id": submission_id})
    for submission_id, (event, digest_of_rows) in stated.items():
        if submission_id is not None and digest_of_rows not in _computed(kept.get(submission_id, [])):
            yield Failure("rows_differ", {"table": table, "id": submission_id, "event": event.event_id})


def _digests(content: Row) -> Mapping[str, str]:
    return {**content.get("rows", {}), **content.get("row_digests", {})}


def _computed(rows: Sequence[Row]) -> tuple[str, ...]:
    """The digest of rows as the ledger makes it now, and as version 1 made it, without names."""
    bare = [{name: value for name, value in row.items() if name != "submission_id"} for row in rows]
    return rows_digest(bare), digest([list(row.values()) for row in bare])
