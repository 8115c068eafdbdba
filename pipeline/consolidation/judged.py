"""Every objective of every period beside what was reported on it, judged by the algorithm of forms.md."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.achievement import degree, is_beaten, is_beyond_bound, judged
from pipeline.consolidation.frame import Frame
from pipeline.consolidation.status import Remark, Stated, arrows, tolerance
from pipeline.obligations import period_order
from pipeline.settings import PeriodKind, kinds_of, years_of
from pipeline.sheets.objectives import Objectives, committed
from pipeline.sheets.results import Results
from pipeline.vocabulary.choices import Comparator, Status
from pipeline.vocabulary.fields import coded_column

_KEY = ["division", "period", "code"]


def judged_results(
    rows: Mapping[str, pd.DataFrame], plans: pd.DataFrame, reports: pd.DataFrame, alike: float = 0.0
) -> pd.DataFrame:
    """One row an objective and period; unknown objectives and those without a report stay.

    Columns: division, period, year, order (of time), period_kind, code, those of the BM-02, those of the BM-01 as
    ``sheets.objectives.committed`` names them, plan_id, plan_row, report_id, report_row (Excel rows of origin), those
    of ``achievement.judged``, status (as the workbook has it), remark, tolerance, degree, arrow, thread (the
    objective's name over periods and years). ``rows`` are the accepted ones by table; ``plans`` and ``reports`` those
    of a ``View``; ``alike``: the fraction by which figures may differ and be equal.
    """
    planned = plans.merge(with_origin(rows["objectives"], "plan"), on="plan_id").rename(
        columns=lambda name: name if name in {*_KEY, "plan_id", "plan_row"} else committed(name)
    )
    reported = reports.merge(with_origin(rows["results"], "report"), on="report_id")
    joined = planned.merge(reported, on=_KEY, how="outer")
    period = joined["period"]
    dated = joined.assign(period_kind=kinds_of(period), year=years_of(period), order=period_order(period))
    held = judged(dated)
    held = held.assign(status=_status(held), remark=_remarks(held), tolerance=tolerance(held), thread=_threads(held))
    return held.assign(degree=_degree(held), arrow=arrows(held, alike))


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
    """The degree; none of a ceiling that is not due: half a year's number is no 250 % of a year's bound."""
    is_early = (rows["status"] == Status.NOT_DUE) & rows[committed(Objectives.comparator)].isin(Comparator.ceilings())
    return degree(rows).mask(is_early)


def _remarks(rows: pd.DataFrame) -> pd.Series:
    early = (rows["period_kind"] == PeriodKind.SIX_MONTHS) & ~rows["is_final"]
    missed = early & (rows["computed_status"] == Status.NOT_MET)
    on_track = early & (rows["computed_status"] == Status.NOT_DUE) & rows[committed(Objectives.milestone)].notna()
    is_judged = rows["computed_status"].isin([Status.MET, Status.NOT_MET])
    estimate = Results.full_year_estimate
    estimated = rows[estimate].notna() | rows[coded_column(estimate)].notna()
    remark = np.select(
        [rows["by_estimate"] & is_judged & estimated, missed & is_beyond_bound(rows), missed, on_track],
        [Remark.BY_ESTIMATE, Remark.BOUND_BROKEN, Remark.MILESTONE_MISSED, Remark.ON_TRACK],
        default="",
    )
    return pd.Series(remark, index=rows.index, dtype="str")


def _threads(rows: pd.DataFrame) -> pd.Series:
    """Each row's objective over time, by its division and the year and code under which it began.

    Within a year it is the code, from one year to the next ``continues`` (BM-01).
    """
    continues = rows[committed(Objectives.continues)]
    keys = rows[["division", "year", "code"]].astype({"year": "int64"}).assign(continues=continues)
    names: dict[tuple[str, int, str], str] = {}
    every = keys.sort_values(["year", "continues"], kind="stable").drop_duplicates(["division", "year", "code"])
    for division, year, code, before in every.itertuples(index=False, name=None):
        names[division, year, code] = names.get((division, year - 1, before), f"{division} {year} {code}")
    own = keys[["division", "year", "code"]].itertuples(index=False, name=None)
    return pd.Series([names[key] for key in own], index=rows.index, dtype="str")
