"""Sheet 8: is our declaration valid. The one in force, its four proofs, scope changes that wait, the time line."""

from pipeline.consolidation.declaration import is_valid
from pipeline.wording import say, topic
from pipeline.workbooks.committee import looks
from pipeline.workbooks.committee.draft import Draft, form_label, label
from pipeline.workbooks.committee.drawing import Canvas, Column, Kind, Placed
from pipeline.workbooks.committee.signs import word

_WIDTHS = [19.0, 50.0, 13.0, 18.0, 13.0, 11.0, 11.0, 19.0, 40.0, 28.0, 8.0, 6.0]
_TABLES = {
    "proofs": (
        Column("proof_name", label("proof"), 19),
        Column("reference", label("reference"), 50),
        Column("done_on", label("done_on"), 13, Kind.DAY),
        Column("is_done", label("state"), 18, Kind.SIGN, "proof"),
        Column("days", label("proof_days"), 13, Kind.WHOLE),
        Column("source", label("source"), 11, Kind.SOURCE),
        Column("excel_row", label("row"), 11, Kind.WHOLE),
    ),
    "declarations": (
        Column("decision_no", form_label("declarations", "decision_no"), 19),
        Column("scope", form_label("declarations", "scope"), 50),
        Column("decision_on", form_label("declarations", "decision_on"), 13, Kind.DAY),
        Column("is_in_force", label("in_force"), 18, Kind.SIGN, "in_force"),
        Column("kind", form_label("declarations", "kind"), 13, Kind.CODE),
        Column("fields_count", form_label("declarations", "fields_count"), 11, Kind.WHOLE),
        Column("procedures_count", form_label("declarations", "procedures_count"), 11, Kind.WHOLE),
        Column("replaces", form_label("declarations", "replaces"), 19),
        Column("check_result", form_label("declarations", "check_result"), 40),
        Column("checked_on", form_label("declarations", "checked_on"), 28, Kind.DAY),
        Column("source", label("source"), 8, Kind.SOURCE),
        Column("excel_row", label("row"), 6, Kind.WHOLE),
    ),
    "scope_changes": (
        Column("scope_change", form_label("scope_changes", "scope_change"), 19),
        Column("new_scope", form_label("scope_changes", "new_scope"), 50),
        Column("effective_on", form_label("scope_changes", "effective_on"), 13, Kind.DAY),
        Column("is_declared", label("is_declared"), 18, Kind.SIGN, "declared"),
        Column("days", label("waiting_days"), 13, Kind.WHOLE),
        Column("procedures_added", form_label("scope_changes", "procedures_added"), 11, Kind.WHOLE),
        Column("procedures_removed", form_label("scope_changes", "procedures_removed"), 11, Kind.WHOLE),
        Column("declared_in", form_label("scope_changes", "declared_in"), 19),
        Column("old_scope", form_label("scope_changes", "old_scope"), 40),
        Column("legal_basis", form_label("scope_changes", "legal_basis"), 28),
        Column("source", label("source"), 8, Kind.SOURCE),
        Column("excel_row", label("row"), 6, Kind.WHOLE),
    ),
    "timeline": (
        Column("step_name", label("step"), 19),
        Column("reference", label("reference"), 50),
        Column("on", label("done_on"), 13, Kind.DAY),
        Column("source", label("source"), 18, Kind.SOURCE),
        Column("excel_row", label("row"), 13, Kind.WHOLE),
    ),
}
_NAMES = {
    "proofs": "minh_chung",
    "declarations": "cong_bo",
    "scope_changes": "thay_doi_pham_vi",
    "timeline": "theo_thoi_gian",
}


def write_declaration(draft: Draft) -> dict[str, Placed]:
    """Write the sheet; gives where its tables stand."""
    canvas = draft.begin("declaration", _WIDTHS)
    _validity(canvas, draft)
    steps = topic("committee")["step"]
    proofs, timeline = draft.committee["proofs"], draft.committee["timeline"]
    frames = {
        **draft.committee.frames,
        "proofs": proofs.assign(proof_name=[word("proof_name", code) for code in proofs["proof"]]),
        "timeline": timeline.assign(step_name=timeline["step"].map(steps).astype("str")),
    }
    placed, row = {}, 7
    for name, columns in _TABLES.items():
        canvas.line(row - 1, say(f"committee.heading.{name}"), looks.HEADING)
        placed[name] = canvas.table(row, _NAMES[name], columns, frames[name], say(f"committee.empty.{name}"))
        row = placed[name].last_row + 3
    draft.finish(canvas, row - 3, len(_WIDTHS))
    return placed


def _validity(canvas: Canvas, draft: Draft) -> None:
    proofs, changes = draft.committee["proofs"], draft.committee["scope_changes"]
    if proofs.empty:
        told, tone = "none", looks.Tone.BAD
    elif is_valid(proofs, changes):
        told, tone = "good", looks.Tone.GOOD
    else:
        told, tone = "bad", looks.Tone.BAD
    canvas.line(4, say(f"committee.validity.{told}"), {**looks.HEADING, "font_color": looks.TONES[tone][0]})
