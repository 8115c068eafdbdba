"""Who owed what by the period's due date, and what became of it (design 5)."""

from typing import Final

import pandas as pd

from pipeline.consolidation.selection import View
from pipeline.obligations import State, due_within, duties, obligation_states
from pipeline.settings import Period

STATE_ORDER: Final = (
    str(State.MISSING),
    str(State.EMPTY),
    str(State.RETURNED),
    str(State.NOT_DUE),
    str(State.LATE),
    str(State.ACCEPTED_AFTER_DUE),
    str(State.ON_TIME),
)
"""Every state, what is still owed first."""
OPEN_STATES: Final = (str(State.MISSING), str(State.EMPTY), str(State.RETURNED))


def obligations(view: View) -> pd.DataFrame:
    """One row an obligation of the year due on or before the period's due date, those still open first.

    The columns of ``obligations.obligation_states`` with division_name, head and contact.
    """
    owed = due_within(duties(view.settings), view.settings, view.period)
    states = obligation_states(owed, view.content.submissions, view.today)
    people = {division.code: division for division in view.settings.divisions}
    states = states.assign(
        division_name=states["division"].map({code: d.name for code, d in people.items()}).astype("str"),
        head=states["division"].map({code: d.head for code, d in people.items()}).astype("str"),
        contact=states["division"].map({code: d.contact for code, d in people.items()}).astype("str"),
        order=states["state"].map({word: place for place, word in enumerate(STATE_ORDER)}),
        place=view.places(states["division"]),
    )
    keys = ["order", "days_late", "due_on", "place", "form"]
    ordered = states.sort_values(keys, ascending=[True, False, True, True, True], kind="stable")
    return ordered.drop(columns=["order", "place"]).reset_index(drop=True)


def of_period(obligation_rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The obligations of the period itself, without those that fell due before it in the year."""
    return obligation_rows[obligation_rows["period"] == str(period)]
