"""The live tables of sheet 1: objectives by division and status, submissions by form and state, periods."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.consolidation.headline import reached_by_period, status_by_division
from pipeline.consolidation.owed import STATE_ORDER, of_period
from pipeline.consolidation.status import REACHED, STATUS_ORDER
from pipeline.forms import BY_NUMBER
from pipeline.forms.choices import Status
from pipeline.spreadsheet import cell_name, column_name
from pipeline.wording import say
from pipeline.workbooks.committee import looks
from pipeline.workbooks.committee.draft import Draft, Tables, label
from pipeline.workbooks.committee.drawing import Canvas, Placed, look_of
from pipeline.workbooks.committee.signs import word

FIRST_COUNT = 3
"""The first column of counts, after a code and a name."""


@dataclass(frozen=True)
class Grid:
    """A table of counts: rows of things, columns of states, a total below and beside."""

    header_row: int
    rows: int
    columns: int

    @property
    def total_row(self) -> int:
        """The row of totals."""
        return self.header_row + self.rows + 1

    @property
    def total_column(self) -> int:
        """The column of totals."""
        return FIRST_COUNT + self.columns

    def total(self, column: int) -> str:
        """One cell of the row of totals."""
        return f"${column_name(column)}${self.total_row}"

    @property
    def column_totals(self) -> str:
        """The totals of all columns, without their own sum."""
        return f"{self.total(FIRST_COUNT)}:{self.total(self.total_column - 1)}"

    @property
    def row_totals(self) -> str:
        """The totals of all rows, without their own sum; the header's cell when there is no row."""
        letter = column_name(self.total_column)
        return f"${letter}${self.header_row + min(self.rows, 1)}:${letter}${self.header_row + self.rows}"


@dataclass(frozen=True)
class Counted:
    """What a grid counts: a table's column of codes, its column of states, and further criteria for all of it."""

    placed: Placed
    code: str
    state: str
    only: str = ""

    def cell(self, row: int, column: int, header_row: int) -> str:
        """How many rows have the code of this row and the state of this column."""
        state = f"{column_name(column)}${header_row}"
        return f"=COUNTIFS({self.placed.column(self.code)},$A{row},{self.placed.column(self.state)},{state}{self.only})"

    def of_row(self, row: int) -> str:
        """How many rows have the code of this row, whatever their state."""
        return f"=COUNTIFS({self.placed.column(self.code)},$A{row}{self.only})"

    def of_column(self, column: int, header_row: int) -> str:
        """How many rows have the state of this column, whatever their code."""
        return f"=COUNTIFS({self.placed.column(self.state)},{column_name(column)}${header_row}{self.only})"


def by_division(canvas: Canvas, draft: Draft, tables: Tables, row: int) -> Grid:
    """Objectives by division and status, with the share reached; ``row`` is the header's."""
    counts = status_by_division(draft.committee["objective_results"])
    known = [d for d in draft.committee.settings.divisions if d.code in counts.index]
    counts = counts.reindex([d.code for d in known])
    counted = Counted(tables["objective_results"], "division", "status")
    canvas.line(row - 1, say("committee.heading.by_division"), looks.HEADING)
    grid = _grid(canvas, row, counts, counted, [d.name for d in known])
    _shares(canvas, grid, counts)
    return grid


def by_form(canvas: Canvas, draft: Draft, tables: Tables, row: int) -> Grid:
    """The period's obligations by form and state; ``row`` is the header's."""
    period = draft.committee.period
    owed = of_period(draft.committee["obligations"], period)
    counts = pd.crosstab(owed["form"], owed["state"]).reindex(columns=list(STATE_ORDER), fill_value=0)
    counts = counts.rename(columns={state: word("state", state) for state in STATE_ORDER})
    placed = tables["obligations"]
    counted = Counted(placed, "form", "state", f',{placed.column("period")},"{period}"')
    canvas.line(row - 1, say("committee.heading.by_form"), looks.HEADING)
    return _grid(canvas, row, counts, counted, [BY_NUMBER[form].short_title for form in counts.index])


def _grid(canvas: Canvas, row: int, counts: pd.DataFrame, counted: Counted, names: Sequence[str]) -> Grid:
    grid = Grid(row, len(counts), len(counts.columns))
    _headers(canvas, row, ["", "", *counts.columns, label("total")])
    figure = look_of(canvas.book, looks.FIGURE, {"num_format": looks.WHOLE_FORMAT})
    total = look_of(canvas.book, looks.FIGURE, looks.TOTAL, {"num_format": looks.WHOLE_FORMAT})
    sheet, columns = canvas.sheet, range(FIRST_COUNT, grid.total_column)
    lines = zip(counts.index, names, counts.to_numpy().tolist(), strict=True)
    for line, (code, name, values) in enumerate(lines, row + 1):
        sheet.text(line, 1, str(code), canvas.book.look(**looks.CENTRED))
        sheet.text(line, 2, name, canvas.book.look(**looks.BODY))
        for column, value in zip(columns, values, strict=True):
            sheet.formula(line, column, counted.cell(line, column, row), value=value, look=figure)
        sheet.formula(line, grid.total_column, counted.of_row(line), value=sum(values), look=total)
        canvas.fit_line(line, name, 27)
    _totals(canvas, grid, counts, counted)
    return grid


