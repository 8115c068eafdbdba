"""What is written into the ledger, as plain values."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pipeline.findings import DecisionKind, Finding, Verdict

Row = Mapping[str, object]
Rows = Mapping[str, Sequence[Row]]
"""Table name to its accepted rows: excel_row and the fields as plain values, by the names of the table's columns."""


class Waiting(StrEnum):
    """Why something that lay in the inbox was not taken.

    ``FOLDER``: a folder, by its name with a slash at the end, that could not be listed. ``NO_LOOK``: the inbox was bare
    though something had come before, as where a share is not mounted; under ``WHOLE_INBOX``.
    """

    OPEN = "open"
    UNSETTLED = "unsettled"
    NOT_TAKEN = "not_taken"
    FOLDER = "folder"
    TOO_LARGE = "too_large"
    NO_LOOK = "no_look"

    @classmethod
    def of(cls, reason: str) -> "Waiting":
        """The reason as a look keeps it, which for ``TOO_LARGE`` goes on as :class:`Oversize` says."""
        return cls(reason.partition(" ")[0])


WHOLE_INBOX: Final = "inbox/"


@dataclass(frozen=True)
class Oversize:
    """What is kept of a file that is too large for custody: bytes, its stamp, SHA-256 of its start and size."""

    size: int
    stamp: dt.datetime
    start: str

    def __str__(self) -> str:
        return f"{Waiting.TOO_LARGE} {self.size} {self.stamp.isoformat()} {self.start}"

    @classmethod
    def of(cls, reason: str) -> "Oversize":
        """What a look kept under ``TOO_LARGE``."""
        _, size, stamp, start = reason.split(" ")
        return cls(int(size), dt.datetime.fromisoformat(stamp), start)


def may_have_lain(path: str, waiting: Mapping[str, str]) -> bool:
    """Whether a look that left this ``waiting`` (path to reason) may have missed a file of this path."""
    if path in waiting or Waiting.NO_LOOK in waiting.values():
        return True
    return any(reason == Waiting.FOLDER and path.startswith(folder) for folder, reason in waiting.items())


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
