"""What staff get back: their own workbook with every finding marked at its cell, and the sheet *Việc cần sửa*."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from pipeline.feedback.answer import FeedbackSheet, PreCheckSheet
from pipeline.feedback.earlier import clear_earlier
from pipeline.feedback.findings_sheet import write_findings
from pipeline.feedback.form_in_copy import FormInCopy
from pipeline.feedback.marks import mark
from pipeline.feedback.shared import ReplacedVersion, SharedSheet, shared_answer
from pipeline.feedback.sheet_looks import answer_book
from pipeline.feedback.tasks import REGISTER, REGISTER_NAME, register_area, tasks_of, write_register
from pipeline.feedback.values_copy import values_copy
from pipeline.patching import Donor, Name, Package, PatchError, State
from pipeline.spreadsheet import RawWorkbook
from pipeline.wording import say

__all__ = [
    "FeedbackSheet",
    "PatchError",
    "PreCheckSheet",
    "ReplacedVersion",
    "SharedSheet",
    "Unmarked",
    "findings_only",
    "marked_copy",
    "marked_values",
    "shared_answer",
]


def marked_copy(content: bytes, workbook: RawWorkbook, sheet: FeedbackSheet) -> bytes:
    """The sender's own package as .xlsx (macros left out), its findings marked, the sheet of findings first.

    ``workbook`` is what the reader saw in it. Marks of an earlier answer are taken off first. For worker processes:
    parts that change are laid out in memory, whatever the sender's workbook says.

    Raises:
        PatchError: the package cannot be patched.
    """
    return _marked(Package(content), workbook, sheet, [])


def marked_values(workbook: RawWorkbook, sheet: FeedbackSheet) -> bytes:
    """A copy as .xlsx of the values of a workbook of another format, marked in the same way.

    Raises:
        PatchError: a sheet of it cannot be one of an .xlsx.
    """
    # The copy counts days by the calendar of 1900, whatever the sender's workbook did.
    workbook = replace(workbook, date_1904=False)
    return _marked(Package(values_copy(workbook)), workbook, sheet, [say("feedback.lines.values")])


def _marked(package: Package, workbook: RawWorkbook, sheet: FeedbackSheet, remarks: Sequence[str]) -> bytes:
    workbook = clear_earlier(package, workbook)
    package.drop_macros()
    package.calculate_on_load()
    tasks = tasks_of(sheet.findings, FormInCopy(workbook, sheet.form, sheet.lists))
    mark(package, tasks)
    title, book = _free_title(package), answer_book()
    broken = [say(f"feedback.broken.{loss}") for loss in package.broken]
    write_findings(book, title, sheet, tasks, [*remarks, *broken])
    has_marks = any(task.place is not None for task in tasks)
    if has_marks:
        write_register(book.sheet(REGISTER), tasks)
    donor = Donor(book.to_bytes())
    package.add_sheet(donor, title, at_front=True)
    if has_marks:
        package.add_sheet(donor, REGISTER, state=State.VERY_HIDDEN)
        package.add_name(Name(REGISTER_NAME, register_area(tasks), is_hidden=True))
    package.activate(title)
    return package.saved()


class Unmarked(StrEnum):
    """Why an answer is the sheet of findings alone although the file is a form; the sheet says it."""

    OURS = "ours"
    """Our own program failed; the page of the day says so as well."""
    CONTENT = "content"
    """The sender's package cannot be patched, or not be copied into an .xlsx."""
    BULK = "bulk"
    """It holds more than can be marked within the time and memory of a file."""


def findings_only(sheet: FeedbackSheet, why: Unmarked | None = None) -> bytes:
    """A new workbook with the sheet of findings alone, for a file that cannot be marked.

    ``why`` stands on it, so that the reader does not look for marks; None for a kind of file that is never marked.
    """
    book = answer_book()
    remarks = [say(f"feedback.unmarked.{why}")] if why else []
    write_findings(book, say("feedback.title"), sheet, tasks_of(sheet.findings), remarks)
    return book.to_bytes()


def _free_title(package: Package) -> str:
    """The title of the sheet of findings, with a number where a sheet of the sender's own bears it."""
    title, number = say("feedback.title"), 0
    taken = {worksheet.title.casefold() for worksheet in package.worksheets}
    free = title
    while free.casefold() in taken:
        number += 1
        free = f"{title}{number}"
    return free