def _headers(canvas: Canvas, row: int, texts: Sequence[str]) -> None:
    header = canvas.book.look(**looks.HEADER_CELL)
    for column, text in enumerate(texts, 1):
        canvas.sheet.text(row, column, text, header)
    canvas.sheet.fit(row, 45)


def _totals(canvas: Canvas, grid: Grid, counts: pd.DataFrame, counted: Counted) -> None:
    row, total = grid.total_row, look_of(canvas.book, looks.FIGURE, looks.TOTAL, {"num_format": looks.WHOLE_FORMAT})
    words = look_of(canvas.book, looks.BODY, looks.TOTAL)
    canvas.sheet.text(row, 1, label("total"), words)
    canvas.sheet.blank(row, 2, words)
    for column, value in enumerate(counts.sum().tolist(), FIRST_COUNT):
        canvas.sheet.formula(row, column, counted.of_column(column, grid.header_row), value=value, look=total)
    canvas.sheet.formula(
        row, grid.total_column, f"=SUM({grid.row_totals})", value=int(counts.to_numpy().sum()), look=total
    )


def _shares(canvas: Canvas, grid: Grid, counts: pd.DataFrame) -> None:
    """Reached of those judged, one a division and for all."""
    column = grid.total_column + 1
    canvas.sheet.text(grid.header_row, column, label("reached_share"), canvas.book.look(**looks.HEADER_CELL))
    places = {status: FIRST_COUNT + place for place, status in enumerate(STATUS_ORDER)}
    rows = [*counts.to_dict("records"), counts.sum().to_dict()]
    for row, values in enumerate(rows, grid.header_row + 1):
        reached_cells = [cell_name(row, places[status]) for status in REACHED]
        missed_cell = cell_name(row, places[str(Status.NOT_MET)])
        reached, judged = "+".join(reached_cells), "+".join([*reached_cells, missed_cell])
        met = sum(values[status] for status in REACHED)
        of = met + values[str(Status.NOT_MET)]
        bold = looks.TOTAL if row == grid.total_row else {}
        look = look_of(canvas.book, looks.FIGURE, bold, {"num_format": looks.SHARE_FORMAT})
        formula = f'=IF({judged}=0,"",({reached})/({judged}))'
        canvas.sheet.formula(row, column, formula, value=met / of if of else "", look=look)


def by_period(canvas: Canvas, draft: Draft, tables: Tables, grid: Grid, row: int) -> tuple[int, int]:
    """Reached and judged, period by period; gives the first and last row of the figures."""
    committee = draft.committee
    periods = reached_by_period(committee["objective_results"], committee["history"], committee.period)
    canvas.line(row - 1, say("committee.heading.by_period"), looks.HEADING)
    _headers(canvas, row, [label("period"), "", label("reached"), label("judged"), label("reached_share")])
    whole = look_of(canvas.book, looks.FIGURE, {"num_format": looks.WHOLE_FORMAT})
    shares = look_of(canvas.book, looks.FIGURE, {"num_format": looks.SHARE_FORMAT})
    for line, (period, reached, judged, share) in enumerate(periods.itertuples(index=False), row + 1):
        now = period == str(committee.period)
        formulas = _of_now(grid) if now else _of_then(tables["history"], line)
        canvas.sheet.text(line, 1, period, canvas.book.look(**looks.CENTRED))
        canvas.sheet.blank(line, 2, canvas.book.look(**looks.BODY))
        canvas.sheet.formula(line, 3, formulas[0], value=reached, look=whole)
        canvas.sheet.formula(line, 4, formulas[1], value=judged, look=whole)
        told = "" if pd.isna(share) else share
        canvas.sheet.formula(line, 5, f'=IF(D{line}=0,"",C{line}/D{line})', value=told, look=shares)
    return row + 1, row + len(periods)


def _of_now(grid: Grid) -> tuple[str, str]:
    places = {status: FIRST_COUNT + place for place, status in enumerate(STATUS_ORDER)}
    reached = "+".join(cell_name(grid.total_row, places[status]) for status in REACHED)
    return f"={reached}", f"={reached}+{cell_name(grid.total_row, places[str(Status.NOT_MET)])}"


def _of_then(history: Placed, row: int) -> tuple[str, str]:
    period, status = history.column("period"), history.column("status")
    reached = "+".join(f'COUNTIFS({period},$A{row},{status},"{each}")' for each in REACHED)
    return f"={reached}", f'=C{row}+COUNTIFS({period},$A{row},{status},"{Status.NOT_MET}")'
