"""Reads many workbooks in worker processes, so that a file which kills its reader costs only itself."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Self

from pipeline.intake.cells import RawWorkbook, ReadFailure
from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits
from pipeline.intake.lanes import Lanes
from pipeline.intake.worker import read_workbook

__all__ = ["Outcome", "RawWorkbook", "ReadFailure", "ReaderPool", "read_workbook"]

Outcome = RawWorkbook | ReadFailure


class ReaderPool:
    """Lanes that read one file at a time each."""

    def __init__(self, max_workers: int, limits: Limits = DEFAULT_LIMITS) -> None:
        """Allow ``max_workers`` processes at once, and ``limits`` to each file."""
        self._limits = limits
        self._lanes = Lanes(max_workers, limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lanes.close()

    def read_all(self, paths: Iterable[Path], on_done: Callable[[Path], None] | None = None) -> dict[Path, Outcome]:
        """Return what became of each file, in the order given; ``on_done`` hears of each when it is final."""
        begun = {path: self._lanes.submit(read_workbook, path, self._limits) for path in dict.fromkeys(paths)}
        outcomes = {}
        for path, future in begun.items():
            outcomes[path] = future.result()
            if on_done is not None:
                on_done(path)
        return outcomes
