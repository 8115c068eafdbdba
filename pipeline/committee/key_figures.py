"""The key figures of sheet 1 as tiles: each a live formula with its computed value, and a link to its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.committee.draft import Draft, Tables
from pipeline.committee.grids import Grid, state_column, state_columns, status_column
from pipeline.committee.looks import AT_RIGHT, TILE_COUNT, TILE_LABEL, TILE_LINK, TILE_SHARE, TILE_WHOLE
from pipeline.committee.words import sheet_title, shortened
from pipeline.consolidation.frames import ObjectiveResults, PlanTasks
from pipeline.consolidation.states import OPEN_STATES, SUBMITTED
from pipeline.consolidation.status import REACHED
from pipeline.consolidation.trends import Shift
from pipeline.excel import looks
from pipeline.excel.cells import Area
from pipeline.excel.signs import word
from pipeline.excel.tables import Canvas
from pipeline.obligations import PLAN, State
from pipeline.settings import PeriodKind
from pipeline.settings.succession import own_code
from pipeline.spreadsheet import cell_name
from pipeline.vocabulary.choices import Status
from pipeline.wording import say

_A_ROW: Final = 6
"""How many tiles stand side by side, each two columns wide."""
_ROWS: Final = (27.0, 27.0, 15.0)
"""The heights of a tile's label, figure and foot."""
_GAP: Final = 6.0
_NAMED: Final = 3
_ADVERSE: Final = frozenset(
    (
        "not_met",
        "actions_overdue",
        "tasks_overdue",
        "late",
        "outstanding",
        "changes_waiting",
        "proofs_missing",
        *("lowered", "dropped"),
    )
)
"""What stands out when there is any of it."""


@dataclass(frozen=True)
class Part:
    """A formula, the value that it has, and the figure's name when the headline uses it."""

    formula: str
    value: float
    name: str = ""


@dataclass(frozen=True)
class Figure:
    """One key figure: how many, out of how many where that says something, and the sheet and place that have more."""

    count: Part
    whole: Part | None
    sheet: str
    at: str = "A1"


def write_figures(canvas: Canvas, draft: Draft, tables: Tables, grids: tuple[Grid, Grid], row: int) -> dict[str, str]:
    """Write the tiles below the heading in ``row``; gives the cell of each figure by its name."""
    canvas.line(row, say("committee.heading.figures"), looks.HEADING)
    if taken_over := _taken_over(draft):
        canvas.line(row, taken_over, AT_RIGHT, 2 * _A_ROW)
    cells: dict[str, str] = {}
    for place, figure in enumerate(_figures(draft, tables, *grids)):
        band, across = divmod(place, _A_ROW)
        top, left = row + 1 + band * (len(_ROWS) + 1), 1 + 2 * across
        _tile(canvas, figure, top, left)
        for column, part in ((left, figure.count), (left + 1, figure.whole)):
            if part is not None and part.name:
                cells.setdefault(part.name, f"'{canvas.sheet.title}'!{cell_name(top + 1, column)}")
    return cells


def last_row(row: int) -> int:
    """The last row of the tiles whose heading stands in ``row``, with the gap below them."""
    return row + 2 * (len(_ROWS) + 1)


def _tile(canvas: Canvas, figure: Figure, top: int, left: int) -> None:
    """A label over a big figure and what it is out of, the share and the way to its rows below."""
    for row, height in enumerate(_ROWS, top):
        canvas.sheet.height(row, height)
    canvas.sheet.height(top + len(_ROWS), _GAP)
    name = figure.count.name
    canvas.sheet.merged(Area(top, left, top, left + 1), say(f"committee.figure.{name}"), canvas.look(TILE_LABEL))
    target = f"'{sheet_title(figure.sheet)}'!{figure.at}"
    canvas.sheet.lead(top + 1, left, target)
    count = canvas.look(TILE_COUNT)
    canvas.sheet.formula(top + 1, left, figure.count.formula, value=figure.count.value, look=count)
    if name in _ADVERSE:
        here = Area(top + 1, left, top + 1, left)
        red = {"font_color": looks.TONES[looks.Tone.BAD][0]}
        canvas.conditional(here, ">", red, type="cell", value=0)
    canvas.go_to(top + 2, left + 1, target, say(f"committee.see.{figure.sheet}"), TILE_LINK)
    _whole(canvas, figure, top, left)


