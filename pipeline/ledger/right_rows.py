"""Every reader of the ledger sees the right times: views that stand before the tables where a clock was wrong.

A view of the connection's own (``temp``) hides the table of the same name; what is written goes to ``main``, unchanged.
Where no clock was wrong there is no view, and the ledger is read as it is.
"""

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.findings import DecisionKind
from pipeline.ledger import schema
from pipeline.ledger.right_time import Look, Years, right_times, suspects
from pipeline.ledger.right_values import Corrected, History, corrected_rows

_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "scan": ("scan_id",),
    "event": ("event_id",),
    "arrival": ("arrival_id",),
    "sighting": ("sha256", "path"),
    "submission": ("submission_id",),
    "decision": ("decision_id",),
    "fault": ("fault_id",),
}
_TIMES: Final[Mapping[str, tuple[str, ...]]] = {
    "arrival": ("not_before", "not_after", "arrived_at"),
    "sighting": ("not_before", "not_after", "arrived_at"),
    "submission": ("judged_as_of",),
}


@dataclass(frozen=True)
class WrongLooks:
    """The looks whose clock was wrong: as the secretary recorded it, and those that are only suspect so far."""

    decided: frozenset[int] = frozenset()
    suspect: frozenset[int] = frozenset()

    @property
    def all(self) -> frozenset[int]:
        """Both."""
        return self.decided | self.suspect


def read_right(
    connection: sqlite3.Connection,
    now: dt.datetime | None,
    also: tuple[int, int] | None = None,
    *,
    until_last_look: bool = False,
) -> WrongLooks:
    """Put the right times before every reader of this connection; gives the looks that are wrong.

    ``now`` is the time of the run at work; ``also`` the looks that are about to be recorded as wrong. With
    ``until_last_look`` only decisions count that the last look knew of, as for what it published.
    """
    _take_away(connection)
    if schema.version_of(connection) != schema.VERSION:
        return WrongLooks()
    years = _years(connection)
    if also is None and not _is_doubtful(connection, years, now):
        return WrongLooks()
    looks, spans = looks_of(connection), _spans(connection, until_last_look=until_last_look)
    if also is not None:
        spans.append(_Span(*also, now or dt.datetime.min))
    decided = frozenset(look.scan_id for look in looks for span in spans if span.first <= look.scan_id <= span.last)
    wrong = WrongLooks(decided, suspects(looks, years, now, decided))
    closed_at = now or max((span.as_of for span in spans), default=None)
    right = right_times(looks, wrong.all, closed_at)
    history = History(looks, right, years, closed_at, at_work=now, is_closed_now=also is not None)
    for table, rows in corrected_rows(connection, history).items():
        _put_before(connection, table, rows)
    return wrong


def _years(connection: sqlite3.Connection) -> Years | None:
    """The years of all settings that were ever in use; None where none set any."""
    query = (
        "SELECT min(CAST(y.key AS INTEGER)), max(CAST(y.key AS INTEGER)) FROM main.settings_version s,"
        " json_each(CASE WHEN json_valid(s.content) THEN s.content ELSE '{}' END, '$.years') y"
    )
    first, last = connection.execute(query).fetchone()
    return None if first is None else Years(first, last)


def looks_of(connection: sqlite3.Connection) -> list[Look]:
    """Every look as it was written."""
    rows = connection.execute("SELECT scan_id, as_of, program <> '', run_id FROM main.scan ORDER BY scan_id")
    return [
        Look(scan_id, dt.datetime.fromisoformat(as_of), bool(guarded), run) for scan_id, as_of, guarded, run in rows
    ]


