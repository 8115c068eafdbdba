"""Reading workbooks without worker processes: a new interpreter takes longer than all the rest of a small night."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import directory, judging
from pipeline.intake.cells import RawWorkbook, ReadFailure
from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits
from pipeline.intake.worker import read_workbook

Outcome = RawWorkbook | ReadFailure


class ReadsHere:
    """Stands in for the pool of workers; what was read is remembered by the name of the original, which is its hash."""

    def __init__(self, _: int, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits

    def __enter__(self) -> "ReadsHere":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read_all(self, paths: Iterable[Path], on_done: Callable[[Path], None] | None = None) -> dict[Path, Outcome]:
        outcomes = {}
        for path in paths:
            is_original = path.parent.name == "originals"
            outcomes[path] = _remembered(path.name, self._limits, path) if is_original else read_workbook(path)
            if on_done is not None:
                on_done(path)
        return outcomes


_KNOWN: dict[tuple[str, Limits], Outcome] = {}


def _remembered(name: str, limits: Limits, path: Path) -> Outcome:
    if (name, limits) not in _KNOWN:
        _KNOWN[name, limits] = read_workbook(path, limits)
    return _KNOWN[name, limits]


@contextmanager
def reading_here() -> Iterator[None]:
    """Within it nothing is read by workers."""
    in_life = judging.ReaderPool
    _read_with(ReadsHere)
    try:
        yield
    finally:
        _read_with(in_life)


def _read_with(pool: type) -> None:
    for module in (judging, directory):
        module.ReaderPool = pool  # type: ignore[attr-defined]
