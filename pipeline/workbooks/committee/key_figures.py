"""The key figures of sheet 1, each a live formula with the value that pandas computed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.consolidation.headline import SUBMITTED
from pipeline.consolidation.owed import STATE_ORDER, is_owed
from pipeline.consolidation.status import REACHED, STATUS_ORDER
from pipeline.forms.choices import Status
from pipeline.obligations import State
from pipeline.wording import say
from pipeline.workbooks.cells import Area
from pipeline.workbooks.committee import looks
from pipeline.workbooks.committee.draft import Draft, Tables, label, sheet_title
from pipeline.workbooks.committee.drawing import Canvas, look_of
from pipeline.workbooks.committee.overview_tables import FIRST_COUNT, Grid
from pipeline.workbooks.committee.signs import word

_LINKED: Final = {**looks.LINKED, "valign": "vcenter"}


@dataclass(frozen=True)
class Part:
    """A formula, the value that it has, and the figure's name when the headline uses it."""

    formula: str
    value: float
    name: str = ""


@dataclass(frozen=True)
class Figure:
    """One key figure: how many, out of how many where that says something, and the sheet and row that have more."""

    count: Part
    whole: Part | None
    sheet: str
    at: int = 1


def write_figures(canvas: Canvas, draft: Draft, tables: Tables, grids: tuple[Grid, Grid], row: int) -> dict[str, str]:
    """Write the block whose header stands in ``row``; gives the cell of each figure by its name."""
    canvas.line(row - 1, say("committee.heading.figures"), looks.HEADING)
    header = canvas.book.look(**looks.HEADER_CELL)
    canvas.sheet.merged(Area(row, 1, row, 2), label("figure"), header)
    for column, name in enumerate(("count", "whole", "share", "see"), 3):
        canvas.sheet.text(row, column, label(name), header)
    cells: dict[str, str] = {}
    for line, figure in enumerate(_figures(draft, tables, *grids), row + 1):
        _write(canvas, figure, line)
        for letter, part in (("C", figure.count), ("D", figure.whole)):
            if part is not None and part.name:
                cells.setdefault(part.name, f"${letter}${line}")
    return cells


def _write(canvas: Canvas, figure: Figure, row: int) -> None:
    count = look_of(canvas.book, looks.FIGURE, {"num_format": looks.WHOLE_FORMAT, "bold": True, "valign": "vcenter"})
    whole = look_of(canvas.book, looks.FIGURE, {"num_format": looks.WHOLE_FORMAT, "valign": "vcenter"})
    share = look_of(canvas.book, looks.FIGURE, {"num_format": looks.SHARE_FORMAT, "valign": "vcenter"})
    words = look_of(canvas.book, looks.BODY, {"valign": "vcenter"})
    canvas.sheet.merged(Area(row, 1, row, 2), say(f"committee.figure.{figure.count.name}"), words)
    canvas.sheet.height(row, 27)
    canvas.sheet.formula(row, 3, figure.count.formula, value=figure.count.value, look=count)
    canvas.go_to(row, 6, f"'{sheet_title(figure.sheet)}'!A{figure.at}", say(f"committee.see.{figure.sheet}"), _LINKED)
    if figure.whole is None:
        canvas.sheet.blank(row, 4, whole)
        canvas.sheet.blank(row, 5, share)
        return
    value = figure.count.value / figure.whole.value if figure.whole.value else ""
    canvas.sheet.formula(row, 4, figure.whole.formula, value=figure.whole.value, look=whole)
    canvas.sheet.formula(row, 5, f'=IF(D{row}=0,"",C{row}/D{row})', value=value, look=share)


def _figures(draft: Draft, tables: Tables, divisions: Grid, forms: Grid) -> list[Figure]:
    statuses = {status: divisions.total(FIRST_COUNT + place) for place, status in enumerate(STATUS_ORDER)}
    told = draft.committee.figures
    reached = _sum(statuses[status] for status in REACHED)
    not_met = _sum([statuses[str(Status.NOT_MET)]])
    owing = _owing_plans(draft, tables)
    judged = Part(f"{reached}+{not_met[1:]}", told["judged"], "judged")
    objectives = Part(f"={divisions.total(divisions.total_column)}", told["objectives"], "objectives")
    planned = Part(f'=COUNTIF({divisions.row_totals},">0")', told["divisions"], "divisions")
    return [
        Figure(objectives, None, "results"),
        Figure(planned, owing, "results"),
        Figure(Part(reached, told["reached"], "reached"), judged, "results", _first_reached(draft, tables)),
        Figure(Part(not_met, told["not_met"], "not_met"), judged, "unmet"),
        *_of_submissions(draft, forms),
        *_of_work(draft, tables),
    ]


def _owing_plans(draft: Draft, tables: Tables) -> Part:
    """How many divisions owe the year's plan."""
    owed, placed = draft.committee["obligations"], tables["obligations"]
    every = f'=COUNTIF({placed.column("form")},"BM-01")'
    exempt = f'COUNTIFS({placed.column("form")},"BM-01",{placed.column("state")},"{word("state", State.EXEMPT)}")'
    return Part(f"{every}-{exempt}", int(((owed["form"] == "BM-01") & is_owed(owed)).sum()))


def _first_reached(draft: Draft, tables: Tables) -> int:
    """Where the reached objectives begin on their sheet, which is sorted by status: a link cannot set a filter."""
    found = draft.committee["objective_results"]["status"].isin(REACHED)
    return tables["objective_results"].first_row + int(found.argmax()) if found.any() else 1


def _sum(cells: Iterable[str]) -> str:
    return "=" + "+".join(cells)


def _of_submissions(draft: Draft, forms: Grid) -> list[Figure]:
    states = {state: forms.total(FIRST_COUNT + place) for place, state in enumerate(STATE_ORDER)}
    told = draft.committee.figures
    owed = Part(f"={forms.total(forms.total_column)}-{states[str(State.EXEMPT)]}", told["owed"], "owed")
    return [
        Figure(Part(_sum(states[state] for state in SUBMITTED[name]), told[name], name), owed, "submissions")
        for name in ("in_time", "late", "outstanding")
    ]


def _of_work(draft: Draft, tables: Tables) -> list[Figure]:
    """What is counted straight over the data sheets."""
    told, frames = draft.committee.figures, draft.committee.frames

    def every(frame: str, column: str) -> Part:
        return Part(f"=COUNTA({tables[frame].column(column)})", len(frames[frame]))

    def overdue(frame: str, name: str) -> Part:
        return Part(f'=COUNTIF({tables[frame].column("overdue_days")},">0")', told[name], name)

    def waiting(frame: str, column: str, group: str, name: str) -> Part:
        return Part(f'=COUNTIF({tables[frame].column(column)},"{word(group, code=False)}")', told[name], name)

    understood, expected = (f"=SUM({tables['coverage'].column(name)})" for name in ("understood", "expected"))
    people = Part(expected, told["people"])
    changed = waiting("scope_changes", "is_declared", "declared", "changes_waiting")
    missing = waiting("proofs", "is_done", "proof", "proofs_missing")
    return [
        Figure(overdue("unmet", "actions_overdue"), every("unmet", "code"), "unmet"),
        Figure(overdue("plan_tasks", "tasks_overdue"), every("plan_tasks", "task_code"), "plan"),
        Figure(Part(understood, told["understood"], "understood"), people, "policy"),
        Figure(changed, every("scope_changes", "is_declared"), "declaration"),
        Figure(missing, every("proofs", "is_done"), "declaration"),
    ]
