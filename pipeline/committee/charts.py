"""The charts of sheet 1: native, two-dimensional, over the live counts of sheet 9, each titled with what it shows."""

from collections.abc import Sequence
from itertools import count
from typing import Final

from xlsxwriter.chart import Chart

from pipeline.committee.attention import write_first_ten
from pipeline.committee.draft import Draft
from pipeline.committee.grids import Grid, divisions_by_need, state_column, status_column
from pipeline.committee.looks import BARS, EARLIER, STATE_BARS, STATUS_BARS
from pipeline.committee.trends import Counts
from pipeline.committee.words import percent
from pipeline.consolidation.states import STATE_ORDER, SUBMITTED, of_period
from pipeline.consolidation.status import REGISTERED_ORDER
from pipeline.consolidation.trends import PERIODS_ABREAST, in_pairs
from pipeline.excel import looks
from pipeline.excel.cells import FONT, WorkbookFaultError
from pipeline.excel.tables import Canvas, Placed
from pipeline.excel.times import pixels_of
from pipeline.forms import BY_NUMBER
from pipeline.settings import PeriodKind
from pipeline.spreadsheet import column_name
from pipeline.vietnamese import format_number
from pipeline.vocabulary.choices import Status
from pipeline.wording import say

_COLUMN: Final = 93
_WIDE: Final = 12 * _COLUMN
"""The width of the twelve columns of sheet 1 in pixels."""
_LISTED: Final = 6 * _COLUMN
"""The width that the ten divisions take which stand in place of bars."""
_ROWS: Final = 15
_ROW_HEIGHT: Final = 15.75
_HIGH: Final = 310
_GAP: Final = 6
_MOST_DIVISIONS = 12
"""How many divisions can still be told apart in a chart of this height."""
_SIZE: Final = 10
"""The size of all text but titles in points: sheet 1 is printed a tenth smaller."""
_FEWEST: Final = 2
"""Fewer states or periods say nothing in bars."""
_STEPS: Final = (1, 2, 5)
_MOST_STEPS: Final = 7
_MOST_FOR_NAMES, _FOR_AXIS, _FOR_CODES = 0.52, 0.06, 0.28
"""The shares of a chart's width: what names may take at most, the title of their axis, codes with it."""
_FLOOR: Final = 0.72
"""Where the bars end, from the top: axis, its title and the legend stand below."""
_DARK: Final = 140
"""Below this brightness the figures on a bar are white."""


def draw_charts(canvas: Canvas, draft: Draft, counts: Counts, row: int) -> int:
    """Draw side by side from ``row`` on the charts that have something to say; gives the last row.

    Many divisions cannot be told apart in bars: in place of theirs stand the ten that need the committee most.
    """
    drawn = {
        "by_division": counts.attention is None and _tells_divisions(draft),
        "by_form": _tells_forms(draft),
        "by_period": _tells_periods(draft),
    }
    names = [name for name, tells in drawn.items() if tells]
    left = 0
    if counts.attention is not None:
        write_first_ten(canvas, draft, counts.attention, row)
        left = _LISTED
    elif not names:
        canvas.line(row, say("committee.empty.chart"), looks.EMPTY)
        return row
    for line in range(row, row + _ROWS):
        canvas.sheet.height(line, _ROW_HEIGHT)
    for name, width in zip(names, _widths(names, _WIDE - left), strict=True):
        chart = _chart(canvas, draft, counts, (name, width))
        _insert(canvas, chart, (name, width), (row, left))
        left += width
    return row + _ROWS - 1


