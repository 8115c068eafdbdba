"""The sheet *Việc cần sửa*: the verdict, how many are still to be mended, one row a finding with its live status."""

from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.cells import FONT
from pipeline.excel.fitting import height_of, lines_of
from pipeline.excel.saving import Beside, Stored, text_stored
from pipeline.feedback.answer import FeedbackSheet
from pipeline.feedback.marks import COLOURS
from pipeline.feedback.places import put_text, reference
from pipeline.feedback.sheet_looks import FOLLOWING, HEAD_FILL, lay_out, write_cell
from pipeline.feedback.tasks import Task, Watch, problem_words, repeated
from pipeline.findings import Severity, is_error
from pipeline.spreadsheet import column_name
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
_CENTRED: Final = frozenset({"number", "severity", "status", "cell"})
_OF_REPAIR: Final = ("repair", "expected", "fix")
"""What is the same for every finding of a repair: it shows at the first of them that the filter lets through."""
_BOLD: Final = frozenset({"severity", "status"})
_HEAD: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
_CENTRE: Final = Alignment(horizontal="center", vertical="top", wrap_text=True)
_LEFT: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
_USUAL: Final = Font(name=FONT, size=11)
_STRONG: Final = Font(name=FONT, size=11, bold=True)
_PAPER: Final = "FFFFFFFF"
_DONE: Final = {"mended": "FFC6EFCE", "changed": "FFDDEBF7"}


def write_findings(workbook: Workbook, sheet: FeedbackSheet, tasks: Sequence[Task], remarks: Sequence[str]) -> Beside:
    """Put the sheet of findings first; gives the values to store beside its formulas.

    ``remarks`` are what else is to be said of the copy, one sentence each.
    """
    worksheet = workbook.create_sheet(say("feedback.title"), 0)
    header = sheet.header(remarks, has_count=any(map(_counts, tasks)))
    first_row, last_row = header.table_row + 1, header.table_row + max(1, len(tasks))
    lay_out(worksheet, header, _WIDTHS, last_row)
    for column, key in enumerate(_COLUMNS, 1):
        cell = worksheet.cell(header.table_row, column)
        write_cell(cell, say(f"feedback.columns.{key}"), _STRONG, _HEAD)
        cell.fill = HEAD_FILL
    worksheet.row_dimensions[header.table_row].height = 24
    statuses, values = _area("status", first_row, last_row), dict[str, Stored]()
    if header.has_count:
        values |= _put_count(worksheet.cell(header.count_row, 1), tasks, statuses)
    for task, is_repeated in zip(tasks, repeated(tasks), strict=True):
        row = header.table_row + task.number
        _row(worksheet, row, task, is_repeated=is_repeated)
        values |= _put_status(worksheet.cell(row, _number("status")), task)
    _say_once(worksheet, first_row, last_row)
    for key, colour in _DONE.items():
        formula = f'{statuses.partition(":")[0]}="{say(f"feedback.status.{key}")}"'
        look = DifferentialStyle(fill=PatternFill("solid", bgColor=colour))
        worksheet.conditional_formatting.add(statuses, Rule("expression", dxf=look, formula=[formula]))
    # Open on this sheet only: sheets left selected together would all take what is typed into one.
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is worksheet
    workbook.active = 0
    return Beside(values)


def _number(key: str) -> int:
    return _COLUMNS.index(key) + 1


def _area(key: str, first_row: int, last_row: int) -> str:
    letters = column_name(_number(key))
    return f"{letters}{first_row}:{letters}{last_row}"


def _say_once(worksheet: Worksheet, first_row: int, last_row: int) -> None:
    """Let the words that a repair has in common show once a repair.

    They stand in every row, so that each can be filtered and copied; a row that follows one of the same repair shows
    none. SUBTOTAL(103) counts visible cells only: where the filter hides the row above, the words show again.
    """
    repair, (row, above) = column_name(_number(_OF_REPAIR[0])), (first_row, first_row - 1)
    same = f"${repair}{row}=${repair}{above},{repair}{row}={repair}{above},SUBTOTAL(103,${repair}{above})=1"
    area = " ".join(_area(key, first_row, last_row) for key in _OF_REPAIR)
    look = DifferentialStyle(font=Font(color=_PAPER))
    worksheet.conditional_formatting.add(area, Rule("expression", dxf=look, formula=[f"AND({same})"]))


def _row(worksheet: Worksheet, row: int, task: Task, *, is_repeated: bool) -> None:
    words = _words(task)
    for column, key in enumerate(_COLUMNS, 1):
        cell = worksheet.cell(row, column)
        write_cell(cell, words[key], _STRONG if key in _BOLD else _USUAL, _CENTRE if key in _CENTRED else _LEFT)
        cell.number_format = "@"
        if is_repeated and key in _OF_REPAIR:
            cell.border = FOLLOWING
    colour = PatternFill("solid", fgColor=COLOURS[task.finding.severity])
    worksheet.cell(row, _number("severity")).fill = colour
    visible = [key for key in _COLUMNS if not (is_repeated and key in _OF_REPAIR)]
    lines = max(lines_of(words[key], _WIDTHS[key], bold=key in _BOLD) for key in visible)
    worksheet.row_dimensions[row].height = height_of(lines)
    if task.cell is not None:
        link = worksheet.cell(row, _number("cell"))
        target = reference(task.cell.parent.title, task.cell.coordinate)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=target, display=task.finding.cell)
        link.font = Font(name=FONT, size=11, underline="single", color="FF0563C1")


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


def _put_status(cell: Cell | MergedCell, task: Task) -> dict[str, Stored]:
    """Write a finding's status, live where it is watched; gives the value to store beside the formula."""
    key = {Severity.NOTE: "to_know", Severity.WARNING: "to_review", Severity.ERROR: "open"}[task.finding.severity]
    unwatched = is_error(task.finding) and task.watch is Watch.NOTHING
    begun = say(f"feedback.status.{'asked_later' if unwatched else key}")
    if task.finding.severity is Severity.NOTE or task.watch is Watch.NOTHING or not isinstance(cell, Cell):
        put_text(cell, begun)
        return {}
    done = say(f"feedback.status.{'mended' if task.watch is Watch.RULE else 'changed'}")
    cell.number_format = "General"
    cell.value = f'=IF({task.is_open},"{begun}","{done}")'
    return {cell.coordinate: text_stored(begun)}


def _put_count(cell: Cell | MergedCell, tasks: Sequence[Task], statuses: str) -> dict[str, Stored]:
    """Write how many errors are still to be mended; ``statuses`` are the cells that say it of each finding."""
    total = sum(map(_counts, tasks))
    later = sum(is_error(task.finding) for task in tasks) - total
    remark = " " + say("feedback.count.later", count=later) if later else ""
    left = f'COUNTIF({statuses},"{say("feedback.status.open")}")'
    before, after = (f"{part}" for part in say("feedback.count.left", total=total).split("#"))
    if isinstance(cell, Cell):
        cell.value = f'=IF({left}=0,"{say("feedback.count.done", total=total)}","{before}"&{left}&"{after}")&"{remark}"'
    return {cell.coordinate: text_stored(f"{before}{total}{after}{remark}")}


def _counts(task: Task) -> bool:
    return is_error(task.finding) and task.watch is not Watch.NOTHING
