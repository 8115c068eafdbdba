"""Runs tasks on hostile bytes in worker processes, so that a file which kills its worker costs only itself."""

import multiprocessing
import os
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from queue import LifoQueue
from typing import TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from pipeline.intake.driving import DrivingExecutor
from pipeline.intake.file_kinds import FileProblem, Limits, ReadFailure
from pipeline.intake.worker_bounds import ENDED_BY_ITS_TIME, PATIENCE, bounded, prepare_worker
from pipeline.intake.workers import Ready, Workers, clean_start

T = TypeVar("T")

_TASKS_PER_PROCESS = 200
_SECONDS_TO_START = 60  # a PC that scans for viruses starts processes slowly
_SECONDS_OF_GRACE = 10
_ITS_OWN_TIME = ReadFailure(FileProblem.TIMED_OUT)
"""The very failure of a task that used up its processor time, which no neighbour can have taken."""
_MAY_BE_A_NEIGHBOUR = (FileProblem.CRASHED, FileProblem.TIMED_OUT, FileProblem.OUT_OF_MEMORY)


def executor_of(workers: Workers, limits: Limits, ready: Ready = os.getpid) -> Executor:
    """Whoever does the tasks of these workers: their own executor, else processes of this machine.

    ``ready`` is done first in each process, within no limit of time: what a task needs is imported with it.
    """
    return (workers.start or Lanes)(workers.count, limits, ready)


def outcome_of(future: Future[T]) -> T | ReadFailure:
    """What became of a task of any executor: what it raised is a failure too, of the same kinds as that of a lane."""
    error = future.exception()
    return future.result() if error is None else _failure(error) or ReadFailure(FileProblem.CRASHED)


class Lanes(DrivingExecutor):
    """A few worker processes, each at one task at a time; none is started before there is a task.

    Each process has a pebble pool of its own. In a shared pool (pebble 5.2, ``find_expired_task``) the death
    of a process can be blamed on the task it had just finished, and a death before the receipt for its task
    was noticed ends the pool or hangs the task.

    A task that crashed, ran out of time or ran out of memory while others were at work is tried once more, alone:
    what a neighbour did to the machine must not become this file's verdict.
    """

    def __init__(self, count: int, limits: Limits, ready: Ready = os.getpid) -> None:
        """Allow ``count`` processes at once, and the time and memory of ``limits`` to each task.

        ``ready``: as :func:`executor_of` has it.
        """
        super().__init__(count)
        self._lanes = [_Lane(limits, ready) for _ in range(count)]
        # The lane used last is the next: it has a process already.
        self._free_lanes: LifoQueue[_Lane] = LifoQueue()
        for lane in self._lanes:
            self._free_lanes.put(lane)
        self._one_is_alone = threading.Lock()
        self._counting = threading.Lock()
        self._begun = self._at_work = 0

    def release(self) -> None:
        """End the processes."""
        for lane in self._lanes:
            lane.close()

    def drive(self, task: Callable[..., T], arguments: tuple[object, ...]) -> T | ReadFailure:
        """Do a task in a free lane, and once more alone where a neighbour may have done it harm."""
        with self._taken(1) as (lane,), self._counted() as had_neighbours:
            outcome = lane.run(task, arguments)
            is_its_own = not had_neighbours()
        if is_its_own or not may_be_a_neighbours_fault(outcome):
            return outcome
        with self._one_is_alone, self._taken(len(self._lanes)) as (lane, *_):
            return lane.run(task, arguments)

    @contextmanager
    def _counted(self) -> Iterator[Callable[[], bool]]:
        """Count a task while it is at work; asks whether another was at work at any moment of that."""
        with self._counting:
            self._begun += 1
            self._at_work += 1
            number, is_alone = self._begun, self._at_work == 1
        try:
            yield lambda: not is_alone or self._begun > number
        finally:
            with self._counting:
                self._at_work -= 1

    @contextmanager
    def _taken(self, count: int) -> Iterator[list["_Lane"]]:
        lanes = [self._free_lanes.get() for _ in range(count)]
        try:
            yield lanes
        finally:
            for lane in lanes:
                self._free_lanes.put(lane)


def may_be_a_neighbours_fault(outcome: object) -> bool:
    """Whether it may be the machine's failure and not the file's: it is to be tried where nothing else is at work."""
    is_possible = isinstance(outcome, ReadFailure) and outcome.problem in _MAY_BE_A_NEIGHBOUR
    return is_possible and outcome is not _ITS_OWN_TIME


class _Lane:
    """One worker process at a time, and at most one task in it: its death can only be that task's."""

    def __init__(self, limits: Limits, ready: Ready) -> None:
        self._limits = limits
        self._ready = ready
        self._pool: ProcessPool | None = None
        self._leaving: list[threading.Thread] = []

    def run(self, task: Callable[..., T], arguments: tuple[object, ...]) -> T | ReadFailure:
        # A process that died without a receipt may have been dead before it had the task: it is tried again.
        attempts = (self._attempt(task, arguments) for _ in range(2))
        return next((outcome for outcome in attempts if outcome is not None), ReadFailure(FileProblem.CRASHED))

    def _attempt(self, task: Callable[..., T], arguments: tuple[object, ...]) -> T | ReadFailure | None:
        """Return what became of the task, or None when the process died and nobody knows at what."""
        if self._pool is None or not self._pool.active:
            self._abandon()
            self._pool = self._new_pool()
            error = _error(_schedule(self._pool, None, self._ready), _SECONDS_TO_START)
            if error is not None:  # a process that cannot even start is no file's fault
                self._abandon()
                return _internal_fault(error)
        seconds = self._limits.seconds
        future: ProcessFuture[T] = _schedule(self._pool, seconds * PATIENCE, bounded, seconds, task, *arguments)
        error = _error(future, seconds * PATIENCE + _SECONDS_OF_GRACE)
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
            max_tasks=_TASKS_PER_PROCESS,
            initializer=prepare_worker,
            initargs=(self._limits.memory_bytes,),
            context=multiprocessing.get_context(clean_start()),
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
        case ProcessExpired() if error.exitcode == ENDED_BY_ITS_TIME:
            return _ITS_OWN_TIME
        case ProcessExpired():
            return ReadFailure(FileProblem.CRASHED, {"exit_code": error.exitcode})
        case BrokenExecutor():
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
