"""What every sheet of an answer looks like: the lines above its table, the cells of the table, its paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.cells import FONT
from pipeline.excel.fitting import height_of, lines_of
from pipeline.feedback.marks import COLOURS
from pipeline.feedback.places import put_text
from pipeline.findings import Severity
from pipeline.spreadsheet import cell_name, column_name
from pipeline.wording import say

HEAD_FILL: Final = PatternFill("solid", fgColor="FFDDEBF7")
"""Behind the heads of a table's columns."""
_NOTICE: Final = "FF9C0006"
_NOTICE_FILL: Final = PatternFill("solid", fgColor="FFFFEB9C")
_SIDE: Final = Side(style="thin", color="FF8EA0B5")
BOX: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
FOLLOWING: Final = Border(left=_SIDE, right=_SIDE)
"""Around words that are those of the row above."""
_A4: Final = 9
_MARGIN: Final = 15 / 25.4


class _Line(NamedTuple):
    words: str
    size: int = 12
    bold: bool = False
    is_notice: bool = False


@dataclass(frozen=True)
class Header:
    """The lines above a table, a row each. ``notices`` are what nobody may overlook: set off in colour under the title.

    ``has_count``: below the verdict stands how many errors are left, which a formula fills in.
    """

    title: str
    verdict: str
    others: Sequence[str]
    notices: Sequence[str] = ()
    has_count: bool = False

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

    @property
    def table_row(self) -> int:
        """The row of the heads of the table's columns, below a blank one."""
        return len(self.lines) + 2


def lay_out(worksheet: Worksheet, header: Header, widths: Mapping[str, float], last_row: int) -> None:
    """Write the header over a table whose columns have these widths in digits, and set the sheet up around both."""
    for column, width in enumerate(widths.values(), 1):
        worksheet.column_dimensions[column_name(column)].width = width + 0.71
    for row, line in enumerate(header.lines, 1):
        worksheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
        cell = worksheet.cell(row, 1)
        put_text(cell, line.words)
        cell.font = Font(name=FONT, size=line.size, bold=line.bold, color=_NOTICE if line.is_notice else None)
        if line.is_notice:
            cell.fill = _NOTICE_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        lines_needed = lines_of(line.words, sum(widths.values()), size=line.size, bold=line.bold)
        worksheet.row_dimensions[row].height = height_of(lines_needed, size=line.size)
    worksheet.auto_filter.ref = f"A{header.table_row}:{cell_name(last_row, len(widths))}"
    worksheet.freeze_panes = f"A{header.table_row + 1}"
    _set_paper(worksheet, header.table_row)


def write_cell(cell: Cell | MergedCell, words: str, font: Font, alignment: Alignment) -> None:
    """Write one cell of the table."""
    put_text(cell, words)
    cell.font, cell.alignment, cell.border = font, alignment, BOX


def _set_paper(worksheet: Worksheet, header_row: int) -> None:
    """A4 landscape, one page wide; the heads of the columns on every page, the page's number below."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = _A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.sheet_properties.tabColor = COLOURS[Severity.ERROR]
    worksheet.print_title_rows = f"{header_row}:{header_row}"
    margins = worksheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = _MARGIN
    margins.header = margins.footer = _MARGIN / 2
    footer = worksheet.oddFooter
    if footer is not None:
        footer.center.text = say("feedback.print.footer")
        footer.center.font = f"{FONT},Regular"
    worksheet.sheet_view.showGridLines = False
