"""Sheet 13, in a correction alone: what differs from the workbook that was laid before the Steering Committee."""

from pipeline.committee.draft import HEADER_ROW, Draft, Printed, Table, write_table
from pipeline.committee.words import field, own
from pipeline.consolidation.frames import Corrections
from pipeline.excel.tables import Kind
from pipeline.sheets.objectives import Objectives

_COLUMNS = (
    own(Corrections.corrected, 14, Kind.SIGN, "corrected"),
    own(Corrections.division, 10, Kind.CODE),
    field("objectives", Objectives.code, 14, Kind.CODE),
    own(Corrections.subject, 50, named="corrected_subject"),
    own(Corrections.before, 40, named="corrected_before"),
    own(Corrections.after, 40, named="corrected_after"),
)


def write_corrections(draft: Draft) -> None:
    """Write the sheet."""
    canvas = draft.begin("corrections", _COLUMNS)
    table = Table("dinh_chinh", _COLUMNS, "corrections")
    placed = write_table(canvas, HEADER_ROW, table, draft.committee.corrections)
    draft.finish(canvas, Printed(placed.last_row, len(_COLUMNS), [placed.block]))
