"""The marks on a sender's own cells: a colour that goes when the cell is mended, and a comment with what to do.

The colour is a conditional format that asks the register: the sender's own colours stay as they are underneath.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.feedback.tasks import GRAVITY, REGISTER_NAME, Task
from pipeline.findings import Finding, Severity, explain
from pipeline.wording import say

COLOURS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "FFFFC7CE",
    Severity.WARNING: "FFFFEB9C",
    Severity.NOTE: "FFD9E8F6",
}
_WIDTH, _LINE_HEIGHT, _LETTERS_A_LINE = 340, 17, 48


def mark(workbook: Workbook, tasks: Sequence[Task]) -> None:
    """Mark the cells of the tasks; the gravest that is still open gives a cell its colour."""
    marked = [(task.cell, task) for task in tasks if task.cell is not None]
    of_place: dict[str, list[tuple[Cell, Task]]] = {}
    for cell, task in marked:
        of_place.setdefault(task.place, []).append((cell, task))
    for place in sorted(of_place):
        (cell, _), *_ = of_place[place]
        _comment(cell, "\n\n".join(_words(task.finding) for _, task in of_place[place]))
    for title in dict.fromkeys(cell.parent.title for cell, _ in marked):
        _colour(workbook[title], [(cell, task) for cell, task in marked if cell.parent.title == title])


def _colour(worksheet: Worksheet, marked: Sequence[tuple[Cell, Task]]) -> None:
    rules, by_gravity = [], sorted(marked, key=lambda mark: GRAVITY.index(mark[1].finding.severity))
    for priority, (cell, task) in enumerate(by_gravity, 1):
        look = DifferentialStyle(fill=PatternFill("solid", bgColor=COLOURS[task.finding.severity]))
        rule = Rule("expression", dxf=look, priority=priority, stopIfTrue=True, formula=[task.is_open])
        rules.append((cell.coordinate, rule))
    replace_formats(worksheet, rules)


def replace_formats(worksheet: Worksheet, ours: Sequence[tuple[str, Rule]]) -> None:
    """Put our conditional formats above the sender's, and leave out those of an earlier copy."""
    earlier = worksheet.conditional_formatting
    kept = [(block, rule) for block in earlier for rule in block.rules if REGISTER_NAME not in "".join(rule.formula)]
    if not ours and sum(len(block.rules) for block in earlier) == len(kept):
        return
    formats = ConditionalFormattingList()
    for area, rule in ours:
        formats.add(area, rule)
    for block, rule in kept:
        rule.priority += len(ours)
        formats.add(block, rule)
    worksheet.conditional_formatting = formats


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
