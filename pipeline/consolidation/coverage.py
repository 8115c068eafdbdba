"""Who knows the quality policy: everyone on the list beside what the divisions' BM-03 say (dispatch, duty 5)."""

import datetime as dt
from enum import StrEnum

import numpy as np
import pandas as pd

from pipeline.consolidation.selection import View
from pipeline.obligations import owes
from pipeline.settings import Division, Period, PeriodKind
from pipeline.vocabulary.choices import YesNo

FORM = "BM-03"


class Knowledge(StrEnum):
    """What is known of one person. The last two stand outside the count: they were not on the list that day."""

    NO_RECORD = "no_record"
    NOT_UNDERSTOOD = "not_understood"
    ABSENT = "absent"
    JOINED_LATER = "joined_later"
    NOT_LISTED = "not_listed"
    UNDERSTOOD = "understood"


COUNTED = (Knowledge.NO_RECORD, Knowledge.NOT_UNDERSTOOD, Knowledge.ABSENT, Knowledge.UNDERSTOOD)
_STAFF = {
    **dict.fromkeys(("staff_code", "name", "division", "position", "category"), "str"),
    "valid_from": "datetime64[us]",
}
_COLUMNS = [
    "division",
    "staff_code",
    "full_name",
    "position",
    "category",
    "knowledge",
    "channel",
    "communicated_on",
    "communicator",
    "how_checked",
    "policy_version",
    "absence",
    "note",
    "submission_id",
    "excel_row",
]


def due_day(view: View) -> dt.date | None:
    """The due date of the year's BM-03: who is on the list that day counts. None when the year asks for none."""
    return view.settings.due_dates(Period(view.period.year, PeriodKind.PLAN)).get(FORM)


def owing(view: View) -> tuple[Division, ...]:
    """The divisions that owe the year's BM-03.

    Exempt ones, too: an exemption lifts the form, not the duty behind it (decision 0015).
    """
    day = due_day(view)
    return tuple(d for d in view.settings.divisions if day and owes(d, FORM, day))


def people(view: View) -> pd.DataFrame:
    """One row a person: on the list on the due day, told of in a BM-03 in force, or joined since and not yet informed.

    Those still to be informed come first. ``knowledge`` is a :class:`Knowledge`.
    """
    forms = view.counted.loc[view.counted["form"] == FORM, ["submission_id", "division"]]
    told = forms.merge(view.content.rows["policy"], on="submission_id")
    listed = _listed(view)
    joined = listed.merge(told, on=["division", "staff_code"], how="outer", suffixes=("_listed", ""))
    known = joined.assign(
        full_name=joined["full_name"].fillna(joined["name"]),
        position=joined["position"].fillna(joined["position_listed"]),
        category=joined["category"].fillna(joined["category_listed"]),
        knowledge=_knowledge(joined),
    )
    later = _later(view, known.loc[known["submission_id"].notna(), "staff_code"])
    # Whom no form tells of has no row of origin, so the ids must be able to be missing.
    dtypes = {**known[_COLUMNS].dtypes, "submission_id": "float64", "excel_row": "float64"}
    later = later.reindex(columns=_COLUMNS)
    everyone = pd.concat([known[_COLUMNS].astype(dtypes), later.astype(dtypes)], ignore_index=True)
    order = everyone["knowledge"].map({str(state): place for place, state in enumerate(Knowledge)})
    ordered = everyone.assign(order=order, place=view.places(everyone["division"]))
    keys = ["order", "place", "staff_code", "full_name"]
    return ordered.sort_values(keys, kind="stable")[_COLUMNS].reset_index(drop=True)


def _knowledge(rows: pd.DataFrame) -> pd.Series:
    understood = rows["understood"] == YesNo.YES
    state = np.select(
        [rows["name"].isna(), rows["submission_id"].isna(), understood, rows["absence"].notna()],
        [Knowledge.NOT_LISTED, Knowledge.NO_RECORD, Knowledge.UNDERSTOOD, Knowledge.ABSENT],
        default=Knowledge.NOT_UNDERSTOOD,
    )
    return pd.Series(state, index=rows.index, dtype="str")


def _listed(view: View) -> pd.DataFrame:
    """The staff list of the due day, of the divisions that owe a BM-03."""
    day, divisions = due_day(view), {division.code for division in owing(view)}
    staff = [member for member in view.settings.staff if member.division in divisions and day and member.covers(day)]
    return pd.DataFrame([[getattr(m, name) for name in _STAFF] for m in staff], columns=list(_STAFF)).astype(_STAFF)


def _later(view: View, informed: pd.Series) -> pd.DataFrame:
    """Who joined in the year after the due day, is still there, was on no list that day and is not yet informed."""
    day, staff = due_day(view), view.settings.staff
    before = {m.staff_code for m in staff if day is not None and m.covers(day)}
    until = min(view.today, dt.date(view.period.year, 12, 31))
    new = [
        m
        for m in staff
        if day is not None
        and day < (m.valid_from or day) <= until
        and m.covers(until)
        and m.staff_code not in {*before, *informed}
    ]
    joined = pd.DataFrame([[getattr(m, name) for name in _STAFF] for m in new], columns=list(_STAFF)).astype(_STAFF)
    return joined.rename(columns={"name": "full_name"}).assign(knowledge=str(Knowledge.JOINED_LATER))


def coverage(people_rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """One row a division that owes BM-03: division, contact, expected, one count a :class:`Knowledge`, share.

    ``expected``: staff on the list on the form's due day, absent people included; ``share``: understood / expected as a
    fraction, missing where nobody is expected.
    """
    counts = pd.crosstab(people_rows["division"], people_rows["knowledge"])
    codes = pd.Series([d.code for d in owing(view)], dtype="str")
    counts = counts.reindex(index=codes, columns=[str(state) for state in Knowledge], fill_value=0)
    expected = counts[[str(state) for state in COUNTED]].sum(axis=1)
    covered = counts.astype("int64").assign(expected=expected.astype("int64"))
    covered = covered.assign(share=covered[str(Knowledge.UNDERSTOOD)] / expected.where(expected > 0))
    contacts = pd.Series([d.contact for d in owing(view)], dtype="str")
    return covered.rename_axis(index="division", columns=None).reset_index().assign(contact=contacts, division=codes)
