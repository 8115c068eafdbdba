"""Sheet 1: how do we stand, what needs a decision, what changed. Every figure is a live formula."""

from collections.abc import Mapping
from itertools import pairwise

import pandas as pd

from pipeline.committee.charts import draw_charts
from pipeline.committee.decisions import write_decisions
from pipeline.committee.declaration import REST
from pipeline.committee.draft import Draft, Printed, Tables
from pipeline.committee.grids import status_column
from pipeline.committee.headline import comparison_text, headline_text
from pipeline.committee.key_figures import group_cells, last_row, write_figures
from pipeline.committee.looks import AT_RIGHT, BIG_TITLE, COMPARED, HEADLINE, STATED
from pipeline.committee.standing import write_agency_standing, write_statuses
from pipeline.committee.trends import Counts
from pipeline.committee.words import change_words, label, sheet_title, shortened, workbook_title
from pipeline.consolidation.changes import Since
from pipeline.consolidation.controls import Controls
from pipeline.consolidation.declaration import is_valid
from pipeline.consolidation.frames import Presented
from pipeline.consolidation.headline import ESTIMATED
from pipeline.consolidation.trends import in_pairs
from pipeline.excel import looks
from pipeline.excel.cells import Area, Look
from pipeline.excel.fitting import height_of
from pipeline.excel.paging import Block
from pipeline.excel.tables import Canvas, Placed
from pipeline.excel.times import lines_of
from pipeline.spreadsheet import cell_name
from pipeline.vietnamese import format_date, say_date
from pipeline.vocabulary.choices import Status
from pipeline.wording import say

_LAST = 12
"""The last column of sheet 1."""
_WIDTH = 12.5
_HALF = _LAST // 2
_LINES_ROW = 5
_STATUSES_ROW = 7
_CHANGES, _CHANGES_OF_YEAR = 5, 2
"""How many there is room for."""
_NAMED_CHANGES = 6
_CHANGE_COLUMNS = ((1, 2, "since"), (3, 4, "before"), (5, 6, "after"), (7, 7, "count"), (8, _LAST, "which"))
_LINE = 15.0


def write_overview(draft: Draft, tables: Tables, counts: Counts) -> dict[str, str]:
    """Write all but the line of the checks; gives the places of the figures by name, as references from any sheet."""
    canvas = draft.canvas("overview")
    canvas.widths([_WIDTH] * _LAST)
    _head(canvas, draft)
    ends = [write_statuses(canvas, draft, tables["objective_results"], counts.divisions, _STATUSES_ROW)]
    ends.append(write_agency_standing(canvas, draft, tables["agency_objectives"], ends[-1] + 1))
    ends.append(write_decisions(canvas, draft, tables, ends[-1] + 1))
    cells = write_figures(canvas, draft, tables, (counts.divisions, counts.forms), ends[-1] + 1)
    _declaration_line(canvas, draft, cells)
    ends.append(last_row(ends[-1] + 1))
    ends.append(draw_charts(canvas, draft, counts, ends[-1] + 1))
    ends.append(_changes(canvas, draft, tables, ends[-1] + 1))
    # How we stand and what to decide is one page; figures, charts and changes are the next.
    parts = [Block(first + 1, 0, last) for first, last in pairwise([0, *ends])]
    draft.finish(canvas, Printed(ends[-1], _LAST, parts))
    missed = f'COUNTIF({tables["agency_objectives"].column("status")},"{Status.NOT_MET}")'
    return cells | _from_the_trends(draft, counts) | {"agency_not_met": missed}


def _from_the_trends(draft: Draft, counts: Counts) -> dict[str, str]:
    """What the headline and the checks take from sheet 9."""
    divisions, periods = counts.divisions, counts.periods
    period = draft.committee.period
    cells = {
        "status_totals": divisions.far(divisions.column_totals),
        "division_totals": divisions.far(divisions.row_totals),
        "not_due": group_cells(counts.forms, "not_due").removeprefix("="),
        **{name: divisions.far(divisions.total(status_column(status))) for name, status in ESTIMATED.items()},
    }
    rows = list(in_pairs(draft.committee.over_time, period)["period"])
    if str(period.a_year_before) in rows:
        row = periods.first_row + rows.index(str(period.a_year_before))
        places = {name: periods.cell(name, row) for name in ("reached", "judged")}
        cells |= {f"{name}_year_before": f"'{periods.sheet}'!{place}" for name, place in places.items()}
    return cells


def _head(canvas: Canvas, draft: Draft) -> None:
    committee = draft.committee
    due = committee.settings.due_on(committee.period)
    canvas.line(1, draft.agency.upper(), looks.PLAIN_LINE)
    built = say("committee.built_on", day=say_date(committee.today), standard=committee.settings.standard_on(due))
    canvas.line(1, built, AT_RIGHT, _LAST)
    canvas.line(2, workbook_title(draft.committee.period), BIG_TITLE)
    for document_on in committee.presented[Presented.document_on].tail(1):
        line = "presented_on" if committee.corrections.empty else "corrected"
        facts = {"day": say_date(document_on), "number": len(committee.presented)}
        canvas.line(2, say(f"committee.{line}", **facts), AT_RIGHT, _LAST)
    canvas.sheet.height(2, 30)
    text = headline_text(committee)
    canvas.sheet.merged(Area(3, 1, 3, _LAST), text, canvas.look(HEADLINE))
    canvas.sheet.height(3, height_of(lines_of(text, _WIDTH * _LAST, size=14, bold=True), size=14) + 6)
    look = canvas.look(COMPARED)
    canvas.sheet.merged(Area(4, 1, 4, _LAST), "", look)
    canvas.go_to(4, 1, f"'{sheet_title('trends')}'!A5", comparison_text(committee), COMPARED)
    canvas.sheet.height(4, 18)
    canvas.sheet.height(_LINES_ROW, 20)
    canvas.sheet.height(_LINES_ROW + 1, 6)


