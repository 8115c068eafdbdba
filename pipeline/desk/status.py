"""Who has to submit what, read from the ledger for one period."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import TypeVar

import pandas as pd
from pydantic import TypeAdapter

from pipeline.faults import OperatorError
from pipeline.findings import Code, DecisionKind
from pipeline.ledger.contents import read_decisions, read_submissions
from pipeline.obligations import decision_words, due_within, duties, obligation_states, responsible
from pipeline.settings import Division, Period, Settings
from pipeline.workspace import Workspace, ledger_so_far, now_in_vietnam

T = TypeVar("T")


@dataclass(frozen=True)
class Obligation:
    """One obligation and what became of it; arrival, verdict and file are those of the version that counts.

    Where none counts, they are those of the last one that came. ``agreed_on``: the first due date where ``due_on`` is
    an extended one. ``responsible``: the division that answers for it now. ``decided_by``: what separated in time from
    late, "interval" or "stamp"; ``received_at``: when the version came that decides it. ``decision``: what was
    decided about it, in words. ``presented_on``: when the workbook of its period was laid before the committee.
    """

    form: str
    division: str
    period: str
    due_on: dt.date
    agreed_on: dt.date | None
    responsible: str
    state: str
    received_at: dt.datetime | None
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


def listed_division(settings: Settings, code: str) -> Division:
    """The division of that code.

    Raises:
        OperatorError: E808, there is none.
    """
    division = settings.division(code)
    if division is None:
        raise OperatorError(Code.E808, division=code, listed=", ".join(each.code for each in settings.divisions))
    return division


def listed_period(settings: Settings, text: str) -> Period:
    """The period of that name, which has a due date in the settings.

    Raises:
        OperatorError: E807, it is written wrongly or not set.
    """
    periods = {str(period): period for period in settings.periods}
    if text.strip() not in periods:
        raise OperatorError(Code.E807, period=text, listed=", ".join(periods))
    return periods[text.strip()]


def last_clock(workspace: Workspace) -> dt.datetime:
    """When the last run was or the last decision was recorded; without either, now."""
    with ledger_so_far(workspace) as ledger:
        return ledger.last_recorded() or now_in_vietnam()


def obligations_of(workspace: Workspace, settings: Settings, period: Period, now: dt.datetime) -> list[Obligation]:
    """Every obligation of the year that is due on or before the period's due date (design 5), as of a time."""
    submissions, decisions = _recorded(workspace, now)
    due = due_within(duties(settings), settings, period)
    states = obligation_states(due, submissions, decisions, now.date())
    presented = decisions[decisions["kind"] == DecisionKind.PRESENTED]
    obligations = states.assign(
        responsible=responsible(states["division"], settings, now.date()),
        decision=decision_words(due, decisions),
        presented_on=states["period"].map(dict(zip(presented["period"], presented["document_on"], strict=True))),
        file=states["path"],
    )
    return records(obligations, Obligation)


def presented_of(workspace: Workspace, period: Period, now: dt.datetime) -> list[tuple[dt.date, str]]:
    """When the period's workbook was laid before the Steering Committee, each day with its paper, as of a time."""
    _, decisions = _recorded(workspace, now)
    is_of_period = (decisions["kind"] == DecisionKind.PRESENTED) & (decisions["period"] == str(period))
    rows = decisions.loc[is_of_period, ["document_on", "document"]]
    return [(on.date(), document) for on, document in rows.itertuples(index=False)]


def records(frame: pd.DataFrame, kind: type[T]) -> list[T]:
    """The rows of a frame as records of a dataclass, whose fields bear the names of the columns."""
    rows = frame[[field.name for field in fields(kind) if field.name in frame]]  # type: ignore[arg-type]
    plain = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return TypeAdapter(list[kind]).validate_python(plain)  # type: ignore[valid-type]


def _recorded(workspace: Workspace, now: dt.datetime) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The submissions and the decisions that stand at a time."""
    with ledger_so_far(workspace) as ledger:
        return read_submissions(ledger, now), read_decisions(ledger, now)
