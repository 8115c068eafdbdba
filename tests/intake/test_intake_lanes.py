"""A failure that a neighbour may have caused is tried once more, alone, whenever the neighbour was at work."""

import threading
from collections.abc import Callable

import pytest

from pipeline.intake import lanes
from pipeline.intake.cells import ReadFailure
from pipeline.intake.file_kinds import DEFAULT_LIMITS, FileProblem
from pipeline.intake.lanes import Lanes

SECONDS = 10


def _in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lanes' bookkeeping without their processes: a task is done where it was begun."""

    def run(_: object, task: Callable[..., object], arguments: tuple[object, ...]) -> object:
        return task(*arguments)

    monkeypatch.setattr(lanes._Lane, "run", run)


def test_a_failure_after_its_neighbour_had_ended_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _in_threads(monkeypatch)
    began, neighbour_ended, tries = threading.Event(), threading.Event(), []

    def task() -> ReadFailure | bytes:
        tries.append(1)
        began.set()
        assert neighbour_ended.wait(SECONDS)
        return ReadFailure(FileProblem.OUT_OF_MEMORY) if len(tries) == 1 else b"whole"

    with Lanes(2, DEFAULT_LIMITS) as pool:
        slow = pool.submit(task)
        assert began.wait(SECONDS)
        assert pool.submit(bytes).result(SECONDS) == b""
        neighbour_ended.set()
        assert slow.result(SECONDS) == b"whole"


def test_a_failure_without_a_neighbour_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _in_threads(monkeypatch)
    tries = []

    def task() -> ReadFailure:
        tries.append(1)
        return ReadFailure(FileProblem.TIMED_OUT)

    with Lanes(2, DEFAULT_LIMITS) as pool:
        assert pool.submit(bytes).result(SECONDS) == b""
        assert pool.submit(task).result(SECONDS) == ReadFailure(FileProblem.TIMED_OUT)
    assert len(tries) == 1
