"""The marks on a sender's own cells: a colour that goes when the cell is mended, and a comment with what to do.

The colour is a conditional format that asks the register: the sender's own colours stay as they are underneath.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.feedback.register import NAME, is_open
from pipeline.feedback.tasks import GRAVITY, Task
from pipeline.findings import Finding, Severity, explain
from pipeline.wording import say

COLOURS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "FFFFC7CE",
    Severity.WARNING: "FFFFEB9C",
    Severity.NOTE: "FFD9E8F6",
}
_WIDTH, _LINE_HEIGHT, _LETTERS_A_LINE = 340, 17, 48
_ROWS, _COLUMNS = 3_000, 200
"""As far as the reader reads; openpyxl makes every cell that it is asked for."""


def mark(workbook: Workbook, tasks: Sequence[Task]) -> None:
    """Mark the cells of the tasks; the gravest that is still open gives a cell its colour."""
    for cell, of_cell in _by_cell(tasks):
        _comment(cell, "\n\n".join(_words(task.finding) for task in of_cell))
    for worksheet, of_sheet in _by_sheet(workbook, tasks):
        _colour(worksheet, of_sheet)


def clear_marks(workbook: Workbook) -> None:
    """Take off the colours and comments of an earlier marked copy; what else a comment says stays."""
    for worksheet in workbook.worksheets:
        _replace_formats(worksheet, [])
        last_row, last_column = min(worksheet.max_row, _ROWS), min(worksheet.max_column, _COLUMNS)
        for row in worksheet.iter_rows(max_row=last_row, max_col=last_column):
            for cell in row:
                if cell.comment is not None and isinstance(cell, Cell):
                    _uncomment(cell, cell.comment)


def _by_cell(tasks: Sequence[Task]) -> Iterator[tuple[Cell, list[Task]]]:
    """Cells with their tasks, the gravest first; a cell comes once."""
    marked = sorted((task for task in tasks if task.cell is not None), key=lambda task: (task.place, task.number))
    for _, of_place in groupby(marked, key=lambda task: task.place):
        of_cell = list(of_place)
        if of_cell[0].cell is not None:
            yield of_cell[0].cell, of_cell


def _by_sheet(workbook: Workbook, tasks: Sequence[Task]) -> Iterator[tuple[Worksheet, list[Task]]]:
    of_sheet: dict[str, list[Task]] = {}
    for task in tasks:
        if task.cell is not None:
            of_sheet.setdefault(task.cell.parent.title, []).append(task)
    for title, some in of_sheet.items():
        yield workbook[title], some


def _colour(worksheet: Worksheet, tasks: Sequence[Task]) -> None:
    ordered = sorted(tasks, key=lambda task: GRAVITY.index(task.finding.severity))
    rules = []
    for priority, task in enumerate(ordered, 1):
        fill = PatternFill("solid", bgColor=COLOURS[task.finding.severity])
        look = DifferentialStyle(fill=fill)
        rule = Rule("expression", dxf=look, priority=priority, stopIfTrue=True, formula=[is_open(task)])
        rules.append((task.cell.coordinate if task.cell is not None else "", rule))
    _replace_formats(worksheet, rules)


def _replace_formats(worksheet: Worksheet, ours: Sequence[tuple[str, Rule]]) -> None:
    """Put our conditional formats above the sender's, and leave out those of an earlier copy."""
    earlier = worksheet.conditional_formatting
    kept = [(block, rule) for block in earlier for rule in block.rules if not _is_ours(rule.formula)]
    if not ours and sum(len(block.rules) for block in earlier) == len(kept):
        return
    formats = ConditionalFormattingList()
    for area, rule in ours:
        formats.add(area, rule)
    for block, rule in kept:
        rule.priority += len(ours)
        formats.add(block, rule)
    worksheet.conditional_formatting = formats


def _is_ours(formulas: Sequence[str]) -> bool:
    return any(NAME in formula for formula in formulas)


def _words(finding: Finding) -> str:
    words = explain(finding)
    key = "finding_with_example" if words.example else "finding"
    return say(
        f"feedback.comment.{key}",
        severity=say(f"feedback.severity.{finding.severity}"),
        code=finding.code,
        problem=words.problem,
        fix=words.fix,
        example=words.example,
    )


def _comment(cell: Cell, words: str) -> None:
    own = cell.comment.text.rstrip() + "\n\n" if cell.comment else ""
    author = (cell.comment.author if cell.comment else "") or say("feedback.author")
    text = f"{own}{say('feedback.comment.mark')}\n{words}"
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in text.split("\n"))
    cell.comment = Comment(text, author, height=_LINE_HEIGHT * (lines + 1), width=_WIDTH)


def _uncomment(cell: Cell, comment: Comment) -> None:
    own, found, _ = comment.text.partition(say("feedback.comment.mark"))
    if found:
        cell.comment = Comment(own.rstrip(), comment.author or "") if own.strip() else None
