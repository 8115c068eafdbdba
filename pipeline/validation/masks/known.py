"""Rules that lean on the settings and on what was accepted before."""

import datetime as dt

import pandas as pd

from pipeline.forms.choices import YesNo
from pipeline.validation.masks.asked import Asked, among, has_rows_in, pairs
from pipeline.vietnamese import fold, same_text


def owes_form(asked: Asked) -> pd.Series:
    """The division owes the form ``form`` for that period; an unknown division or period is another rule's business."""
    duties = asked.known.duties[asked.known.duties["form"] == asked.facts["form"]]
    owed = among(asked, ("division", "period_code"), duties, ("division", "period"))
    return owed | ~_is_listed(asked, "division") | ~asked.rows["period_code"].isin(duties["period"])


def has_due_date(asked: Asked) -> pd.Series:
    """The form has a due date for that year and period; an unknown year is another rule's business."""
    duties = asked.known.duties[asked.known.duties["form"] == asked.facts["form"]]
    unknown = asked.rows["period"].isna() | ~_is_listed(asked, "year")
    return unknown | asked.rows["period_code"].isin(duties["period"])


def _is_listed(asked: Asked, name: str) -> pd.Series:
    """Whether the form's ``division`` or ``year`` is one of the settings'; if not, nothing that leans on it is said."""
    listed = asked.known.options.loc[asked.known.options["list"] == f"{name}s", "value"]
    return asked.rows[name].isin(listed)


def _year_bounds(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    first = pd.to_datetime(rows["year"] + "-01-01", format="%Y-%m-%d", errors="coerce")
    last = pd.to_datetime(rows["year"] + "-12-31", format="%Y-%m-%d", errors="coerce")
    return first, last


def _staff_of_year(asked: Asked) -> pd.DataFrame:
    """Staff entries that overlap the year of each row, keyed by submission."""
    first, last = _year_bounds(asked.rows)
    spans = pd.DataFrame({"submission_id": asked.rows["submission_id"], "first": first, "last": last})
    everyone = spans.drop_duplicates("submission_id").merge(asked.known.staff, how="cross")
    until = everyone["valid_to"].fillna(pd.Timestamp(dt.date(2199, 12, 31)))
    return everyone[(everyone["valid_from"] <= everyone["last"]) & (until >= everyone["first"])]


def on_staff_list(asked: Asked) -> pd.Series:
    """The person is on the agency's staff list during the year."""
    listed = _staff_of_year(asked)
    named = pd.MultiIndex.from_arrays([asked.rows["submission_id"], _as_listed(asked.value, listed["name"])])
    there = named.isin(pd.MultiIndex.from_frame(listed[["submission_id", "name"]]))
    return asked.value.isna() | there | ~_is_listed(asked, "year")


def _as_listed(names: pd.Series, listed: pd.Series) -> pd.Series:
    """Each name in the list's spelling, where it stands there but for case, spaces and the place of a tone mark."""
    alike: dict[str, list[str]] = {}
    for name in listed.unique():
        alike.setdefault(fold(name), []).append(name)
    spelt = {
        typed: next((name for name in alike.get(fold(typed), ()) if same_text(name, typed)), typed)
        for typed in names.dropna().unique()
    }
    return names.map(spelt)


def on_list_or_blank(asked: Asked) -> pd.Series:
    """A staff code that is filled belongs to the division at some time of the year."""
    listed = _staff_of_year(asked)
    there = among(
        asked, ("submission_id", "division", asked.field), listed, ("submission_id", "division", "staff_code")
    )
    return asked.value.isna() | there | ~(_is_listed(asked, "year") & _is_listed(asked, "division"))


def has_staff_code(asked: Asked) -> pd.Series:
    """The person has a staff code; without one they are not on the list."""
    return asked.column("code").notna()


def lists_everyone(asked: Asked) -> pd.Series:
    """Nobody expected on the form's due date is missing; a form without any row in ``main`` is told that alone."""
    return (asked.column("count") == 0) | ~has_rows_in(asked, "main")


def informed(asked: Asked) -> pd.Series:
    """The person has been told of the policy and understood it."""
    away = asked.rows["absence"].notna() & asked.rows["communicated_on"].isna()
    return ~(away | (asked.value == YesNo.NO))


def after_approval(asked: Asked) -> pd.Series:
    """Not before the approval of the named version of the policy."""
    return ~(asked.value < asked.rows["approved_on"])


def version_in_force(asked: Asked) -> pd.Series:
    """The version in force on the day of communication; a day before its approval is another rule's business."""
    that_day = asked.rows["version_that_day"]
    early = asked.rows["communicated_on"] < asked.rows["approved_on"]
    unknown = asked.rows["approved_on"].isna() | that_day.isna()
    return unknown | early | (asked.value == that_day)


def like_agency_objective(asked: Asked) -> pd.Series:
    """Same measure and unit as the agency's objective, else the two cannot be pooled."""
    wanted = asked.known.agency_objectives.set_index(["year", "code"])
    named = wanted.reindex(pairs(asked.rows, "year", asked.field)).set_axis(asked.rows.index)
    measure = named["measure"].notna() & (named["measure"] != asked.column("measure"))
    unit = named["unit"].notna() & (named["unit"] != asked.column("unit"))
    return asked.value.isna() | ~(measure | unit)


def continues_known(asked: Asked) -> pd.Series:
    """The continued code stands in last year's accepted BM-01, where there is one."""
    last = asked.known.last_year
    there = among(asked, ("division", "year", asked.field), last, ("division", "year", "code"))
    no_plan = ~among(asked, ("division", "year"), last, ("division", "year"))
    return asked.value.isna() | there | no_plan


def known_in_plan(asked: Asked) -> pd.Series:
    """The code stands in the BM-01 in force, where there is one."""
    return asked.value.isna() | asked.column("known")


def plan_accepted(asked: Asked) -> pd.Series:
    """A BM-01 has been accepted for the year; asked only of those who owe the report, the others are told that."""
    duties = asked.known.duties[asked.known.duties["form"] == asked.facts["form"]]
    return asked.rows["has_plan"] | ~among(asked, ("division", "period_code"), duties, ("division", "period"))


MASKS = (
    owes_form,
    has_due_date,
    on_staff_list,
    on_list_or_blank,
    has_staff_code,
    lists_everyone,
    informed,
    after_approval,
    version_in_force,
    like_agency_objective,
    continues_known,
    known_in_plan,
    plan_accepted,
)
