"""The objectives of the period and of earlier reports; the accepted rows in force as other programs take them."""

import datetime as dt

import pandas as pd

from pipeline.achievement import commitment_words
from pipeline.consolidation.content import LedgerContent
from pipeline.consolidation.frames import History, ObjectiveResults
from pipeline.consolidation.judged import with_promise
from pipeline.consolidation.status import STATUS_ORDER, Remark
from pipeline.consolidation.view import View, ranked
from pipeline.obligations import REPORT, in_force, last_good_day
from pipeline.settings import Settings

_ORIGIN = ["form", "division", "period", "sha256"]
_JUDGED = ["value", "by_estimate", "degree", "computed_status"]


def objective_results(view: View) -> pd.DataFrame:
    """The period's objectives, those that need the reader first, then by division and code."""
    every = with_promise(view.judged, ObjectiveResults, "period")
    rows = every[every["period"] == str(view.period)]
    rows = rows.assign(
        commitment=commitment_words(rows).where(rows["plan_id"].notna(), rows["commitment"]),
        remark=rows["remark"].mask(_has_no_holder(rows, view), str(Remark.NO_HOLDER)),
        rank=ranked(rows["status"], STATUS_ORDER),
    )
    return view.ordered(rows, {"rank": True, "place": True, "code": True})[ObjectiveResults.columns()]


def _has_no_holder(rows: pd.DataFrame, view: View) -> pd.Series:
    """Where the division was closed before the report was due and nobody took its objectives over."""
    due_on = view.settings.due_dates(view.period).get(REPORT)
    closed = [d.code for d in view.settings.divisions if due_on and d.valid_to and d.valid_to < last_good_day(due_on)]
    return rows["division"].isin(closed) & rows["report_id"].isna()


def history(view: View) -> pd.DataFrame:
    """The objectives of all earlier reports in the order of time."""
    rows = with_promise(view.judged, History, "order", "reported_value", "reported_word")
    earlier = rows[rows["report_id"].notna() & (rows["order"] < view.order)]
    corrected = earlier["final_id"].notna()
    earlier = earlier.assign(
        value=earlier["value"].mask(corrected, earlier["reported_value"]),
        word=earlier["word"].mask(corrected, earlier["reported_word"]),
    )
    return view.ordered(earlier, {"order": True, "place": True, "code": True})[History.columns()]


def rows_in_force(content: LedgerContent, settings: Settings, table: str) -> pd.DataFrame:
    """The rows of ``table`` of the submissions in force: form, division, period, sha256, excel_row, then the fields.

    ``results`` get value, by_estimate, degree and computed_status (missing where no objective is registered), by the
    final figure of the year where a later report tells it.

    Raises:
        KeyError: there is no such table.
    """
    rows = content.rows[table]
    counting = in_force(content.submissions)[_ORIGIN].reset_index()
    joined = counting.merge(rows, on="submission_id")
    if table == "results" and settings.periods:
        # The day does not matter: it decides only what is overdue.
        view = View(content, settings, settings.periods[-1], dt.date.max)
        keys = {"report_id": "submission_id", "report_row": "excel_row"}
        judged = view.judged[[*keys, *_JUDGED]].rename(columns=keys)
        joined = joined.merge(judged, on=list(keys.values()), how="left")
    return joined.drop(columns="submission_id").sort_values([*_ORIGIN, "excel_row"], kind="stable", ignore_index=True)
