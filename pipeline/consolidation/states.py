"""Which forms the divisions had to submit, and what became of each (design 5)."""

from typing import Final

import pandas as pd

from pipeline.consolidation.frames import Obligations, ObligationStates
from pipeline.consolidation.view import View, ranked
from pipeline.findings import DecisionKind
from pipeline.obligations import State, decision_words, due_within, period_order, responsible
from pipeline.settings import Period

OPEN_STATES: Final = (str(State.MISSING), str(State.EMPTY), str(State.RETURNED), str(State.WITHDRAWN))
"""To be submitted, and without a form that counts."""
STATE_ORDER: Final = (
    *OPEN_STATES,
    str(State.NOT_DUE),
    str(State.EXTENDED),
    str(State.LATE),
    str(State.ACCEPTED_AFTER_DUE),
    str(State.ON_TIME),
    str(State.EXEMPT),
)
"""Every state, what is still to be submitted first."""
SUBMITTED: Final = {
    "in_time": (str(State.ON_TIME), str(State.ACCEPTED_AFTER_DUE)),
    "late": (str(State.LATE),),
    "outstanding": OPEN_STATES,
    "not_due": (str(State.NOT_DUE), str(State.EXTENDED)),
}
"""How the committee reads the states: a form received on time is in time. Who is exempt is in none of them."""


def states_of(view: View) -> pd.DataFrame:
    """What became of each obligation of the year that is due by the period's due date, in the order of the duties."""
    return view.states.loc[due_within(view.duties, view.settings, view.period).index]


def obligations(view: View) -> pd.DataFrame:
    """The obligations of the year that are due by the period's due date, those still open first."""
    states = states_of(view)
    answering = responsible(states["division"], view.settings, view.today)
    people = {division.code: division for division in view.settings.divisions}
    states = states.assign(
        division_name=states["division"].map({code: d.name for code, d in people.items()}).astype("str"),
        responsible=answering,
        head=answering.map({code: d.head for code, d in people.items()}).astype("str"),
        contact=answering.map({code: d.contact for code, d in people.items()}).astype("str"),
        decision=decision_words(states, view.content.decisions),
        order=ranked(states["state"], STATE_ORDER),
    )
    by = {"order": True, Obligations.days_late: False, Obligations.due_on: True, "place": True, "form": True}
    return view.ordered(states, by)[Obligations.columns()]


def obligations_before(periods: list[str], view: View) -> pd.DataFrame:
    """The obligations of the earlier ones of these periods as they stand today."""
    earlier = [period for period in periods if period != str(view.period)]
    states = view.states[view.states["period"].isin(earlier)]
    states = states.assign(order=period_order(states["period"]))
    return view.ordered(states, {"order": True, "form": True, "place": True})[ObligationStates.columns()]


def of_period(obligation_rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The obligations of the period itself, without those that fell due before it in the year."""
    return obligation_rows[obligation_rows["period"] == str(period)]


def is_due(obligation_rows: pd.DataFrame) -> pd.Series:
    """Where a form has to be submitted: not by who is exempt."""
    return obligation_rows["state"] != State.EXEMPT


def presented(view: View) -> pd.DataFrame:
    """When the workbook of the period was laid before the Steering Committee."""
    decisions = view.content.decisions
    own = (decisions["kind"] == DecisionKind.PRESENTED) & (decisions["period"] == str(view.period))
    return decisions.loc[own, ["document", "document_on", "sha256"]].reset_index(drop=True)
