"""What is written into the ledger, as plain values."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.findings import DecisionKind, Finding, Verdict

Row = Mapping[str, object]
Rows = Mapping[str, Sequence[Row]]
"""Table name to its accepted rows: excel_row and the fields as plain values, by the names of the table's columns."""


class Waiting(StrEnum):
    """Why a file that lies in the inbox was not taken this time."""

    OPEN = "open"
    UNSETTLED = "unsettled"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True)
class Scan:
    """One look into the inbox: whose run, when, under which settings (their SHA-256).

    ``clock`` is what the machine's own clock said, ``program`` the version that ran; blank where nobody told.
    """

    run_id: str
    as_of: dt.datetime
    settings: str
    clock: str = ""
    program: str = ""


@dataclass(frozen=True)
class SettingsVersion:
    """Settings as they are archived: their hash, their content as JSON, and the SHA-256 of the two files' bytes."""

    sha256: str
    content: str
    written: str = ""
    directory: str = ""


@dataclass(frozen=True)
class Arrival:
    """Bytes taken into custody, and the interval in which they arrived (design 5).

    ``folder`` is the division in whose folder of the inbox they lay, else blank. ``written_at`` and ``changed_at`` are
    what the file's own stamps said, before they were clamped into the interval; None where nobody looked.
    """

    sha256: str
    path: str
    size: int
    not_before: dt.datetime | None
    not_after: dt.datetime
    arrived_at: dt.datetime
    arrival_id: int = 0
    folder: str = ""
    written_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None


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


@dataclass(frozen=True)
class Decision:
    """One recorded decision with its reason.

    ``form`` and ``division`` are None for what concerns a whole period (PRESENTED). ``until``: the new due date of an
    extension, strict like every due date. ``revokes``: the id of the decision that REVOKED takes back. ``sha256``: the
    workbook that was PRESENTED. ``wrong_from`` and ``wrong_until``: the ids of the first and the last look whose clock
    was wrong.
    """

    kind: DecisionKind
    as_of: dt.datetime
    period: str
    form: str | None = None
    division: str | None = None
    until: dt.date | None = None
    reason: str = ""
    document: str = ""
    document_on: dt.date | None = None
    revokes: int | None = None
    sha256: str | None = None
    wrong_from: int | None = None
    wrong_until: int | None = None


class FaultState(StrEnum):
    """Whether something could not be made from now on, or can be made again."""

    BEGAN = "began"
    ENDED = "ended"


@dataclass(frozen=True)
class Fault:
    """Something that our own program could not make: an artefact of a stage, and the kind of error (never its text)."""

    code: str
    stage: str
    artefact: str
    reason: str
