"""Who owes what, read from the ledger for one period."""

import dataclasses
import datetime as dt
from dataclasses import dataclass

import pandas as pd

from pipeline.ledger.tables import empty_submissions, read_submissions
from pipeline.obligations import due_within, duties, obligation_states
from pipeline.settings import Period, Settings
from pipeline.workspace import Workspace, now_in_vietnam, open_ledger


@dataclass(frozen=True)
class Obligation:
    """One obligation and what became of it; arrival, verdict and file are those of the version that counts."""

    form: str
    division: str
    period: str
    due_on: dt.date
    state: str
    arrived_at: dt.datetime | None
    days_late: int
    verdict: str | None
    file: str | None
    responsible: str
    agreed_on: dt.date | None = None
    decision: str | None = None
    submission_id: int | None = None
    last_submission_id: int | None = None

    def as_document(self) -> dict[str, object]:
        """As JSON (issue 2's shape): days and times in ISO form."""
        document = dataclasses.asdict(self)
        arrived_at = self.arrived_at.isoformat() if self.arrived_at else None
        return {**document, "due_on": self.due_on.isoformat(), "arrived_at": arrived_at}


def last_clock(workspace: Workspace) -> dt.datetime:
    """When the last run was; without one, now."""
    if not workspace.ledger_file.exists():
        return now_in_vietnam()
    with open_ledger(workspace) as ledger:
        return ledger.last_scan() or now_in_vietnam()


def obligations_of(workspace: Workspace, settings: Settings, period: Period, now: dt.datetime) -> list[Obligation]:
    """Every obligation of the year that is due on or before the period's due date (design 5)."""
    owed = due_within(duties(settings), settings, period)
    states = obligation_states(owed, _submissions(workspace), now.date())
    return [
        Obligation(
            form=row["form"],
            division=row["division"],
            period=row["period"],
            due_on=row["due_on"].date(),
            state=row["state"],
            arrived_at=None if pd.isna(row["arrived_at"]) else row["arrived_at"].to_pydatetime(),
            days_late=row["days_late"],
            verdict=None if pd.isna(row["verdict"]) else row["verdict"],
            file=None if pd.isna(row["path"]) else row["path"],
            responsible=row["division"],
            last_submission_id=None if pd.isna(row["submission_id"]) else int(row["submission_id"]),
        )
        for row in states.to_dict("records")
    ]


def _submissions(workspace: Workspace) -> pd.DataFrame:
    if not workspace.ledger_file.exists():
        return empty_submissions()
    with open_ledger(workspace) as ledger:
        return read_submissions(ledger)