def _is_doubtful(connection: sqlite3.Connection, years: Years | None, now: dt.datetime | None) -> bool:
    """Whether anything may be wrong at all: cheap, because every command asks.

    A decision is ahead where a look that is earlier in time knew it: each look names the head of the chain of events.
    """
    query = (
        "SELECT EXISTS (SELECT 1 FROM main.decision WHERE kind = :clock), min(as_of), max(as_of), EXISTS (SELECT 1 FROM"
        " main.scan s JOIN main.scan p ON s.scan_id = p.scan_id + 1 WHERE s.as_of < p.as_of) OR EXISTS (SELECT 1 FROM"
        " main.event d WHERE d.kind = 'decided' AND (SELECT h.event_id FROM main.scan s CROSS JOIN main.event h"
        " ON h.hash = s.content WHERE s.as_of < d.as_of ORDER BY s.scan_id DESC LIMIT 1) >= d.event_id) FROM"
        " (SELECT as_of FROM main.scan UNION ALL SELECT as_of FROM main.decision)"
    )
    is_decided, first, last, goes_back = connection.execute(query, {"clock": str(DecisionKind.CLOCK)}).fetchone()
    if first is None:
        return False
    ends = [dt.datetime.fromisoformat(text) for text in (first, last)]
    is_outside = years is not None and not all(years.cover(end) for end in ends)
    return bool(is_decided or goes_back or is_outside or (now is not None and now < ends[-1]))


class _Span(NamedTuple):
    """The looks that a standing decision names, and when it was recorded."""

    first: int
    last: int
    as_of: dt.datetime


def _spans(connection: sqlite3.Connection, *, until_last_look: bool) -> list[_Span]:
    """The spans of wrong looks by the decisions that stand, or that stood when the last look was recorded."""
    last_look = (
        "SELECT count(*) FROM main.event WHERE kind = 'decided' AND event_id <= coalesce((SELECT event_id FROM"
        " main.event WHERE hash = (SELECT content FROM main.scan ORDER BY scan_id DESC LIMIT 1)), 0)"
    )
    known_then = connection.execute(last_look).fetchone()[0] if until_last_look else -1
    query = (
        "SELECT wrong_from, wrong_until, as_of FROM (SELECT * FROM main.decision ORDER BY decision_id LIMIT :known)"
        " WHERE kind = :clock AND decision_id NOT IN (SELECT revokes FROM (SELECT * FROM main.decision"
        " ORDER BY decision_id LIMIT :known) WHERE revokes IS NOT NULL) ORDER BY decision_id"
    )
    rows = connection.execute(query, {"clock": str(DecisionKind.CLOCK), "known": known_then})
    return [_Span(first, last, dt.datetime.fromisoformat(as_of)) for first, last, as_of in rows]


def _take_away(connection: sqlite3.Connection) -> None:
    present = {name for (name,) in connection.execute("SELECT name FROM sqlite_temp_master").fetchall()}
    for table in _KEYS:
        if table in present:
            connection.execute(f"DROP VIEW temp.{table}")
        if f"right_{table}" in present:
            connection.execute(f"DROP TABLE temp.right_{table}")


def _put_before(connection: sqlite3.Connection, table: str, rows: Sequence[Corrected]) -> None:
    """A view of the table's name, with the right times of these rows."""
    keys, times = _KEYS[table], _TIMES.get(table, ("as_of",))
    connection.execute(
        f"CREATE TEMP TABLE right_{table} ({', '.join((*keys, *times))}, PRIMARY KEY ({', '.join(keys)}))"
    )
    places = ", ".join("?" * (len(keys) + len(times)))
    connection.executemany(f"INSERT INTO temp.right_{table} VALUES ({places})", rows)  # noqa: S608 - names of ours
    columns = [
        f"CASE WHEN r.{keys[0]} IS NULL THEN t.{name} ELSE r.{name} END AS {name}"
        if name in times
        else f"t.{name} AS {name}"
        for name in schema.columns_of(connection, table)
    ]
    joined = " AND ".join(f"r.{key} = t.{key}" for key in keys)
    connection.execute(
        f"CREATE TEMP VIEW {table} AS SELECT {', '.join(columns)} FROM main.{table} t"  # noqa: S608 - names of ours
        f" LEFT JOIN temp.right_{table} r ON {joined}"
    )
