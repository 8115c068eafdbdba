"""The live counts that sheet 1 draws: objectives by division and status, submissions by form and state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipeline.committee.draft import Draft, Tables
from pipeline.committee.words import label
from pipeline.consolidation.attention import by_kind
from pipeline.consolidation.headline import status_by_division
from pipeline.consolidation.states import STATE_ORDER, SUBMITTED, of_period
from pipeline.consolidation.status import REACHED, REGISTERED_ORDER, Stated
from pipeline.excel import looks
from pipeline.excel.cells import Area
from pipeline.excel.paging import Block
from pipeline.excel.signs import word
from pipeline.excel.tables import Canvas, Placed
from pipeline.forms import BY_NUMBER
from pipeline.spreadsheet import cell_name, column_name
from pipeline.vocabulary.choices import Status
from pipeline.wording import say

FIRST_COUNT = 3
"""The first column of counts, after a code and a name."""
NAME_WIDTH = 38.0


@dataclass(frozen=True)
class Grid:
    """A table of counts: rows of things, columns of states, a total below and beside."""

    sheet: str
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

    @property
    def block(self) -> Block:
        """Its rows on paper, with the heading above its header."""
        return Block(self.header_row - 1, self.header_row, self.total_row)

    def total(self, column: int) -> str:
        """One cell of the row of totals, within the sheet."""
        return f"${column_name(column)}${self.total_row}"

    def headers(self, first: int, last: int) -> str:
        """The headers of the columns from one to another, within the sheet."""
        return f"${column_name(first)}${self.header_row}:${column_name(last)}${self.header_row}"

    def far(self, reference: str) -> str:
        """A reference within the sheet as it is from any sheet."""
        return f"'{self.sheet}'!{reference}"

    def line(self, position: int) -> str:
        """Where the line at a position begins, from any sheet."""
        return self.far(f"A{self.header_row + 1 + position}")

    @property
    def area(self) -> Area:
        """The counts with their header and totals."""
        return Area(self.header_row, 1, self.total_row, self.total_column)

    @property
    def column_totals(self) -> str:
        """The totals of all columns, without their own sum."""
        return f"{self.total(FIRST_COUNT)}:{self.total(self.total_column - 1)}"

    @property
    def row_totals(self) -> str:
        """The totals of all rows, without their own sum; the header's cell when there is no row."""
        letter = column_name(self.total_column)
        return f"${letter}${self.header_row + min(self.rows, 1)}:${letter}${self.header_row + self.rows}"


def status_column(status: str) -> int:
    """The column of a status in the grid of divisions."""
    return FIRST_COUNT + REGISTERED_ORDER.index(str(status))


def state_column(state: str) -> int:
    """The column of a state in the grid of forms."""
    return FIRST_COUNT + STATE_ORDER.index(str(state))


def state_columns(group: str) -> list[int]:
    """The columns of the states that the committee reads as one group (``SUBMITTED``)."""
    return [state_column(state) for state in SUBMITTED[group]]


Leads = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Counted:
    """What a grid counts: a table's column of codes, its column of states, and further criteria for all of it.

    ``leads``: code and state to the first of the rows that are counted; ``apart``: the state of rows that are not.
    """

    placed: Placed
    code: str
    state: str
    only: str = ""
    leads: Leads = field(default_factory=dict)
    apart: str = ""

    def cell(self, row: int, column: int, header_row: int) -> str:
        """How many rows have the code of this row and the state of this column."""
        state = f"{column_name(column)}${header_row}"
        return f"=COUNTIFS({self.placed.column(self.code)},$A{row},{self.placed.column(self.state)},{state}{self.only})"

    def of_row(self, row: int) -> str:
        """How many rows have the code of this row, whatever their state; not those apart."""
        of_code = f"{self.placed.column(self.code)},$A{row}"
        apart = f'-COUNTIFS({of_code},{self.placed.column(self.state)},"{self.apart}")' if self.apart else ""
        return f"=COUNTIFS({of_code}{self.only}){apart}"

    def of_column(self, column: int, header_row: int) -> str:
        """How many rows have the state of this column, whatever their code."""
        return f"=COUNTIFS({self.placed.column(self.state)},{column_name(column)}${header_row}{self.only})"


def by_division(canvas: Canvas, draft: Draft, tables: Tables, row: int) -> Grid:
    """Objectives by division and status with the share reached, most unmet first; ``row`` is the header's."""
    counts = divisions_by_need(draft)
    held, placed = draft.committee.objective_results, tables["objective_results"]
    leads = _first_rows(held, "division", held["status"], placed)
    counted = Counted(placed, "division", "status", leads=leads, apart=str(Stated.NOT_PLANNED))
    canvas.line(row - 1, say("committee.heading.by_division"), looks.HEADING)
    grid = _grid(canvas, row, counts, counted, [draft.committee.names[code] for code in counts.index])
    _shares(canvas, grid, counts)
    canvas.book.name("theo_phong", canvas.sheet, grid.area)
    return grid


