"""Who does the work on the bytes of strangers. Imports nothing heavy: a run with nothing new names them in vain."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from pipeline.intake.file_kinds import Limits

Ready = Callable[[], object]
"""Done first in each process: a function of a module."""


@dataclass(frozen=True)
class Workers:
    """How many tasks may be at work at once, and where.

    ``start`` gives an executor for that many tasks within limits; without it they are processes of this machine
    (``lanes.executor_of``).
    """

    count: int
    start: "Callable[[int, Limits, Ready], Executor] | None" = None
