"""What is written into the ledger, as plain values."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.findings import Finding, Verdict

Rows = Mapping[str, Sequence[tuple[object, ...]]]
"""Table name to rows of plain values, in the order of the table's columns after submission_id."""


@dataclass(frozen=True)
class Scan:
    """One look into the inbox: whose run, when, under which settings (their SHA-256)."""

    run_id: str
    as_of: dt.datetime
    settings: str


@dataclass(frozen=True)
class Arrival:
    """Bytes taken into custody, and the interval in which they arrived (design 5)."""

    sha256: str
    path: str
    size: int
    not_before: dt.datetime | None
    not_after: dt.datetime
    arrived_at: dt.datetime
    arrival_id: int = 0


@dataclass(frozen=True)
class Judgement:
    """What was decided about one arrival, with the rows that count from now on when it was accepted."""

    arrival: Arrival
    verdict: Verdict
    findings: tuple[Finding, ...]
    form: str | None = None
    division: str | None = None
    period: str | None = None
    based_on: str = ""
    is_empty: bool = False
    rows: Rows = field(default_factory=dict)