def divisions_by_need(draft: Draft) -> pd.DataFrame:
    """Objectives by division and status, the divisions with most unmet first, else in the settings' own order.

    Many divisions stand by their kinds.
    """
    counts = status_by_division(draft.committee.objective_results)
    counts = counts.reindex([code for code in draft.committee.names if code in counts.index])
    counts = counts.sort_values(str(Status.NOT_MET), ascending=False, kind="stable")
    return counts.reindex(by_kind(counts.index, draft.committee))


def by_form(canvas: Canvas, draft: Draft, tables: Tables, row: int) -> Grid:
    """The period's obligations by form and state; ``row`` is the header's."""
    period = draft.committee.period
    due = of_period(draft.committee.obligations, period)
    words = {state: word("state", state) for state in STATE_ORDER}
    counts = pd.crosstab(due["form"], due["state"]).reindex(columns=list(words), fill_value=0)
    placed = tables["obligations"]
    leads = _first_rows(due, "form", due["state"].map(words), placed)
    counted = Counted(placed, "form", "state", f',{placed.column("period")},"{period}"', leads)
    canvas.line(row - 1, say("committee.heading.by_form"), looks.HEADING)
    titles = [BY_NUMBER[form].short_title for form in counts.index]
    grid = _grid(canvas, row, counts.rename(columns=words), counted, titles)
    canvas.book.name("theo_bieu_mau", canvas.sheet, grid.area)
    return grid


def _first_rows(frame: pd.DataFrame, code: str, states: pd.Series, placed: Placed) -> Leads:
    """Where the first row of each pair of code and state stands; the frame keeps the positions of the table."""
    pairs = pd.DataFrame({"code": frame[code], "state": states}).drop_duplicates()
    return {(each, state): placed.place(int(position)) for position, each, state in pairs.itertuples()}


def _grid(canvas: Canvas, row: int, counts: pd.DataFrame, counted: Counted, names: Sequence[str]) -> Grid:
    grid = Grid(canvas.sheet.title, row, len(counts), len(counts.columns))
    canvas.header(row, [label("code"), label("name"), *counts.columns, label("total")])
    figure = canvas.look(looks.FIGURE, num_format=looks.COUNT_FORMAT)
    total = canvas.look(looks.FIGURE, looks.TOTAL, num_format=looks.COUNT_FORMAT)
    sheet, columns = canvas.sheet, range(FIRST_COUNT, grid.total_column)
    lines = zip(counts.index, names, counts.to_numpy().tolist(), strict=True)
    for line, (code, name, values) in enumerate(lines, row + 1):
        canvas.line(line, str(code), looks.CENTRED)
        canvas.line(line, name, looks.BODY, 2)
        for column, state, value in zip(columns, counts.columns, values, strict=True):
            if (code, state) in counted.leads:
                sheet.lead(line, column, counted.leads[code, state])
            sheet.formula(line, column, counted.cell(line, column, row), value=value, look=figure)
        sheet.formula(line, grid.total_column, counted.of_row(line), value=sum(values), look=total)
        canvas.fit_line(line, name, NAME_WIDTH)
    _totals(canvas, grid, counts, counted)
    return grid


def _totals(canvas: Canvas, grid: Grid, counts: pd.DataFrame, counted: Counted) -> None:
    row, total = grid.total_row, canvas.look(looks.FIGURE, looks.TOTAL, num_format=looks.COUNT_FORMAT)
    words = canvas.look(looks.BODY, looks.TOTAL)
    canvas.sheet.text(row, 1, label("total"), words)
    canvas.sheet.blank(row, 2, words)
    for column, value in enumerate(counts.sum().tolist(), FIRST_COUNT):
        canvas.sheet.formula(row, column, counted.of_column(column, grid.header_row), value=value, look=total)
    every = int(counts.to_numpy().sum())
    canvas.sheet.formula(row, grid.total_column, f"=SUM({grid.row_totals})", value=every, look=total)


def _shares(canvas: Canvas, grid: Grid, counts: pd.DataFrame) -> None:
    """Reached of those judged, one a division and for all."""
    column = grid.total_column + 1
    canvas.line(grid.header_row, label("reached_share"), looks.HEADER_CELL, column)
    rows = [*counts.to_dict("records"), counts.sum().to_dict()]
    for row, values in enumerate(rows, grid.header_row + 1):
        reached_cells = [cell_name(row, status_column(status)) for status in REACHED]
        missed_cell = cell_name(row, status_column(Status.NOT_MET))
        reached, judged = "+".join(reached_cells), "+".join([*reached_cells, missed_cell])
        met = sum(values[status] for status in REACHED)
        of = met + values[str(Status.NOT_MET)]
        bold = looks.TOTAL if row == grid.total_row else {}
        look = canvas.look(looks.FIGURE, bold, num_format=looks.SHARE_FORMAT)
        formula = f'=IF({judged}=0,"",({reached})/({judged}))'
        canvas.sheet.formula(row, column, formula, value=met / of if of else "", look=look)
