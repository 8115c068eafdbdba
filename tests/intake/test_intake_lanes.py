"""A failure that a neighbour may have caused is tried once more, alone, whenever the neighbour was at work."""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.intake import lanes
from pipeline.intake.file_kinds import DEFAULT_LIMITS, FileProblem, ReadFailure
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


def _busy(seconds: float, tries: Path) -> bytes:
    """At work for so long by the processor."""
    with tries.open("a") as kept:
        kept.write("x")
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return b"done"


def _waiting(seconds: float) -> bytes:
    """Late, as on a busy machine, but hardly at work."""
    time.sleep(seconds)
    return b"done"


_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds a task by the clock")


@_posix
def test_who_uses_up_the_processor_time_of_a_task_is_ended_at_once_whatever_neighbours_there_are(
    tmp_path: Path,
) -> None:
    with Lanes(2, replace(DEFAULT_LIMITS, seconds=1)) as pool:
        neighbours = [pool.submit(_waiting, 1.5) for _ in range(2)]
        endless = pool.submit(_busy, 60, tmp_path / "tries")
        assert endless.result(60) == ReadFailure(FileProblem.TIMED_OUT)
        assert [one.result(60) for one in neighbours] == [b"done"] * 2
    assert (tmp_path / "tries").read_text() == "x"


@_posix
def test_a_task_that_is_late_on_a_busy_machine_is_not_ended(tmp_path: Path) -> None:
    with Lanes(1, replace(DEFAULT_LIMITS, seconds=1)) as pool:
        assert pool.submit(_waiting, 2).result(60) == b"done"
        assert [pool.submit(_busy, 0.4, tmp_path / "tries").result(60) for _ in range(4)] == [b"done"] * 4