def write_control_line(draft: Draft, checks: Placed) -> None:
    """The line that is red when any check fails, and leads to the checks."""
    canvas = draft.canvas("overview")
    good, bad = say("committee.headline.all_hold"), say("committee.headline.some_fail")
    fails = f'COUNTIF({checks.column("holds")},"{say("committee.result.fails")}")'
    value = good if bool(draft.committee.controls[Controls.holds].all()) else bad
    area = Area(_LINES_ROW, 1, _LINES_ROW, _HALF)
    _line(canvas, area, f'=IF({fails}=0,"{good}","{bad}")', value, checks.place(0))
    _coloured(canvas, area, good)


def _declaration_line(canvas: Canvas, draft: Draft, cells: dict[str, str]) -> None:
    """Whether the declaration is valid, from the figures of sheet 1 itself and what else sheet 8 counts."""
    texts = {name: say(f"committee.declared.{name}") for name in ("good", "bad", "none")}
    is_none = draft.committee.proofs.empty
    value = texts["good"] if is_valid(draft.committee) else texts["none" if is_none else "bad"]
    every, missing, waiting = (
        cells[name].rpartition("!")[2] for name in ("proofs_all", "proofs_missing", "changes_waiting")
    )
    is_good = f"{missing}+{waiting}+'{sheet_title('declaration')}'!{REST}=0"
    formula = f'=IF({every}=0,"{texts["none"]}",IF({is_good},"{texts["good"]}","{texts["bad"]}"))'
    area = Area(_LINES_ROW, _HALF + 1, _LINES_ROW, _LAST)
    _line(canvas, area, formula, value, f"'{sheet_title('declaration')}'!A4")
    _coloured(canvas, area, texts["good"])


def _line(canvas: Canvas, area: Area, formula: str, value: str, target: str) -> None:
    """A sentence that is computed, over half of the page, with the way to what it rests on."""
    look = canvas.look(STATED)
    canvas.sheet.merged(area, "", look)
    canvas.sheet.lead(area.first_row, area.first_column, target)
    canvas.sheet.formula(area.first_row, area.first_column, formula, value=value, look=look)


def _coloured(canvas: Canvas, area: Area, good: str) -> None:
    cell = cell_name(area.first_row, area.first_column).replace(str(area.first_row), f"${area.first_row}")
    for holds, tone in (("=", looks.Tone.GOOD), ("<>", looks.Tone.BAD)):
        canvas.conditional(area, f'=${cell}{holds}"{good}"', looks.toned(tone))


def _changes(canvas: Canvas, draft: Draft, tables: Tables, row: int) -> int:
    """The weightiest changes since the run before and a year before, with the way to all; gives the last row."""
    every, day = draft.committee.changes, draft.committee.changed_on
    since = format_date(day) if day else say("committee.change.none_before")
    canvas.line(row, say("committee.heading.changes", since=since), looks.HEADING)
    weightiest = _weightiest(every)
    header = canvas.look(looks.HEADER_CELL)
    for first, last, name in _CHANGE_COLUMNS:
        _across(canvas, row + 1, (first, last), label(name), header)
    for line, change in enumerate(weightiest.to_dict("records"), row + 2):
        words = change_words(change)
        words |= {
            "since": say(f"committee.change.{change['since']}", subject=words["subject"]),
            "which": shortened(words["which"], _NAMED_CHANGES),
        }
        _change(canvas, line, words, int(change["count"]))
    last = row + 1 + max(len(weightiest), 1)
    if weightiest.empty:
        canvas.line(last, say("committee.empty.changes"), looks.EMPTY)
        return last
    target = tables["changes"].place(-1)
    more = say("committee.change.all", count=len(every), sheet=sheet_title("trends"))
    canvas.go_to(last + 1, 1, target, more, looks.BACK)
    return last + 1


def _weightiest(changes: pd.DataFrame) -> pd.DataFrame:
    """Some against a year before where there are any, the rest of the room for those against the run before."""
    of_year = changes[changes["since"] == Since.YEAR].head(_CHANGES_OF_YEAR)
    of_run = changes[changes["since"] == Since.RUN].head(_CHANGES - len(of_year))
    return pd.concat([of_run, of_year])


def _change(canvas: Canvas, row: int, words: Mapping[str, str], count: int) -> None:
    canvas.sheet.height(row, _LINE)
    body = canvas.look(looks.ONE_LINE)
    for first, last, name in _CHANGE_COLUMNS:
        if name == "count":
            figure = canvas.look(looks.FIGURE, num_format=looks.WHOLE_FORMAT, indent=1)
            canvas.sheet.number(row, first, count, figure)
        else:
            _across(canvas, row, (first, last), words[name], body)


def _across(canvas: Canvas, row: int, columns: tuple[int, int], text: str, look: Look) -> None:
    first, last = columns
    if first == last:
        canvas.sheet.text(row, first, text, look)
    else:
        canvas.sheet.merged(Area(row, first, row, last), text, look)