def _widths(names: Sequence[str], room: int) -> list[int]:
    """Half of the room for the divisions, the rest in equal parts."""
    if "by_division" in names and len(names) > 1:
        return [room // 2, *_widths(names[1:], room - room // 2)]
    return [min(room // len(names), _WIDE // 2)] * len(names) if names else []


def _insert(canvas: Canvas, chart: Chart, named: tuple[str, int], at: tuple[int, int]) -> None:
    (name, width), (row, left) = named, at
    chart.set_size({"width": width - _GAP, "height": _HIGH})
    options = {
        "description": say(f"committee.chart.{name}_alt"),
        "object_position": 2,
        "x_offset": left % _COLUMN,
        "y_offset": 2,
    }
    if canvas.sheet.worksheet.insert_chart(row - 1, left // _COLUMN, chart, options) != 0:
        raise WorkbookFaultError(canvas.sheet.title, f"chart {name}")


def _tells_divisions(draft: Draft) -> bool:
    """Whether the objectives stand in more than one state."""
    counts = divisions_by_need(draft)
    return int((counts.sum() > 0).sum()) >= _FEWEST


def _tells_forms(draft: Draft) -> bool:
    """Whether a form of the period is not in time; else the headline says it all."""
    due = of_period(draft.committee.obligations, draft.committee.period)
    return not due["state"].isin(SUBMITTED["in_time"]).all()


def _tells_periods(draft: Draft) -> bool:
    """Whether there are two periods to compare."""
    return int((draft.committee.over_time["judged"] > 0).sum()) >= _FEWEST


def _chart(canvas: Canvas, draft: Draft, counts: Counts, named: tuple[str, int]) -> Chart:
    name, width = named
    match name:
        case "by_division":
            return _by_division(canvas, draft, counts.divisions, width)
        case "by_form":
            return _by_form(canvas, draft, counts.forms, width)
        case _:
            return _by_period(canvas, draft, counts.periods, width)


def _by_division(canvas: Canvas, draft: Draft, grid: Grid, width: int) -> Chart:
    counts = divisions_by_need(draft)
    missed = counts[str(Status.NOT_MET)]
    facts = {"not_met": format_number(int(missed.sum())), "divisions": int((missed > 0).sum())}
    planned = {"objectives": format_number(int(counts.to_numpy().sum())), "divisions_planned": len(counts)}
    key = "by_division_title" if missed.sum() else "by_division_title_good"
    if draft.committee.period.kind is PeriodKind.PLAN:
        key = "by_division_title_plan"
    title = say(f"committee.chart.{key}", **facts, **planned)
    if len(counts) > _MOST_DIVISIONS:
        title = say("committee.chart.of_many", title=title, most=_MOST_DIVISIONS)
    drawn = counts.head(_MOST_DIVISIONS)
    column, share = _beside([draft.committee.names[code] for code in drawn.index], width)
    chart = _stacked(canvas, title, (width, share))
    for status in REGISTERED_ORDER:
        if drawn[status].sum():
            _series(chart, grid, (status_column(status), len(drawn)), STATUS_BARS[status], column)
    _lying(chart, ("divisions_axis", "objectives_axis"), int(drawn.sum(axis=1).max()))
    return chart


def _beside(names: Sequence[str], width: int) -> tuple[str, float]:
    """What stands beside the bars, names where they fit, else codes: its column, and its share of the chart's width."""
    share = max(pixels_of(name, size=_SIZE) for name in names) / width
    fit = width >= _WIDE // 2 and share < _MOST_FOR_NAMES
    return ("B", share + _FOR_AXIS) if fit else ("A", _FOR_CODES)


def _by_form(canvas: Canvas, draft: Draft, grid: Grid, width: int) -> Chart:
    due = of_period(draft.committee.obligations, draft.committee.period)
    figures = draft.committee.figures
    facts = {"in_time": format_number(figures["in_time"]), "due": format_number(figures["owed"])}
    column, share = _beside([BY_NUMBER[form].short_title for form in due["form"].unique()], width)
    chart = _stacked(canvas, say("committee.chart.by_form_title", **facts), (width, share))
    states = set(due["state"])
    for state in STATE_ORDER:
        if state in states:
            _series(chart, grid, (state_column(state), grid.rows), STATE_BARS[state], column)
    _lying(chart, ("forms_axis", "submissions_axis"), int(due["form"].value_counts().max()))
    return chart


def _by_period(canvas: Canvas, draft: Draft, periods: Placed, width: int) -> Chart:
    """The share reached, like periods side by side; all but this one lighter."""
    rows = in_pairs(draft.committee.over_time, draft.committee.period)
    share = percent(draft.committee.figures["reached_share"])
    key = "by_period_title" if share else "by_period_title_before"
    chart: Chart = canvas.book.workbook.add_chart({"type": "column"})
    _style(chart, say(f"committee.chart.{key}", share=share))
    first = periods.first_row + max(len(rows) - PERIODS_ABREAST, 0)
    now = {"fill": {"color": BARS[looks.Tone.GOOD]}}
    periods_abreast = rows["period"].tail(PERIODS_ABREAST)
    then = {"fill": {"color": EARLIER}}
    points = [now if period == str(draft.committee.period) else then for period in periods_abreast]
    values = f"${column_name(periods.columns['share'])}"
    series = {
        "name": say("committee.label.reached_share"),
        "categories": f"='{periods.sheet}'!$A${first}:$A${periods.last_row}",
        "values": f"='{periods.sheet}'!{values}${first}:{values}${periods.last_row}",
        **now,
        "points": points,
        "data_labels": {"value": True, "num_format": "0%", "font": _font(_SIZE)},
        "gap": 80,
    }
    chart.add_series(series)
    chart.set_legend({"none": True})
    # A bar of 100 % has its figure above it.
    top = _below_title(width) + 0.08
    layout = {"x": _FOR_CODES, "y": top, "width": 0.96 - _FOR_CODES, "height": _FLOOR - top}
    chart.set_plotarea({"layout": layout})
    chart.set_x_axis(_axis("periods_axis"))
    shares = {"min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", "major_gridlines": _GRIDLINES}
    chart.set_y_axis({**_axis("share_axis"), **shares})
    return chart


def _stacked(canvas: Canvas, title: str, beside: tuple[int, float]) -> Chart:
    """Lying bars; ``beside``: the chart's width in pixels, and the share of it that the names at the bars take."""
    width, names = beside
    chart: Chart = canvas.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    _style(chart, title)
    legend = {"x": 0.02, "y": 0.87, "width": 0.96, "height": 0.13}
    chart.set_legend({"position": "bottom", "font": _font(_SIZE), "layout": legend})
    # Left to themselves, programs give the bars so little room that every second name is left out.
    top = _below_title(width)
    chart.set_plotarea({"layout": {"x": names, "y": top, "width": 0.96 - names, "height": _FLOOR - top}})
    return chart


def _below_title(width: int) -> float:
    """Where the bars begin: the title takes two lines in a narrow chart."""
    return 0.12 if width >= _WIDE // 2 else 0.2


def _lying(chart: Chart, named: tuple[str, str], most: int) -> None:
    """The axes of lying bars, first category on top. XlsxWriter calls the upright axis of lying bars y."""
    categories, values = named
    upright = {
        **_axis(categories),
        "reverse": True,
        "interval_unit": 1,
        "major_gridlines": {"visible": False},
        "major_tick_mark": "none",
    }
    chart.set_y_axis(upright)
    step = _step(most)
    steps = {"min": 0, "max": -(-most // step) * step, "major_unit": step}
    whole = {"num_format": "0", "major_gridlines": _GRIDLINES, "label_position": "high", "major_tick_mark": "none"}
    chart.set_x_axis({**_axis(values), **whole, **steps})


def _step(most: int) -> int:
    """The whole step of an axis that ends at ``most``: 1, 2, 5, 10 and so on, few enough to be read."""
    steps = (step * int(10**power) for power in count() for step in _STEPS)
    return next(step for step in steps if step * _MOST_STEPS >= most)


def _style(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": {**_font(12), "bold": True}, "overlay": False})
    chart.set_chartarea({"border": {"color": looks.LINE}})


def _series(chart: Chart, grid: Grid, over: tuple[int, int], colour: str, names: str) -> None:
    """One column of the grid over its first rows; ``names``: the column of what stands beside the bars."""
    column, rows = over
    first, last = grid.header_row + 1, grid.header_row + rows
    letter = column_name(column)
    series: dict[str, object] = {
        "name": f"={grid.far(f'${letter}${grid.header_row}')}",
        "categories": f"={grid.far(f'${names}${first}:${names}${last}')}",
        "values": f"={grid.far(f'${letter}${first}:${letter}${last}')}",
        "fill": {"color": colour},
        "border": {"color": looks.PAPER, "width": 0.75},
        "gap": 35,
        "data_labels": {"value": True, "num_format": "0;;;", "font": {**_font(_SIZE), "color": _ink(colour)}},
    }
    chart.add_series(series)


def _ink(ground: str) -> str:
    """Dark on light bars, white on dark ones."""
    red, green, blue = (int(ground[place : place + 2], 16) for place in (1, 3, 5))
    return looks.PAPER if (299 * red + 587 * green + 114 * blue) / 1000 < _DARK else looks.INK


_GRIDLINES = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}


def _axis(name: str) -> dict[str, object]:
    return {
        "name": say(f"committee.chart.{name}"),
        "name_font": {**_font(_SIZE), "bold": False},
        "num_font": _font(_SIZE),
    }


def _font(size: int) -> dict[str, object]:
    return {"name": FONT, "size": size, "color": looks.INK}
