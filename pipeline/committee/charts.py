"""The charts of sheet 1: native, two-dimensional, over the live counts of sheet 9, each titled with what it shows."""

from typing import Final

from xlsxwriter.chart import Chart

from pipeline.committee.attention import write_first_ten
from pipeline.committee.draft import Draft
from pipeline.committee.grids import Grid, divisions_by_need, state_column, status_column
from pipeline.committee.looks import BARS, EARLIER, STATE_BARS, STATUS_BARS
from pipeline.committee.trends import Counts
from pipeline.committee.words import percent
from pipeline.consolidation.states import STATE_ORDER, of_period
from pipeline.consolidation.status import REGISTERED_ORDER
from pipeline.consolidation.trends import PERIODS_ABREAST, in_pairs
from pipeline.excel import looks
from pipeline.excel.cells import FONT, WorkbookFaultError
from pipeline.excel.tables import Canvas, Placed
from pipeline.settings import PeriodKind
from pipeline.spreadsheet import column_name
from pipeline.vietnamese import format_number
from pipeline.vocabulary.choices import Status
from pipeline.wording import say

_HIGH = 270
_MOST_DIVISIONS = 12
"""How many divisions can still be told apart in a chart of this height."""


_SPOTS: Final = {"by_division": (0, 497), "by_form": (5, 397), "by_period": (9, 297)}
"""Where the charts stand: the first column, counted from 0, and the width in pixels."""


def draw_charts(canvas: Canvas, draft: Draft, counts: Counts, row: int) -> None:
    """Draw the three charts side by side from ``row`` on; where there is nothing to draw, a sentence says so.

    Many divisions cannot be told apart in bars: in place of theirs stand the ten that need the committee most.
    """
    charts = {"by_form": _by_form(canvas, draft, counts.forms), "by_period": _by_period(canvas, draft, counts.periods)}
    if counts.attention is None:
        charts = {"by_division": _by_division(canvas, draft, counts.divisions), **charts}
    else:
        write_first_ten(canvas, draft, counts.attention, row)
    for name, chart in charts.items():
        column, width = _SPOTS[name]
        if chart is None:
            canvas.line(row, say("committee.empty.chart"), looks.EMPTY, column + 1)
            continue
        chart.set_size({"width": width, "height": _HIGH})
        alt = {"description": say(f"committee.chart.{name}_alt"), "object_position": 2}
        if canvas.sheet.worksheet.insert_chart(row - 1, column, chart, alt) != 0:
            raise WorkbookFaultError(canvas.sheet.title, f"chart {name}")


def _by_division(canvas: Canvas, draft: Draft, grid: Grid) -> Chart | None:
    counts = divisions_by_need(draft)
    if counts.empty:
        return None
    missed = counts[str(Status.NOT_MET)]
    facts = {"not_met": format_number(int(missed.sum())), "divisions": int((missed > 0).sum())}
    planned = {"objectives": format_number(int(counts.to_numpy().sum())), "divisions_planned": len(counts)}
    key = "by_division_title" if missed.sum() else "by_division_title_good"
    if draft.committee.period.kind is PeriodKind.PLAN:
        key = "by_division_title_plan"
    title = say(f"committee.chart.{key}", **facts, **planned)
    if len(counts) > _MOST_DIVISIONS:
        title = say("committee.chart.of_many", title=title, most=_MOST_DIVISIONS)
    chart = _stacked(canvas, title)
    drawn = counts.head(_MOST_DIVISIONS)
    for status in REGISTERED_ORDER:
        if drawn[status].sum():
            _series(chart, grid, (status_column(status), len(drawn)), STATUS_BARS[status])
    _lying(chart, "divisions_axis", "objectives_axis")
    return chart


def _by_form(canvas: Canvas, draft: Draft, grid: Grid) -> Chart | None:
    due = of_period(draft.committee.obligations, draft.committee.period)
    if due.empty:
        return None
    figures = draft.committee.figures
    facts = {"in_time": format_number(figures["in_time"]), "due": format_number(figures["owed"])}
    chart = _stacked(canvas, say("committee.chart.by_form_title", **facts))
    states = set(due["state"])
    for state in STATE_ORDER:
        if state in states:
            _series(chart, grid, (state_column(state), grid.rows), STATE_BARS[state])
    _lying(chart, "forms_axis", "submissions_axis")
    return chart


def _by_period(canvas: Canvas, draft: Draft, periods: Placed) -> Chart | None:
    """The share reached, like periods side by side; all but this one lighter."""
    rows = in_pairs(draft.committee.over_time, draft.committee.period)
    if not rows["judged"].sum():
        return None
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
        "data_labels": {"value": True, "num_format": "0.0%", "font": _font(8)},
        "gap": 80,
    }
    chart.add_series(series)
    chart.set_legend({"none": True})
    chart.set_x_axis(_axis("periods_axis"))
    shares = {"min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", "major_gridlines": _GRIDLINES}
    chart.set_y_axis({**_axis("share_axis"), **shares})
    return chart


def _stacked(canvas: Canvas, title: str) -> Chart:
    chart: Chart = canvas.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    _style(chart, title)
    chart.set_legend({"position": "bottom", "font": _font(8)})
    # Left to themselves, programs give the bars so little room that every second name is left out.
    chart.set_plotarea({"layout": {"x": 0.16, "y": 0.13, "width": 0.8, "height": 0.56}})
    return chart


def _lying(chart: Chart, categories: str, values: str) -> None:
    """The axes of lying bars, first category on top. XlsxWriter calls the upright axis of lying bars y."""
    named = {**_axis(categories), "reverse": True, "interval_unit": 1, "major_gridlines": {"visible": False}}
    chart.set_y_axis(named)
    whole = {"num_format": "0", "major_gridlines": _GRIDLINES, "label_position": "high"}
    chart.set_x_axis({**_axis(values), **whole})


def _style(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": {**_font(11), "bold": True}, "overlay": False})
    chart.set_chartarea({"border": {"color": looks.LINE}})


def _series(chart: Chart, grid: Grid, over: tuple[int, int], colour: str) -> None:
    """One column of the grid over its first rows."""
    column, rows = over
    first, last = grid.header_row + 1, grid.header_row + rows
    letter = column_name(column)
    series: dict[str, object] = {
        "name": f"={grid.far(f'${letter}${grid.header_row}')}",
        "categories": f"={grid.far(f'$A${first}:$A${last}')}",
        "values": f"={grid.far(f'${letter}${first}:${letter}${last}')}",
        "fill": {"color": colour},
        "border": {"color": looks.PAPER, "width": 0.75},
        "gap": 35,
    }
    chart.add_series(series)


_GRIDLINES = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}


def _axis(name: str) -> dict[str, object]:
    return {"name": say(f"committee.chart.{name}"), "name_font": {**_font(8), "bold": False}, "num_font": _font(8)}


def _font(size: int) -> dict[str, object]:
    return {"name": FONT, "size": size, "color": looks.INK}
