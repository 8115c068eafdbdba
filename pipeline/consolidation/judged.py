"""Every objective of every period beside what was reported on it, judged by the algorithm of forms.md."""

import numpy as np
import pandas as pd

from pipeline.achievement import degree, is_beaten, is_beyond_bound, judged
from pipeline.consolidation.finals import with_final_baseline, with_final_figures
from pipeline.consolidation.frame import Frame
from pipeline.consolidation.status import BY_ESTIMATE, Remark, Stated, arrows, tolerance
from pipeline.obligations import is_taken_over, period_order
from pipeline.settings import PeriodKind, kinds_of, years_of
from pipeline.settings.succession import own_code
from pipeline.sheets.objectives import Objectives, committed
from pipeline.sheets.results import Results
from pipeline.vocabulary.choices import Comparator, Status

_KEY = ["division", "period", "code"]


def judged_results(
    planned: pd.DataFrame, results: pd.DataFrame, reports: pd.DataFrame, alike: float = 0.0
) -> pd.DataFrame:
    """One row an objective and period; unknown objectives and those without a report stay.

    Columns: division, period, year, order (of time), period_kind, code, those of the BM-02, those of the BM-01 as
    ``sheets.objectives.committed`` names them, plan_id, plan_row, report_id, report_row (Excel rows of origin), those
    of ``achievement.judged`` and of ``finals.with_final_figures``, status (as the workbook has it), remark, tolerance,
    degree, arrow, thread (the objective's name over periods and years). ``planned`` and ``reports`` are those of a
    ``View``; ``results`` the accepted rows of BM-02; ``alike``: the fraction by which figures may differ and be equal.
    """
    planned = planned.drop(columns="former").rename(
        columns=lambda name: name if name in {*_KEY, "plan_id", "plan_row"} else committed(name)
    )
    reported = reports.merge(with_origin(results, "report"), on="report_id")
    joined = planned.merge(reported, on=_KEY, how="outer")
    period = joined["period"]
    dated = joined.assign(period_kind=kinds_of(period), year=years_of(period), order=period_order(period))
    held = judged(with_final_figures(dated))
    held = with_final_baseline(held.assign(status=_status(held), tolerance=tolerance(held), thread=_threads(held)))
    return held.assign(remark=_remarks(held), degree=_degree(held), arrow=arrows(held, alike))


def with_origin(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    """Accepted rows with their origin under the names ``<source>_id`` and ``<source>_row`` (its Excel row)."""
    return rows.rename(columns={"submission_id": f"{source}_id", "excel_row": f"{source}_row"})


def with_promise(rows: pd.DataFrame, shape: type[Frame], *more: str) -> pd.DataFrame:
    """The columns of a frame from judged rows, the promise under its plain names, and ``more`` of the judged ones."""
    promise = {name: rows[committed(name)] for name in shape.columns() if committed(name) in rows}
    statement = rows[committed(Objectives.statement)].fillna(rows[Results.statement])
    kept = {*shape.columns(), *more}
    own = rows[[name for name in rows.columns if name in kept]]
    return own.assign(**{**promise, Objectives.statement: statement})


def _status(rows: pd.DataFrame) -> pd.Series:
    """The status in the reader's words. A registered objective whose report gives no figure to judge lacks data."""
    planned, reported = rows["plan_id"].notna(), rows["report_id"].notna()
    unjudged = np.select(
        [rows["period_kind"] == PeriodKind.PLAN, ~reported, ~planned],
        [Status.NOT_DUE, Stated.NOT_REPORTED, Stated.NOT_PLANNED],
        default=Status.NO_DATA,
    )
    computed = rows["computed_status"].mask(is_beaten(rows), str(Stated.EXCEEDED)).where(planned & reported)
    return computed.fillna(pd.Series(unjudged, index=rows.index, dtype="str"))


def _degree(rows: pd.DataFrame) -> pd.Series:
    """The degree; none of what is held to no more, none of a ceiling that is not due.

    Half a year's number is no 250 % of a year's bound.
    """
    is_early = (rows["status"] == Status.NOT_DUE) & rows[committed(Objectives.comparator)].isin(Comparator.ceilings())
    return degree(rows).mask(is_early | (rows["status"] == Status.NO_LONGER))


def _remarks(rows: pd.DataFrame) -> pd.Series:
    early = (rows["period_kind"] == PeriodKind.SIX_MONTHS) & ~rows["is_final"]
    missed = early & (rows["computed_status"] == Status.NOT_MET)
    on_track = early & (rows["computed_status"] == Status.NOT_DUE) & rows[committed(Objectives.milestone)].notna()
    remark = np.select(
        [rows["status"].isin(BY_ESTIMATE), missed & is_beyond_bound(rows), missed, on_track],
        [Remark.BY_ESTIMATE, Remark.BOUND_BROKEN, Remark.MILESTONE_MISSED, Remark.ON_TRACK],
        default="",
    )
    return pd.Series(remark, index=rows.index, dtype="str")


def _threads(rows: pd.DataFrame) -> pd.Series:
    """Each row's objective over time, by its division and the year and code under which it began.

    Within a year it is the code, from one year to the next ``continues`` (BM-01). What was taken over from a former
    division goes on with that division's.
    """
    continues = rows[committed(Objectives.continues)]
    keys = rows[["division", "year", "code"]].astype({"year": "int64"})
    keys = keys.assign(is_taken_over=is_taken_over(rows["code"]), continues=continues)
    names: dict[tuple[str, int, str], str] = {}
    by = ["year", "is_taken_over", "continues"]
    every = keys.sort_values(by, kind="stable").drop_duplicates(["division", "year", "code"])
    for division, year, code, taken, before in every.itertuples(index=False, name=None):
        former, own = own_code(code)
        origin = (former, year, own) if taken else (division, year - 1, before)
        names[division, year, code] = names.get(origin, f"{division} {year} {code}")
    places = keys[["division", "year", "code"]].itertuples(index=False, name=None)
    return pd.Series([names[key] for key in places], index=rows.index, dtype="str")
