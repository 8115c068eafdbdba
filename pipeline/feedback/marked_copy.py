"""What staff get back: their own workbook with every finding marked at its cell, and the sheet *Việc cần sửa*."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from pipeline.excel.saving import steadied, steady_bytes
from pipeline.feedback.answer import FeedbackSheet, PreCheckSheet
from pipeline.feedback.bulk import TooMuchToMarkError, refuse_bulk
from pipeline.feedback.earlier import clear_earlier
from pipeline.feedback.findings_sheet import write_findings
from pipeline.feedback.form_in_copy import FormInCopy
from pipeline.feedback.marks import mark
from pipeline.feedback.opening import UnmarkableError, opened, saved, settle_formulas
from pipeline.feedback.original_parts import original_parts
from pipeline.feedback.shared import ReplacedVersion, SharedSheet, shared_answer
from pipeline.feedback.tasks import REGISTER, tasks_of, write_register
from pipeline.wording import say

__all__ = [
    "FeedbackSheet",
    "PreCheckSheet",
    "ReplacedVersion",
    "SharedSheet",
    "TooMuchToMarkError",
    "UnmarkableError",
    "Unmarked",
    "findings_only",
    "marked_copy",
    "shared_answer",
]

_SOME: Final = 20


def marked_copy(original: Path, sheet: FeedbackSheet) -> bytes:
    """The sender's workbook as .xlsx (macros left out), its findings marked, the sheet of findings first.

    Marks of an earlier answer are taken off first. For worker processes: openpyxl lays out in memory whatever the
    sender's workbook says.

    Raises:
        UnmarkableError: openpyxl cannot open or save it, or it holds more than can be marked.
        OSError: the original cannot be read.
    """
    refuse_bulk(original)
    reader = opened(original)
    parts = original_parts(original, reader)
    workbook = reader.wb
    clear_earlier(workbook)
    copy = FormInCopy(workbook, sheet.form, sheet.lists)
    settled = settle_formulas(copy, parts.sheets)
    beside = dict(parts.sheets)
    tasks = tasks_of(sheet.findings, copy)
    mark(workbook, tasks)
    if any(task.cell is not None for task in tasks):
        beside[REGISTER] = write_register(workbook, tasks)
    remarks = _remarks(settled, parts.lost)
    values = write_findings(workbook, sheet, tasks, remarks)
    beside[workbook.worksheets[0].title] = values
    return steadied(saved(workbook), [worksheet.title for worksheet in workbook.worksheets], beside)


class Unmarked(StrEnum):
    """Why an answer is the sheet of findings alone although the file is a form; the sheet says it."""

    OURS = "ours"
    """Our own program failed; the page of the day says so as well."""
    CONTENT = "content"
    """openpyxl cannot open the sender's workbook, or not save it."""
    BULK = "bulk"
    """It holds more than can be marked within the time and memory of a file."""


def findings_only(sheet: FeedbackSheet, why: Unmarked | None = None) -> bytes:
    """A new workbook with the sheet of findings alone, for a file that cannot be marked.

    ``why`` stands on it, so that the reader does not look for marks; None for a kind of file that is never marked.
    """
    workbook = Workbook()
    for blank in workbook.worksheets:
        workbook.remove(blank)
    remarks = [say(f"feedback.unmarked.{why}")] if why else []
    write_findings(workbook, sheet, tasks_of(sheet.findings), remarks)
    return steady_bytes(workbook)


def _remarks(formulas: Sequence[str], lost: Sequence[str]) -> list[str]:
    """What else is to be said of the copy: which formulas became values, which kinds of things openpyxl dropped."""
    remarks = []
    if formulas:
        cells, rest = ", ".join(formulas[:_SOME]), len(formulas) - _SOME
        if rest > 0:
            cells = say("feedback.lines.more_formulas", cells=cells, count=rest)
        remarks.append(say("feedback.lines.formulas", cells=cells))
    if lost:
        remarks.append(say("feedback.lines.lost", things=", ".join(say(f"feedback.lost.{kind}") for kind in lost)))
    return remarks
