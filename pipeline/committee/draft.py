"""The workbook while it is being written: its sheets, what they are written from, and what all of them share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, NamedTuple

import pandas as pd

from pipeline.committee.words import sheet_title, workbook_title
from pipeline.consolidation import Committee
from pipeline.consolidation.frames import PlanTasks
from pipeline.excel import looks
from pipeline.excel.cells import Area, Book, Sheet
from pipeline.excel.pages import Page, set_page, within
from pipeline.excel.paging import Block
from pipeline.excel.tables import Canvas, Column, Place, Placed
from pipeline.forms import FORMS
from pipeline.seals import Seal
from pipeline.settings.tables import in_force
from pipeline.sheets.results import Results
from pipeline.spreadsheet import cell_name
from pipeline.wording import say

SHEETS: Final = (
    "overview", "submissions", "results", "unmet", "plan", "agency", "policy", "declaration", "trends", "controls",
    "sources", "notes",
)  # fmt: skip
"""The sheets in the order of their tabs."""
HEADER_ROW: Final = 5
"""Where the header of a data sheet's first table stands."""
Tables = dict[str, Placed]
"""The tables that stand already, by the frame that they hold."""


_TEN: Final = 12
"""So many divisions are ten in the settings of a department, which has its leadership and a working group beside."""
_TAB: Final = "#2E7D4F"
"""The colour of the tabs of the print set."""


class Printed(NamedTuple):
    """What of a sheet goes on paper, and the tables on it, which decide where its pages begin.

    ``pages``: how many there may be for ten divisions. ``table``: the one that may be cut short, weightiest rows first.
    """

    last_row: int
    columns: int
    blocks: Sequence[Block] = ()
    pages: int = 0
    table: Placed | None = None


class Table(NamedTuple):
    """A table to be written: its name in Excel, its columns, what it says when empty, its heading if it has one."""

    name: str
    columns: Sequence[Column]
    empty: str
    heading: str = ""


