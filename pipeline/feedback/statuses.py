"""The live words of the sheet *Việc cần sửa*: the status of each finding, and how many are still to be mended."""

from collections.abc import Sequence
from typing import Final

from openpyxl.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.saving import Stored, text_stored
from pipeline.feedback.places import put_text
from pipeline.feedback.tasks import Task, Watch
from pipeline.findings import Severity, is_error
from pipeline.wording import say

_COLOURS: Final = {"mended": "FFC6EFCE", "changed": "FFDDEBF7"}


def put_status(cell: Cell | MergedCell, task: Task) -> dict[str, Stored]:
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


def is_counted(tasks: Sequence[Task]) -> bool:
    """Whether there are errors whose mending can be counted."""
    return any(map(_counts, tasks))


def put_count(cell: Cell | MergedCell, tasks: Sequence[Task], statuses: str) -> dict[str, Stored]:
    """Write how many errors are still to be mended; ``statuses`` are the cells that say it of each finding."""
    total = sum(map(_counts, tasks))
    later = sum(is_error(task.finding) for task in tasks) - total
    remark = " " + say("feedback.count.later", count=later) if later else ""
    left = f'COUNTIF({statuses},"{say("feedback.status.open")}")'
    before, after = (f"{part}" for part in say("feedback.count.left", total=total).split("#"))
    if isinstance(cell, Cell):
        cell.value = f'=IF({left}=0,"{say("feedback.count.done", total=total)}","{before}"&{left}&"{after}")&"{remark}"'
    return {cell.coordinate: text_stored(f"{before}{total}{after}{remark}")}


def colour_statuses(worksheet: Worksheet, area: str) -> None:
    """Colour what is done; ``area`` are the cells of the statuses."""
    for key, colour in _COLOURS.items():
        formula = f'{area.partition(":")[0]}="{say(f"feedback.status.{key}")}"'
        look = DifferentialStyle(fill=PatternFill("solid", bgColor=colour))
        worksheet.conditional_formatting.add(area, Rule("expression", dxf=look, formula=[formula]))


def _counts(task: Task) -> bool:
    return is_error(task.finding) and task.watch is not Watch.NOTHING
