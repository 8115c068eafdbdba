"""What the rules may lean on beyond the form, from the settings and the ledger's frames. Pure."""

from collections.abc import Mapping

import pandas as pd

from pipeline.obligations import duties, plans_in_force, register_in_force
from pipeline.settings import Settings
from pipeline.vocabulary.lists import agency_objectives_of, lists_of
from pipeline.vocabulary.rules import Known


def knowledge(settings: Settings, submissions: pd.DataFrame, rows: Mapping[str, pd.DataFrame]) -> Known:
    """Everything that judging may look up.

    ``submissions`` are the ledger's so far; ``rows`` its accepted rows of objectives, tasks, declarations,
    scope_changes.
    """
    owed = duties(settings)
    plans = plans_in_force(submissions, owed)
    last_plans = plans[plans["period"].str.endswith("-KH")]
    codes = last_plans.merge(rows["objectives"][["submission_id", "code"]], on="submission_id")
    following_year = (codes["period"].str[:4].astype("int64") + 1).astype("str")
    register = register_in_force(submissions)
    return Known(
        options=_options(settings),
        duties=owed,
        staff=_staff(settings),
        policies=_policies(settings),
        agency_objectives=_agency_objectives(settings),
        objectives=plans.merge(rows["objectives"], on="submission_id"),
        tasks=plans.merge(rows["tasks"], on="submission_id"),
        last_year=codes.assign(year=following_year)[["division", "year", "code"]],
        declarations=_of(rows["declarations"], register),
        scope_changes=_of(rows["scope_changes"], register),
    )


def _of(rows: pd.DataFrame, submission_id: int | None) -> pd.DataFrame:
    return rows[rows["submission_id"].isin([submission_id])].drop(columns=["submission_id", "excel_row"])


def _options(settings: Settings) -> pd.DataFrame:
    """Each list's values, year by year: a policy point of 2019 is no choice of 2025."""
    every = [
        (name, str(year), value)
        for year in sorted(settings.years)
        for name, options in lists_of(settings, year).items()
        for value in options
    ]
    return pd.DataFrame(every, columns=["list", "year", "value"], dtype="str")


def _staff(settings: Settings) -> pd.DataFrame:
    names = ("staff_code", "name", "division", "position", "category")
    dtypes = {**dict.fromkeys(names, "str"), "valid_from": "datetime64[us]", "valid_to": "datetime64[us]"}
    members = [[getattr(member, name) for name in dtypes] for member in settings.staff]
    staff = pd.DataFrame(members, columns=list(dtypes))
    return staff.assign(
        valid_from=pd.to_datetime(staff["valid_from"]).fillna(pd.Timestamp("1900-01-01")),
        valid_to=pd.to_datetime(staff["valid_to"]),
    ).astype(dtypes)


def _policies(settings: Settings) -> pd.DataFrame:
    versions = [(v.version, pd.Timestamp(v.approved_on)) for v in settings.policy_versions]
    frame = pd.DataFrame(versions, columns=["version", "approved_on"])
    return frame.astype({"version": "str", "approved_on": "datetime64[us]"})


def _agency_objectives(settings: Settings) -> pd.DataFrame:
    """Year by year: the same code may stand for another objective later."""
    wanted = [
        (str(year), objective.code, objective.measure, objective.unit)
        for year in sorted(settings.years)
        for objective in agency_objectives_of(settings, year)
    ]
    return pd.DataFrame(wanted, columns=["year", "code", "measure", "unit"], dtype="str")


def no_knowledge() -> Known:
    """A Known without any rows: for forms that lean on nothing else, such as the secretary's directory."""
    return Known(
        options=_blank("list", "year", "value"),
        duties=_blank("division", "form", "period"),
        staff=_blank("staff_code", "name", "division").assign(valid_from=_no_day(), valid_to=_no_day()),
        policies=_blank("version").assign(approved_on=_no_day()),
        agency_objectives=_blank("year", "code", "measure", "unit"),
        objectives=_blank("division", "period", "code", "measure", "comparator", "unit", "statement").assign(
            target=_no_number(), target_upper=_no_number(), milestone=_no_number(), due_on=_no_day()
        ),
        tasks=_blank("division", "period", "task_code", "task").assign(finish_on=_no_day()),
        last_year=_blank("division", "year", "code"),
        declarations=_blank("decision_no"),
        scope_changes=_blank("scope_change", "legal_basis").assign(effective_on=_no_day()),
    )


def _blank(*columns: str) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="str") for name in columns})


def _no_day() -> pd.Series:
    return pd.Series([], dtype="datetime64[us]")


def _no_number() -> pd.Series:
    return pd.Series([], dtype="float64")
