"""What a worker gave for the same bytes and the same words is not asked of it twice in a session of tests."""

import hashlib
import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from pipeline.intake import reader
from pipeline.intake.file_kinds import ReadFailure
from pipeline.intake.lanes import Lanes
from pipeline.night import marking

_GIVEN: dict[str, bytes] = {}
_PRELOADED = ["pipeline.intake.worker", "pipeline.night.marking"]


class RememberingLanes(Lanes):
    """Lanes whose results are kept by what went in: the task, the name and bytes of its file, its other arguments.

    The first time everything is done in a worker, as in a night. A failure is never remembered: it may have come of the
    machine, or of a limit.
    """

    def submit(self, task: Callable[..., Any], *arguments: object) -> Future[Any]:
        """As in life; a future that is done already where the result is remembered."""
        key = _key(task, arguments)
        if key in _GIVEN:
            remembered: Future[Any] = Future()
            remembered.set_result(pickle.loads(_GIVEN[key]))
            return remembered
        future = super().submit(task, *arguments)
        if key:
            future.add_done_callback(lambda done: _remember(key, done))
        return future


def _remember(key: str, done: Future[Any]) -> None:
    if not done.cancelled() and done.exception() is None and not isinstance(done.result(), ReadFailure):
        _GIVEN[key] = pickle.dumps(done.result())


def _key(task: Callable[..., Any], arguments: tuple[object, ...]) -> str:
    """What decides the result; empty where a file cannot be read."""
    try:
        content = [(one.name, one.read_bytes()) if isinstance(one, Path) else one for one in arguments]
    except OSError:
        return ""
    return hashlib.sha256(pickle.dumps((task.__qualname__, content))).hexdigest()


def start_workers_warm() -> None:
    """Let the fork server import what workers need before the first is asked for."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        multiprocessing.set_forkserver_preload(_PRELOADED)


@pytest.fixture(scope="session", autouse=True)
def workers_are_asked_once() -> Iterator[None]:
    """Within a session of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "Lanes", RememberingLanes)
        patch.setattr(marking, "Lanes", RememberingLanes)
        yield
