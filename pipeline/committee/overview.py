"""Sheet 1, one page: how do we stand, what changed, what needs a decision. Every figure is a live formula."""

from pipeline.committee import looks
from pipeline.committee.charts import draw_charts
from pipeline.committee.draft import Draft, Tables, sheet_title
from pipeline.committee.drawing import Canvas, Placed
from pipeline.committee.headline import comparison_text, headline_text
from pipeline.committee.key_figures import group_cells, last_row, write_figures
from pipeline.committee.overview_blocks import LAST, write_changes, write_decisions
from pipeline.committee.trends import Counts
from pipeline.consolidation.declaration import PROVED_BY, is_valid
from pipeline.consolidation.headline import previous_periods
from pipeline.excel.cells import Area
from pipeline.excel.fitting import height_of, lines_of
from pipeline.spreadsheet import cell_name
from pipeline.vietnamese import say_date
from pipeline.wording import say

_WIDTH = 13.6
_HALF = LAST // 2
_LINES_ROW = 5
_FIGURES_ROW = 7
_CHART_ROWS = 13
_CHART_ROW_HEIGHT = 15.75


def write_overview(draft: Draft, tables: Tables, counts: Counts) -> dict[str, str]:
    """Write all but the line of the checks; gives the places of the figures by name, as references from any sheet."""
    canvas = draft.canvas("overview")
    for column in range(1, LAST + 1):
        canvas.sheet.width(column, _WIDTH)
    _head(canvas, draft)
    cells = write_figures(canvas, draft, tables, (counts.divisions, counts.forms), _FIGURES_ROW)
    _declaration_line(canvas, draft, cells)
    row = write_decisions(canvas, draft, tables, last_row(_FIGURES_ROW) + 1)
    canvas.sheet.height(row + 1, 6)
    charts_row = row + 2
    for line in range(charts_row, charts_row + _CHART_ROWS):
        canvas.sheet.height(line, _CHART_ROW_HEIGHT)
    draw_charts(canvas, draft, counts, charts_row)
    last = write_changes(canvas, draft, tables, charts_row + _CHART_ROWS)
    draft.finish(canvas, last, LAST)
    canvas.sheet.worksheet.fit_to_pages(1, 1)
    return cells | _from_the_trends(draft, counts)


def _from_the_trends(draft: Draft, counts: Counts) -> dict[str, str]:
    """What the headline and the checks take from sheet 9."""
    divisions, periods = counts.divisions, counts.periods
    told = draft.committee.over_time
    cells = {
        "status_totals": divisions.far(divisions.column_totals),
        "division_totals": divisions.far(divisions.row_totals),
        "not_due": group_cells(counts.forms, "not_due").removeprefix("="),
    }
    places = {period: place for place, period in enumerate(told["period"])}
    compared = zip(("before", "year_before"), previous_periods(told, draft.committee.period), strict=True)
    for when, period in compared:
        if period:
            row = periods.first_row + places[period]
            cells |= {
                f"{name}_{when}": f"'{periods.sheet}'!{periods.cell(name, row)}" for name in ("reached", "judged")
            }
    return cells


def _head(canvas: Canvas, draft: Draft) -> None:
    committee = draft.committee
    due = committee.settings.due_on(committee.period)
    canvas.line(1, draft.agency.upper(), looks.PLAIN_LINE)
    built = say("committee.built_on", day=say_date(committee.today), standard=committee.settings.standard_on(due))
    canvas.line(1, built, looks.AT_RIGHT, LAST)
    canvas.line(2, say("committee.period_title", period=draft.period_words), looks.BIG_TITLE)
    for document_on in committee.presented["document_on"].tail(1):
        canvas.line(2, say("committee.presented_on", day=say_date(document_on)), looks.AT_RIGHT, LAST)
    canvas.sheet.height(2, 30)
    text = headline_text(committee)
    canvas.sheet.merged(Area(3, 1, 3, LAST), text, canvas.book.look(**looks.HEADLINE))
    canvas.sheet.height(3, height_of(lines_of(text, _WIDTH * LAST, size=14, bold=True), size=14) + 6)
    look = canvas.book.look(**looks.COMPARED)
    canvas.sheet.merged(Area(4, 1, 4, LAST), "", look)
    canvas.sheet.link(4, 1, f"internal:'{sheet_title('trends')}'!A5", shown=comparison_text(committee), look=look)
    canvas.sheet.height(4, 18)
    canvas.sheet.height(_LINES_ROW, 20)
    canvas.sheet.height(_LINES_ROW + 1, 6)


def write_control_line(draft: Draft, checks: Placed) -> None:
    """The line that is red when any check fails, and leads to the checks."""
    canvas = draft.canvas("overview")
    good, bad = say("committee.headline.all_hold"), say("committee.headline.some_fail")
    fails = f'COUNTIF({checks.column("holds")},"{say("committee.result.fails")}")'
    told = good if bool(draft.committee.controls["holds"].all()) else bad
    area = Area(_LINES_ROW, 1, _LINES_ROW, _HALF)
    _line(canvas, area, f'=IF({fails}=0,"{good}","{bad}")', told, checks.place(0))
    _coloured(canvas, area, good)


def _declaration_line(canvas: Canvas, draft: Draft, cells: dict[str, str]) -> None:
    """Whether the declaration is valid, from the figures of sheet 1 itself."""
    texts = {name: say(f"committee.declared.{name}") for name in ("good", "bad", "none")}
    proofs, changes = draft.committee.proofs, draft.committee.scope_changes
    told = texts["good"] if is_valid(proofs, changes) else texts["none" if proofs.empty else "bad"]
    every, missing, waiting = (
        cells[name].rpartition("!")[2] for name in ("proofs_all", "proofs_missing", "changes_waiting")
    )
    is_good = f"AND({every}={len(PROVED_BY)},{missing}+{waiting}=0)"
    formula = f'=IF({every}=0,"{texts["none"]}",IF({is_good},"{texts["good"]}","{texts["bad"]}"))'
    area = Area(_LINES_ROW, _HALF + 1, _LINES_ROW, LAST)
    _line(canvas, area, formula, told, f"'{sheet_title('declaration')}'!A4")
    _coloured(canvas, area, texts["good"])


def _line(canvas: Canvas, area: Area, formula: str, told: str, target: str) -> None:
    """A sentence that is computed, over half of the page, with the way to what it rests on."""
    look = canvas.book.look(**looks.STATED)
    canvas.sheet.merged(area, "", look)
    canvas.sheet.lead(area.first_row, area.first_column, target)
    canvas.sheet.formula(area.first_row, area.first_column, formula, value=told, look=look)


def _coloured(canvas: Canvas, area: Area, good: str) -> None:
    cell = cell_name(area.first_row, area.first_column).replace(str(area.first_row), f"${area.first_row}")
    for holds, tone in (("=", looks.Tone.GOOD), ("<>", looks.Tone.BAD)):
        colour = canvas.book.workbook.add_format(dict(looks.toned(tone)))
        canvas.conditional(area, {"type": "formula", "criteria": f'=${cell}{holds}"{good}"', "format": colour})
