"""The live words of the sheet *Việc cần sửa*: the status of each finding, and how many are still to be mended."""

from collections.abc import Sequence

from openpyxl.cell import Cell, MergedCell

from pipeline.excel.saving import Stored, text_stored
from pipeline.feedback.places import put_text
from pipeline.feedback.register import is_open
from pipeline.feedback.tasks import Task, Watch
from pipeline.findings import Severity, is_error
from pipeline.wording import say


def put_status(cell: Cell | MergedCell, task: Task) -> dict[str, Stored]:
    """Write a finding's status, live where it is watched; gives the value to store beside the formula."""
    begun, done = _begun(task), _done(task)
    if not done or not isinstance(cell, Cell):
        put_text(cell, begun)
        return {}
    cell.number_format = "General"
    cell.value = f'=IF({is_open(task)},"{begun}","{done}")'
    return {cell.coordinate: text_stored(begun)}


def is_counted(tasks: Sequence[Task]) -> bool:
    """Whether there are errors whose mending can be counted."""
    return any(map(_counts, tasks))


def put_count(cell: Cell | MergedCell, tasks: Sequence[Task], statuses: str) -> dict[str, Stored]:
    """Write how many errors are still to be mended; ``statuses`` are the cells that say it of each finding."""
    total = sum(map(_counts, tasks))
    asked = sum(is_error(task.finding) for task in tasks) - total
    later = " " + say("feedback.count.later", count=asked) if asked else ""
    left = f'COUNTIF({statuses},"{say("feedback.status.open")}")'
    before, after = (f"{part}" for part in say("feedback.count.left", total=total).split("#"))
    if isinstance(cell, Cell):
        cell.value = f'=IF({left}=0,"{say("feedback.count.done", total=total)}","{before}"&{left}&"{after}")&"{later}"'
    return {cell.coordinate: text_stored(f"{before}{total}{after}{later}")}


def _counts(task: Task) -> bool:
    return is_error(task.finding) and task.watch is not Watch.NOTHING


def _begun(task: Task) -> str:
    """What the status says while nothing was changed."""
    match task.finding.severity:
        case Severity.NOTE:
            return say("feedback.status.to_know")
        case Severity.WARNING:
            return say("feedback.status.to_review")
        case Severity.ERROR:
            return say(f"feedback.status.{'asked_later' if task.watch is Watch.NOTHING else 'open'}")


def _done(task: Task) -> str:
    """What the status says once the finding is seen to be mended; blank where nothing is watched."""
    if task.finding.severity is Severity.NOTE:
        return ""
    match task.watch:
        case Watch.RULE:
            return say("feedback.status.mended")
        case Watch.CONTENT:
            return say("feedback.status.changed")
        case Watch.NOTHING:
            return ""
