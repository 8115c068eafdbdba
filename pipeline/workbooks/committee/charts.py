"""The charts of sheet 1: native, two-dimensional, over the live tables, each with a title that says what it shows."""

from xlsxwriter.chart import Chart

from pipeline.consolidation.headline import status_by_division
from pipeline.consolidation.owed import STATE_ORDER, of_period
from pipeline.consolidation.status import STATUS_ORDER
from pipeline.forms.choices import Status
from pipeline.settings import PeriodKind
from pipeline.vietnamese import format_number
from pipeline.wording import say
from pipeline.workbooks.cells import FONT, WorkbookFaultError
from pipeline.workbooks.committee import looks
from pipeline.workbooks.committee.draft import Draft, percent
from pipeline.workbooks.committee.drawing import Canvas
from pipeline.workbooks.committee.overview_tables import FIRST_COUNT, Grid

_LEFT, _RIGHT = 0, 6
_WIDE, _NARROW = 565, 535
_HIGH, _LOW = 400, 198
_LOW_ROWS = 10
Span = tuple[int, int]


def draw_charts(canvas: Canvas, draft: Draft, over: tuple[Grid, Grid, Span], row: int) -> None:
    """Draw the three charts from ``row`` on; where there is nothing to draw, a sentence says so."""
    divisions, forms, periods = over
    drawn = (
        (_by_division(canvas, draft, divisions), _LEFT, row, (_WIDE, _HIGH), "by_division"),
        (_by_form(canvas, draft, forms), _RIGHT, row, (_NARROW, _LOW), "by_form"),
        (_by_period(canvas, draft, periods), _RIGHT, row + _LOW_ROWS, (_NARROW, _LOW), "by_period"),
    )
    for chart, column, top, size, name in drawn:
        if chart is None:
            canvas.line(top, say("committee.empty.chart"), looks.EMPTY, column + 1)
            continue
        chart.set_size({"width": size[0], "height": size[1]})
        alt = {"description": say(f"committee.chart.{name}_alt"), "object_position": 2, "y_offset": 4}
        if canvas.sheet.worksheet.insert_chart(top - 1, column, chart, alt) != 0:
            raise WorkbookFaultError(canvas.sheet.title, f"chart {name}")


def _by_division(canvas: Canvas, draft: Draft, grid: Grid) -> Chart | None:
    counts = status_by_division(draft.committee["objective_results"])
    if counts.empty:
        return None
    missed = counts[str(Status.NOT_MET)]
    facts = {"not_met": format_number(int(missed.sum())), "divisions": int((missed > 0).sum())}
    planned = {"objectives": format_number(int(counts.to_numpy().sum())), "divisions_planned": len(counts)}
    key = "by_division_title" if missed.sum() else "by_division_title_good"
    if draft.committee.period.kind is PeriodKind.PLAN:
        key = "by_division_title_plan"
    chart = _stacked(canvas, "bar", say(f"committee.chart.{key}", **facts, **planned))
    totals = counts.sum()
    for place, status in enumerate(STATUS_ORDER):
        if totals[status]:
            _series(chart, canvas, grid, FIRST_COUNT + place, looks.STATUS_BARS[status])
    _lying(chart, "divisions_axis", "objectives_axis")
    return chart


def _by_form(canvas: Canvas, draft: Draft, grid: Grid) -> Chart | None:
    owed = of_period(draft.committee["obligations"], draft.committee.period)
    if owed.empty:
        return None
    figures = draft.committee.figures
    facts = {name: format_number(figures[name]) for name in ("in_time", "owed")}
    chart = _stacked(canvas, "bar", say("committee.chart.by_form_title", **facts))
    found = set(owed["state"])
    for place, state in enumerate(STATE_ORDER):
        if state in found:
            _series(chart, canvas, grid, FIRST_COUNT + place, looks.STATE_BARS[state])
    _lying(chart, "forms_axis", "submissions_axis")
    return chart


def _by_period(canvas: Canvas, draft: Draft, span: Span) -> Chart | None:
    share = draft.committee.figures["reached_share"]
    title = percent(share)
    if not title:
        return None
    first, last = span
    chart: Chart = canvas.book.workbook.add_chart({"type": "column"})
    _style(chart, say("committee.chart.by_period_title", share=title))
    earlier: list[dict[str, object]] = [{"fill": {"color": "#9FC7AE"}}] * (last - first)
    sheet = canvas.sheet.title
    series = {
        "categories": [sheet, first - 1, 0, last - 1, 0],
        "values": [sheet, first - 1, 4, last - 1, 4],
        "fill": {"color": looks.BARS[looks.Tone.GOOD]},
        "points": [*earlier, {"fill": {"color": looks.BARS[looks.Tone.GOOD]}}],
        "data_labels": {"value": True, "num_format": "0.0%", "font": _font(9)},
        "gap": 120,
    }
    chart.add_series(series)
    chart.set_legend({"none": True})
    chart.set_x_axis(_axis("periods_axis"))
    shares = {"min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", "major_gridlines": _GRIDLINES}
    chart.set_y_axis({**_axis("share_axis"), **shares})
    return chart


def _stacked(canvas: Canvas, kind: str, title: str) -> Chart:
    chart: Chart = canvas.book.workbook.add_chart({"type": kind, "subtype": "stacked"})
    _style(chart, title)
    chart.set_legend({"position": "bottom", "font": _font(9)})
    return chart


def _lying(chart: Chart, categories: str, values: str) -> None:
    """The axes of lying bars, first category on top. XlsxWriter calls the upright axis of lying bars y."""
    chart.set_y_axis({**_axis(categories), "reverse": True, "major_gridlines": {"visible": False}})
    whole = {"num_format": "0", "major_gridlines": _GRIDLINES, "label_position": "high"}
    chart.set_x_axis({**_axis(values), **whole})


def _style(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": {**_font(12), "bold": True}, "overlay": False})
    chart.set_chartarea({"border": {"color": looks.LINE}})


def _series(chart: Chart, canvas: Canvas, grid: Grid, column: int, colour: str) -> None:
    first, last = grid.header_row, grid.header_row + grid.rows - 1
    sheet = canvas.sheet.title
    series: dict[str, object] = {
        "name": [sheet, grid.header_row - 1, column - 1],
        "categories": [sheet, first, 0, last, 0],
        "values": [sheet, first, column - 1, last, column - 1],
        "fill": {"color": colour},
        "border": {"color": looks.PAPER, "width": 0.75},
        "gap": 45,
    }
    chart.add_series(series)


_GRIDLINES = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}


def _axis(name: str) -> dict[str, object]:
    return {"name": say(f"committee.chart.{name}"), "name_font": {**_font(9), "bold": False}, "num_font": _font(9)}


def _font(size: int) -> dict[str, object]:
    return {"name": FONT, "size": size, "color": looks.INK}
