"""Which version of an obligation counts."""

import pandas as pd

from pipeline.findings import Verdict

OBLIGATION = ["form", "division", "period"]


def is_accepted(submissions: pd.DataFrame) -> pd.Series:
    """Where the verdict lets the rows count, and no decision has taken the submission back since."""
    told = submissions["verdict"].isin([str(verdict) for verdict in Verdict if verdict.is_accepted])
    return told & ~submissions["withdrawn"]


def in_force(submissions: pd.DataFrame) -> pd.DataFrame:
    """The last accepted version of each obligation: the one that counts, whatever came after it."""
    accepted = submissions[is_accepted(submissions)]
    return accepted[~accepted.duplicated(OBLIGATION, keep="last")]


def plans_in_force(submissions: pd.DataFrame, owed: pd.DataFrame) -> pd.DataFrame:
    """Which BM-01 a period's figures are held against: division, period, submission_id.

    For a report it is the one in force on the report's due date (forms.md, BM-01); where none had arrived by then, the
    first accepted one. For the plan itself it is the last accepted. ``owed`` has the due dates of the settings: more
    time for a report is no other plan (decision 0015).
    """
    plans = submissions[(submissions["form"] == "BM-01") & is_accepted(submissions)].reset_index()
    plans = plans.assign(year=plans["period"].str[:4])
    reports = owed.loc[owed["form"].isin(["BM-01", "BM-02"])].assign(year=owed["period"].str[:4])
    pairs = reports.merge(plans[["division", "year", "submission_id", "arrived_at"]], on=["division", "year"])
    of_plan = pairs["form"] == "BM-01"
    by_then = of_plan | (pairs["arrived_at"] < pairs["due_on"] + pd.Timedelta(days=1))
    pairs = pairs.assign(by_then=by_then, order=pairs["submission_id"].where(by_then, -pairs["submission_id"]))
    best = pairs.sort_values(["by_then", "order"]).drop_duplicates(["division", "period"], keep="last")
    return best[["division", "period", "submission_id"]].sort_values(["period", "division"]).reset_index(drop=True)
