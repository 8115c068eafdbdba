"""Sheet 11: every file, what became of it, and the earlier results that are compared with."""

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.draft import HEADER_ROW, Draft, cover_label, form_label, label
from pipeline.committee.drawing import Column, Kind, Placed
from pipeline.committee.results import figure_or_word
from pipeline.findings import entry_of
from pipeline.wording import say

_FILES = (
    Column("source", label("source"), 9, Kind.SOURCE),
    Column("path", label("file"), 34),
    Column("division", label("division"), 9, Kind.CODE),
    Column("form", label("form"), 10, Kind.CODE),
    Column("period", label("period"), 10, Kind.CODE),
    Column("version", label("version"), 14, Kind.WHOLE),
    Column("arrived_at", label("arrived_at"), 14, Kind.MOMENT),
    Column("verdict", label("verdict"), 14, Kind.SIGN, "verdict"),
    Column("use", label("use"), 18, Kind.SIGN, "use"),
    Column("errors", label("errors"), 7, Kind.WHOLE),
    Column("document_no", cover_label("document_no"), 13),
    Column("prepared_by", cover_label("prepared_by"), 14),
    Column("approved_by", cover_label("approved_by"), 14),
    Column("sha256", label("sha256"), 34, Kind.SMALL),
)
_HISTORY = (
    Column("report_source", label("source"), 9, Kind.SOURCE),
    Column("statement", form_label("objectives", "statement"), 34),
    Column("division", label("division"), 9, Kind.CODE),
    Column("code", form_label("objectives", "code"), 10, Kind.CODE),
    Column("period", label("period"), 10, Kind.CODE),
    Column("status", label("status"), 14, Kind.SIGN, "status"),
    Column("value", label("value"), 14, Kind.NUMBER),
    Column("unit", form_label("objectives", "unit"), 14, Kind.CODE),
    Column("report_place", label("place"), 14, Kind.PLACE),
)


def write_sources(draft: Draft) -> dict[str, Placed]:
    """Write the sheet; gives where its tables stand: sources and history."""
    canvas = draft.begin("sources", [column.width for column in _FILES])
    placed = canvas.table(HEADER_ROW, "nguon", _FILES, draft.committee.sources, say("committee.empty.sources"))
    row = placed.last_row + 3
    canvas.line(row - 1, say("committee.heading.history"), looks.HEADING)
    history = draft.committee.history
    shown = history.assign(
        value=figure_or_word(history["value"], history["word"]),
        report_place=draft.addresses.of_results(history),
    )
    earlier = canvas.table(row, "ky_truoc", _HISTORY, shown, say("committee.empty.history"))
    canvas.sheet.worksheet.freeze_panes(HEADER_ROW, 2)
    draft.finish(canvas, earlier.last_row, len(_FILES), HEADER_ROW)
    return {"sources": placed, "history": earlier}


def first_errors(files: pd.DataFrame) -> pd.Series:
    """Each file's first error, its code and what the catalogue calls it; blank without."""
    told = {code: f"{code}: {entry_of(code).title}" for code in files["first_code"].dropna().unique()}
    return files["first_code"].map(told).astype("str")
