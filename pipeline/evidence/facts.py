"""What the ledger held at a time, read by SQL alone: rows as plain values, days and times in ISO form, blanks None."""

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.findings import DecisionKind
from pipeline.sheets.declaration import Checks

Row = Mapping[str, Any]

TABLES: Final = (
    "objectives", "tasks", "results", "actions", "progress", "policy", "declarations", "postings", "checks",
    "scope_changes",
)  # fmt: skip
"""The accepted rows that the committee's workbook is made of."""
_SUBMISSIONS: Final = """
SELECT s.submission_id, s.form, s.division, s.period, s.verdict, s.is_empty, a.not_before, a.not_after, a.arrived_at,
    EXISTS (
        SELECT 1 FROM decision d
        WHERE d.kind = :withdrawn AND d.form = s.form AND d.division = s.division AND d.period = s.period
            AND d.up_to_version >= s.version AND d.as_of <= :known_at
            AND NOT EXISTS (SELECT 1 FROM decision r WHERE r.revokes = d.decision_id AND r.as_of <= :known_at)
    ) AS withdrawn
FROM submission s JOIN arrival a USING (arrival_id)
WHERE s.judged_as_of <= :known_at ORDER BY s.submission_id
"""
_DECISIONS: Final = """
SELECT d.kind, d.form, d.division, d.period, d.until FROM decision d
WHERE d.as_of <= :known_at AND d.kind <> :revoked
    AND NOT EXISTS (SELECT 1 FROM decision r WHERE r.revokes = d.decision_id AND r.as_of <= :known_at)
ORDER BY d.decision_id
"""


@dataclass(frozen=True)
class Facts:
    """What was known: submissions in the order of judging, decisions that stand, accepted rows by table.

    A submission has submission_id, form, division, period, verdict, is_empty, not_before, not_after, arrived_at and
    withdrawn; a decision kind, form, division, period and until; an accepted row submission_id and the columns of its
    table.
    """

    submissions: Sequence[Row] = ()
    decisions: Sequence[Row] = ()
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def facts_of(ledger: sqlite3.Connection, known_at: dt.datetime = dt.datetime.max) -> Facts:
    """What the ledger knew at a time; rows of submissions that were judged later are left out."""
    at = {"known_at": known_at.isoformat()}
    submissions = _read(ledger, _SUBMISSIONS, {**at, "withdrawn": str(DecisionKind.WITHDRAWN)})
    decisions = _read(ledger, _DECISIONS, {**at, "revoked": str(DecisionKind.REVOKED)})
    judged = "SELECT submission_id FROM submission WHERE judged_as_of <= :known_at"
    rows = {
        table: _read(ledger, f'SELECT * FROM "{table}" WHERE submission_id IN ({judged}) ORDER BY rowid', at)  # noqa: S608 - names of ours
        for table in TABLES
    }
    # Before version 2 of BM-04 the last check stood in the declaration's own row.
    before = [row for row in rows["declarations"] if row.get(Checks.checked_on)]
    return Facts(submissions, decisions, {**rows, "checks": [*rows["checks"], *before]})


def _read(ledger: sqlite3.Connection, query: str, values: Mapping[str, str]) -> list[Row]:
    cursor = ledger.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
