"""Days that something of the register waits: never fewer than none."""

import datetime as dt

import pandas as pd
import pytest

from pipeline.consolidation.declaration import PROVED_BY, changes_by, proofs
from pipeline.sheets.declaration import Declarations, Postings, ScopeChanges

READ_ON = dt.date(2019, 4, 30)
FURTHER = pd.DataFrame({name: pd.Series(dtype="str") for name in (each.name for each in Postings.fields())}).assign(
    submission_id=pd.Series(dtype="int64"),
    excel_row=pd.Series(dtype="int64"),
    done_on=pd.Series(dtype="datetime64[us]"),
)
"""No further place of posting."""


@pytest.mark.parametrize(("effective_on", "days"), [("2019-05-06", 0), ("2019-04-30", 0), ("2019-04-20", 10)])
def test_a_change_that_takes_effect_after_the_reading_day_does_not_wait_yet(effective_on: str, days: int) -> None:
    """The plan's workbook rests on June's register where there is none before: it said -6 days."""
    row = {ScopeChanges.effective_on: pd.Timestamp(effective_on), ScopeChanges.declared_in: None}
    assert changes_by(pd.DataFrame([row]), READ_ON)["days"].tolist() == [days]


def test_a_proof_of_a_decision_after_the_reading_day_does_not_wait_yet() -> None:
    fields = dict.fromkeys([name for pair in PROVED_BY.values() for name in pair], pd.NaT)
    declared = {**fields, Declarations.decision_no: "1/QĐ", Declarations.decision_on: pd.Timestamp("2019-05-06")}
    row = pd.DataFrame([{**declared, "is_in_force": True, "submission_id": 1, "excel_row": 7}])
    assert proofs(row, FURTHER, READ_ON)["days"].tolist() == [0, 0, 0, 0]
