"""Reads many workbooks in worker processes, so that a file which kills its reader costs only itself."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits, RawWorkbook, ReadFailure
from pipeline.intake.lanes import executor_of, outcome_of
from pipeline.intake.worker import read_workbook
from pipeline.intake.workers import Ready, Workers

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
Outcome = RawWorkbook | ReadFailure
_AHEAD_OF_EACH = 4
"""How many files a process may be ahead of whoever asks."""


class ReaderPool:
    """Workers that read one file at a time each."""

    def __init__(self, workers: Workers, limits: Limits = DEFAULT_LIMITS, ready: Ready = os.getpid) -> None:
        """Have the files read by ``workers``, each within ``limits``; ``ready`` as ``executor_of`` has it."""
        self._limits = limits
        self._executor = executor_of(workers, limits, ready)
        self._ahead = _AHEAD_OF_EACH * workers.count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(cancel_futures=True)

    def read_each(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Outcome]]:
        """What became of each file, in the order given."""
        return self.done_each(read_workbook, paths)

    def done_each(
        self, task: Callable[..., T | ReadFailure], paths: Iterable[Path], *others: object
    ) -> Iterator[tuple[Path, T | ReadFailure]]:
        """What a task gives for each file, in the order given; its arguments are the path, the limits, the others.

        Only a few are read ahead of whoever asks: thousands of workbooks would not fit into the memory at once.
        """
        begun: deque[tuple[Path, Future[T | ReadFailure]]] = deque()
        for path in paths:
            begun.append((path, self._executor.submit(task, path, self._limits, *others)))
            if len(begun) > self._ahead:
                first, future = begun.popleft()
                yield first, outcome_of(future)
        for path, future in begun:
            yield path, outcome_of(future)

    def read_all(self, paths: Iterable[Path]) -> dict[Path, Outcome]:
        """What became of each file, in the order given."""
        return dict(self.read_each(paths))
