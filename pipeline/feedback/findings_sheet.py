"""The sheet *Việc cần sửa*: the verdict, how many are still to be mended, and one row a finding, repair by repair."""

from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.cells import FONT
from pipeline.excel.fitting import height_of, lines_of
from pipeline.excel.saving import Beside, Stored
from pipeline.feedback.answer import FeedbackSheet
from pipeline.feedback.header import HEAD_FILL, Header, write_header
from pipeline.feedback.marks import COLOURS
from pipeline.feedback.places import put_text, reference
from pipeline.feedback.sheet_looks import BOX, FOLLOWING, colour_statuses, say_once, set_paper
from pipeline.feedback.statuses import is_counted, put_count, put_status
from pipeline.feedback.tasks import Task, problem_words, repeated
from pipeline.spreadsheet import cell_name, column_name
from pipeline.wording import say

_WIDTHS: Final = {
    "number": 4.5,
    "severity": 9.0,
    "status": 11.0,
    "repair": 21.0,
    "sheet": 11.0,
    "cell": 6.5,
    "problem": 30.0,
    "expected": 24.0,
    "example": 19.0,
    "fix": 30.0,
}
"""In all some 165 digits: A4 landscape shrinks them to four fifths, 11 points to 9."""
_COLUMNS: Final = tuple(_WIDTHS)
_LAST: Final = len(_COLUMNS)
_CENTRED: Final = frozenset({"number", "severity", "status", "cell"})
_OF_REPAIR: Final = ("repair", "expected", "fix")
"""What is the same for every finding of a repair: shown at the first of them that the filter lets through."""
_BOLD: Final = frozenset({"severity", "status"})
_CENTRE: Final = Alignment(horizontal="center", vertical="top", wrap_text=True)
_LEFT: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
_USUAL: Final = Font(name=FONT, size=11)
_STRONG: Final = Font(name=FONT, size=11, bold=True)


def write_findings(workbook: Workbook, sheet: FeedbackSheet, tasks: Sequence[Task], remarks: Sequence[str]) -> Beside:
    """Put the sheet of findings first; gives the values to store beside its formulas.

    ``remarks`` are what else is to be said of the copy, one sentence each.
    """
    worksheet = workbook.create_sheet(say("feedback.title"), 0)
    for column, key in enumerate(_COLUMNS, 1):
        worksheet.column_dimensions[column_name(column)].width = _WIDTHS[key] + 0.71
    header = Header(sheet, remarks, has_count=is_counted(tasks))
    first_row, last_row = header.table_row + 1, header.table_row + max(1, len(tasks))
    write_header(worksheet, header, _LAST, sum(_WIDTHS.values()))
    _column_heads(worksheet, header.table_row)
    stored: dict[str, Stored] = {}
    if header.has_count:
        statuses = f"{_column('status')}{first_row}:{_column('status')}{last_row}"
        stored |= put_count(worksheet.cell(header.count_row, 1), tasks, statuses)
    for task, is_repeated in zip(tasks, repeated(tasks), strict=True):
        stored |= _row(worksheet, header.table_row + task.number, task, is_repeated=is_repeated)
    worksheet.auto_filter.ref = f"A{header.table_row}:{cell_name(last_row, _LAST)}"
    worksheet.freeze_panes = f"A{first_row}"
    say_once(worksheet, [_column(key) for key in _OF_REPAIR], first_row, last_row)
    colour_statuses(worksheet, _column("status"), first_row, last_row)
    set_paper(worksheet, header.table_row)
    _show_alone(workbook, worksheet)
    return Beside(stored)


def _column(key: str) -> str:
    return column_name(_COLUMNS.index(key) + 1)


def _column_heads(worksheet: Worksheet, row: int) -> None:
    for column, key in enumerate(_COLUMNS, 1):
        cell = worksheet.cell(row, column)
        put_text(cell, say(f"feedback.columns.{key}"))
        cell.font = Font(name=FONT, size=11, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.fill, cell.border = HEAD_FILL, BOX
    worksheet.row_dimensions[row].height = 24


def _row(worksheet: Worksheet, row: int, task: Task, *, is_repeated: bool) -> dict[str, Stored]:
    words = _words(task)
    for column, key in enumerate(_COLUMNS, 1):
        cell = worksheet.cell(row, column)
        put_text(cell, words[key])
        cell.number_format = "@"
        cell.font = _STRONG if key in _BOLD else _USUAL
        cell.alignment = _CENTRE if key in _CENTRED else _LEFT
        cell.border = FOLLOWING if is_repeated and key in _OF_REPAIR else BOX
    worksheet.cell(row, _COLUMNS.index("severity") + 1).fill = PatternFill(
        "solid", fgColor=COLOURS[task.finding.severity]
    )
    shown = [key for key in _COLUMNS if not (is_repeated and key in _OF_REPAIR)]
    lines = max(lines_of(words[key], _WIDTHS[key], bold=key in _BOLD) for key in shown)
    worksheet.row_dimensions[row].height = height_of(lines)
    _link(worksheet, row, task)
    return put_status(worksheet.cell(row, _COLUMNS.index("status") + 1), task)


def _words(task: Task) -> dict[str, str]:
    finding, words = task.finding, task.repair.explained(task.finding)
    return {
        "number": str(task.number),
        "severity": say(f"feedback.severity.{finding.severity}"),
        "status": "",
        "repair": task.repair.title,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "problem": problem_words(words),
        "expected": words.expected,
        "example": finding.facts.get("proposal", "") or words.example,
        "fix": words.fix,
    }


def _link(worksheet: Worksheet, row: int, task: Task) -> None:
    """Make the address a link, where this workbook has the cell."""
    if task.cell is None:
        return
    cell = worksheet.cell(row, _COLUMNS.index("cell") + 1)
    target = reference(task.cell.parent.title, task.cell.coordinate)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, display=task.finding.cell)
    cell.font = Font(name=FONT, size=11, underline="single", color="FF0563C1")


def _show_alone(workbook: Workbook, worksheet: Worksheet) -> None:
    """Open on this sheet only: sheets left selected together would all take what is typed into one."""
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is worksheet
    workbook.active = 0
