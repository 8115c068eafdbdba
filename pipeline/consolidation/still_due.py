"""What is still to be done whatever came that day: overdue forms, a policy that must be told anew. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated

import pandas as pd

from pipeline.consolidation.frames import ObligationStates
from pipeline.consolidation.states import OPEN_STATES
from pipeline.obligations import POLICY, State
from pipeline.settings import Settings
from pipeline.vietnamese import say_date

Outstanding = Mapping[str, tuple[tuple[str, str], ...]]
"""By period, form and division of what is overdue or returned."""


def outstanding_forms(states: Annotated[pd.DataFrame, ObligationStates]) -> Outstanding:
    """The forms of every period that are overdue or returned: what last year left open stays open in January."""
    answered_for = states["state"].isin([str(State.RETURNED), str(State.EMPTY)])
    late = states[states["state"].isin(OPEN_STATES) & ((states["days_late"] > 0) | answered_for)]
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
