"""Sheet 11: every file, what became of it, and the earlier results that are compared with."""

from pipeline.committee.draft import HEADER_ROW, Draft, Table, Tables, write_table
from pipeline.committee.words import field, figure_or_word, own
from pipeline.excel.tables import Kind
from pipeline.sheets.cover import Cover
from pipeline.sheets.objectives import Objectives

_FILES = (
    own("source", 9, Kind.SOURCE),
    own("path", 34, named="file"),
    own("division", 9, Kind.CODE),
    own("form", 10, Kind.CODE),
    own("period", 10, Kind.CODE),
    own("version", 14, Kind.WHOLE),
    own("arrived_at", 14, Kind.MOMENT),
    own("verdict", 14, Kind.SIGN, "verdict"),
    own("use", 18, Kind.SIGN, "use"),
    own("errors", 7, Kind.WHOLE),
    field("cover", Cover.document_no, 13),
    field("cover", Cover.prepared_by, 14),
    field("cover", Cover.approved_by, 14),
    own("sha256", 34, Kind.SMALL),
)
_HISTORY = (
    own("report_source", 9, Kind.SOURCE, named="source"),
    field("objectives", Objectives.statement, 34),
    own("division", 9, Kind.CODE),
    field("objectives", Objectives.code, 10, Kind.CODE),
    own("period", 10, Kind.CODE),
    own("status", 14, Kind.SIGN, "status"),
    own("value", 14, Kind.NUMBER),
    field("objectives", Objectives.unit, 14, Kind.CODE),
    own("report_place", 14, Kind.PLACE, named="place"),
)


def write_sources(draft: Draft) -> Tables:
    """Write the sheet; gives where its tables stand: sources and history."""
    canvas, history = draft.begin("sources", _FILES), draft.committee.history
    placed = write_table(canvas, HEADER_ROW, Table("nguon", _FILES, "sources"), draft.committee.sources)
    rows = history.assign(
        value=figure_or_word(history["value"], history["word"]), report_place=draft.places_of_results(history)
    )
    earlier = write_table(canvas, placed.last_row + 3, Table("ky_truoc", _HISTORY, "history", "history"), rows)
    canvas.sheet.worksheet.freeze_panes(HEADER_ROW, 2)
    draft.finish(canvas, earlier.last_row, len(_FILES), HEADER_ROW)
    return {"sources": placed, "history": earlier}
