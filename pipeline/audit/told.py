"""Every row of the ledger against the chained event that speaks of it, and the other way round.

The hash of an event covers what it tells; a row that says something else, that no event speaks of, or that is gone was
not left so by the program.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.audit.evidence import Event, Evidence, Row
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.audit.shown import shown
from pipeline.ledger.hashing import digest, rows_digest
from pipeline.ledger.tables import sheet_tables

Key = tuple[object, ...]


class Told(NamedTuple):
    """What one event says that one row must be."""

    event: Event
    values: Row


class Kept(NamedTuple):
    """One row and what names it to people."""

    named: str
    row: Row


def compared(table: str, kept: Mapping[Key, Kept], told: Mapping[Key, Told]) -> Iterator[Failure]:
    """Rows against events by their keys: what only one side has, and each cell that differs."""
    for key, one in kept.items():
        if key not in told:
            yield Failure("row_unspoken", {"table": table, "id": one.named})
    for key, said in told.items():
        if key not in kept:
            yield Failure("row_gone", {"table": table, "event": said.event.event_id, "key": _named(key)})
            continue
        named, row = kept[key]
        for column, value in said.values.items():
            if column in row and not _same(row[column], value):
                yield Failure(
                    "cell_differs",
                    {
                        "table": table,
                        "id": named,
                        "column": column,
                        "kept": shown(row[column]),
                        "told": shown(value),
                        "event": said.event.event_id,
                    },
                )


def numbered(rows: Iterable[Row], key: Sequence[str], named_by: Sequence[str]) -> dict[Key, Kept]:
    """Rows by key; of several with one key each has its own place, so that none hides another."""
    seen: Counter[Key] = Counter()
    made = {}
    for row in rows:
        values = tuple(row[column] for column in key)
        seen[values] += 1
        made[(*values, seen[values])] = Kept("/".join(str(row[column]) for column in named_by), row)
    return made


def said(
    events: Iterable[tuple[Event, Row]], key: Sequence[str], values: Callable[[Event, Row], Row]
) -> dict[Key, Told]:
    """What events say, by the same keys as :func:`numbered`."""
    seen: Counter[Key] = Counter()
    made = {}
    for event, content in events:
        place = tuple(content.get(column) for column in key)
        seen[place] += 1
        made[(*place, seen[place])] = Told(event, values(event, content))
    return made


def in_order(table: str, id_column: str, kept: Mapping[Key, Kept], told: Mapping[Key, Told]) -> Iterator[Failure]:
    """Ids count from 1 without a gap, in the order in which the events tell of their rows."""
    ids = sorted(one.row[id_column] for one in kept.values())
    gap = next((number for number, found in enumerate(ids, 1) if number != found), None)
    if gap is not None:
        yield Failure("id_missing", {"table": table, "id": gap})
    last = 0
    for key in told:
        if key in kept:
            found = kept[key].row[id_column]
            if found < last:
                yield Failure("id_order", {"table": table, "id": found})
            last = found


def settings_hold(evidence: Evidence) -> Outcome:
    """Table settings_version; the content of a setting is covered by its digest (since version 2)."""
    rows = [{**row, "content": digest(row["content"])} for row in evidence.rows("settings_version")]
    kept = numbered(rows, ("sha256",), ("sha256",))
    told = said(evidence.told("settings"), ("sha256",), lambda _, content: content)
    return outcome(compared("settings_version", kept, told), rows=len(rows))


def arrivals_hold(evidence: Evidence) -> Outcome:
    """Table arrival, with the look into the inbox that each arrival belongs to."""
    rows = evidence.rows("arrival")
    kept = numbered(rows, ("sha256", "path"), ("arrival_id",))
    scans = _Scans(evidence)
    told = said(evidence.told("arrived"), ("sha256", "path"), lambda _, content: {"folder": "", **content})
    failures = [*compared("arrival", kept, told), *in_order("arrival", "arrival_id", kept, told)]
    for key, one in told.items():
        if key in kept and not scans.may_have_found(one.event, kept[key].row["scan_id"]):
            facts = {"table": "arrival", "id": kept[key].named, "scan": kept[key].row["scan_id"]}
            failures.append(Failure("arrival_scan", facts))
    return outcome(failures, rows=len(rows))


class _Scans:
    """Which look found which arrival: the one whose own head of the chain first covers the arrival's event."""

    def __init__(self, evidence: Evidence) -> None:
        place = {event.hash: event.position for event in evidence.events}
        self._looks: dict[object, tuple[str, int, int]] = {}
        reached = 0
        for scan in evidence.rows("scan"):
            head = place.get(scan.get("content", ""), 0)
            self._looks[scan["scan_id"]] = (scan["as_of"], reached, head)
            reached = max(reached, head)

    def may_have_found(self, event: Event, scan_id: object) -> bool:
        """Whether the look can be the one; looks from before version 2 tell only their time."""
        as_of, after, head = self._looks.get(scan_id, ("", 0, 0))
        return as_of == event.as_of and (head == 0 or after < event.position <= head)


def sightings_hold(evidence: Evidence) -> Outcome:
    """Table sighting: known bytes under another name."""
    rows = evidence.rows("sighting")
    kept = numbered(rows, ("sha256", "path"), ("sha256", "path"))
    told = said(evidence.told("seen"), ("sha256", "path"), lambda _, content: content)
    return outcome(compared("sighting", kept, told), rows=len(rows))


