"""The key figures of sheet 1 as tiles: each a live formula with its computed value, and a link to its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.draft import Draft, Tables, sheet_title
from pipeline.committee.drawing import Canvas
from pipeline.committee.grids import FIRST_COUNT, Grid
from pipeline.committee.signs import word
from pipeline.consolidation.states import SUBMITTED
from pipeline.consolidation.states import STATE_ORDER, is_due
from pipeline.consolidation.status import REACHED, STATUS_ORDER
from pipeline.excel.cells import Area
from pipeline.obligations import State
from pipeline.spreadsheet import cell_name
from pipeline.vocabulary.choices import Status
from pipeline.wording import say

_A_ROW: Final = 6
"""How many tiles stand side by side, each two columns wide."""
_ROWS: Final = (27.0, 27.0, 15.0)
"""The heights of a tile's label, figure and foot."""
_GAP: Final = 6.0
_ADVERSE: Final = frozenset(
    ("not_met", "actions_overdue", "tasks_overdue", "late", "outstanding", "changes_waiting", "proofs_missing")
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
    name, look = figure.count.name, canvas.book.look
    label = look(**looks.TILE_LABEL)
    canvas.sheet.merged(Area(top, left, top, left + 1), say(f"committee.figure.{name}"), label)
    target = f"'{sheet_title(figure.sheet)}'!{figure.at}"
    canvas.sheet.lead(top + 1, left, target)
    count = look(**looks.TILE_COUNT)
    canvas.sheet.formula(top + 1, left, figure.count.formula, value=figure.count.value, look=count)
    if name in _ADVERSE:
        red = canvas.book.workbook.add_format({"font_color": looks.TONES[looks.Tone.BAD][0]})
        here = Area(top + 1, left, top + 1, left)
        canvas.conditional(here, {"type": "cell", "criteria": ">", "value": 0, "format": red})
    canvas.go_to(top + 2, left + 1, target, say(f"committee.see.{figure.sheet}"), looks.TILE_LINK)
    _whole(canvas, figure, top, left)


def _whole(canvas: Canvas, figure: Figure, top: int, left: int) -> None:
    """Out of how many, and the share; of a figure that is out of nothing, its unit."""
    whole, share = canvas.book.look(**looks.TILE_WHOLE), canvas.book.look(**looks.TILE_SHARE)
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
    told = draft.committee.figures
    statuses = {
        status: divisions.far(divisions.total(FIRST_COUNT + place)) for place, status in enumerate(STATUS_ORDER)
    }
    reached, not_met = _sum(statuses[status] for status in REACHED), statuses[str(Status.NOT_MET)]
    judged = Part(f"{reached}+{not_met}", told["judged"], "judged")
    every = divisions.far(divisions.total(divisions.total_column))
    planned = Part(f'=COUNTIF({divisions.far(divisions.row_totals)},">0")', told["divisions"], "divisions")
    held = draft.committee.objective_results["status"]
    return [
        Figure(Part(f"={every}", told["objectives"], "objectives"), None, "results", _first(tables, "results")),
        Figure(planned, _owing_plans(draft, tables), "trends", divisions.line(-1).rpartition("!")[2]),
        Figure(
            Part(reached, told["reached"], "reached"),
            judged,
            "results",
            _first(tables, "results", held.isin(REACHED)),
        ),
        Figure(Part(f"={not_met}", told["not_met"], "not_met"), judged, "unmet", _first(tables, "unmet")),
        *_overdue(draft, tables),
        *_of_submissions(draft, tables, forms),
        *_of_work(draft, tables),
    ]


_FRAMES = {"results": "objective_results", "unmet": "unmet", "plan": "plan_tasks", "submissions": "obligations"}


def _first(tables: Tables, sheet: str, chosen: pd.Series | None = None) -> str:
    """Where the first row that is counted stands on its sheet, which is sorted: a link cannot set a filter."""
    first = int(chosen.to_numpy().argmax()) if chosen is not None and len(chosen) else 0
    return tables[_FRAMES[sheet]].place(first).rpartition("!")[2]


def _owing_plans(draft: Draft, tables: Tables) -> Part:
    """How many divisions owe the year's plan."""
    owed, placed = draft.committee.obligations, tables["obligations"]
    every = f'=COUNTIF({placed.column("form")},"BM-01")'
    exempt = f'COUNTIFS({placed.column("form")},"BM-01",{placed.column("state")},"{word("state", State.EXEMPT)}")'
    return Part(f"{every}-{exempt}", int(((owed["form"] == "BM-01") & is_due(owed)).sum()))


def _sum(cells: Iterable[str]) -> str:
    return "=" + "+".join(cells)


def group_cells(forms: Grid, group: str) -> str:
    """The sum, from any sheet, of the totals of the states that the committee is told of as one group."""
    places = (STATE_ORDER.index(state) for state in SUBMITTED[group])
    return _sum(forms.far(forms.total(FIRST_COUNT + place)) for place in places)


def _of_submissions(draft: Draft, tables: Tables, forms: Grid) -> list[Figure]:
    told, obligations = draft.committee.figures, draft.committee.obligations
    own = obligations["period"] == str(draft.committee.period)
    exempt = forms.far(forms.total(FIRST_COUNT + STATE_ORDER.index(str(State.EXEMPT))))
    owed = Part(f"={forms.far(forms.total(forms.total_column))}-{exempt}", told["owed"], "owed")

    def figure(name: str) -> Figure:
        first = _first(tables, "submissions", own & obligations["state"].isin(SUBMITTED[name]))
        return Figure(Part(group_cells(forms, name), told[name], name), owed, "submissions", first)

    return [figure(name) for name in ("in_time", "late", "outstanding")]


def _overdue(draft: Draft, tables: Tables) -> list[Figure]:
    """Actions and tasks past their day."""
    told, frames = draft.committee.figures, draft.committee

    def figure(frame: str, code: str, name: str, sheet: str) -> Figure:
        placed = tables[frame]
        every = Part(f"=COUNTA({placed.column(code)})", len(getattr(frames, frame)))
        late = Part(f'=COUNTIF({placed.column("overdue_days")},">0")', told[name], name)
        return Figure(late, every, sheet, _first(tables, sheet, getattr(frames, frame)["overdue_days"] > 0))

    return [
        figure("unmet", "code", "actions_overdue", "unmet"),
        figure("plan_tasks", "task_code", "tasks_overdue", "plan"),
    ]


def _of_work(draft: Draft, tables: Tables) -> list[Figure]:
    """The policy and the declaration."""
    told, frames = draft.committee.figures, draft.committee

    def waiting(frame: str, column: str, group: str, name: str) -> Figure:
        placed = tables[frame]
        every = Part(f"=COUNTA({placed.column(column)})", len(getattr(frames, frame)), f"{frame}_all")
        count = Part(f'=COUNTIF({placed.column(column)},"{word(group, code=False)}")', told[name], name)
        return Figure(count, every, "declaration", f"A{placed.header_row}")

    understood, expected = (f"=SUM({tables['coverage'].column(name)})" for name in ("understood", "expected"))
    known = Part(understood, told["understood"], "understood")
    return [
        Figure(known, Part(expected, told["people"]), "policy", f"A{tables['people'].first_row}"),
        waiting("scope_changes", "is_declared", "declared", "changes_waiting"),
        waiting("proofs", "is_done", "proof", "proofs_missing"),
    ]
