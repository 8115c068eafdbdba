"""Sheet 10: can it be trusted. The ledger's own counts, typed, against live counts over this workbook's tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.committee.draft import HEADER_ROW, Draft, Printed, Table, Tables, write_table
from pipeline.committee.words import first_errors, form_sheet_title, own
from pipeline.consolidation.controls import TRACED, Check, Controls
from pipeline.consolidation.counted import COUNTED
from pipeline.consolidation.frames import AgencyObjectives, AgencyParts, OverTime, Sources, Standing
from pipeline.consolidation.status import Stated
from pipeline.evidence.names import Figure
from pipeline.excel import looks
from pipeline.excel.cells import Area
from pipeline.excel.signs import word
from pipeline.excel.tables import Canvas, Kind, Placed
from pipeline.wording import say

_CHECKS = (
    own("no", 8, Kind.CODE, named="check_no"),
    own("words", 52, named="check"),
    own(Controls.source, 9, Kind.SOURCE),
    own("sheet", 20, Kind.CODE, named="check_table"),
    own(Controls.expected, 12, Kind.WHOLE),
    own(Controls.actual, 12, Kind.WHOLE),
    own(Controls.expected_sum, 17, Kind.DECIMAL),
    own(Controls.actual_sum, 17, Kind.DECIMAL),
    own(Controls.holds, 15, Kind.CODE),
    own("mark", 7, Kind.CODE),
)
_ORIGINS = {"plan_id": "plan_source", "report_id": "report_source", "submission_id": "source"}
_PERIOD_FIGURES = {
    Check.REACHED_IN: OverTime.reached,
    Check.MISSED_IN: OverTime.not_met,
    Check.IN_TIME_IN: OverTime.in_time,
}
_LEFT_OUT = (
    own(Sources.source, 8, Kind.SOURCE),
    own(Sources.path, 52, named="file"),
    own(Sources.division, 9, Kind.CODE),
    own("form_period", 20, Kind.CODE),
    own(Sources.arrived_at, 12, Kind.DAY),
    own(Sources.errors, 12, Kind.WHOLE),
    own(Sources.use, 17, Kind.SIGN, "use"),
    own("first_error", 17, named="first_code"),
)
_STANDING = (
    own(Standing.source, 8, Kind.SOURCE),
    own(Standing.problem, 52),
    own(Standing.division, 9, Kind.CODE),
    own("form_period", 20, Kind.CODE),
    own(Standing.code, 12, Kind.CODE, named="finding_code"),
)


def write_controls(draft: Draft, tables: Tables, cells: Mapping[str, str]) -> Placed:
    """Write the sheet; ``cells`` are the places of sheet 1 by figure. Gives where the table of checks stands."""
    canvas = draft.begin("controls", _CHECKS)
    left_out, standing = draft.committee.left_out, draft.committee.standing
    files = left_out.assign(form_period=_form_period(left_out), first_error=first_errors(left_out))
    # The checks count these files, too: their table must stand before the formulas are written.
    row = HEADER_ROW + max(len(draft.committee.controls), 1) + 3
    below = write_table(canvas, row, Table("tep_khong_dung", _LEFT_OUT, "left_out", "left_out"), files)
    placed = _checks(canvas, draft, {**tables, "left_out": below}, cells)
    notes = standing.assign(form_period=_form_period(standing))
    last = write_table(canvas, below.last_row + 3, Table("diem_luu_y", _STANDING, "standing", "standing"), notes)
    canvas.sheet.worksheet.freeze_panes(HEADER_ROW, 1)
    draft.finish(canvas, Printed(last.last_row, len(_CHECKS), [placed.block, below.block, last.block]))
    return placed


def _form_period(files: pd.DataFrame) -> pd.Series:
    return files["form"].str.cat(files["period"], sep=" ", na_rep="").fillna("").str.strip()


def _checks(canvas: Canvas, draft: Draft, tables: Tables, cells: Mapping[str, str]) -> Placed:
    """The table: what the ledger says is typed, what the workbook holds is counted live, a formula compares the two."""
    controls = draft.committee.controls
    kinds = list(controls[["check", "table"]].itertuples(index=False, name=None))
    is_summed = pd.Series([_is_summed(*kind) for kind in kinds], index=controls.index, dtype=bool)
    lines = controls.assign(
        no=[f"K{place:03d}" for place in range(1, len(controls) + 1)],
        words=[_words(check, subject) for check, subject in zip(controls["check"], controls["subject"], strict=True)],
        sheet=[form_sheet_title(table) if check == Check.ROWS else "" for check, table in kinds],
        expected_sum=controls["expected_sum"].where(is_summed),
        actual_sum=controls["actual_sum"].where(is_summed),
        holds=controls["holds"].map({True: say("committee.result.holds"), False: say("committee.result.fails")}),
        mark=controls["holds"].map(
            {True: say("committee.result.holds_mark"), False: say("committee.result.fails_mark")}
        ),
    )
    placed = write_table(canvas, HEADER_ROW, Table("doi_chieu", _CHECKS, "controls"), lines)
    for row, line in enumerate(lines.to_dict("records"), placed.first_row):
        counted = _Counted(tables, cells, row)
        formulas = counted.formulas(Check(line["check"]), line["subject"], line["table"])
        _write(canvas, placed, row, formulas, line)
    _coloured(canvas, placed)
    return placed


def _words(check: str, subject: str) -> str:
    match check:
        case Check.FILES:
            subject = word("verdict", subject)
        case Check.STATES:
            subject = word("state", subject)
        case Check.FIGURES:
            subject = say(f"committee.check_evidence.{subject}")
        case Check.HEADLINE:
            subject = say(f"committee.check_figure.{subject}")
        case _:
            pass
    return say(f"committee.check.{check}", subject=subject)


def _is_summed(check: str, table: str) -> bool:
    """Whether a check has a control sum."""
    return check in {Check.PARTS, Check.POOLED} or bool(check == Check.ROWS and TRACED[table].summed)


def _write(canvas: Canvas, placed: Placed, row: int, formulas: Mapping[str, str], line: Mapping[Any, Any]) -> None:
    """Put the live formulas of one line over its typed values."""
    e, f, g, h = (placed.cell(name, row) for name in ("expected", "actual", "expected_sum", "actual_sum"))
    good, bad = say("committee.result.holds"), say("committee.result.fails")
    good_mark, bad_mark = say("committee.result.holds_mark"), say("committee.result.fails_mark")
    verdict = f'=IF(AND({e}={f},ABS({g}-{h})<0.000001),"{good}","{bad}")'
    mark = f'=IF({placed.cell("holds", row)}="{good}","{good_mark}","{bad_mark}")'
    whole = canvas.look(looks.FIGURE, num_format=looks.WHOLE_FORMAT)
    decimal = canvas.look(looks.FIGURE, num_format=looks.DECIMAL_FORMAT)
    centred = canvas.look(looks.CENTRED, bold=True)
    by_column = {"expected": whole, "actual": whole, "actual_sum": decimal, "holds": centred, "mark": centred}
    for name, formula in {**formulas, "holds": verdict, "mark": mark}.items():
        canvas.sheet.formula(row, placed.columns[name], formula, value=line[name], look=by_column[name])


@dataclass(frozen=True)
class _Counted:
    """The live formulas that count what stands in this workbook, for the line in ``row``."""

    tables: Tables
    cells: Mapping[str, str]
    row: int

    def formulas(self, check: Check, subject: str, table: str) -> dict[str, str]:
        """Column of the table of checks to formula."""
        match check:
            case Check.ROWS:
                return self._rows(table)
            case Check.PARTS:
                return self._parts(subject)
            case Check.POOLED:
                return self._pooled(subject)
            case Check.STATUSES | Check.DIVISIONS:
                totals = "status_totals" if check is Check.STATUSES else "division_totals"
                every = self.tables["objective_results"].column("status")
                registered = f'COUNTA({every})-COUNTIF({every},"{Stated.NOT_PLANNED}")'
                return {"expected": f"={registered}", "actual": f"=SUM({self.cells[totals]})"}
            case Check.TRENDS:
                actual = f"COUNTA({self.tables['trends'].column('status_0')})"
            case Check.FIGURES:
                actual = self._figure(Figure(subject))
            case Check.HEADLINE:
                actual = self.cells[subject]
            case Check.REACHED_IN | Check.MISSED_IN | Check.IN_TIME_IN:
                actual = self._in_period(subject, _PERIOD_FIGURES[check])
            case Check.TIMELINE:
                actual = f"COUNTA({self.tables['timeline'].column('on')})"
            case _:
                actual = self._counted(check, subject)
        return {"actual": f"={actual}"}

    def _rows(self, table: str) -> dict[str, str]:
        traced, source = TRACED[table], f"$C{self.row}"
        counts, sums = [], []
        for placed in (self.tables[name] for name in traced.frames):
            origin = placed.column(_ORIGINS[traced.origin])
            counts.append(f"COUNTIF({origin},{source})")
            sums += [f"SUMIF({origin},{source},{placed.column(name)})" for name in traced.summed]
        return {"actual": "=" + "+".join(counts), **({"actual_sum": "=" + "+".join(sums)} if sums else {})}

    def _parts(self, code: str) -> dict[str, str]:
        placed = self.tables["agency_parts"]
        codes = placed.column(AgencyParts.agency_objective)
        sums = [
            f'SUMIF({codes},"{code}",{placed.column(name)})'
            for name in (AgencyParts.numerator, AgencyParts.denominator)
        ]
        return {"actual": f'=COUNTIF({codes},"{code}")', "actual_sum": "=" + "+".join(sums)}

    def _pooled(self, code: str) -> dict[str, str]:
        """The agency's objective on sheet 6: how many divisions are in, and the value."""
        placed = self.tables["agency_objectives"]
        of_code = f'{placed.column(AgencyObjectives.code)},"{code}"'
        names = {"actual": AgencyObjectives.divisions_in, "actual_sum": AgencyObjectives.value}
        return {column: f"=SUMIF({of_code},{placed.column(name)})" for column, name in names.items()}

    def _figure(self, figure: Figure) -> str:
        """The count of a figure; never over people's text."""
        counted = COUNTED[figure]
        placed = self.tables[counted.frame]
        column, words = placed.column(counted.column), [word(counted.group, value) for value in counted.among]
        if counted.is_sum:
            return f"SUM({column})"
        planned = f'({placed.column("plan_source")}<>"")*' if counted.of_plans else ""
        if counted.is_above_zero:
            # A table without rows holds a sentence, which is no number above zero.
            return f"SUMPRODUCT({planned}ISNUMBER({column})*({column}>0))"
        if not words:
            return f'SUMPRODUCT(--({column}<>""))'
        if counted.of_plans:
            return "+".join(f'SUMPRODUCT({planned}({column}="{each}"))' for each in words)
        return _countif(column, words)

    def _in_period(self, period: str, column: str) -> str:
        """A figure of the table of periods."""
        placed = self.tables["over_time"]
        return f'SUMIF({placed.column(OverTime.period)},"{period}",{placed.column(column)})'

    def _counted(self, check: Check, subject: str) -> str:
        """COUNTIF over a column of our own codes or state words; never over people's text."""
        counted = {
            Check.HISTORY: ("history", "period", [subject]),
            Check.FILES: ("sources", "verdict", [word("verdict", subject)] if check is Check.FILES else []),
            Check.OBLIGATIONS: ("obligations", "form", [subject]),
            Check.STATES: ("obligations", "state", [word("state", subject)] if check is Check.STATES else []),
            Check.OWED_BEFORE: ("obligations_before", "period", [subject]),
        }
        frame, column, words = counted[check]
        return _countif(self.tables[frame].column(column), words)


def _countif(column: str, words: Sequence[str]) -> str:
    """How many cells of a column hold one of our own words."""
    return "+".join(f'COUNTIF({column},"{each}")' for each in words)


def _coloured(canvas: Canvas, placed: Placed) -> None:
    """The live verdicts in their colours."""
    area = Area(placed.first_row, placed.columns["holds"], placed.last_row, placed.columns["mark"])
    cell = f"${placed.cell('holds', placed.first_row)}"
    for name, tone in (("holds", looks.Tone.GOOD), ("fails", looks.Tone.BAD)):
        canvas.conditional(area, f'={cell}="{say(f"committee.result.{name}")}"', looks.toned(tone))
