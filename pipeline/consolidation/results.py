"""Every objective of every period beside what was reported on it, judged by the algorithm of forms.md."""

import numpy as np
import pandas as pd

from pipeline.achievement import (
    commitment_words,
    computed_status,
    degree,
    is_beaten,
    is_beyond_bound,
    is_by_estimate,
    judged_value,
)
from pipeline.consolidation.arrows import arrows
from pipeline.consolidation.selection import View, with_origin
from pipeline.consolidation.status import STATUS_ORDER, Remark, Shown
from pipeline.consolidation.threads import threads
from pipeline.settings import PeriodKind
from pipeline.vocabulary.choices import Status

_KEY = ["division", "period", "code"]


def judged_results(view: View) -> pd.DataFrame:
    """One row an objective and period up to the view's; unknown objectives and those without a report stay.

    Columns: division, period, code, those of the BM-02, those of the BM-01 after ``objective_``, plan_id, plan_row,
    report_id, report_row (Excel rows of origin), value (unrounded), word (the coded answer in its place),
    by_estimate, is_final, computed_status, status (as shown), remark, degree, arrow, thread (the objective's name
    over periods and years).
    """
    rows = view.content.rows
    planned = view.plans.merge(with_origin(rows["objectives"], "plan"), on="plan_id").rename(
        columns=lambda name: name if name in {*_KEY, "plan_id", "plan_row"} else f"objective_{name}"
    )
    reported = view.reports.merge(with_origin(rows["results"], "report"), on="report_id")
    joined = planned.merge(reported, on=_KEY, how="outer")
    judged = _judged(joined.assign(period_kind=joined["period"].str[5:]))
    return judged.assign(thread=threads(judged))


def _judged(rows: pd.DataFrame) -> pd.DataFrame:
    by_estimate = is_by_estimate(rows)
    rows = rows.assign(by_estimate=by_estimate)
    final = (rows["period_kind"] == PeriodKind.WHOLE_YEAR) | (rows["objective_due_on"] <= rows["data_as_of"])
    word = rows["full_year_estimate_coded"].where(by_estimate, rows["actual_coded"])
    rows = rows.assign(value=judged_value(rows), word=word, is_final=final, computed_status=computed_status(rows))
    return rows.assign(status=_shown(rows), remark=_remarks(rows), degree=degree(rows), arrow=arrows(rows))


def _shown(rows: pd.DataFrame) -> pd.Series:
    """The status in the reader's words. A known objective whose report gives no figure to judge lacks data."""
    planned, reported = rows["plan_id"].notna(), rows["report_id"].notna()
    in_plan_period = rows["period_kind"] == PeriodKind.PLAN
    unjudged = np.select(
        [in_plan_period, ~reported, ~planned],
        [Status.NOT_DUE, Shown.NOT_REPORTED, Shown.NOT_PLANNED],
        default=Status.NO_DATA,
    )
    computed = rows["computed_status"].mask(is_beaten(rows), str(Shown.EXCEEDED)).where(planned & reported)
    return computed.fillna(pd.Series(unjudged, index=rows.index, dtype="str"))


def _remarks(rows: pd.DataFrame) -> pd.Series:
    early = (rows["period_kind"] == PeriodKind.SIX_MONTHS) & ~rows["is_final"]
    missed = early & (rows["computed_status"] == Status.NOT_MET)
    on_track = early & (rows["computed_status"] == Status.NOT_DUE) & rows["objective_milestone"].notna()
    judged = rows["computed_status"].isin([Status.MET, Status.NOT_MET])
    estimated = rows["full_year_estimate"].notna() | rows["full_year_estimate_coded"].notna()
    remark = np.select(
        [rows["by_estimate"] & judged & estimated, missed & is_beyond_bound(rows), missed, on_track],
        [Remark.BY_ESTIMATE, Remark.BOUND_BROKEN, Remark.MILESTONE_MISSED, Remark.ON_TRACK],
        default="",
    )
    return pd.Series(remark, index=rows.index, dtype="str")


_PLANNED = (
    "indicator",
    "measure",
    "comparator",
    "target",
    "target_upper",
    "unit",
    "baseline",
    "baseline_coded",
    "milestone",
    "due_on",
    "owner",
    "policy_point",
    "agency_objective",
)
_REPORTED = (
    "numerator",
    "denominator",
    "actual",
    "data_as_of",
    "full_year_estimate",
    "self_assessment",
    "cause",
    "corrective_action",
    "action_owner",
    "action_due_on",
    "approving_document",
    "evidence",
    "proposal",
)
_MADE = ("value", "word", "by_estimate", "degree", "computed_status", "status", "remark", "arrow", "thread")
_ORIGIN = ("plan_id", "plan_row", "report_id", "report_row")


def objective_results(judged: pd.DataFrame, view: View) -> pd.DataFrame:
    """The period's objectives under their plain names, those that need the reader first, then by division and code.

    Columns: division, code, statement, commitment, then ``_PLANNED``, ``_REPORTED``, ``_MADE`` and ``_ORIGIN``.
    """
    own = judged[judged["period"] == str(view.period)]
    plain = {name: own[f"objective_{name}"] for name in _PLANNED}
    named = own[["division", "code", *_REPORTED, *_MADE, *_ORIGIN]].assign(
        statement=own["objective_statement"].fillna(own["statement"]), **plain
    )
    named = named.assign(
        commitment=commitment_words(named).where(named["plan_id"].notna(), own["commitment"]),
        order=named["status"].map({word: place for place, word in enumerate(STATUS_ORDER)}),
        place=view.places(named["division"]),
    )
    columns = ["division", "code", "statement", "commitment", *_PLANNED, *_REPORTED, *_MADE, *_ORIGIN]
    return named.sort_values(["order", "place", "code"], kind="stable")[columns].reset_index(drop=True)
