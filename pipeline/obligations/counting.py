"""Which version of an obligation counts."""

from typing import Final

import pandas as pd

from pipeline.findings import Verdict
from pipeline.settings import PeriodKind, kinds_of, years_of

OBLIGATION: Final = ["form", "division", "period"]
PLAN, REPORT, REGISTER = "BM-01", "BM-02", "BM-04"
"""The forms that the committee's workbook consolidates."""
_KIND_ORDER: Final = {str(kind): str(place) for place, kind in enumerate(PeriodKind)}


def period_order(periods: pd.Series) -> pd.Series:
    """Periods as texts that sort in the order of time: 2019-6T is "20191"; missing stays missing."""
    return years_of(periods) + kinds_of(periods).map(_KIND_ORDER)


def is_accepted(submissions: pd.DataFrame) -> pd.Series:
    """Where the verdict lets the rows count, and no decision has taken the submission back since."""
    accepted = submissions["verdict"].isin([str(verdict) for verdict in Verdict if verdict.is_accepted])
    return accepted & ~submissions["withdrawn"]


def in_force(submissions: pd.DataFrame) -> pd.DataFrame:
    """The last accepted version of each obligation: the one that counts, whatever came after it."""
    accepted = submissions[is_accepted(submissions)]
    return accepted[~accepted.duplicated(OBLIGATION, keep="last")]


def register_in_force(submissions: pd.DataFrame, until: str | None = None) -> int | None:
    """The BM-04 that counts, its submission_id: the last accepted; None without.

    The register holds the whole history, so the latest counts, of whatever period (forms.md, BM-04). ``until``: up to
    this period (``period_order``), for what a later one tells is no news of it (0054); where there is none yet, the
    first of its year.
    """
    registers = in_force(submissions[submissions["form"] == REGISTER])
    if until is not None:
        order = period_order(registers["period"])
        by_then = registers[order <= until]
        registers = registers[order.str[:4] == until[:4]].head(1) if by_then.empty else by_then
    return None if registers.empty else int(registers.index[-1])


def plans_in_force(submissions: pd.DataFrame, duties: pd.DataFrame) -> pd.DataFrame:
    """Which BM-01 a period's figures are held against: division, period, submission_id.

    For a report it is the one in force on the report's due date (forms.md, BM-01); where none had arrived by then, the
    first accepted one. For the plan itself it is the last accepted. ``duties`` has the due dates of the settings: more
    time for a report is no other plan (decision 0015).
    """
    plans = submissions[(submissions["form"] == PLAN) & is_accepted(submissions)].reset_index()
    plans = plans.assign(year=years_of(plans["period"]))
    reports = duties.loc[duties["form"].isin([PLAN, REPORT])].assign(year=years_of(duties["period"]))
    pairs = reports.merge(plans[["division", "year", "submission_id", "arrived_at"]], on=["division", "year"])
    of_plan = pairs["form"] == PLAN
    by_then = of_plan | (pairs["arrived_at"] < pairs["due_on"] + pd.Timedelta(days=1))
    pairs = pairs.assign(by_then=by_then, order=pairs["submission_id"].where(by_then, -pairs["submission_id"]))
    best = pairs.sort_values(["by_then", "order"]).drop_duplicates(["division", "period"], keep="last")
    return best[["division", "period", "submission_id"]].sort_values(["period", "division"]).reset_index(drop=True)
