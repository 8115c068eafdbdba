"""Archived bytes opened by the second reader: in a worker, as by the first, for the sender is a stranger.

That a file was accepted once says that one reader survived it, not that another will.
"""

import hashlib
import logging
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Self

from pipeline.intake.file_kinds import DEFAULT_LIMITS, MEBIBYTE, FileProblem, ReadFailure
from pipeline.intake.inspection import inspect
from pipeline.intake.lanes import Lanes
from pipeline.second_reader import NotReadAgainError, NotServedError, read_again
from pipeline.spreadsheet import RawWorkbook
from pipeline.wording import say

log = logging.getLogger(__name__)

_LIMITS = replace(DEFAULT_LIMITS, seconds=30, memory_bytes=768 * MEBIBYTE)
"""openpyxl takes some ten times as long as the first reader, and an audit has more time than a night."""


class Unopened(StrEnum):
    """Why there are no cells to compare."""

    UNTRUSTED = "untrusted"
    """The bytes are missing, altered, or beyond the bounds of an ordinary file: they are not opened."""
    NOT_SERVED = "not_served"
    """There is no second reader for this kind of workbook."""
    DAMAGED = "damaged"
    """The second reader cannot read them, or its process ended over them."""


@dataclass(frozen=True)
class NotOpened:
    """No cells, and why; ``reason`` is the reader's own."""

    why: Unopened
    reason: str = ""


@dataclass(frozen=True)
class Reopened:
    """What crosses back from the worker."""

    content: RawWorkbook | NotOpened


class Reopening:
    """A worker that opens one archived file at a time; no process is started before there is one to open."""

    def __init__(self) -> None:
        self._lanes = Lanes(1, _LIMITS, ready)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lanes.shutdown(cancel_futures=True)

    def read(self, folder: Path, sha256: str) -> RawWorkbook | NotOpened:
        """The workbook of these bytes, or why there is none."""
        outcome = self._lanes.submit(reopened, folder, sha256).result()
        if not isinstance(outcome, ReadFailure):
            return outcome.content
        if outcome.problem is FileProblem.INTERNAL_FAULT:
            log.warning("audit: %s could not be opened again\n%s", sha256, outcome.facts.get("trace"))
        reason = outcome.facts.get("reason", say(f"files.problem.{outcome.problem}"))
        return NotOpened(Unopened.DAMAGED, str(reason))


def ready() -> None:
    """Nothing: whoever unpickles this function has imported all that the second reader needs."""


def reopened(folder: Path, sha256: str) -> Reopened | ReadFailure:
    """In a worker: the workbook whose bytes have that hash and pass the look that every file must pass."""
    for path in sorted(folder.glob(f"{sha256}.*")):
        if isinstance(inspect(path), ReadFailure):
            continue
        if hashlib.sha256(content := path.read_bytes()).hexdigest() == sha256:
            return _read(content)
    return Reopened(NotOpened(Unopened.UNTRUSTED))


def _read(content: bytes) -> Reopened | ReadFailure:
    try:
        return Reopened(read_again(content))
    except NotServedError:
        return Reopened(NotOpened(Unopened.NOT_SERVED))
    except NotReadAgainError as damage:
        return ReadFailure(FileProblem.UNREADABLE, {"reason": str(damage)})
