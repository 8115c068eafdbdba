"""Accepted rows in force, as other programs take them."""

import datetime as dt

import pandas as pd

from pipeline.consolidation.content import LedgerContent
from pipeline.consolidation.results import judged_results
from pipeline.consolidation.selection import View
from pipeline.obligations import in_force
from pipeline.settings import Settings

_ORIGIN = ["form", "division", "period", "sha256"]
_JUDGED = ["value", "by_estimate", "degree", "computed_status"]


def rows_in_force(content: LedgerContent, settings: Settings, table: str) -> pd.DataFrame:
    """The rows of ``table`` of the submissions in force: form, division, period, sha256, excel_row, then the fields.

    ``results`` get value, by_estimate, degree and computed_status (missing where no objective is known).

    Raises:
        KeyError: there is no such table.
    """
    rows = content.rows[table]
    counting = in_force(content.submissions)[_ORIGIN].reset_index()
    joined = counting.merge(rows, on="submission_id")
    if table == "results" and settings.periods:
        # The day does not matter: it only tells what is overdue.
        view = View(content, settings, settings.periods[-1], dt.date.max)
        judged = judged_results(view)[["report_id", "report_row", *_JUDGED]]
        keys = {"report_id": "submission_id", "report_row": "excel_row"}
        joined = joined.merge(judged.rename(columns=keys), on=list(keys.values()), how="left")
    return joined.drop(columns="submission_id").sort_values([*_ORIGIN, "excel_row"], kind="stable", ignore_index=True)
