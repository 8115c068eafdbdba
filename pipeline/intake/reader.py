"""Reads many workbooks in worker processes, so that a file which kills its reader costs only itself."""

import multiprocessing
import os
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from queue import SimpleQueue
from typing import Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from pipeline.intake.cells import RawWorkbook, ReadFailure
from pipeline.intake.file_kinds import DEFAULT_LIMITS, FileProblem, Limits
from pipeline.intake.worker import prepare_worker, read_workbook

__all__ = ["Outcome", "RawWorkbook", "ReadFailure", "ReaderPool", "read_workbook"]

T = TypeVar("T")
Outcome = RawWorkbook | ReadFailure

_FILES_PER_PROCESS = 200
_SECONDS_TO_START = 60  # a PC that scans for viruses starts processes slowly
_SECONDS_OF_GRACE = 10
_MAY_BE_A_NEIGHBOUR = (FileProblem.CRASHED, FileProblem.TIMED_OUT, FileProblem.OUT_OF_MEMORY)


class ReaderPool:
    """A few worker processes, each reading one file at a time; none is started before there is a file.

    Each process has a pebble pool of its own. In a shared pool (pebble 5.2, ``find_expired_task``) the death
    of a process can be blamed on the file it had just finished, and a death before the receipt for its file
    was noticed ends the pool or hangs the file.
    """

    def __init__(self, max_workers: int, limits: Limits = DEFAULT_LIMITS) -> None:
        """Allow ``max_workers`` processes at once, and ``limits`` to each file."""
        self._lanes = [_Lane(limits) for _ in range(max_workers)]
        self._free_lanes: SimpleQueue[_Lane] = SimpleQueue()
        for lane in self._lanes:
            self._free_lanes.put(lane)
        self._drivers = ThreadPoolExecutor(max_workers, "reader")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._drivers.shutdown(cancel_futures=True)
        for lane in self._lanes:
            lane.close()

    def read_all(self, paths: Iterable[Path], on_done: Callable[[Path], None] | None = None) -> dict[Path, Outcome]:
        """Return what became of each file, in the order given; ``on_done`` hears of each when it is final.

        A file that crashed, ran out of time or ran out of memory with others beside it is read once more,
        alone: what a neighbour did to the machine must not become this file's verdict.
        """
        wanted = list(dict.fromkeys(paths))
        has_neighbours = min(len(wanted), len(self._lanes)) > 1
        outcomes: dict[Path, Outcome] = {}
        for path, outcome in self._read_together(wanted):
            if not (has_neighbours and _may_be_a_neighbours_fault(outcome)):
                outcomes[path] = outcome
                _tell(on_done, path)
        for path in wanted:
            if path not in outcomes:
                outcomes[path] = self._read_one(path)
                _tell(on_done, path)
        return {path: outcomes[path] for path in wanted}

    def _read_together(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Outcome]]:
        path_of = {self._drivers.submit(self._read_one, path): path for path in paths}
        for future in as_completed(path_of):
            yield path_of[future], future.result()

    def _read_one(self, path: Path) -> Outcome:
        lane = self._free_lanes.get()
        try:
            return lane.read(path)
        finally:
            self._free_lanes.put(lane)


def _tell(on_done: Callable[[Path], None] | None, path: Path) -> None:
    if on_done is not None:
        on_done(path)


def _may_be_a_neighbours_fault(outcome: Outcome) -> bool:
    return isinstance(outcome, ReadFailure) and outcome.problem in _MAY_BE_A_NEIGHBOUR


class _Lane:
    """One worker process at a time, and at most one file in it: its death can only be that file's."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pool: ProcessPool | None = None
        self._leaving: list[threading.Thread] = []

    def read(self, path: Path) -> Outcome:
        # A process that died without a receipt may have been dead before it had the file: it is tried again.
        return self._attempt(path) or self._attempt(path) or ReadFailure(FileProblem.CRASHED)

    def _attempt(self, path: Path) -> Outcome | None:
        """Return what became of the file, or None when the process died and nobody knows at what."""
        if self._pool is None or not self._pool.active:
            self._abandon()
            self._pool = self._new_pool()
            ready = _schedule(self._pool, None, os.getpid)
            error = _error(ready, _SECONDS_TO_START)
            if error is not None:  # a process that cannot even start is no file's fault
                self._abandon()
                return _internal_fault(error)
        future = _schedule(self._pool, self._limits.seconds, read_workbook, path, self._limits)
        error = _error(future, self._limits.seconds + _SECONDS_OF_GRACE)
        if error is None:
            return future.result()
        self._abandon()
        return _failure(error)

    def close(self) -> None:
        self._abandon()
        for leaving in self._leaving:
            leaving.join(_SECONDS_OF_GRACE)

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1,
            max_tasks=_FILES_PER_PROCESS,
            initializer=prepare_worker,
            initargs=(self._limits.memory_bytes,),
            context=multiprocessing.get_context("spawn"),
        )

    def _abandon(self) -> None:
        """Leave the pool behind; its process may resist its end for a while."""
        if self._pool is not None:
            leaving = threading.Thread(target=_end, args=(self._pool,), daemon=True)
            leaving.start()
            self._leaving.append(leaving)
            self._pool = None


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble gives it no annotations
    pool.join()


def _schedule(pool: ProcessPool, timeout: float | None, task: Callable[..., T], *args: object) -> ProcessFuture[T]:
    try:
        return pool.schedule(task, args, timeout=timeout)
    except RuntimeError as broken:  # the idle process has died since it was last looked after
        future: ProcessFuture[T] = ProcessFuture()
        future.set_exception(BrokenProcessPool(str(broken)))
        return future


def _error(future: ProcessFuture[T], seconds: float) -> BaseException | None:
    """Return what the task raised, None if nothing, or TimeoutError when the whole pool has fallen silent.

    It does when its process is killed from outside in the middle of an answer.
    """
    try:
        return future.exception(seconds)
    except TimeoutError as silence:
        return silence


def _failure(error: BaseException) -> ReadFailure | None:
    match error:
        case ProcessExpired():
            return ReadFailure(FileProblem.CRASHED, {"exit_code": error.exitcode})
        case BrokenProcessPool():
            return None
        case TimeoutError():
            return ReadFailure(FileProblem.TIMED_OUT)
        case MemoryError():
            return ReadFailure(FileProblem.OUT_OF_MEMORY)
        case _:
            return _internal_fault(error)


def _internal_fault(error: BaseException) -> ReadFailure:
    trace = "".join(traceback.format_exception(error))
    return ReadFailure(FileProblem.INTERNAL_FAULT, {"trace": trace})
