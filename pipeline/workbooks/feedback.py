"""What staff get back: their own workbook with every finding marked at its cell, and the sheet *Việc cần sửa*."""

from pathlib import Path

from openpyxl import Workbook

from pipeline.workbooks.feedback_parts.answer import FeedbackSheet, PreCheckSheet
from pipeline.workbooks.feedback_parts.findings_sheet import write_findings
from pipeline.workbooks.feedback_parts.formulas import settle_formulas
from pipeline.workbooks.feedback_parts.marks import clear_marks, mark
from pipeline.workbooks.feedback_parts.opening import opened, saved
from pipeline.workbooks.saving import steady_bytes

__all__ = ["FeedbackSheet", "PreCheckSheet", "findings_only", "marked_copy"]


def marked_copy(original: Path, sheet: FeedbackSheet) -> bytes:
    """The sender's workbook as .xlsx (macros left out), its findings marked, the sheet of findings first.

    Marks of an earlier answer are taken off first. Where openpyxl cannot open or save it, the findings alone.

    Raises:
        OSError: the original cannot be read.
    """
    workbook = opened(original)
    if workbook is None:
        return findings_only(sheet)
    clear_marks(workbook)
    formulas = settle_formulas(workbook, original)
    marks = mark(workbook, sheet.ordered)
    write_findings(workbook, sheet, marks, formulas)
    return saved(workbook) or findings_only(sheet)


def findings_only(sheet: FeedbackSheet) -> bytes:
    """A new workbook with the sheet of findings alone, for a file that cannot be marked."""
    workbook = Workbook()
    for blank in workbook.worksheets:
        workbook.remove(blank)
    write_findings(workbook, sheet, {})
    return steady_bytes(workbook)
