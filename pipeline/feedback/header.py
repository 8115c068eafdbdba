"""What stands above the table of the sheet *Việc cần sửa*."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.cells import FONT
from pipeline.excel.fitting import height_of, lines_of
from pipeline.feedback.places import put_text

_NOTICE: Final = "FF9C0006"
_NOTICE_FILL: Final = PatternFill("solid", fgColor="FFFFEB9C")


HEAD_FILL: Final = PatternFill("solid", fgColor="FFDDEBF7")
"""Behind the heads of a table's columns."""


class Headed(Protocol):
    """What says what stands above a table: the first of ``lines`` is the verdict."""

    @property
    def heading(self) -> str:
        """The title."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What nobody may overlook."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The other lines."""


class _Line(NamedTuple):
    words: str
    size: int = 12
    bold: bool = False
    is_notice: bool = False


@dataclass(frozen=True)
class Header:
    """The lines above the table, a row each: title, notices, verdict, count, the rest, remarks."""

    sheet: Headed
    remarks: Sequence[str]
    has_count: bool

    @cached_property
    def lines(self) -> tuple[_Line, ...]:
        """The lines; that of the count is filled by its formula."""
        verdict, *others = self.sheet.lines
        return (
            _Line(self.sheet.heading, 14, bold=True),
            *(_Line(notice, 14, bold=True, is_notice=True) for notice in self.sheet.notices),
            _Line(verdict, bold=True),
            *([_Line("", bold=True)] if self.has_count else []),
            *(_Line(words) for words in (*others, *self.remarks)),
        )

    @property
    def count_row(self) -> int:
        """The row of the count."""
        return 3 + len(self.sheet.notices)

    @property
    def table_row(self) -> int:
        """The row of the heads of the table's columns, below a blank one."""
        return len(self.lines) + 2


def write_header(worksheet: Worksheet, header: Header, last_column: int, width: float) -> None:
    """Write the lines, each over the columns of the table, ``width`` digits in all."""
    for row, line in enumerate(header.lines, 1):
        worksheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last_column)
        cell = worksheet.cell(row, 1)
        put_text(cell, line.words)
        cell.font = Font(name=FONT, size=line.size, bold=line.bold, color=_NOTICE if line.is_notice else None)
        if line.is_notice:
            cell.fill = _NOTICE_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        lines_needed = lines_of(line.words, width, size=line.size, bold=line.bold)
        worksheet.row_dimensions[row].height = height_of(lines_needed, size=line.size)