def _whole(canvas: Canvas, figure: Figure, top: int, left: int) -> None:
    """Out of how many, and the share; of a figure that is out of nothing, its unit."""
    whole, share = canvas.look(TILE_WHOLE), canvas.look(TILE_SHARE)
    if figure.whole is None:
        canvas.sheet.text(top + 1, left + 1, say(f"committee.unit.{figure.count.name}"), whole)
        canvas.sheet.blank(top + 2, left, share)
        return
    value = figure.count.value / figure.whole.value if figure.whole.value else ""
    count_cell, whole_cell = cell_name(top + 1, left), cell_name(top + 1, left + 1)
    canvas.sheet.formula(top + 1, left + 1, figure.whole.formula, value=figure.whole.value, look=whole)
    divided = f'=IF({whole_cell}=0,"",{count_cell}/{whole_cell})'
    canvas.sheet.formula(top + 2, left, divided, value=value, look=share)


def _figures(draft: Draft, tables: Tables, divisions: Grid, forms: Grid) -> list[Figure]:
    figures = draft.committee.figures
    is_plan = draft.committee.period.kind is PeriodKind.PLAN
    every = Part(f"={divisions.far(divisions.total(divisions.total_column))}", figures["objectives"], "objectives")
    planned = Part(f'=COUNTIF({divisions.far(divisions.row_totals)},">0")', figures["divisions"], "divisions")
    return [
        Figure(every, None, "results", _first(tables, "results")),
        Figure(planned, _expected(draft, tables, planned, forms), "trends", divisions.line(-1).rpartition("!")[2]),
        *(_of_plans(draft, tables, every) if is_plan else _of_results(draft, tables, divisions)),
        *_of_submissions(draft, tables, forms),
        *_of_work(draft, tables),
    ]


def _of_results(draft: Draft, tables: Tables, divisions: Grid) -> list[Figure]:
    """What was reached and missed, and what is past its day."""
    figures = draft.committee.figures

    def total(status: str) -> str:
        return divisions.far(divisions.total(status_column(status)))

    reached, not_met = _sum(map(total, REACHED)), total(Status.NOT_MET)
    judged = Part(f"{reached}+{not_met}", figures["judged"], "judged")
    first_reached = _first(tables, "results", draft.committee.objective_results[ObjectiveResults.status].isin(REACHED))
    missed = Part(f"={not_met}", figures["not_met"], "not_met")
    return [
        Figure(Part(reached, figures["reached"], "reached"), judged, "results", first_reached),
        Figure(missed, judged, "unmet", _first(tables, "unmet")),
        *_overdue(draft, tables),
    ]


def _of_plans(draft: Draft, tables: Tables, every: Part) -> list[Figure]:
    """Before there are results: what serves the agency's objectives, the tasks, what was promised less or no more."""
    committee, shifts = draft.committee, tables["shifts"]
    chosen = committee.objective_results[ObjectiveResults.agency_objective].fillna("") != ""
    serving = f'=SUMPRODUCT(--({tables["objective_results"].column(ObjectiveResults.agency_objective)}<>""))'
    tasks = f"=COUNTA({tables['plan_tasks'].column(PlanTasks.task_code)})"

    def moved(shift: Shift) -> Figure:
        formula = f'=COUNTIF({shifts.column("shift")},"{word("shift", shift)}")'
        count = Part(formula, int((committee.shifts["shift"] == shift).sum()), str(shift))
        return Figure(count, None, "trends", f"A{shifts.header_row}")

    return [
        Figure(Part(serving, int(chosen.sum()), "serving"), every, "results", _first(tables, "results", chosen)),
        Figure(Part(tasks, len(committee.plan_tasks), "tasks"), None, "plan", _first(tables, "plan")),
        moved(Shift.LOWERED),
        moved(Shift.DROPPED),
    ]


_FRAMES = {"results": "objective_results", "unmet": "unmet", "plan": "plan_tasks", "submissions": "obligations"}


def _first(tables: Tables, sheet: str, chosen: pd.Series | None = None) -> str:
    """Where the first row that is counted stands on its sheet, which is sorted: a link cannot set a filter."""
    first = int(chosen.to_numpy().argmax()) if chosen is not None and len(chosen) else 0
    return tables[_FRAMES[sheet]].place(first).rpartition("!")[2]


