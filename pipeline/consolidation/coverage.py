"""Who knows the quality policy: everyone on the list beside what the divisions' BM-03 say (dispatch, duty 5)."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from pipeline.consolidation.frames import Coverage, People
from pipeline.consolidation.view import View, ranked
from pipeline.obligations import POLICY, owes
from pipeline.settings import Division, Period, PeriodKind
from pipeline.settings.model import StaffMember
from pipeline.sheets.directory import Staff
from pipeline.sheets.policy import Policy
from pipeline.vocabulary.choices import YesNo


class Knowledge(StrEnum):
    """What is recorded of one person. Those who joined later or are not listed stand outside the count."""

    NO_RECORD = "no_record"
    NOT_UNDERSTOOD = "not_understood"
    ABSENT = "absent"
    JOINED_LATER = "joined_later"
    NOT_LISTED = "not_listed"
    UNDERSTOOD = "understood"


COUNTED = (Knowledge.NO_RECORD, Knowledge.NOT_UNDERSTOOD, Knowledge.ABSENT, Knowledge.UNDERSTOOD)
_KNOWLEDGE = tuple(map(str, Knowledge))
_STAFF = [Staff.staff_code, Staff.name, Staff.division, Staff.position, Staff.category]


def due_day(view: View) -> dt.date | None:
    """The due date of the year's BM-03: who is on the list that day counts. None when the year asks for none."""
    return view.settings.due_dates(Period(view.period.year, PeriodKind.PLAN)).get(POLICY)


def owing(view: View) -> tuple[Division, ...]:
    """The divisions that have to submit the year's BM-03.

    Exempt ones, too: an exemption lifts the form, not the duty behind it (decision 0015).
    """
    day = due_day(view)
    return tuple(d for d in view.settings.divisions if day and owes(d, POLICY, day))


def people(view: View) -> pd.DataFrame:
    """Everyone on the list on the due day, in a BM-03 in force, or joined since and not yet informed; these first."""
    forms = view.counted.loc[view.counted["form"] == POLICY, ["submission_id", "division"]]
    recorded = forms.merge(view.content.rows["policy"], on="submission_id")
    joined = _listed(view).merge(recorded, on=["division", Policy.staff_code], how="outer", suffixes=("_listed", ""))
    everyone = joined.assign(
        full_name=joined[Policy.full_name].fillna(joined["name"]),
        position=joined["position"].fillna(joined["position_listed"]),
        category=joined["category"].fillna(joined["category_listed"]),
        knowledge=_knowledge(joined),
    )
    later = _later(view, everyone.loc[everyone["submission_id"].notna(), Policy.staff_code])
    # Whom no form names has no row of origin, so the ids must be able to be missing.
    typed = [rows.reindex(columns=People.columns()).astype(_DTYPES) for rows in (everyone, later)]
    every = pd.concat(typed, ignore_index=True)
    ordered = view.ordered(
        every.assign(rank=ranked(every["knowledge"], _KNOWLEDGE)),
        dict.fromkeys(("rank", "place", Policy.staff_code, Policy.full_name), True),
    )
    return ordered[People.columns()]


_DTYPES = {name: People.dtypes[name] for name in People.columns()}


def _knowledge(rows: pd.DataFrame) -> pd.Series:
    understood = rows["understood"] == YesNo.YES
    state = np.select(
        [rows["name"].isna(), rows["submission_id"].isna(), understood, rows["absence"].notna()],
        [Knowledge.NOT_LISTED, Knowledge.NO_RECORD, Knowledge.UNDERSTOOD, Knowledge.ABSENT],
        default=Knowledge.NOT_UNDERSTOOD,
    )
    return pd.Series(state, index=rows.index, dtype="str")


def _listed(view: View) -> pd.DataFrame:
    """The staff list of the due day, of the divisions that have to submit a BM-03."""
    day, divisions = due_day(view), {division.code for division in owing(view)}
    return _frame([m for m in view.settings.staff if m.division in divisions and day and m.covers(day)])


def _later(view: View, informed: pd.Series) -> pd.DataFrame:
    """Who joined in the year after the due day, is still there, was on no list that day and is not yet informed."""
    day, staff = due_day(view), view.settings.staff
    if day is None:
        return _frame([])
    settled = {*informed, *(m.staff_code for m in staff if m.covers(day))}
    until = min(view.today, dt.date(view.period.year, 12, 31))
    new = [m for m in staff if day < (m.valid_from or day) <= until and m.covers(until) and m.staff_code not in settled]
    return _frame(new).rename(columns={"name": Policy.full_name}).assign(knowledge=str(Knowledge.JOINED_LATER))


def _frame(staff: Sequence[StaffMember]) -> pd.DataFrame:
    return pd.DataFrame([[getattr(m, name) for name in _STAFF] for m in staff], columns=_STAFF, dtype="str")


def coverage(people_rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """One row a division that has to submit BM-03; ``share`` is missing where nobody is expected."""
    counts = pd.crosstab(people_rows["division"], people_rows["knowledge"])
    divisions = owing(view)
    codes = pd.Series([d.code for d in divisions], dtype="str")
    counts = counts.reindex(index=codes, columns=list(_KNOWLEDGE), fill_value=0).astype("int64")
    expected = counts[[str(state) for state in COUNTED]].sum(axis=1).astype("int64")
    covered = counts.assign(expected=expected, share=counts["understood"] / expected.where(expected > 0))
    covered = covered.rename_axis(index="division", columns=None).reset_index().assign(division=codes)
    return covered.assign(contact=pd.Series([d.contact for d in divisions], dtype="str"))[Coverage.columns()]
