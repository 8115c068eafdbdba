"""Sheet 4: what is done about the objectives that were missed, and what is still open from before."""

from pipeline.committee.draft import HEADER_ROW, Draft, commitment_signs, form_label, label
from pipeline.committee.drawing import Column, Kind, Placed
from pipeline.committee.results import figure_or_word
from pipeline.wording import say

COLUMNS = (
    Column("origin", label("origin"), 10, Kind.SIGN, "origin"),
    Column("period", label("period"), 8, Kind.CODE),
    Column("division", label("division"), 8, Kind.CODE),
    Column("code", form_label("objectives", "code"), 8, Kind.CODE),
    Column("statement", form_label("objectives", "statement"), 30),
    Column("commitment", label("commitment"), 10, Kind.CODE),
    Column("value", label("value"), 9, Kind.NUMBER),
    Column("unit", form_label("objectives", "unit"), 8, Kind.CODE),
    Column("remark", label("remark"), 10, Kind.SIGN, "remark"),
    Column("cause", form_label("results", "cause"), 25),
    Column("corrective_action", form_label("results", "corrective_action"), 27),
    Column("action_owner", form_label("results", "action_owner"), 13),
    Column("action_due_on", form_label("results", "action_due_on"), 11, Kind.DAY),
    Column("overdue_days", label("overdue_days"), 9, Kind.COUNT),
    Column("status_now", label("status_now"), 12, Kind.SIGN, "status"),
    Column("report_source", label("source"), 8, Kind.SOURCE),
    Column("report_place", label("place"), 12, Kind.PLACE),
)


def write_unmet(draft: Draft) -> Placed:
    """Write the sheet; gives where its table stands."""
    canvas = draft.begin("unmet", [column.width for column in COLUMNS])
    unmet = draft.committee.unmet
    shown = unmet.assign(
        commitment=commitment_signs(unmet),
        value=figure_or_word(unmet["value"], unmet["word"]),
        report_place=draft.addresses.of_results(unmet),
    )
    placed = canvas.table(HEADER_ROW, "khong_dat", COLUMNS, shown, say("committee.empty.unmet"))
    canvas.sheet.worksheet.freeze_panes(HEADER_ROW, 4)
    draft.finish(canvas, placed.last_row, len(COLUMNS), HEADER_ROW)
    return placed
