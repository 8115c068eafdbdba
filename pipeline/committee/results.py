"""Sheet 3: each objective, its commitment, its figures, its status, and where every figure comes from."""

import pandas as pd

from pipeline.committee.draft import (
    HEADER_ROW,
    Draft,
    commitment_signs,
    form_label,
    label,
)
from pipeline.committee.drawing import Column, Kind, Placed
from pipeline.wording import say

COLUMNS = (
    Column("division", label("division"), 8, Kind.CODE),
    Column("code", form_label("objectives", "code"), 8, Kind.CODE),
    Column("statement", form_label("objectives", "statement"), 38),
    Column("commitment", label("commitment"), 12, Kind.CODE),
    Column("baseline", form_label("objectives", "baseline"), 9, Kind.NUMBER),
    Column("milestone", form_label("objectives", "milestone"), 9, Kind.NUMBER),
    Column("numerator", form_label("results", "numerator"), 9, Kind.NUMBER),
    Column("denominator", form_label("results", "denominator"), 9, Kind.NUMBER),
    Column("value", label("value"), 10, Kind.NUMBER),
    Column("unit", form_label("objectives", "unit"), 9, Kind.CODE),
    Column("degree", label("degree"), 9, Kind.SHARE),
    Column("status", label("status"), 14, Kind.SIGN, "status"),
    Column("self_assessment", form_label("results", "self_assessment"), 12, Kind.CODE),
    Column("arrow", label("arrow"), 11, Kind.SIGN, "arrow"),
    Column("remark", label("remark"), 11, Kind.SIGN, "remark"),
    Column("report_source", label("report_source"), 8, Kind.SOURCE),
    Column("report_place", label("report_place"), 12, Kind.PLACE),
    Column("plan_source", label("plan_source"), 8, Kind.SOURCE),
    Column("plan_place", label("plan_place"), 13, Kind.PLACE),
    Column("target", label("target"), 10, Kind.NUMBER),
    Column("measure", form_label("objectives", "measure"), 10, Kind.CODE),
    Column("agency_objective", form_label("objectives", "agency_objective"), 10, Kind.CODE),
    Column("due_on", form_label("objectives", "due_on"), 12, Kind.DAY),
    Column("data_as_of", form_label("results", "data_as_of"), 12, Kind.DAY),
)
_PRINTED = 17


def write_results(draft: Draft) -> Placed:
    """Write the sheet; gives where its table stands."""
    results = draft.committee.objective_results
    signs = commitment_signs(results)
    shown = results.assign(
        commitment=signs.where(signs != "", results["commitment"].fillna("")),
        baseline=figure_or_word(results["baseline"], results["baseline_coded"]),
        value=figure_or_word(results["value"], results["word"]),
        plan_place=draft.addresses.of(results["plan_source"], results["plan_row"], "objectives", "target"),
        report_place=draft.addresses.of_results(results),
    )
    canvas = draft.begin("results", [column.width for column in COLUMNS])
    placed = canvas.table(HEADER_ROW, "ket_qua", COLUMNS, shown, say("committee.empty.objective_results"))
    canvas.sheet.worksheet.freeze_panes(HEADER_ROW, 3)
    draft.finish(canvas, placed.last_row, _PRINTED, HEADER_ROW)
    return placed


def figure_or_word(figures: pd.Series, words: pd.Series) -> pd.Series:
    """Each figure, or the coded answer that stands in its place."""
    return figures.astype(object).where(figures.notna(), words.astype(object))
