"""Who owes what, read from the ledger for one period."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.findings import DecisionKind
from pipeline.ledger.tables import empty_decisions, empty_submissions, read_decisions, read_submissions
from pipeline.obligations import decision_words, due_within, duties, obligation_states, responsible
from pipeline.settings import Period, Settings
from pipeline.workspace import Workspace, has_ledger, now_in_vietnam, open_ledger


@dataclass(frozen=True)
class Obligation:
    """One obligation and what became of it; arrival, verdict and file are those of the version that counts.

    Where none counts, they are those of the last one that came. ``agreed_on``: the first due date where ``due_on`` is
    an extended one. ``responsible``: the division that answers for it now. ``decided_by``: what told in time from late,
    "interval" or "stamp". ``decision``: the recorded decisions about it in words. ``presented_on``: when the workbook
    of its period was laid before the Steering Committee.
    """

    form: str
    division: str
    period: str
    due_on: dt.date
    agreed_on: dt.date | None
    responsible: str
    state: str
    arrived_at: dt.datetime | None
    not_before: dt.datetime | None
    not_after: dt.datetime | None
    decided_by: str | None
    days_late: int
    verdict: str | None
    file: str | None
    submission_id: int | None
    last_submission_id: int | None
    decision: str | None
    presented_on: dt.date | None

    def as_document(self) -> dict[str, object]:
        """As JSON (issue 2's shape): days and times in ISO form."""
        told = dataclasses.asdict(self)
        return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in told.items()}


@dataclass(frozen=True)
class Presented:
    """One time at which the workbook of a period was laid before the Steering Committee."""

    period: str
    on: dt.date
    document: str


def last_clock(workspace: Workspace) -> dt.datetime:
    """When the last run was or the last decision was recorded; without either, now."""
    if not has_ledger(workspace):
        return now_in_vietnam()
    with open_ledger(workspace) as ledger:
        return ledger.last_recorded() or now_in_vietnam()


def obligations_of(workspace: Workspace, settings: Settings, period: Period, now: dt.datetime) -> list[Obligation]:
    """Every obligation of the year that is due on or before the period's due date (design 5), as known at a time."""
    submissions, decisions = _known(workspace, now)
    owed = due_within(duties(settings), settings, period)
    states = obligation_states(owed, submissions, decisions, now.date())
    presented = dict(_presented(decisions)[["period", "document_on"]].itertuples(index=False, name=None))
    told = states.assign(
        responsible=responsible(states["division"], settings, now.date()),
        decision=decision_words(owed, decisions),
        presented_on=states["period"].map(presented),
        file=states["path"],
    )
    names = [field.name for field in dataclasses.fields(Obligation)]
    plain = told[names].astype(object).where(told[names].notna(), None)
    return [Obligation(**_typed(row)) for row in plain.to_dict("records")]


def presented_of(workspace: Workspace, period: Period, now: dt.datetime) -> list[Presented]:
    """When the workbook of the period was laid before the Steering Committee, as known at a time; the first first."""
    _, decisions = _known(workspace, now)
    found = _presented(decisions)
    told = found.loc[found["period"] == str(period), ["period", "document_on", "document"]]
    return [Presented(name, on.date(), document) for name, on, document in told.itertuples(index=False)]


def _presented(decisions: pd.DataFrame) -> pd.DataFrame:
    return decisions[decisions["kind"] == DecisionKind.PRESENTED]


_DAYS = ("due_on", "agreed_on", "presented_on")
_NUMBERS = ("days_late", "submission_id", "last_submission_id")
_TIMES = ("arrived_at", "not_before", "not_after")


def _typed(row: dict[Any, Any]) -> dict[str, Any]:
    """One row in Python's own types."""
    known = {name: value for name, value in row.items() if value is not None}
    days = {name: known[name].date() for name in _DAYS if name in known}
    times = {name: known[name].to_pydatetime() for name in _TIMES if name in known}
    return {**row, **days, **times, **{name: int(known[name]) for name in _NUMBERS if name in known}}


def _known(workspace: Workspace, now: dt.datetime) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The submissions and the decisions that stand at a time."""
    if not has_ledger(workspace):
        return empty_submissions(), empty_decisions()
    with open_ledger(workspace) as ledger:
        return read_submissions(ledger, now), read_decisions(ledger, now)
