"""What is still to be done whatever came that day: overdue forms, a policy that must be told anew. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

import pandas as pd

from pipeline.consolidation.frames import ObligationStates
from pipeline.consolidation.states import OPEN_STATES, SUBMITTED
from pipeline.consolidation.view import ranked
from pipeline.obligations import POLICY, REGISTER, REPORT, State, Unsettled
from pipeline.settings import Period, Settings
from pipeline.vietnamese import say_date

Outstanding = Mapping[str, tuple[tuple[str, str], ...]]
"""By period, form and division of what is overdue or returned."""


def outstanding_forms(states: Annotated[pd.DataFrame, ObligationStates]) -> Outstanding:
    """The forms of every period that are overdue or returned: what last year left open stays open in January."""
    answered_for = states["state"].isin([str(State.RETURNED), str(State.EMPTY)])
    late = states[states["state"].isin(OPEN_STATES) & ((states["days_late"] > 0) | answered_for)]
    late = late.assign(order=ranked(late["state"], OPEN_STATES))
    late = late.sort_values(["order", "days_late"], ascending=[True, False], kind="stable")
    by_period = late.groupby("period", sort=False)[["form", "division"]]
    return {str(period): tuple(rows.itertuples(index=False, name=None)) for period, rows in by_period}


def policies_to_tell(
    settings: Settings, states: Annotated[pd.DataFrame, ObligationStates], day: dt.date
) -> Iterator[Mapping[str, str]]:
    """The facts of each re-issued policy whose BM-03 is not yet due and not yet in from everybody."""
    waiting = states[states["state"].isin([*OPEN_STATES, str(State.NOT_DUE), str(State.EXTENDED)])]
    for each in settings.reissues:
        own = waiting[(waiting["form"] == POLICY) & (waiting["period"] == str(each.period))]
        if len(own) and each.approved_on <= day < each.due_on:
            yield {
                "version": each.version,
                "approved_on": say_date(each.approved_on),
                "due_on": say_date(each.due_on),
                "period": str(each.period),
                "count": str(len(own)),
                "which": ", ".join(own["division"]),
            }


def reports_to_take_over(
    handed: pd.DataFrame, states: Annotated[pd.DataFrame, ObligationStates], settings: Settings, day: dt.date
) -> Iterator[Mapping[str, str]]:
    """The facts of each report in which a division still has to tell of what it took over from one that is closed.

    ``handed``: as ``obligations.handed_over`` gives it.
    """
    waiting = states[states["state"].isin([*OPEN_STATES, str(State.NOT_DUE), str(State.EXTENDED)])]
    reports = waiting.loc[waiting["form"] == REPORT, ["division", "period"]]
    left = handed.merge(reports, on=["division", "period"])
    for (former, period, division), rows in left.groupby(["former", "period", "division"], sort=False):
        if _is_closed(str(former), settings, day):
            facts = {"former": str(former), "period": str(period), "division": str(division)}
            yield {**facts, "count": str(len(rows)), "which": ", ".join(rows["code"])}


def successions_to_decide(
    unsettled: Iterable[Unsettled], settings: Settings, day: dt.date
) -> Iterator[Mapping[str, str]]:
    """The facts of each division that is closed and whose successor the directory does not name, or not one alone."""
    for each in unsettled:
        if _is_closed(each.former, settings, day) and day <= settings.due_on(Period.parse(each.period)):
            heirs = ", ".join(each.heirs)
            yield {"former": each.former, "period": each.period, "heirs": heirs, "first": (*each.heirs, "")[0]}


def periods_to_check(
    states: Annotated[pd.DataFrame, ObligationStates], checked_on: pd.Series, settings: Settings, day: dt.date
) -> Iterator[Mapping[str, str]]:
    """The facts of each period whose BM-04 is due or in, and in which nothing was checked (dispatch, duty 1).

    Told as long as the check may still be written down: some days after the half of the year.
    """
    own = states[states["form"] == REGISTER]
    for period, due_on, state in own[["period", "due_on", "state"]].itertuples(index=False, name=None):
        first, last = Period.parse(period).half
        is_asked = day >= due_on.date() or state in SUBMITTED["in_time"]
        is_open = first <= day <= last + dt.timedelta(days=settings.thresholds.reading_days)
        if is_asked and is_open and not checked_on.between(pd.Timestamp(first), pd.Timestamp(last)).any():
            yield {"period": period, "half": Period.parse(period).half_in_words}


def _is_closed(code: str, settings: Settings, day: dt.date) -> bool:
    division = settings.division(code)
    return division is not None and division.valid_to is not None and division.valid_to < day
