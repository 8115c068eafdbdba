"""Sheet 8: is our declaration valid. The one in force, its four proofs, scope changes that wait, the time line."""

from collections.abc import Iterable, Mapping

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.draft import Draft, form_label, label
from pipeline.committee.drawing import Canvas, Column, Kind, Placed
from pipeline.committee.places import Addresses
from pipeline.committee.signs import word
from pipeline.consolidation import Committee
from pipeline.consolidation.declaration import PROVED_BY, is_valid
from pipeline.wording import say, topic


def _since_the_step_before(row: int) -> str:
    """Days between two steps; the header stands above the first."""
    return f"=IF(ISNUMBER($C{row - 1}),$C{row}-$C{row - 1},0)"


_WIDTHS = [19.0, 42.0, 12.0, 16.0, 12.0, 12.0, 12.0, 19.0, 30.0, 20.0, 8.0, 20.0]
_TABLES = {
    "proofs": (
        Column("proof_name", label("proof"), 19),
        Column("reference", label("reference"), 42),
        Column("done_on", label("done_on"), 12, Kind.DAY),
        Column("is_done", label("state"), 16, Kind.SIGN, "proof"),
        Column("days", label("proof_days"), 12, Kind.WHOLE),
        Column("source", label("source"), 12, Kind.SOURCE),
        Column("place", label("place"), 12, Kind.PLACE),
    ),
    "declarations": (
        Column("decision_no", form_label("declarations", "decision_no"), 19),
        Column("scope", form_label("declarations", "scope"), 42),
        Column("decision_on", form_label("declarations", "decision_on"), 12, Kind.DAY),
        Column("is_in_force", label("in_force"), 16, Kind.SIGN, "in_force"),
        Column("kind", form_label("declarations", "kind"), 12, Kind.CODE),
        Column("fields_count", form_label("declarations", "fields_count"), 12, Kind.WHOLE),
        Column("procedures_count", form_label("declarations", "procedures_count"), 12, Kind.WHOLE),
        Column("replaces", form_label("declarations", "replaces"), 19),
        Column("check_result", form_label("declarations", "check_result"), 30),
        Column("checked_on", form_label("declarations", "checked_on"), 20, Kind.DAY),
        Column("source", label("source"), 8, Kind.SOURCE),
        Column("place", label("place"), 20, Kind.PLACE),
    ),
    "scope_changes": (
        Column("scope_change", form_label("scope_changes", "scope_change"), 19),
        Column("new_scope", form_label("scope_changes", "new_scope"), 42),
        Column("effective_on", form_label("scope_changes", "effective_on"), 12, Kind.DAY),
        Column("is_declared", label("is_declared"), 16, Kind.SIGN, "declared"),
        Column("days", label("waiting_days"), 12, Kind.WHOLE),
        Column("procedures_added", form_label("scope_changes", "procedures_added"), 12, Kind.WHOLE),
        Column("procedures_removed", form_label("scope_changes", "procedures_removed"), 12, Kind.WHOLE),
        Column("declared_in", form_label("scope_changes", "declared_in"), 19),
        Column("old_scope", form_label("scope_changes", "old_scope"), 30),
        Column("legal_basis", form_label("scope_changes", "legal_basis"), 20),
        Column("source", label("source"), 8, Kind.SOURCE),
        Column("place", label("place"), 20, Kind.PLACE),
    ),
    "timeline": (
        Column("step_name", label("step"), 19),
        Column("reference", label("reference"), 42),
        Column("on", label("done_on"), 12, Kind.DAY),
        Column("days", label("step_days"), 16, Kind.WHOLE, formula=_since_the_step_before),
        Column("source", label("source"), 12, Kind.SOURCE),
        Column("place", label("place"), 12, Kind.PLACE),
    ),
}
_PROVED_IN = {str(proof): done_on for proof, (done_on, _) in PROVED_BY.items()}
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
    frames = {**draft.committee, **_told(draft.committee.frames, draft.addresses)}
    placed, row = {}, 7
    for name, columns in _TABLES.items():
        canvas.line(row - 1, say(f"committee.heading.{name}"), looks.HEADING)
        placed[name] = canvas.table(row, _NAMES[name], columns, frames[name], say(f"committee.empty.{name}"))
        row = placed[name].last_row + 3
    # The last table, that of the steps in time, is the one that grows over pages.
    draft.finish(canvas, row - 3, len(_WIDTHS), placed["timeline"].header_row)
    return placed


def _told(frames: Committee, addresses: Addresses) -> dict[str, pd.DataFrame]:
    """The frames with their words and the places that they were read from."""
    proofs, timeline, steps = frames.proofs, frames.timeline, topic("committee")["step"]
    days = timeline["on"].diff().dt.days.fillna(0).astype("int64")
    is_change = timeline["step"] == "effective_on"

    def placed(frame: pd.DataFrame, table: str, fields: str | Iterable[str]) -> pd.Series:
        return addresses.of(frame["source"], frame["excel_row"], table, fields)

    declared, moved = frames.declarations, frames.scope_changes
    registered = placed(timeline, "declarations", timeline["step"].mask(is_change, "decision_on"))
    return {
        "proofs": proofs.assign(
            proof_name=[word("proof_name", code) for code in proofs["proof"]],
            place=placed(proofs, "declarations", proofs["proof"].map(_PROVED_IN)),
        ),
        "declarations": declared.assign(place=placed(declared, "declarations", "decision_no")),
        "scope_changes": moved.assign(place=placed(moved, "scope_changes", "effective_on")),
        "timeline": timeline.assign(
            step_name=timeline["step"].map(steps).astype("str"),
            days=days,
            place=registered.mask(is_change, placed(timeline, "scope_changes", "effective_on")),
        ),
    }


def _validity(canvas: Canvas, draft: Draft) -> None:
    proofs, changes = draft.committee.proofs, draft.committee.scope_changes
    if proofs.empty:
        told, tone = "none", looks.Tone.BAD
    elif is_valid(proofs, changes):
        told, tone = "good", looks.Tone.GOOD
    else:
        told, tone = "bad", looks.Tone.BAD
    canvas.line(4, say(f"committee.validity.{told}"), {**looks.HEADING, "font_color": looks.TONES[tone][0]})
