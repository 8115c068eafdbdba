"""What a worker gave for the same bytes and the same words is not asked of it twice in a session of tests.

Nor, for tests that ask for it, is what the same content of a ledger comes to (:func:`computed_once`).
"""

import dataclasses
import hashlib
import multiprocessing
import pickle
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from linted import GUARD

from pipeline import directory
from pipeline.consolidation import LedgerContent
from pipeline.editions import frames, snapshot
from pipeline.intake import lanes
from pipeline.intake.file_kinds import ReadFailure
from pipeline.intake.lanes import Lanes
from pipeline.nightly import WORKERS_IMPORT

_GIVEN: dict[str, bytes] = {}
_DRAWN: dict[Hashable, Any] = {}
Function = Callable[..., Any]


class RememberingLanes(Lanes):
    """Lanes whose results are kept by what went in: the task, the name and bytes of its file, its other arguments.

    The first time everything is done in a worker, as in a night. A failure is never remembered: it may have come of the
    machine, or of a limit.
    """

    def submit(self, task: Callable[..., Any], /, *arguments: Any) -> Future[Any]:  # type: ignore[override]  # noqa: ANN401
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
        multiprocessing.set_forkserver_preload([*WORKERS_IMPORT])


@pytest.fixture(scope="session", autouse=True)
def workers_are_asked_once() -> Iterator[None]:
    """Within a session of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lanes, "Lanes", RememberingLanes)
        yield


@contextmanager
def computed_once() -> Iterator[None]:
    """Within it the frames and the workbook of the same content, settings and day are computed once a session.

    So is a directory read from the same bytes. For tests of nights, of which many come to the same workbook; not for
    those that hold that the same content gives the same bytes: here it does by itself. A workbook is held to its rules
    whenever it is given.
    """
    drawn = _once(frames.build_workbook, lambda committee, links, seal: (committee, tuple(links.items()), seal))

    def held(*arguments: Any) -> bytes:  # noqa: ANN401 - stands in for the real one
        workbook: bytes = drawn(*arguments)
        GUARD.hold(workbook)
        return workbook

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            directory, "read_directory", _once(directory.read_directory, lambda content, name: (content, name))
        )
        patch.setattr(frames, "consolidate", _once(frames.consolidate, _content_key))
        patch.setattr(snapshot, "standing_findings", _once(snapshot.standing_findings, _content_key))
        patch.setattr(frames, "build_workbook", held)
        patch.setattr(
            frames,
            "with_changes",
            _once(frames.with_changes, lambda committee, *then: (committee, _content_key(*then))),
        )
        yield


def _once(function: Function, key: Callable[..., Hashable]) -> Function:
    """The function, computed once for what its key tells apart; a Committee is told apart by its identity."""

    @wraps(function)
    def remembering(*arguments: Any) -> Any:  # noqa: ANN401 - stands in for any function
        place = (function.__qualname__, key(*arguments))
        if place not in _DRAWN:
            _DRAWN[place] = function(*arguments)
        return _DRAWN[place]

    return remembering


def _content_key(*arguments: object) -> str:
    """All that went in, frames with every value and type; not what was computed from it meanwhile."""
    return hashlib.sha256(pickle.dumps([_fields_of(argument) for argument in arguments])).hexdigest()


def _fields_of(argument: object) -> object:
    if not isinstance(argument, LedgerContent):
        return argument
    return [_fields_of(getattr(argument, field.name)) for field in dataclasses.fields(argument)]
