"""Answers made in worker processes: openpyxl on a sender's workbook is work on hostile bytes, as reading it is."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Self

from pipeline.feedback.marked_copy import (
    FeedbackSheet,
    TooMuchToMarkError,
    UnmarkableError,
    Unmarked,
    findings_only,
    marked_copy,
)
from pipeline.forms import BY_NUMBER
from pipeline.intake.cells import ReadFailure
from pipeline.intake.file_kinds import FileKind, FileProblem, Limits
from pipeline.intake.inspection import inspect
from pipeline.intake.lanes import Lanes
from pipeline.intake.limits import limits_of
from pipeline.settings import Settings

log = logging.getLogger(__name__)

_CAN_BE_MARKED = {FileKind.XLSX, FileKind.XLSM}
_PACKAGE = b"PK"


class MarkingFault(Exception):  # noqa: N818 - a fault is ours, as everywhere in this house
    """Our own code failed in the worker; the argument is its trace."""


class Marking:
    """Lanes that mark one workbook at a time each; no process is started before there is one to mark."""

    def __init__(self, settings: Settings, workers: int) -> None:
        """Allow ``workers`` processes at once, and the limits of the settings to each file."""
        self._limits = limits_of(settings)
        self._lanes = Lanes(workers, self._limits, ready)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lanes.close()

    def answer(self, source: Path, sheet: FeedbackSheet) -> bytes:
        """The sender's workbook, marked; where that cannot be, the findings alone, which say why.

        Raises:
            OSError: the source cannot be read.
            MarkingFault: our own code failed.
        """
        with source.open("rb") as stream:
            if stream.read(len(_PACKAGE)) != _PACKAGE:
                return findings_only(sheet)
        number = sheet.form.number if sheet.form else None
        # A form's schemas do not cross; its number does.
        outcome = self._lanes.submit(mark, source, replace(sheet, form=None), number, self._limits).result()
        return outcome if isinstance(outcome, bytes) else self._plainer(source, sheet, outcome)

    def _plainer(self, source: Path, sheet: FeedbackSheet, failure: ReadFailure) -> bytes:
        match failure.problem:
            case FileProblem.NOT_A_WORKBOOK:
                return findings_only(sheet)
            case FileProblem.INTERNAL_FAULT:
                raise MarkingFault(failure.facts.get("trace"))
            case FileProblem.VANISHED | FileProblem.PERMISSION:
                raise OSError(failure.problem)
            case problem:
                log.warning("not marked: %s: %s: %s %s", sheet.file_name, source.name, problem, dict(failure.facts))
                return findings_only(sheet, Unmarked.BULK if problem in _BULK else Unmarked.CONTENT)


_BULK = {
    FileProblem.TOO_LARGE,
    FileProblem.TOO_MANY_ENTRIES,
    FileProblem.INFLATES_TOO_MUCH,
    FileProblem.TIMED_OUT,
    FileProblem.OUT_OF_MEMORY,
}
"""What is told as too much; the rest is told as damaged or strange."""


def ready() -> None:
    """Nothing: whoever unpickles this function has imported all that marking needs."""


def mark(source: Path, sheet: FeedbackSheet, number: str | None, limits: Limits) -> bytes | ReadFailure:
    """In a worker: the marked copy, or why there is none; ``number`` is that of the sheet's form.

    Raises:
        OSError: the source cannot be read.
    """
    inspection = inspect(source, limits)
    if inspection.problem is not None:
        return ReadFailure(inspection.problem, inspection.facts, inspection.kind)
    if inspection.kind not in _CAN_BE_MARKED:
        return ReadFailure(FileProblem.NOT_A_WORKBOOK)
    try:
        return marked_copy(source, replace(sheet, form=BY_NUMBER[number] if number else None))
    except TooMuchToMarkError as bulk:
        return ReadFailure(FileProblem.TOO_LARGE, {"reason": str(bulk)})
    except UnmarkableError as oddity:
        return ReadFailure(FileProblem.UNREADABLE, {"reason": str(oddity)})