def decisions_hold(evidence: Evidence) -> Outcome:
    """Table decision. A decision has no key but its number, so the n-th row stands against the n-th event."""
    rows = evidence.rows("decision")
    kept: dict[Key, Kept] = {(row["decision_id"],): Kept(str(row["decision_id"]), row) for row in rows}
    events = evidence.told("decided")
    told: dict[Key, Told] = {(number,): Told(*one) for number, one in enumerate(events, 1)}
    return outcome(compared("decision", kept, told), rows=len(rows))


class Judged(NamedTuple):
    """One judged event and the id of its submission; None when there is no such row."""

    event: Event
    content: Row
    submission_id: int | None


def submissions_hold(evidence: Evidence) -> Outcome:
    """Table submission: verdict, obligation, version, settings, and whose bytes were judged."""
    kept, told = _submissions(evidence)
    failures = [*compared("submission", kept, told), *in_order("submission", "submission_id", kept, told)]
    return outcome(failures, rows=len(kept))


def _submissions(evidence: Evidence) -> tuple[dict[Key, Kept], dict[Key, Told]]:
    arrivals = {row["arrival_id"]: row for row in evidence.rows("arrival")}
    nothing: Mapping[str, Any] = {}
    # An event of version 1 tells no path; there bytes arrived only once.
    by_path = [
        {**row, "sha256": arrivals.get(row["arrival_id"], nothing).get("sha256")} for row in evidence.rows("submission")
    ]
    kept = numbered(by_path, ("sha256",), ("submission_id",))
    with_path = {
        key: Kept(one.named, {**one.row, "path": arrivals.get(one.row["arrival_id"], nothing).get("path")})
        for key, one in kept.items()
    }
    told = said(
        evidence.told("judged"),
        ("sha256",),
        lambda event, content: {
            # An event of version 1 does not tell whether the form was empty; the finding that says so does.
            "is_empty": int("C404" in {finding["code"] for finding in findings_of(content)}),
            **{name: value for name, value in content.items() if name not in _ELSEWHERE},
            "judged_as_of": event.as_of,
        },
    )
    return with_path, told


_ELSEWHERE = ("findings", "rows", "row_digests")


def judged(evidence: Evidence) -> list[Judged]:
    """The judged events in their order, each with its submission."""
    kept, told = _submissions(evidence)
    return [
        Judged(one.event, one.event.told or {}, kept[key].row["submission_id"] if key in kept else None)
        for key, one in told.items()
    ]


_FINDING = ("code", "severity", "sheet", "cell", "field", "label", "facts")


def findings_of(content: Row) -> list[Row]:
    """The findings that an event tells; in version 1 they stood there without names."""
    found = content.get("findings", [])
    return [one if isinstance(one, dict) else dict(zip(_FINDING, one, strict=True)) for one in found]


def findings_hold(evidence: Evidence) -> Outcome:
    """Table finding: what the sender was told, word by word and in its order."""
    rows = evidence.rows("finding")
    kept = numbered(rows, ("submission_id", "position"), ("submission_id", "position"))
    told: dict[Key, Told] = {
        (one.submission_id, position, 1): Told(one.event, finding)
        for one in judged(evidence)
        if one.submission_id is not None
        for position, finding in enumerate(findings_of(one.content))
    }
    return outcome(compared("finding", kept, told), rows=len(rows))


def accepted_rows_hold(table: str, evidence: Evidence) -> Outcome:
    """A table of accepted rows: each submission's rows together give the digest that its event tells."""
    by_submission: dict[object, list[Row]] = {}
    for row in evidence.rows(table):
        by_submission.setdefault(row["submission_id"], []).append(row)
    told = {one.submission_id: one for one in judged(evidence) if table in _digests(one.content)}
    return outcome(_differing(table, by_submission, told), rows=len(evidence.rows(table)), submissions=len(told))


_OF_THE_LEDGER = frozenset(
    {
        "schema_version",
        "event",
        "scan",
        "settings_version",
        "arrival",
        "sighting",
        "submission",
        "finding",
        "decision",
        "fault",
    }
)


def other_rows_hold(evidence: Evidence) -> Outcome:
    """Tables of accepted rows that no form of today has: of a form that was given up, or put there by another hand."""
    tables = sorted(evidence.tables - _OF_THE_LEDGER - set(sheet_tables()))
    failures = [failure for table in tables for failure in accepted_rows_hold(table, evidence).failures]
    return outcome(failures, tables=len(tables))


def _differing(table: str, kept: Mapping[Any, list[Row]], told: Mapping[Any, Judged]) -> Iterator[Failure]:
    for submission_id in kept:
        if submission_id not in told:
            yield Failure("rows_unspoken", {"table": table, "id": submission_id})
    for submission_id, one in told.items():
        if submission_id is not None and _digests(one.content)[table] not in _computed(kept.get(submission_id, [])):
            yield Failure("rows_differ", {"table": table, "id": submission_id, "event": one.event.event_id})


def _digests(content: Row) -> Mapping[str, str]:
    return {**content.get("rows", {}), **content.get("row_digests", {})}


def _computed(rows: Sequence[Row]) -> tuple[str, ...]:
    """The digest of rows as the ledger makes it now, and as version 1 made it, without names."""
    bare = [{name: value for name, value in row.items() if name != "submission_id"} for row in rows]
    return rows_digest(bare), digest([list(row.values()) for row in bare])


def _same(kept: object, told: object) -> bool:
    return kept == told and (kept is None) == (told is None)


def _named(key: Key) -> str:
    return "/".join(shown(part) for part in key[:-1]) or str(key[0])
