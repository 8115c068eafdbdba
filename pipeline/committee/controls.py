"""Sheet 10: can it be trusted. The ledger's own counts, typed, against live counts over this workbook's tables."""

from collections.abc import Mapping

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.draft import HEADER_ROW, Draft, Tables, form_sheet_title, label
from pipeline.committee.drawing import Canvas, Column, Kind, Placed, look_of
from pipeline.committee.signs import word
from pipeline.committee.sources import first_errors
from pipeline.consolidation.controls import TRACED, Check
from pipeline.consolidation.coverage import Knowledge
from pipeline.consolidation.work import Origin
from pipeline.excel.cells import Area
from pipeline.wording import say

_COLUMNS = (
    Column("no", label("check_no"), 8, Kind.CODE),
    Column("told", label("check"), 52),
    Column("source", label("source"), 9, Kind.SOURCE),
    Column("sheet", label("check_table"), 20, Kind.CODE),
    Column("expected", label("expected"), 12, Kind.WHOLE),
    Column("actual", label("actual"), 12, Kind.WHOLE),
    Column("expected_sum", label("expected_sum"), 17, Kind.DECIMAL),
    Column("actual_sum", label("actual_sum"), 17, Kind.DECIMAL),
    Column("holds", label("holds"), 15, Kind.CODE),
    Column("mark", label("mark"), 7, Kind.CODE),
)
_ORIGINS = {"plan_id": "plan_source", "report_id": "report_source", "submission_id": "source"}
_LEFT_OUT = (
    Column("source", label("source"), 8, Kind.SOURCE),
    Column("path", label("file"), 52),
    Column("division", label("division"), 9, Kind.CODE),
    Column("form_period", label("form_period"), 20, Kind.CODE),
    Column("arrived_at", label("arrived_at"), 12, Kind.DAY),
    Column("errors", label("errors"), 12, Kind.WHOLE),
    Column("use", label("use"), 17, Kind.SIGN, "use"),
    Column("first_error", label("first_code"), 17),
)
_STANDING = (
    Column("source", label("source"), 8, Kind.SOURCE),
    Column("problem", label("problem"), 52),
    Column("division", label("division"), 9, Kind.CODE),
    Column("form_period", label("form_period"), 20, Kind.CODE),
    Column("code", label("finding_code"), 12, Kind.CODE),
)


def write_controls(draft: Draft, tables: Tables, cells: Mapping[str, str]) -> Placed:
    """Write the sheet; ``cells`` are the places of sheet 1 by figure. Gives where the table of checks stands."""
    canvas = draft.begin("controls", [column.width for column in _COLUMNS])
    placed = _checks(canvas, draft, tables, cells)
    left_out, standing = draft.committee.left_out, draft.committee.standing
    row = placed.last_row + 3
    canvas.line(row - 1, say("committee.heading.left_out"), looks.HEADING)
    told = left_out.assign(form_period=_form_period(left_out), first_error=first_errors(left_out))
    below = canvas.table(row, "tep_khong_dung", _LEFT_OUT, told, say("committee.empty.left_out"))
    row = below.last_row + 3
    canvas.line(row - 1, say("committee.heading.standing"), looks.HEADING)
    noted = standing.assign(form_period=_form_period(standing))
    last = canvas.table(row, "diem_luu_y", _STANDING, noted, say("committee.empty.standing"))
    canvas.sheet.worksheet.freeze_panes(HEADER_ROW, 2)
    draft.finish(canvas, last.last_row, len(_COLUMNS), HEADER_ROW)
    return placed


def _form_period(files: pd.DataFrame) -> pd.Series:
    return files["form"].str.cat(files["period"], sep=" ", na_rep="").fillna("").str.strip()


def _checks(canvas: Canvas, draft: Draft, tables: Tables, cells: Mapping[str, str]) -> Placed:
    """The table: what the ledger says is typed, what the workbook holds is counted live, a formula compares the two."""
    controls = draft.committee.controls
    holds = controls["holds"].map({True: say("committee.result.holds"), False: say("committee.result.fails")})
    marks = controls["holds"].map({True: say("committee.result.holds_mark"), False: say("committee.result.fails_mark")})
    kinds = list(controls[["check", "table"]].itertuples(index=False, name=None))
    is_summed = pd.Series([bool(_sums(*kind)) for kind in kinds], index=controls.index, dtype=bool)
    shown = controls.assign(
        no=[f"K{place:03d}" for place in range(1, len(controls) + 1)],
        told=[_told(check, subject) for check, subject in controls[["check", "subject"]].itertuples(index=False)],
        sheet=[
            form_sheet_title(t) if c == Check.ROWS else ""
            for c, t in controls[["check", "table"]].itertuples(index=False)
        ],
        expected_sum=controls["expected_sum"].where(is_summed),
        actual_sum=controls["actual_sum"].where(is_summed),
        holds=holds,
        mark=marks,
    )
    placed = canvas.table(HEADER_ROW, "doi_chieu", _COLUMNS, shown, say("committee.empty.controls"))
    for row, line in enumerate(shown.itertuples(index=False), placed.first_row):
        counted = _Counted(tables, cells, row)
        check, subject, table = Check(str(line.check)), str(line.subject), str(line.table)
        _write(canvas, placed, row, counted.formulas(check, subject, table), line)
    _coloured(canvas, placed)
    return placed


