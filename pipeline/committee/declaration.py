"""Sheet 8: is our declaration valid. The one in force, its four proofs, scope changes that wait, the time line."""

from collections.abc import Iterator

import pandas as pd

from pipeline.committee.draft import Draft, Printed, Table, Tables, write_table
from pipeline.committee.words import field, own
from pipeline.consolidation import Committee, register_frames
from pipeline.consolidation.declaration import PROVED_BY, Watch, is_valid, outdated_standards, unchecked_halves
from pipeline.excel import looks
from pipeline.excel.signs import word
from pipeline.excel.tables import Canvas, Kind
from pipeline.settings import Period
from pipeline.sheets.declaration import CHECKS, POSTINGS, Checks, Declarations, Postings, ScopeChanges
from pipeline.vietnamese import format_number
from pipeline.wording import say, topic


def _since_the_step_before(row: int) -> str:
    """Days between two steps; the header stands above the first."""
    return f"=IF(ISNUMBER($C{row - 1}),$C{row}-$C{row - 1},0)"


_WIDTHS = [28.0, 54.0, 11.0, 15.0, 10.0, 9.0, 11.0, 16.0, 54.0, 30.0, 8.0, 20.0]
REST = "$B$5"
"""Where the sheet counts what is left to do beside proofs and changes of scope."""
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
    "check_periods": (
        own("period_words", 28, named="check_period"),
        own("last_result", 54),
        own(register_frames.CheckPeriods.last_on, 11, Kind.DAY, named="day"),
        own(register_frames.CheckPeriods.watch, 15, Kind.SIGN, "watch", named="state"),
        own(register_frames.CheckPeriods.count, 10, Kind.WHOLE, named="check_count"),
    ),
    "postings": (
        field("postings", Postings.posted_by, 28),
        field("postings", Postings.place, 54),
        field("postings", Postings.done_on, 11, Kind.DAY),
        own(register_frames.Postings.is_done, 15, Kind.SIGN, "proof", named="state"),
        field("postings", Postings.of_decision, 10),
        own(register_frames.Postings.source, 9, Kind.SOURCE),
        own("place_in_file", 11, Kind.PLACE, named="place"),
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
        field("declarations", Declarations.standard, 54),
        own(register_frames.Declarations.is_outdated, 30, Kind.SIGN, "outdated"),
        own(register_frames.Declarations.source, 8, Kind.SOURCE),
        own("place", 20, Kind.PLACE),
    ),
    "checks": (
        field("checks", Checks.checked_by, 28),
        field("checks", Checks.check_result, 54),
        field("checks", Checks.checked_on, 11, Kind.DAY),
        own(register_frames.Checks.source, 15, Kind.SOURCE),
        own("place", 10, Kind.PLACE),
    ),
    "timeline": (
        own("step_name", 28, named="step"),
        own(register_frames.Timeline.reference, 54, named="timeline_reference"),
        own(register_frames.Timeline.on, 11, Kind.DAY, named="day"),
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
    "check_periods": "kiem_tra_theo_ky",
    "postings": "niem_yet_khac",
    "checks": "lan_kiem_tra",
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
    _rest(canvas, draft, tables)
    draft.finish(canvas, Printed(row - 3, _PRINTED, [table.block for table in tables.values()], 1))
    return tables


def _placed(draft: Draft) -> dict[str, pd.DataFrame]:
    """The frames with their words and the places that they were read from."""
    committee, steps = draft.committee, topic("committee")["step"]
    proofs, timeline = committee.proofs, committee.timeline

    def place(frame: pd.DataFrame, table: str, fields: str | pd.Series) -> pd.Series:
        return draft.places(frame["source"], frame["excel_row"], table, fields)

    def place_by(frame: pd.DataFrame, fields: pd.Series) -> pd.Series:
        """Each row's place on the sheet that its column ``table`` names."""
        places = pd.Series(None, index=frame.index, dtype=object)
        for table, rows in frame.groupby("table"):
            places[rows.index] = place(rows, str(table), fields[rows.index])
        return places

    read_at = proofs["proof"].map(_PROVED_IN).mask(proofs["table"] == POSTINGS, Postings.done_on)
    declared, changed, checks = committee.declarations, committee.scope_changes, committee.checks
    further = committee.postings
    return {
        "proofs": proofs.assign(
            proof_name=[word("proof_name", code) for code in proofs["proof"]], place=place_by(proofs, read_at)
        ),
        "check_periods": _check_periods(committee),
        "postings": further.assign(place_in_file=place(further, POSTINGS, Postings.done_on)),
        "declarations": declared.assign(place=place(declared, "declarations", Declarations.decision_no)),
        "scope_changes": changed.assign(place=place(changed, "scope_changes", ScopeChanges.effective_on)),
        "checks": checks.assign(place=place(checks, CHECKS, Checks.checked_on)),
        "timeline": timeline.assign(
            step_name=timeline["step"].map(steps).astype("str"),
            days=timeline["on"].diff().dt.days.fillna(0).astype("int64"),
            place=place_by(timeline, timeline["step"]),
        ),
    }


def _check_periods(committee: Committee) -> pd.DataFrame:
    """Each period in words, with the result of its last check."""
    rows, results = committee.check_periods, committee.checks.drop_duplicates(Checks.checked_on, keep="last")
    result_on = dict(zip(results[Checks.checked_on], results[Checks.check_result], strict=True))
    return rows.assign(
        period_words=pd.Series(
            [Period.parse(period).half_in_words for period in rows["period"]], rows.index, dtype="str"
        ),
        last_result=rows["last_on"].map(result_on).astype("str"),
    )


def _validity(canvas: Canvas, draft: Draft) -> None:
    """Whether the declaration is good; if not, all that is left to do."""
    committee = draft.committee
    if is_valid(committee):
        canvas.line(4, say("committee.validity.good"), _toned(looks.Tone.GOOD))
        return
    lacks = "; ".join(_lacks(committee))
    key = "bad" if committee.declarations["is_in_force"].any() else "none"
    canvas.line(4, say(f"committee.validity.{key}", lacks=lacks), _toned(looks.Tone.BAD))


def _rest(canvas: Canvas, draft: Draft, tables: Tables) -> None:
    """What is left to do beside proofs and changes, counted below: periods, standards, a decision too many."""

    def count(table: str, column: str, group: str, code: object) -> str:
        return f'COUNTIF({tables[table].here(column)},"{word(group, code)}")'

    declared, committee = draft.committee.declarations, draft.committee
    parts = (
        count("check_periods", "watch", "watch", Watch.UNCHECKED),
        count("declarations", "is_outdated", "outdated", code=True),
        f"({count('declarations', 'is_in_force', 'in_force', code=True)}<>1)",
    )
    value = len(unchecked_halves(committee)) + int(declared["is_outdated"].sum())
    value += int(declared["is_in_force"].sum() != 1)
    canvas.line(5, say("committee.rest"), looks.PLAIN_LINE)
    look = canvas.look(looks.FIGURE, num_format=looks.WHOLE_FORMAT, align="left")
    canvas.sheet.formula(5, 2, f"={'+'.join(parts)}", value=value, look=look)


def _toned(tone: looks.Tone) -> looks.Properties:
    return {**looks.HEADING, "font_color": looks.TONES[tone][0]}


def _lacks(committee: Committee) -> Iterator[str]:
    """What is left to do, a phrase each."""
    declared, proofs, changes = committee.declarations, committee.proofs, committee.scope_changes
    counts = {
        "several": int(declared["is_in_force"].sum()),
        "proofs": int((~proofs["is_done"]).sum()),
        "changes": int((~changes["is_declared"]).sum()),
    }
    for name, count in counts.items():
        if count > (name == "several"):
            yield say(f"committee.lack.{name}", count=format_number(count))
    for standard in outdated_standards(committee):
        yield say("committee.lack.standard", standard=standard)
    for half in unchecked_halves(committee):
        yield say("committee.lack.unchecked", half=half)
