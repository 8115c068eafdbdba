"""Who does the work on the bytes of strangers. Imports nothing heavy: a run with nothing new names them in vain."""

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
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


def clean_start() -> str:
    """How a worker starts: never as a copy of this process and its threads.

    A fork server hands on what it has imported.
    """
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def fork_from(*modules: str) -> None:
    """Have the fork server import modules, which all workers then start with; in vain once it runs, or without one."""
    if clean_start() == "forkserver":
        multiprocessing.set_forkserver_preload([*modules])


def start_early() -> None:
    """Start the fork server before there is a task: it imports while this process does."""
    if clean_start() == "forkserver":
        import_module("multiprocessing.forkserver").ensure_running()  # Windows has none
