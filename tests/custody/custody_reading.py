"""Reading and marking without worker processes: a new interpreter takes longer than all the rest of a small night."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

from pipeline import directory
from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits, RawWorkbook, ReadFailure
from pipeline.intake.worker import read_workbook
from pipeline.intake.workers import Workers
from pipeline.judging import reading
from pipeline.night import deciding, marking

T = TypeVar("T")
Outcome = RawWorkbook | ReadFailure


class ReadsHere:
    """Stands in for the pool of workers; what was read is remembered by the hash that names the original."""

    def __init__(self, _: Workers, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read_each(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Outcome]]:
        for path in paths:
            is_original = path.parent.name == "originals"
            yield path, _remembered(path.stem, self._limits, path) if is_original else read_workbook(path)

    def read_all(self, paths: Iterable[Path]) -> dict[Path, Outcome]:
        return dict(self.read_each(paths))


_KNOWN: dict[tuple[str, Limits], Outcome] = {}


def _remembered(name: str, limits: Limits, path: Path) -> Outcome:
    if (name, limits) not in _KNOWN:
        _KNOWN[name, limits] = read_workbook(path, limits)
    return _KNOWN[name, limits]


class MarksHere(Executor):
    """Stands in for the workers that mark."""

    def __init__(self, *_: object) -> None:
        pass

    def submit(self, task: Callable[..., T], /, *arguments: Any, **_: Any) -> Future[T]:  # noqa: ANN401 - as Executor
        future: Future[T] = Future()
        future.set_result(task(*arguments))
        return future


@contextmanager
def reading_here() -> Iterator[None]:
    """Within it nothing is read or marked by workers."""
    in_life = reading.ReaderPool, marking.executor_of, deciding.start_early
    _read_with(ReadsHere, MarksHere, lambda: None)
    try:
        yield
    finally:
        _read_with(*in_life)


def _read_with(pool: type, executor_of: Callable[..., Executor], start_early: Callable[[], None]) -> None:
    for module in (reading, directory):
        module.ReaderPool = pool  # type: ignore[attr-defined]
    marking.executor_of = executor_of
    deciding.start_early = start_early
