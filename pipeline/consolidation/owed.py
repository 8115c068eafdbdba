"""Who owed what by the period's due date, and what became of it (design 5)."""

from typing import Final

import pandas as pd

from pipeline.consolidation.selection import View
from pipeline.findings import DecisionKind
from pipeline.obligations import State, decision_words, due_within, duties, obligation_states, responsible
from pipeline.settings import Period

STATE_ORDER: Final = (
    str(State.MISSING),
    str(State.EMPTY),
    str(State.RETURNED),
    str(State.WITHDRAWN),
    str(State.NOT_DUE),
    str(State.EXTENDED),
    str(State.LATE),
    str(State.ACCEPTED_AFTER_DUE),
    str(State.ON_TIME),
    str(State.EXEMPT),
)
"""Every state, what is still owed first."""
OPEN_STATES: Final = (str(State.MISSING), str(State.EMPTY), str(State.RETURNED), str(State.WITHDRAWN))
"""Owed, and without a form that counts."""


def obligations(view: View) -> pd.DataFrame:
    """One row an obligation of the year due on or before the period's due date, those still open first.

    The columns of ``obligations.obligation_states`` with division_name; responsible (the division that answers for it
    today), its head and contact; decision (what was recorded about it, in words).
    """
    owed = due_within(duties(view.settings), view.settings, view.period)
    states = obligation_states(owed, view.content.submissions, view.decisions, view.today)
    answering = responsible(states["division"], view.settings, view.today)
    people = {division.code: division for division in view.settings.divisions}
    states = states.assign(
        division_name=states["division"].map({code: d.name for code, d in people.items()}).astype("str"),
        responsible=answering,
        head=answering.map({code: d.head for code, d in people.items()}).astype("str"),
        contact=answering.map({code: d.contact for code, d in people.items()}).astype("str"),
        decision=decision_words(owed, view.decisions),
        order=states["state"].map({word: place for place, word in enumerate(STATE_ORDER)}),
        place=view.places(states["division"]),
    )
    keys = ["order", "days_late", "due_on", "place", "form"]
    ordered = states.sort_values(keys, ascending=[True, False, True, True, True], kind="stable")
    return ordered.drop(columns=["order", "place"]).reset_index(drop=True)


def of_period(obligation_rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The obligations of the period itself, without those that fell due before it in the year."""
    return obligation_rows[obligation_rows["period"] == str(period)]


def is_owed(obligation_rows: pd.DataFrame) -> pd.Series:
    """Where a form is owed: whoever is exempt owes none."""
    return obligation_rows["state"] != State.EXEMPT


def presented(view: View) -> pd.DataFrame:
    """When the workbook of the period was laid before the Steering Committee: document, document_on, sha256."""
    of_period = (view.decisions["kind"] == DecisionKind.PRESENTED) & (view.decisions["period"] == str(view.period))
    return view.decisions.loc[of_period, ["document", "document_on", "sha256"]].reset_index(drop=True)
