"""Sheet 1: how do we stand, what changed, what needs a decision. Every figure is a live formula."""

from pipeline.consolidation.headline import in_headline
from pipeline.settings import PeriodKind
from pipeline.vietnamese import format_number, say_date
from pipeline.wording import say
from pipeline.workbooks.cells import Area
from pipeline.workbooks.committee import looks
from pipeline.workbooks.committee.charts import draw_charts
from pipeline.workbooks.committee.draft import Draft, Tables, percent
from pipeline.workbooks.committee.drawing import Canvas, Placed, look_of
from pipeline.workbooks.committee.key_figures import write_figures
from pipeline.workbooks.committee.overview_blocks import write_changes, write_decisions
from pipeline.workbooks.committee.overview_tables import by_division, by_form, by_period
from pipeline.workbooks.fitting import height_of, lines_of

WIDTHS = (9.0, 27.0, *[10.5] * 11)
_LAST = len(WIDTHS)
_FIGURES_ROW = 8
_CHARTS_ROW = 22
_CHANGES_ROW = 44


def write_overview(draft: Draft, tables: Tables) -> dict[str, str]:
    """Write all but the line of the checks; gives the places of the figures by name, as references from any sheet."""
    canvas = draft.canvas("overview")
    for column, width in enumerate(WIDTHS, 1):
        canvas.sheet.width(column, width)
    _head(canvas, draft)
    row = write_changes(canvas, draft, _CHANGES_ROW)
    divisions = by_division(canvas, draft, tables, row + 2)
    forms = by_form(canvas, draft, tables, divisions.total_row + 3)
    periods = by_period(canvas, draft, tables, divisions, forms.total_row + 3)
    cells = write_figures(canvas, draft, tables, (divisions, forms), _FIGURES_ROW)
    write_decisions(canvas, draft, _FIGURES_ROW)
    draw_charts(canvas, draft, (divisions, forms, periods), _CHARTS_ROW)
    # Excel counts the rows above a break: the charts begin the second page, the tables the third.
    canvas.sheet.worksheet.set_h_pagebreaks([_CHARTS_ROW - 1, row])
    draft.finish(canvas, periods[1], _LAST)
    cells |= {"status_totals": divisions.column_totals, "division_totals": divisions.row_totals}
    return {name: f"'{canvas.sheet.title}'!{place}" for name, place in cells.items()}


def _head(canvas: Canvas, draft: Draft) -> None:
    committee = draft.committee
    due = committee.settings.due_on(committee.period)
    canvas.line(1, draft.agency.upper(), looks.PLAIN_LINE)
    canvas.line(2, say("committee.period_title", period=draft.period_words), looks.TITLE)
    built = say("committee.built_on", day=say_date(committee.today), standard=committee.settings.standard_on(due))
    canvas.sheet.height(2, 24)
    canvas.line(3, built, looks.QUESTION)
    text = headline_text(draft)
    look = look_of(canvas.book, looks.BODY, {"font_size": 14, "bold": True, "valign": "vcenter", "border": 0})
    canvas.sheet.merged(Area(4, 1, 4, _LAST), text, look)
    canvas.sheet.height(4, height_of(lines_of(text, sum(WIDTHS), size=14, bold=True), size=14) + 8)


def headline_text(draft: Draft) -> str:
    """The sentence at the head, written from the figures of the committee's frames."""
    committee = draft.committee
    if committee.period.kind is PeriodKind.PLAN:
        key = "plan"
    else:
        key = "report" if committee.figures["judged"] else "report_none_judged"
    figures = {name: format_number(committee.figures[name]) for name in in_headline(committee.period)}
    return say(f"committee.headline.{key}", **figures, share=percent(committee.figures["reached_share"]))


def write_control_line(draft: Draft, checks: Placed) -> None:
    """The line that is red when any check fails."""
    canvas = draft.canvas("overview")
    good, bad = say("committee.headline.all_hold"), say("committee.headline.some_fail")
    fails = f'COUNTIF({checks.column("holds")},"{say("committee.result.fails")}")'
    area = Area(5, 1, 5, _LAST)
    look = look_of(canvas.book, looks.BODY, {"bold": True, "border": 0, "valign": "vcenter"})
    canvas.sheet.merged(area, "", look)
    told = good if bool(draft.committee.controls["holds"].all()) else bad
    canvas.sheet.formula(5, 1, f'=IF({fails}=0,"{good}","{bad}")', value=told, look=look)
    for holds, tone in (("=", looks.Tone.GOOD), ("<>", looks.Tone.BAD)):
        colour = canvas.book.workbook.add_format(dict(looks.toned(tone)))
        canvas.conditional(area, {"type": "formula", "criteria": f'=$A$5{holds}"{good}"', "format": colour})