@dataclass(frozen=True, eq=False)
class Draft:
    """One workbook being written. ``links``: SHA-256 to the relative path of the original; ``seal``: its own."""

    book: Book
    committee: Committee
    sheets: Mapping[str, Sheet]
    links: Mapping[str, str]
    seal: Seal | None

    @cached_property
    def originals(self) -> Mapping[str, str]:
        """N-code to the relative path of the original."""
        codes = self.committee.sources[["source", "sha256"]].itertuples(index=False)
        return {code: self.links[sha256] for code, sha256 in codes if sha256 in self.links}

    @cached_property
    def _of_earlier(self) -> frozenset[str]:
        """The N-codes of the files on an earlier version of their form."""
        files = self.committee.sources
        return frozenset(files.loc[files["of_earlier"], "source"])

    @property
    def agency(self) -> str:
        """The agency as it was named on the period's due date."""
        return self.committee.settings.agency_on(self.committee.settings.due_on(self.committee.period)).name

    @property
    def period_words(self) -> str:
        """The period in words."""
        return self.committee.period.in_words

    def canvas(self, name: str) -> Canvas:
        """One sheet, ready to be drawn on."""
        return Canvas(self.book, self.sheets[name], self.originals)

    def begin(self, name: str, columns: Sequence[Column] | Sequence[float]) -> Canvas:
        """A sheet with its title, the question it answers, the way back to sheet 1, and its column widths."""
        canvas = self.canvas(name)
        canvas.widths(column.width if isinstance(column, Column) else column for column in columns)
        canvas.sheet.height(1, 24)
        canvas.line(1, f"{sheet_title(name)}: {self.period_words}", looks.TITLE)
        canvas.line(2, say(f"committee.question.{name}"), looks.QUESTION)
        canvas.go_to(3, 1, f"'{sheet_title('overview')}'!A1", say("committee.back"), looks.BACK)
        return canvas

    @cached_property
    def print_set(self) -> tuple[str, ...]:
        """The sheets for the committee's table, in their order: those that have something to decide or to weigh."""
        committee = self.committee
        has = {
            "unmet": len(committee.unmet) + len(committee.ended),
            "plan": int((committee.plan_tasks[PlanTasks.overdue_days] > 0).sum()),
            "agency": len(committee.agency_objectives),
            "policy": len(committee.coverage),
            "corrections": len(committee.corrections),
        }
        always = ("overview", "submissions", "declaration")
        return tuple(name for name in self.sheets if name in always or has.get(name, 0))

    @property
    def _tens(self) -> int:
        """How many times ten divisions there are; those that were closed by then take no paper of their own."""
        open_ones = in_force(self.committee.settings.divisions, self.committee.today)
        return max(1, -(-len(open_ones) // _TEN))

    def finish(self, canvas: Canvas, printed: Printed) -> None:
        """Set the sheet up for paper; sheets of the print set are marked by the colour of their tab and in the foot."""
        is_of_set = any(self.sheets[name] is canvas.sheet for name in self.print_set)
        ends = [printed.last_row] if is_of_set else [printed.last_row, *(block.last_row for block in printed.blocks)]
        page = Page(
            landscape=True,
            header_left=self.agency,
            header_right=workbook_title(self.committee.period),
            footer_left=say(f"committee.foot.{'print_set' if is_of_set else 'screen'}"),
            seal=self.seal.words if self.seal else "",
            printed=Area(1, 1, max(ends), printed.columns),
            blocks=printed.blocks,
        )
        if printed.pages and is_of_set:
            page = within(canvas.sheet, page, printed.pages * self._tens)
        if is_of_set and page.printed is not None:
            _say_what_is_cut(canvas, printed, page.printed.last_row)
        set_page(canvas.sheet, page)
        canvas.sheet.worksheet.hide_gridlines(2)
        if is_of_set:
            canvas.sheet.worksheet.set_tab_color(_TAB)

    def places(self, sources: pd.Series, rows: pd.Series, table: str, fields: str | Iterable[str]) -> pd.Series:
        """Each row's place in its file, missing where it has none: ``table`` and ``fields`` as the forms name them.

        The row is the one that was read. The column is that of the version's template: where a clerk moved columns,
        the cell lies in the same row.
        """
        named = [fields] * len(sources) if isinstance(fields, str) else list(fields)
        places = [
            None if pd.isna(source) or pd.isna(row) else self._place(str(source), table, field, int(row))
            for source, row, field in zip(sources, rows, named, strict=True)
        ]
        return pd.Series(places, index=sources.index, dtype=object)

    def places_of_results(self, frame: pd.DataFrame) -> pd.Series:
        """Where each figure of a BM-02 was read."""
        return self.places(frame["report_source"], frame["report_row"], "results", Results.actual)

    def _place(self, source: str, table: str, field: str, row: int) -> Place:
        title, columns = _layout(is_earlier=source in self._of_earlier)[table]
        return Place(source, title, cell_name(row, columns[field]))


def _say_what_is_cut(canvas: Canvas, printed: Printed, last_row: int) -> None:
    """Beside the way back: how many rows of a table stand on paper, or that tables below do not."""
    table = printed.table
    if table is not None and not table.is_empty and table.header_row < last_row < table.last_row:
        counts = {"printed": last_row - table.header_row, "count": table.last_row - table.header_row}
        canvas.line(3, say("committee.foot.cut", **counts), looks.CUT, 3)
    elif any(block.last_row > last_row for block in printed.blocks):
        canvas.line(3, say("committee.foot.tables_cut"), looks.CUT, 3)


def write_table(canvas: Canvas, row: int, table: Table, frame: pd.DataFrame) -> Placed:
    """Write a table whose header stands in ``row``, below its heading."""
    if table.heading:
        canvas.line(row - 1, say(f"committee.heading.{table.heading}"), looks.HEADING)
    return canvas.table(row, table.name, table.columns, frame, say(f"committee.empty.{table.empty}"))


@cache
def _layout(*, is_earlier: bool) -> Mapping[str, tuple[str, Mapping[str, int]]]:
    """Each table sheet's title and the column of each of its fields, as the templates lay them out.

    The earlier version that is still taken lacked what was added since, or had it on another sheet.
    """
    layout = {}
    for form in FORMS:
        taken = [earlier for earlier in form.earlier if is_earlier and earlier.is_taken]
        lacks = {added for earlier in taken for added in earlier.lacks}
        for schema in form.sheets:
            names = [field.name for field in schema.fields if (schema.name, field.name) not in lacks]
            layout[schema.name] = (schema.title, _numbered(names))
        for moved in (each for earlier in taken for each in earlier.moved):
            title, columns = layout[moved.stood_on]
            place, names = columns[moved.before] - 1, list(columns)
            names[place:place] = [field.name for field in form.sheet(moved.sheet).fields]
            layout[moved.stood_on] = layout[moved.sheet] = (title, _numbered(names))
    return layout


def _numbered(names: Sequence[str]) -> Mapping[str, int]:
    return {name: column for column, name in enumerate(names, 1)}
