"""Sheet 8: is our declaration valid. The one in force, its four proofs, scope changes that wait, the time line."""

import pandas as pd

from pipeline.committee.draft import Draft, Printed, Table, Tables, write_table
from pipeline.committee.words import field, own
from pipeline.consolidation import register_frames
from pipeline.consolidation.declaration import PROVED_BY, is_valid
from pipeline.excel import looks
from pipeline.excel.signs import word
from pipeline.excel.tables import Canvas, Kind
from pipeline.sheets.declaration import Declarations, ScopeChanges
from pipeline.wording import say, topic


def _since_the_step_before(row: int) -> str:
    """Days between two steps; the header stands above the first."""
    return f"=IF(ISNUMBER($C{row - 1}),$C{row}-$C{row - 1},0)"


_WIDTHS = [28.0, 54.0, 11.0, 15.0, 10.0, 9.0, 11.0, 16.0, 54.0, 30.0, 8.0, 20.0]
_PRINTED = 8
"""The columns for paper: where each declaration and change was read stands beyond."""
_COLUMNS = {
    "proofs": (
        own("proof_name", 28, named="proof"),
        own(register_frames.Proofs.reference, 54),
        own(register_frames.Proofs.done_on, 11, Kind.DAY),
        own(register_frames.Proofs.is_done, 15, Kind.SIGN, "proof", named="state"),
        own(register_frames.Proofs.days, 10, Kind.WHOLE, named="proof_days"),
        own(register_frames.Proofs.source, 9, Kind.SOURCE),
        own("place", 11, Kind.PLACE),
    ),
    "scope_changes": (
        field("scope_changes", ScopeChanges.scope_change, 28),
        field("scope_changes", ScopeChanges.new_scope, 54),
        field("scope_changes", ScopeChanges.effective_on, 11, Kind.DAY),
        own(register_frames.ScopeChanges.is_declared, 15, Kind.SIGN, "declared"),
        own(register_frames.ScopeChanges.days, 10, Kind.WHOLE, named="waiting_days"),
        field("scope_changes", ScopeChanges.procedures_added, 9, Kind.WHOLE),
        field("scope_changes", ScopeChanges.procedures_removed, 11, Kind.WHOLE),
        field("scope_changes", ScopeChanges.declared_in, 16),
        field("scope_changes", ScopeChanges.old_scope, 54),
        field("scope_changes", ScopeChanges.legal_basis, 30),
        own(register_frames.ScopeChanges.source, 8, Kind.SOURCE),
        own("place", 20, Kind.PLACE),
    ),
    "declarations": (
        field("declarations", Declarations.decision_no, 28),
        field("declarations", Declarations.scope, 54),
        field("declarations", Declarations.decision_on, 11, Kind.DAY),
        own(register_frames.Declarations.is_in_force, 15, Kind.SIGN, "in_force", named="in_force"),
        field("declarations", Declarations.kind, 10, Kind.CODE),
        field("declarations", Declarations.fields_count, 9, Kind.WHOLE),
        field("declarations", Declarations.procedures_count, 11, Kind.WHOLE),
        field("declarations", Declarations.replaces, 16),
        field("declarations", Declarations.check_result, 54),
        field("declarations", Declarations.checked_on, 30, Kind.DAY),
        own(register_frames.Declarations.source, 8, Kind.SOURCE),
        own("place", 20, Kind.PLACE),
    ),
    "timeline": (
        own("step_name", 28, named="step"),
        own(register_frames.Timeline.reference, 54, named="timeline_reference"),
        own(register_frames.Timeline.on, 11, Kind.DAY, named="done_on"),
        own("days", 15, Kind.WHOLE, named="step_days").live(_since_the_step_before),
        own(register_frames.Timeline.source, 10, Kind.SOURCE),
        own("place", 9, Kind.PLACE),
    ),
}
_PROVED_IN = {str(proof): done_on for proof, (done_on, _) in PROVED_BY.items()}
_NAMES = {
    "proofs": "minh_chung",
    "declarations": "cong_bo",
    "scope_changes": "thay_doi_pham_vi",
    "timeline": "theo_thoi_gian",
}


def write_declaration(draft: Draft) -> Tables:
    """Write the sheet; gives where its tables stand."""
    canvas = draft.begin("declaration", _WIDTHS)
    _validity(canvas, draft)
    rows_of = _placed(draft)
    tables: Tables = {}
    row = 7
    for name, columns in _COLUMNS.items():
        tables[name] = write_table(canvas, row, Table(_NAMES[name], columns, name, name), rows_of[name])
        row = tables[name].last_row + 3
    draft.finish(canvas, Printed(row - 3, _PRINTED, [table.block for table in tables.values()], 1))
    return tables


def _placed(draft: Draft) -> dict[str, pd.DataFrame]:
    """The frames with their words and the places that they were read from."""
    committee, steps = draft.committee, topic("committee")["step"]
    proofs, timeline = committee.proofs, committee.timeline
    is_change = timeline["step"] == ScopeChanges.effective_on

    def place(frame: pd.DataFrame, table: str, fields: str | pd.Series) -> pd.Series:
        return draft.places(frame["source"], frame["excel_row"], table, fields)

    steps_of_declarations = timeline["step"].mask(is_change, Declarations.decision_on)
    in_declarations = place(timeline, "declarations", steps_of_declarations)
    changed, effective_on = committee.scope_changes, ScopeChanges.effective_on
    return {
        "proofs": proofs.assign(
            proof_name=[word("proof_name", code) for code in proofs["proof"]],
            place=place(proofs, "declarations", proofs["proof"].map(_PROVED_IN)),
        ),
        "declarations": committee.declarations.assign(
            place=place(committee.declarations, "declarations", Declarations.decision_no)
        ),
        "scope_changes": changed.assign(place=place(changed, "scope_changes", effective_on)),
        "timeline": timeline.assign(
            step_name=timeline["step"].map(steps).astype("str"),
            days=timeline["on"].diff().dt.days.fillna(0).astype("int64"),
            place=in_declarations.mask(is_change, place(timeline, "scope_changes", effective_on)),
        ),
    }


def _validity(canvas: Canvas, draft: Draft) -> None:
    proofs = draft.committee.proofs
    good = is_valid(proofs, draft.committee.scope_changes)
    text, tone = ("good", looks.Tone.GOOD) if good else ("none" if proofs.empty else "bad", looks.Tone.BAD)
    canvas.line(4, say(f"committee.validity.{text}"), {**looks.HEADING, "font_color": looks.TONES[tone][0]})
