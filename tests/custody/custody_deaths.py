"""Inside the child: points on the road at which a run dies or meets a fault. Nothing of it stands in the program.

Three kinds of points are counted, in the order in which the run comes by them: ``stage`` (before and after every
function of ``pipeline.nightly``, ``pipeline.night`` and ``pipeline.editions``), ``file`` (what Python's audit hooks
tell: opening to write, renaming, removing, making folders, below the workspace), and ``statement`` (every writing
statement of SQLite, with the beginning and the end of each transaction).
"""

import importlib
import inspect
import os
import pkgutil
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial, wraps
from pathlib import Path
from typing import Any

from pipeline.ledger import patience

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_AUDITED = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link"}
_READING = ("SELECT", "PRAGMA")


class Road:
    """Counts the points that a run comes by, and acts at one of them."""

    def __init__(self, root: Path, order: Mapping[str, Any]) -> None:
        """Take an order: the run dies at the point number ``at`` (from 1) of a ``kind``.

        Of those of them whose label holds ``like``, if it says so; ``late`` seconds after the point.
        """
        self._root = str(root)
        self._kind, self._at, self._late = order.get("kind"), order.get("at", 0), order.get("late", 0.0)
        self._like = order.get("like", "")
        self._journal = Path(order["journal"]).open("w", encoding="utf-8") if "journal" in order else None  # noqa: SIM115 - dies with the child
        self._come_by = 0
        self._lock = threading.RLock()

    def pass_by(self, kind: str, label: str) -> None:
        """One point; the run may not come further."""
        with self._lock:
            if self._journal:
                self._journal.write(f"{kind}\t{' '.join(label.split())}\n")
                self._journal.flush()
            if kind == self._kind and self._like in label:
                self._come_by += 1
                if self._come_by == self._at:
                    die(self._late)

    def watch(self) -> None:
        """Take a place at every point."""
        self._watch_stages()
        sys.addaudithook(self._audited)
        watched = _watched_connection(self)
        sqlite3.connect = partial(sqlite3.connect, factory=watched)  # type: ignore[assignment]
        # The ledger asks for a factory of its own.
        patience.Patient = watched  # type: ignore[misc]

    def _audited(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if not (isinstance(flags, int) and flags & _WRITES):
                return
            event = f"open to write {mode or ''}".strip()
        elif event in _AUDITED:
            path = arguments[0]
        else:
            return
        if isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self._root):
            self.pass_by("file", f"{event} {os.fspath(path)[len(self._root) :]}")

    def _watch_stages(self) -> None:
        rooms = [importlib.import_module(name) for name in ("pipeline.night", "pipeline.editions")]
        modules = [module for room in rooms for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}.")]
        names = ["pipeline.nightly", *(module.name for module in modules)]
        stages = {
            function: self._watched(function)
            for name in names
            for function in vars(importlib.import_module(name)).values()
            if inspect.isfunction(function) and function.__module__ == name
        }
        for module in [module for name, module in sys.modules.items() if name.startswith("pipeline.")]:
            for name, value in list(vars(module).items()):
                if inspect.isfunction(value) and value in stages:
                    setattr(module, name, stages[value])

    def _watched(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - stands in for any function
            self.pass_by("stage", f"before {function.__module__}.{function.__qualname__}")
            answer = function(*arguments, **named)
            self.pass_by("stage", f"after {function.__module__}.{function.__qualname__}")
            return answer

        return watched


def _watched_connection(road: Road) -> type[patience.Patient]:
    class Watched(patience.Patient):
        def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:  # noqa: ANN401 - as the original takes it
            if sql.lstrip().upper().startswith(_READING):
                return super().execute(sql, *given)
            road.pass_by("statement", f"before {sql[:60]}")
            cursor = super().execute(sql, *given)
            if sql.upper().startswith("COMMIT"):
                road.pass_by("statement", "after COMMIT")
            return cursor

        def executemany(self, sql: str, *given: Any) -> sqlite3.Cursor:  # noqa: ANN401
            road.pass_by("statement", f"before {sql[:60]}")
            return super().executemany(sql, *given)

        def executescript(self, sql: str) -> sqlite3.Cursor:
            road.pass_by("statement", f"before {sql[:60]}")
            return super().executescript(sql)

    return Watched


def die(late: float = 0.0) -> None:
    """As by ``kill -9``: now, or a moment later in the middle of whatever is being done then."""
    if late:
        threading.Thread(target=_die_later, args=(late,), daemon=True).start()
    else:
        os.kill(os.getpid(), signal.SIGKILL)


def _die_later(late: float) -> None:
    time.sleep(late)
    os.kill(os.getpid(), signal.SIGKILL)
