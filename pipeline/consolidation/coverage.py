"""Who knows the quality policy: everyone on the list beside what the divisions' BM-03 say (dispatch, duty 5)."""

import datetime as dt
from collections.abc import Collection, Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from pipeline.consolidation.content import plan_of
from pipeline.consolidation.frames import Coverage, People
from pipeline.consolidation.view import View, ranked
from pipeline.obligations import POLICY, owes
from pipeline.settings import Division
from pipeline.settings.model import StaffMember
from pipeline.sheets.directory import Staff
from pipeline.sheets.policy import Policy
from pipeline.vocabulary.choices import YesNo


class Knowledge(StrEnum):
    """What is recorded of one person. Those who joined later or are not listed stand outside the count.

    ``former``: of the version in force nothing, of one before it in the same year that they understood it.
    """

    NO_RECORD = "no_record"
    FORMER = "former"
    NOT_UNDERSTOOD = "not_understood"
    ABSENT = "absent"
    JOINED_LATER = "joined_later"
    NOT_LISTED = "not_listed"
    UNDERSTOOD = "understood"


COUNTED = (Knowledge.NO_RECORD, Knowledge.FORMER, Knowledge.NOT_UNDERSTOOD, Knowledge.ABSENT, Knowledge.UNDERSTOOD)
_KNOWLEDGE = tuple(map(str, Knowledge))
_STAFF = [Staff.staff_code, Staff.name, Staff.division, Staff.position, Staff.category]


def due_day(view: View) -> dt.date | None:
    """By when the policy in force must be known: who is on the list that day counts. None when the year asks for none.

    The due date of the year's BM-03, or of the one that came with the version itself.
    """
    version, year = view.policy.version, view.period.year
    anew = (each.due_on for each in view.settings.reissues if (each.version, each.period.year) == (version, year))
    return next(anew, view.settings.due_dates(plan_of(view.period)).get(POLICY))


def owing(view: View) -> tuple[Division, ...]:
    """The divisions that have to submit the BM-03 about the policy in force.

    Exempt ones, too: an exemption lifts the form, not the duty behind it (decision 0015).
    """
    day = due_day(view)
    return tuple(d for d in view.settings.divisions if day and owes(d, POLICY, day))


def people(view: View) -> pd.DataFrame:
    """Everyone on the list on the due day, in a BM-03 that counts, or joined since and not yet informed; these first.

    Only what was told of the version in force counts: whoever understood the one before it must be told anew.
    """
    recorded, former = _recorded(view, is_current=True), _former(view)
    joined = _listed(view).merge(recorded, on=["division", Policy.staff_code], how="outer", suffixes=("_listed", ""))
    everyone = joined.assign(
        full_name=joined[Policy.full_name].fillna(joined["name"]),
        position=joined["position"].fillna(joined["position_listed"]),
        category=joined["category"].fillna(joined["category_listed"]),
        policy_version=joined[Policy.policy_version].fillna(joined[Policy.staff_code].map(former).astype("str")),
        knowledge=_knowledge(joined, view.former_policies, joined[Policy.staff_code].isin(former)),
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


def _recorded(view: View, *, is_current: bool) -> pd.DataFrame:
    """The rows of the BM-03 that count, or of those about a former version."""
    forms = view.informed[view.informed["is_current"] == is_current]
    return forms[["submission_id", "division"]].merge(view.content.rows["policy"], on="submission_id")


def _former(view: View) -> dict[str, str]:
    """Who understood a former version, by the staff code, and which one last."""
    rows = pd.concat([_recorded(view, is_current=is_current) for is_current in (False, True)], ignore_index=True)
    is_former = rows[Policy.policy_version].isin(view.former_policies)
    told_of = rows[is_former & (rows["understood"] == YesNo.YES) & rows[Policy.staff_code].notna()]
    return dict(zip(told_of[Policy.staff_code], told_of[Policy.policy_version], strict=True))


_DTYPES = {name: People.dtypes[name] for name in People.columns()}


def _knowledge(rows: pd.DataFrame, former: Collection[str], knew_former: pd.Series) -> pd.Series:
    """What is recorded of each; ``former``: the other versions, ``knew_former``: who understood one of them."""
    recorded, understood = rows["submission_id"].notna(), rows["understood"] == YesNo.YES
    states = {
        Knowledge.NOT_LISTED: rows["name"].isna(),
        Knowledge.FORMER: knew_former & (~recorded | rows[Policy.policy_version].isin(former)),
        Knowledge.NO_RECORD: ~recorded,
        Knowledge.UNDERSTOOD: understood,
        Knowledge.ABSENT: rows["absence"].notna(),
    }
    state = np.select([*states.values()], [*states], default=Knowledge.NOT_UNDERSTOOD)
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
