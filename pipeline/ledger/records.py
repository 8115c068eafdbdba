"""What is written into the ledger, and the same as plain values by the columns of its tables."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from pipeline.findings import DecisionKind, Finding, Verdict
from pipeline.ledger.hashing import canonical

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

    ``clock`` is what the machine's own clock said, ``program`` the version that ran; blank where nobody wrote it down.
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

    ``folder``: the division in whose folder of the inbox they lay, else blank. ``written_at`` and ``changed_at``: the
    file's own stamps, before they were clamped into the interval; None where nobody looked.
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

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Arrival":
        """The arrival that a row of its table holds, by the columns of ``ARRIVAL``."""
        moments = {name: dt.datetime.fromisoformat(row[name]) for name in _MOMENTS if row[name] is not None}
        return cls(**{**row, **moments})

    @property
    def values(self) -> dict[str, object]:
        """By the columns that its event covers."""
        values = dataclasses.asdict(self)
        return {name: plain(value) for name, value in values.items() if name not in {"arrival_id", *STAMPS}}

    @property
    def stamps(self) -> dict[str, object]:
        """The file's own stamps, by the columns of the arrival's table."""
        return {name: plain(getattr(self, name)) for name in STAMPS}


STAMPS: Final = ("written_at", "changed_at")
"""A file's own stamps: in no event, so that the chain of events does not depend on a machine."""
ARRIVAL: Final = tuple(field.name for field in dataclasses.fields(Arrival))
_MOMENTS: Final = ("not_before", "not_after", "arrived_at", *STAMPS)


def plain(value: object) -> object:
    """Days and times in ISO form; other values as they are."""
    return value.isoformat() if isinstance(value, dt.date) else value


def finding_values(finding: Finding) -> dict[str, str]:
    """A finding by the columns of its table, without its submission and position."""
    texts = {name: str(getattr(finding, name)) for name in ("code", "severity", "sheet", "cell", "field", "label")}
    return {**texts, "facts": canonical(dict(finding.facts))}


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
