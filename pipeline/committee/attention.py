"""What waits for each division: on sheet 9 all of them, ranked, with sums by kind; on sheet 1 the first ten."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from pipeline.committee.draft import Draft, Table, Tables, write_table
from pipeline.committee.grids import NAME_WIDTH
from pipeline.committee.words import kind_word, own, sheet_title
from pipeline.consolidation.attention import WAITING, Attention, attention
from pipeline.excel import looks
from pipeline.excel.cells import Area
from pipeline.excel.signs import word
from pipeline.excel.tables import Canvas, Column, Kind, Placed
from pipeline.obligations import State
from pipeline.vocabulary.choices import DivisionKind, Status
from pipeline.wording import say

_FIRST: Final = 10
"""How many sheet 1 names."""
ROWS: Final = _FIRST + 3
"""How many rows they take there: a heading, a header, the way to all."""
_ON_SHEET_1: Final = (
    ((Attention.outstanding,), "outstanding"), ((Attention.not_met,), "not_met"),
    ((Attention.actions_overdue, Attention.tasks_overdue), "overdue"),
)  # fmt: skip
"""The counts of a division there, and their headers."""
_FIRST_COUNT: Final = 4
"""The first column of counts on sheet 1, behind code and name."""


def write_attention(canvas: Canvas, draft: Draft, tables: Tables, row: int) -> Placed:
    """Write the sums by kind, then every division; ``row`` is the header's. Gives where the divisions stand."""
    ranked = attention(draft.committee)
    every = ranked.assign(kind=[kind_word(kind) for kind in ranked[Attention.kind]])
    kinds = [each for each in map(kind_word, DivisionKind) if each in set(every[Attention.kind])]
    names = every.assign(division_name=every["division"].map(draft.committee.names).astype("str"))
    table = Table("viec_cho_theo_phong", _columns(tables), "attention", "attention")
    placed = write_table(canvas, row + max(len(kinds), 1) + 4, table, names)
    sums = every.groupby(Attention.kind)[[*WAITING, Attention.total]].sum().reindex(kinds).reset_index()
    sums = sums.assign(divisions=every[Attention.kind].value_counts().reindex(kinds).to_numpy())
    write_table(canvas, row, Table("viec_cho_theo_loai", _columns_by_kind(placed), "attention", "by_kind"), sums)
    return placed


def _columns(tables: Tables) -> tuple[Column, ...]:
    return (
        own(Attention.division, 9, Kind.CODE),
        own("division_name", NAME_WIDTH),
        own(Attention.kind, 11, Kind.CODE, named="division_kind"),
        _count(Attention.outstanding).live(lambda row: _outstanding(tables["obligations"], row)),
        _count(Attention.not_met).live(
            lambda row: f"={_rows(tables['objective_results'], row, 'status', str(Status.NOT_MET))}"
        ),
        _count(Attention.actions_overdue).live(lambda row: f"={_rows(tables['unmet'], row, 'overdue_days', '>0')}"),
        _count(Attention.tasks_overdue).live(lambda row: f"={_rows(tables['plan_tasks'], row, 'overdue_days', '>0')}"),
        own(Attention.total, 11, Kind.COUNT).live(lambda row: f"=SUM(D{row}:G{row})"),
    )


def _count(name: str) -> Column:
    return own(name, 11, Kind.COUNT, named=f"waiting_{name}")


def _outstanding(obligations: Placed, row: int) -> str:
    """Late are those of which no form counts, and those that came late, which are taken off again."""
    late = _rows(obligations, row, "days_late", ">0")
    return f"={late}-{_rows(obligations, row, 'state', word('state', State.LATE))}"


def _rows(placed: Placed, row: int, column: str, value: str) -> str:
    """How many rows of a table are of the division of this row and have a value."""
    return f'COUNTIFS({placed.column("division")},$A{row},{placed.column(column)},"{value}")'


def _columns_by_kind(placed: Placed) -> tuple[Column, ...]:
    kinds = placed.here(Attention.kind)

    def summed(name: str) -> Callable[[int], str]:
        return lambda row: f"=SUMIFS({placed.here(name)},{kinds},$B{row})"

    return (
        own("divisions", 9, Kind.WHOLE, named="divisions_of_kind").live(lambda row: f"=COUNTIF({kinds},$B{row})"),
        own(Attention.kind, NAME_WIDTH, named="division_kind"),
        *(_count(name).live(summed(name)) for name in WAITING),
        own(Attention.total, 11, Kind.COUNT).live(summed(Attention.total)),
    )


def write_first_ten(canvas: Canvas, draft: Draft, placed: Placed, row: int) -> None:
    """On sheet 1, six columns wide: the ten for which most waits, each with the way to its line, then to all."""
    every = attention(draft.committee)
    waiting = every[every[Attention.total] > 0]
    canvas.line(row, say("committee.heading.first_ten"), looks.HEADING)
    header = canvas.look(looks.HEADER_CELL)
    canvas.sheet.merged(Area(row + 1, 1, row + 1, _FIRST_COUNT - 1), say("committee.label.division_name"), header)
    for column, (_, name) in enumerate(_ON_SHEET_1, _FIRST_COUNT):
        canvas.sheet.text(row + 1, column, say(f"committee.label.first_{name}"), header)
    for position, division in waiting.head(_FIRST).iterrows():
        _line(canvas, draft, placed, (row + 2 + int(str(position)), division))
    if waiting.empty:
        canvas.line(row + 2, say("committee.empty.attention"), looks.EMPTY)
    more = max(len(waiting) - _FIRST, 0)
    text = say(f"committee.attention.{'more' if more else 'all'}", count=more, sheet=sheet_title("trends"))
    canvas.go_to(row + ROWS - 1, 1, placed.place(-1), text, looks.BACK)


def _line(canvas: Canvas, draft: Draft, placed: Placed, line: tuple[int, pd.Series]) -> None:
    row, division = line
    position = int(str(division.name))
    text = f"{division['division']} {draft.committee.names[division['division']]}"
    canvas.sheet.merged(Area(row, 1, row, _FIRST_COUNT - 1), "", canvas.look(looks.ONE_LINE))
    canvas.go_to(row, 1, placed.place(position), text, {**looks.ONE_LINE, "font_color": looks.LINK, "underline": 1})
    figure = canvas.look(looks.FIGURE, num_format=looks.COUNT_FORMAT)
    for column, (names, _) in enumerate(_ON_SHEET_1, _FIRST_COUNT):
        cells = (f"'{placed.sheet}'!{placed.cell(name, placed.first_row + position)}" for name in names)
        value = sum(int(division[name]) for name in names)
        canvas.sheet.formula(row, column, f"={'+'.join(cells)}", value=value, look=figure)
