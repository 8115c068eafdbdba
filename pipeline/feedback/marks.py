"""The marks on a sender's own cells: a colour that goes when the cell is mended, and a comment with what to do.

The colour is a conditional format that asks the register: the sender's own colours stay as they are underneath.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.feedback.places import writable
from pipeline.feedback.tasks import GRAVITY, Task
from pipeline.findings import Finding, Severity, explain
from pipeline.patching import Comment, Format, Note, Package, Size, Worksheet
from pipeline.wording import say

COLOURS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "FFFFC7CE",
    Severity.WARNING: "FFFFEB9C",
    Severity.NOTE: "FFD9E8F6",
}
_WIDTH, _LINE_HEIGHT, _LETTERS_A_LINE = 340, 17, 48


def mark(package: Package, tasks: Sequence[Task]) -> None:
    """Mark the cells of the tasks; the gravest that is still open gives a cell its colour.

    Raises:
        PatchError: the package cannot be patched.
    """
    by_title: dict[str, dict[str, list[Task]]] = {}
    for task in tasks:
        if task.place is not None:
            by_title.setdefault(task.place.title, {}).setdefault(task.place.cell, []).append(task)
    for title, by_cell in by_title.items():
        worksheet = package.worksheet(title)
        _colour(worksheet, by_cell)
        _comment(worksheet, by_cell)


def _colour(worksheet: Worksheet, by_cell: Mapping[str, Sequence[Task]]) -> None:
    marks = [(cell, task) for cell, tasks in by_cell.items() for task in tasks]
    marks.sort(key=lambda mark: (GRAVITY.index(mark[1].finding.severity), mark[1].number))
    worksheet.add_formats([Format(cell, task.is_open, COLOURS[task.finding.severity]) for cell, task in marks])


def _comment(worksheet: Worksheet, by_cell: Mapping[str, Sequence[Task]]) -> None:
    """Write what to do at the cells, but for those in which a discussion is going on: it stays as it is."""
    present = {comment.cell: comment for comment in worksheet.comments()}
    notes = []
    for cell in sorted(by_cell):
        own = present.get(cell)
        if own is not None and own.is_threaded:
            continue
        words = "\n\n".join(_words(task.finding) for task in by_cell[cell])
        text = writable(f"{say('feedback.comment.mark')}\n{words}")
        lines = [*(_own_lines(own) if own is not None else []), *text.split("\n")]
        height = _LINE_HEIGHT * (1 + sum(1 + len(line) // _LETTERS_A_LINE for line in lines))
        notes.append(Note(cell, text, say("feedback.author"), Size(_WIDTH, height)))
    worksheet.write_comments(notes)


def _own_lines(own: Comment) -> list[str]:
    """The lines of the sender's own comment, and the blank one below it."""
    return [*own.text.rstrip().split("\n"), ""]


def _words(finding: Finding) -> str:
    words = explain(finding)
    return say(
        f"feedback.comment.{words.suggests}",
        severity=say(f"feedback.severity.{finding.severity}"),
        code=finding.code,
        problem=words.problem,
        fix=words.fix,
        example=words.proposal or words.illustration,
    )
