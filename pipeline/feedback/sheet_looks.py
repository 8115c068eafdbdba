"""What every sheet of an answer looks like: the lines above its table, the cells of the table, its paper."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from pipeline.excel.cells import FONT, Area, Book, Look, Property, Sheet
from pipeline.excel.fitting import height_of, lines_of
from pipeline.excel.pages import sealed
from pipeline.feedback.marks import COLOURS
from pipeline.feedback.places import writable
from pipeline.findings import Severity
from pipeline.wording import say

_SIDE: Final = "#8EA0B5"
FOLLOWING: Final[Mapping[str, Property]] = {"left": 1, "right": 1, "left_color": _SIDE, "right_color": _SIDE}
"""Around words that are those of the row above."""
BOX: Final[Mapping[str, Property]] = {"border": 1, "border_color": _SIDE}
CENTRE: Final[Mapping[str, Property]] = {"align": "center", "valign": "top", "text_wrap": True}
LEFT: Final[Mapping[str, Property]] = {**CENTRE, "align": "left"}
HEAD: Final[Mapping[str, Property]] = {**BOX, "align": "center", "text_wrap": True, "bold": True, "bg_color": "#DDEBF7"}
"""The heads of a table's columns."""
_NOTICE: Final[Mapping[str, Property]] = {"font_color": "#9C0006", "bg_color": "#FFEB9C"}
A4: Final = 9
_MARGIN: Final = 15 / 25.4
_NO_DAY: Final = dt.date(1980, 1, 1)
"""An answer of the same findings has the same bytes on any day; when the file was judged stands on the sheet."""


class _Line(NamedTuple):
    words: str
    size: int = 12
    bold: bool = False
    is_notice: bool = False

    def look(self, book: Book) -> Look:
        """How the line looks."""
        colours = _NOTICE if self.is_notice else {}
        return book.look(font_size=self.size, bold=self.bold, text_wrap=True, valign="vcenter", **colours)


@dataclass(frozen=True)
class Header:
    """The lines above a table, a row each. ``notices`` are what nobody may overlook: set off in colour under the title.

    ``has_count``: below the verdict stands how many errors are left, which a formula fills in; ``seal`` is what
    the foot bears.
    """

    title: str
    verdict: str
    others: Sequence[str]
    notices: Sequence[str] = ()
    has_count: bool = False
    seal: str = ""

    @cached_property
    def lines(self) -> tuple[_Line, ...]:
        """All lines; that of the count is blank yet."""
        return (
            _Line(self.title, 14, bold=True),
            *(_Line(notice, 14, bold=True, is_notice=True) for notice in self.notices),
            _Line(self.verdict, bold=True),
            *([_Line("", bold=True)] if self.has_count else []),
            *map(_Line, self.others),
        )

    @property
    def count_row(self) -> int:
        """The row of the count."""
        return 3 + len(self.notices)

    def count_look(self, book: Book) -> Look:
        """How the line of the count looks."""
        return self.lines[self.count_row - 1].look(book)

    @property
    def table_row(self) -> int:
        """The row of the heads of the table's columns, below a blank one."""
        return len(self.lines) + 2


def answer_book() -> Book:
    """A workbook for the sheets of an answer."""
    return Book(say("feedback.title"), say("feedback.author"), _NO_DAY)


def rgb(colour: str) -> str:
    """A colour of eight digits as XlsxWriter takes it."""
    return f"#{colour[2:]}"


def lay_out(book: Book, sheet: Sheet, header: Header, widths: Mapping[str, float], last_row: int) -> None:
    """Write the header over a table whose columns have these widths in digits, and set the sheet up around both."""
    for column, width in enumerate(widths.values(), 1):
        sheet.width(column, width)
    for row, line in enumerate(header.lines, 1):
        sheet.merged(Area(row, 1, row, len(widths)), writable(line.words), line.look(book))
        lines_needed = lines_of(line.words, sum(widths.values()), size=line.size, bold=line.bold)
        sheet.fit(row, height_of(lines_needed, size=line.size))
    sheet.worksheet.autofilter(header.table_row - 1, 0, last_row - 1, len(widths) - 1)
    sheet.worksheet.freeze_panes(header.table_row, 0)
    _set_paper(sheet, header)


def _set_paper(sheet: Sheet, header: Header) -> None:
    """A4 landscape, one page wide; the heads of the columns on every page, the page's number and the seal below."""
    worksheet = sheet.worksheet
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_tab_color(rgb(COLOURS[Severity.ERROR]))
    worksheet.repeat_rows(header.table_row - 1)
    worksheet.set_margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    worksheet.set_header("", {"margin": _MARGIN / 2})
    footer = f'&C&"{FONT},Regular"{say("feedback.print.footer")}&R{sealed(header.seal)}'
    worksheet.set_footer(footer, {"margin": _MARGIN / 2})
    worksheet.hide_gridlines(2)
