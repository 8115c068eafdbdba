"""What the rules may lean on beyond the form, from the settings and the ledger's frames. Pure."""

from collections.abc import Mapping

import pandas as pd

from pipeline.forms.declaration import CHECKS, DECLARATIONS, POSTINGS, SCOPE_CHANGES
from pipeline.forms.directory import STAFF
from pipeline.forms.objectives import OBJECTIVES, TASKS
from pipeline.obligations import (
    duties,
    handed_over,
    is_taken_over,
    plans_in_force,
    register_in_force,
    with_taken_over,
)
from pipeline.parsing import storable_columns
from pipeline.settings import PeriodKind, Settings
from pipeline.settings.periods import kinds_of, shifted, years_of
from pipeline.sheets.directory import Staff
from pipeline.vocabulary.lists import JUDGED, agency_objectives_of, lists_of
from pipeline.vocabulary.rows import Knowledge

_EVER, _FOR_EVER = pd.Timestamp("1900-01-01"), pd.Timestamp("2999-12-31")
_REGISTER = (DECLARATIONS, POSTINGS, CHECKS, SCOPE_CHANGES)


def knowledge(settings: Settings, submissions: pd.DataFrame, rows: Mapping[str, pd.DataFrame]) -> Knowledge:
    """Everything that judging may look up.

    ``submissions`` are the ledger's so far; ``rows`` its accepted rows of objectives, tasks and the sheets
    of the register.
    """
    all_duties = duties(settings)
    plans = plans_in_force(submissions, all_duties)
    last_plans = plans[kinds_of(plans["period"]) == PeriodKind.PLAN]
    handed = handed_over(settings, submissions, rows["objectives"])
    objectives, tasks = (
        with_taken_over(rows[table], plans, handed).drop(columns="former") for table in ("objectives", "tasks")
    )
    is_planned = objectives["submission_id"].isin(last_plans["submission_id"]) | is_taken_over(objectives["code"])
    codes = objectives[is_planned].assign(year=lambda rows: years_of(shifted(rows["period"], 1)))
    register = register_in_force(submissions)
    return Knowledge(
        options=_options(settings),
        duties=all_duties,
        staff=_staff(settings),
        policies=_policies(settings),
        agency_objectives=_agency_objectives(settings),
        objectives=objectives,
        tasks=tasks,
        last_year=codes[["division", "year", "code"]].drop_duplicates(ignore_index=True),
        standards=_standards(settings),
        **{sheet.name: _of(rows[sheet.name], register) for sheet in _REGISTER},
    )


def _of(rows: pd.DataFrame, submission_id: int | None) -> pd.DataFrame:
    return rows[rows["submission_id"].isin([submission_id])].drop(columns=["submission_id", "excel_row"])


def _options(settings: Settings) -> pd.DataFrame:
    """Each list's values, year by year: a policy point of 2019 is no choice of 2025."""
    every = [
        (name, str(year), value)
        for year in sorted(settings.years)
        for name, options in lists_of(settings, year).items()
        if name in JUDGED
        for value in options
    ]
    return pd.DataFrame(every, columns=["list", "year", "value"], dtype="str")


def _staff(settings: Settings) -> pd.DataFrame:
    dtypes = storable_columns(STAFF)
    members = [[getattr(member, name) for name in dtypes] for member in settings.staff]
    staff = pd.DataFrame(members, columns=list(dtypes)).astype(dtypes)
    return staff.fillna({Staff.valid_from: _EVER})


def _policies(settings: Settings) -> pd.DataFrame:
    versions = [(v.version, pd.Timestamp(v.approved_on)) for v in settings.policy_versions]
    frame = pd.DataFrame(versions, columns=["version", "approved_on"])
    return frame.astype({"version": "str", "approved_on": "datetime64[us]"})


def _standards(settings: Settings) -> pd.DataFrame:
    rows = [
        (each.designation, pd.Timestamp(each.valid_from or _EVER), pd.Timestamp(each.valid_to or _FOR_EVER))
        for each in settings.standards
    ]
    frame = pd.DataFrame(rows, columns=["designation", "begins_on", "ends_on"])
    return frame.astype({"designation": "str", **dict.fromkeys(("begins_on", "ends_on"), "datetime64[us]")})


def _agency_objectives(settings: Settings) -> pd.DataFrame:
    """Year by year: the same code may stand for another objective later."""
    objectives = [
        (str(year), objective.code, objective.measure, objective.unit)
        for year in sorted(settings.years)
        for objective in agency_objectives_of(settings, year)
    ]
    return pd.DataFrame(objectives, columns=["year", "code", "measure", "unit"], dtype="str")


def no_knowledge() -> Knowledge:
    """Knowledge without any rows: for forms that lean on nothing else, such as the secretary's directory."""
    of_plan = dict.fromkeys(("division", "period"), "str")
    return Knowledge(
        options=_no_rows(dict.fromkeys(("list", "year", "value"), "str")),
        duties=_no_rows({**of_plan, "form": "str"}),
        staff=_no_rows(storable_columns(STAFF)),
        policies=_no_rows({"version": "str", "approved_on": "datetime64[us]"}),
        agency_objectives=_no_rows(dict.fromkeys(("year", "code", "measure", "unit"), "str")),
        objectives=_no_rows({**of_plan, **storable_columns(OBJECTIVES)}),
        tasks=_no_rows({**of_plan, **storable_columns(TASKS)}),
        last_year=_no_rows(dict.fromkeys(("division", "year", "code"), "str")),
        standards=_no_rows({"designation": "str", **dict.fromkeys(("begins_on", "ends_on"), "datetime64[us]")}),
        **{sheet.name: _no_rows(storable_columns(sheet)) for sheet in _REGISTER},
    )


def _no_rows(dtypes: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in dtypes.items()})