def _expected(draft: Draft, tables: Tables, planned: Part, forms: Grid) -> Part:
    """The divisions that have objectives in the period, and those whose plan of the year is still to come.

    One whose objectives a successor reports on is no longer expected; one that was closed without its plan still is.
    """
    states, placed = draft.committee.obligations, tables["obligations"]
    waiting = (*OPEN_STATES, *SUBMITTED["not_due"])
    is_plan = f'({placed.column("form")}="{PLAN}")'
    words = forms.far(forms.headers(state_column(waiting[0]), state_column(waiting[-1])))
    still_due = int(((states["form"] == PLAN) & states["state"].isin(waiting)).sum())
    waits = f"({placed.column('state')}={words})"
    return Part(f"{planned.formula}+SUMPRODUCT({is_plan}*{waits})", planned.value + still_due)


def _taken_over(draft: Draft) -> str:
    """Which divisions were closed and who has their objectives in the period; blank without."""
    codes = draft.committee.objective_results[["code", "division"]].itertuples(index=False, name=None)
    formers: dict[str, dict[str, None]] = {}
    for code, division in codes:
        if former := own_code(code)[0]:
            formers.setdefault(division, {})[former] = None
    return "; ".join(
        say("committee.taken_over", formers=shortened(", ".join(each), _NAMED), division=division)
        for division, each in formers.items()
    )


def _sum(cells: Iterable[str]) -> str:
    return "=" + "+".join(cells)


def group_cells(forms: Grid, group: str) -> str:
    """The sum, from any sheet, of the totals of the states that the committee reads as one group."""
    return _sum(forms.far(forms.total(column)) for column in state_columns(group))


def _of_submissions(draft: Draft, tables: Tables, forms: Grid) -> list[Figure]:
    figures, obligations = draft.committee.figures, draft.committee.obligations
    own = obligations["period"] == str(draft.committee.period)
    exempt = forms.far(forms.total(state_column(State.EXEMPT)))
    due = Part(f"={forms.far(forms.total(forms.total_column))}-{exempt}", figures["owed"], "owed")

    def figure(name: str) -> Figure:
        first = _first(tables, "submissions", own & obligations["state"].isin(SUBMITTED[name]))
        return Figure(Part(group_cells(forms, name), figures[name], name), due, "submissions", first)

    return [figure(name) for name in ("in_time", "late", "outstanding")]


def _overdue(draft: Draft, tables: Tables) -> list[Figure]:
    """Actions and tasks past their day."""

    def figure(rows: pd.DataFrame, code: str, name: str, sheet: str) -> Figure:
        placed = tables[_FRAMES[sheet]]
        every = Part(f"=COUNTA({placed.column(code)})", len(rows))
        late = Part(f'=COUNTIF({placed.column("overdue_days")},">0")', draft.committee.figures[name], name)
        return Figure(late, every, sheet, _first(tables, sheet, rows["overdue_days"] > 0))

    return [
        figure(draft.committee.unmet, "code", "actions_overdue", "unmet"),
        figure(draft.committee.plan_tasks, PlanTasks.task_code, "tasks_overdue", "plan"),
    ]


def _of_work(draft: Draft, tables: Tables) -> list[Figure]:
    """The policy and the declaration."""
    committee, figures = draft.committee, draft.committee.figures

    def waiting(frame: str, column: str, group: str, name: str) -> Figure:
        placed = tables[frame]
        every = Part(f"=COUNTA({placed.column(column)})", len(getattr(committee, frame)), f"{frame}_all")
        count = Part(f'=COUNTIF({placed.column(column)},"{word(group, code=False)}")', figures[name], name)
        return Figure(count, every, "declaration", f"A{placed.header_row}")

    understood, expected = (f"=SUM({tables['coverage'].column(name)})" for name in ("understood", "expected"))
    informed = Part(understood, figures["understood"], "understood")
    return [
        Figure(informed, Part(expected, figures["people"]), "policy", f"A{tables['people'].first_row}"),
        waiting("scope_changes", "is_declared", "declared", "changes_waiting"),
        waiting("proofs", "is_done", "proof", "proofs_missing"),
    ]
