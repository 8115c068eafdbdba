"""Answers made in worker processes: to patch a sender's package is work on hostile bytes, as reading it is."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Self

from pipeline.feedback import marked_copy as feedback
from pipeline.feedback.marked_copy import FeedbackSheet
from pipeline.forms import BY_NUMBER
from pipeline.intake.file_kinds import FileKind, FileProblem, Limits, ReadFailure, limits_of
from pipeline.intake.lanes import executor_of, outcome_of
from pipeline.intake.worker import read_workbook
from pipeline.intake.workers import Workers
from pipeline.settings import Settings

log = logging.getLogger(__name__)

_PATCHED = {FileKind.XLSX, FileKind.XLSM}
_COPIED = {FileKind.XLS, FileKind.ODS}


class MarkingFault(Exception):  # noqa: N818 - a fault is ours, as everywhere in this house
    """Our own code failed in the worker; the argument is its trace."""


class Marking:
    """Workers that mark one workbook at a time each; none is started before there is one to mark."""

    def __init__(self, settings: Settings, workers: Workers) -> None:
        """Have the workbooks marked by ``workers``, each within the limits of the settings."""
        self._limits = limits_of(settings)
        self._executor = executor_of(workers, self._limits, ready)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(cancel_futures=True)

    def answer(self, source: Path, sheet: FeedbackSheet) -> bytes:
        """The sender's workbook, marked; where that cannot be, the findings alone, which say why.

        Raises:
            OSError: the source cannot be read.
            MarkingFault: our own code failed.
        """
        number = sheet.form.number if sheet.form else None
        # A form's schemas do not cross; its number does.
        outcome = outcome_of(self._executor.submit(mark, source, replace(sheet, form=None), number, self._limits))
        if isinstance(outcome, bytes):
            return outcome
        match outcome.problem:
            case FileProblem.NOT_A_WORKBOOK:
                return feedback.findings_only(sheet)
            case FileProblem.INTERNAL_FAULT:
                raise MarkingFault(outcome.facts.get("trace"))
            case FileProblem.VANISHED | FileProblem.PERMISSION:
                raise OSError(outcome.problem)
            case problem:
                log.warning("not marked: %s: %s: %s %s", sheet.file_name, source.name, problem, dict(outcome.facts))
                return feedback.findings_only(
                    sheet, feedback.Unmarked.BULK if problem in _BULK else feedback.Unmarked.CONTENT
                )


_BULK = {
    FileProblem.TOO_LARGE,
    FileProblem.TOO_MANY_ENTRIES,
    FileProblem.INFLATES_TOO_MUCH,
    FileProblem.TIMED_OUT,
    FileProblem.OUT_OF_MEMORY,
}
"""Too much to be marked; all else is damaged or strange."""


def ready() -> None:
    """Nothing: whoever unpickles this function has imported all that marking needs."""


def mark(source: Path, sheet: FeedbackSheet, number: str | None, limits: Limits) -> bytes | ReadFailure:
    """In a worker: the marked copy, or why there is none; ``number`` is that of the sheet's form.

    Raises:
        OSError: the source cannot be read.
    """
    workbook = read_workbook(source, limits)
    if isinstance(workbook, ReadFailure):
        return workbook
    sheet = replace(sheet, form=BY_NUMBER[number] if number else None)
    try:
        if workbook.kind in _PATCHED:
            return feedback.marked_copy(source.read_bytes(), workbook, sheet)
        if workbook.kind in _COPIED:
            return feedback.marked_values(workbook, sheet)
    except feedback.PatchError as refusal:
        return ReadFailure(FileProblem.UNREADABLE, {"reason": str(refusal)})
    return ReadFailure(FileProblem.NOT_A_WORKBOOK)
