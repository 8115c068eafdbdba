"""Faults planted in each stage after judging, and what a night with one has come to."""

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import openpyxl
import pytest
from custody_state import State

from pipeline.night.walls import Stage
from pipeline.nightly import RunOptions, RunReport, run_night
from pipeline.wording import say
from pipeline.workspace import Workspace

NIGHT, SAME_DAY, NEXT_DAY = "2019-06-10T00:05", "2019-06-10T08:00", "2019-06-11T00:05"
PRE_CHECKED = "kiem_tra/VP/thu.xlsx"
Content = Mapping[str, bytes]


class PlantedError(Exception):
    """Stands for any mistake of our own."""


@dataclass(frozen=True)
class Planting:
    """A fault in one artefact: the function that makes it, which call of it fails, and the artefact's path."""

    function: str
    fails: Callable[..., bool]
    artefact: str


@dataclass(frozen=True)
class Run:
    """A run and what its workspace came to."""

    workspace: Workspace
    report: RunReport
    state: State


PLANTINGS: Mapping[Stage, Planting] = {
    Stage.PUBLISH: Planting(
        "pipeline.night.publishing._workbook",
        lambda edition, *_: str(edition.period) == "2019-KH",
        "tong_hop/2019-KH.xlsx",
    ),
    Stage.REPORT: Planting("pipeline.consolidation.day.day_of", lambda *_: True, "nhat_ky/2019-06-10.md"),
    Stage.FEEDBACK: Planting(
        "pipeline.night.answering.answer_bytes",
        lambda _, sheet, **__: sheet.file_name.startswith("GDNN/MTCL GDNN.xlsx"),
        "phan_hoi/GDNN/MTCL GDNN__",
    ),
    Stage.RECEIPTS: Planting(
        "pipeline.night.publishing._receipt_book",
        lambda receipts, *_: receipts.holder == "VP",
        f"phan_hoi/VP/{say('receipts.file_name')}",
    ),
    Stage.PRE_CHECK: Planting(
        "pipeline.night.foretelling.answer_bytes", lambda *_, **__: True, "phan_hoi/VP/kiem_tra/thu__"
    ),
}
"""One a stage: a stage without one fails its test."""


def night(workspace: Workspace, as_of: str) -> RunReport:
    """One run of the real thing."""
    return run_night(workspace, dt.datetime.fromisoformat(as_of), RunOptions(workers=1))


def until_judged(workspace: Workspace, as_of: str) -> None:
    """A run that breaks off between its verdicts and the first stage after them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.nightly.publish", broken)
        with pytest.raises(PlantedError):
            night(workspace, as_of)


def broken(*_: object) -> str:
    """Stands in for what cannot do its work."""
    raise PlantedError


def plant(patch: pytest.MonkeyPatch, planting: Planting, error: type[Exception] = PlantedError) -> None:
    """Let the function raise where the planting says so, and do its work elsewhere."""
    module, _, name = planting.function.rpartition(".")
    real = getattr(__import__(module, fromlist=[name]), name)

    def failing(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the real one takes
        if planting.fails(*arguments, **named):
            raise error(28, "planted")
        return real(*arguments, **named)

    patch.setattr(planting.function, failing)


def without_tellers(files: Content, but: str) -> dict[str, bytes]:
    """The files of a night without what tells of a fault by its nature (the day's page) and without the artefact."""
    return {
        name: _as_values(name, content)
        for name, content in files.items()
        if not name.startswith(("outbox/nhat_ky/", f"outbox/{but}"))
    }


def fault_lines(files: Content) -> dict[str, list[str]]:
    """What sheet 12 of each workbook tells of faults."""
    return {name: _notes(content) for name, content in files.items() if name.startswith("outbox/tong_hop/")}


def _as_values(name: str, content: bytes) -> bytes:
    """Workbooks of the committee by every value but the one line of sheet 12; all else byte by byte."""
    if not name.startswith("outbox/tong_hop/"):
        return content
    faults = say("committee.notes.faults")
    return repr([(title, row) for title, row in _rows(content) if faults not in row]).encode()


def _notes(content: bytes) -> list[str]:
    sheet, faults = say("committee.sheet.notes"), say("committee.notes.faults")
    return [str(row[1]) for title, row in _rows(content) if title == sheet and row[0] == faults]


@cache
def _rows(content: bytes) -> Sequence[tuple[str, tuple[object, ...]]]:
    """A workbook's rows with the titles of their sheets; read once, as most nights come to the same workbooks."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [(sheet.title, row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