def _told(check: str, subject: str) -> str:
    match check:
        case Check.FILES:
            subject = word("verdict", subject)
        case Check.HEADLINE:
            subject = say(f"committee.check_figure.{subject}")
        case _:
            pass
    return say(f"committee.check.{check}", subject=subject)


def _sums(check: str, table: str) -> tuple[str, ...]:
    """The columns of a check's control sum."""
    if check == Check.PARTS:
        return ("numerator", "denominator")
    return TRACED[table].summed if check == Check.ROWS else ()


def _write(canvas: Canvas, placed: Placed, row: int, formulas: Mapping[str, str], line: object) -> None:
    """Put the live formulas of one line over its typed values."""
    e, f, g, h = (placed.cell(name, row) for name in ("expected", "actual", "expected_sum", "actual_sum"))
    good, bad = say("committee.result.holds"), say("committee.result.fails")
    verdict = f'=IF(AND({e}={f},ABS({g}-{h})<0.000001),"{good}","{bad}")'
    marks = (say("committee.result.holds_mark"), say("committee.result.fails_mark"))
    mark = f'=IF({placed.cell("holds", row)}="{good}","{marks[0]}","{marks[1]}")'
    whole = look_of(canvas.book, looks.FIGURE, {"num_format": looks.WHOLE_FORMAT})
    decimal = look_of(canvas.book, looks.FIGURE, {"num_format": looks.DECIMAL_FORMAT})
    centred = look_of(canvas.book, looks.CENTRED, {"bold": True})
    by_column = {"expected": whole, "actual": whole, "actual_sum": decimal, "holds": centred, "mark": centred}
    for name, formula in {**formulas, "holds": verdict, "mark": mark}.items():
        value = getattr(line, name)
        canvas.sheet.formula(row, placed.columns[name], formula, value=value, look=by_column[name])


class _Counted:
    """The live formulas that count what stands in this workbook, for the line in ``row``."""

    def __init__(self, tables: Tables, cells: Mapping[str, str], row: int) -> None:
        self._tables, self._cells, self._row = tables, cells, row

    def formulas(self, check: Check, subject: str, table: str) -> dict[str, str]:
        """Column of the table of checks to formula."""
        match check:
            case Check.ROWS:
                made = self._rows(table)
            case Check.PARTS:
                made = self._parts(subject)
            case Check.STATUSES | Check.DIVISIONS:
                totals = "status_totals" if check is Check.STATUSES else "division_totals"
                every = self._tables["objective_results"].column("status")
                made = {"expected": f"=COUNTA({every})", "actual": f"=SUM({self._cells[totals]})"}
            case Check.TRENDS:
                made = {"actual": f"=COUNTA({self._tables['trends'].column('status_0')})"}
            case Check.HEADLINE:
                made = {"actual": f"={self._cells[subject]}"}
            case Check.TIMELINE:
                made = {"actual": f"=COUNTA({self._tables['timeline'].column('on')})"}
            case _:
                made = {"actual": "=" + "+".join(self._counts(check, subject))}
        return made

    def _rows(self, table: str) -> dict[str, str]:
        traced, source = TRACED[table], f"$C{self._row}"
        placed = self._tables[traced.frame]
        origin = placed.column(_ORIGINS[traced.origin])
        sums = [f"SUMIF({origin},{source},{placed.column(name)})" for name in traced.summed]
        made = {"actual": f"=COUNTIF({origin},{source})"}
        return {**made, "actual_sum": "=" + "+".join(sums)} if sums else made

    def _parts(self, code: str) -> dict[str, str]:
        placed = self._tables["agency_parts"]
        codes = placed.column("agency_objective")
        sums = [f'SUMIF({codes},"{code}",{placed.column(name)})' for name in _sums(Check.PARTS, "")]
        return {"actual": f'=COUNTIF({codes},"{code}")', "actual_sum": "=" + "+".join(sums)}

    def _counts(self, check: Check, subject: str) -> list[str]:
        """COUNTIF over a column of our own codes or state words; never over people's text."""
        unrecorded = [word("knowledge", state) for state in (Knowledge.NO_RECORD, Knowledge.JOINED_LATER)]
        counted = {
            Check.HISTORY: ("history", "period", [subject]),
            Check.FILES: ("sources", "verdict", [word("verdict", subject)] if check is Check.FILES else []),
            Check.OBLIGATIONS: ("obligations", "form", [subject]),
            Check.OWED_BEFORE: ("obligations_before", "period", [subject]),
            Check.UNMET: ("unmet", "origin", [word("origin", Origin.THIS_PERIOD)]),
            Check.CARRIED: ("unmet", "origin", [word("origin", Origin.CARRIED)]),
            Check.UNRECORDED: ("people", "knowledge", unrecorded),
        }
        frame, column, words = counted[check]
        return [f'COUNTIF({self._tables[frame].column(column)},"{each}")' for each in words]


def _coloured(canvas: Canvas, placed: Placed) -> None:
    """The live verdicts in their colours."""
    area = Area(placed.first_row, placed.columns["holds"], placed.last_row, placed.columns["mark"])
    cell = f"${placed.cell('holds', placed.first_row)}"
    for name, tone in (("holds", looks.Tone.GOOD), ("fails", looks.Tone.BAD)):
        look = canvas.book.workbook.add_format(dict(looks.toned(tone)))
        criterion = f'={cell}="{say(f"committee.result.{name}")}"'
        options = {"type": "formula", "criteria": criterion, "format": look}
        canvas.conditional(area, options)
