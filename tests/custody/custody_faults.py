"""Inside the child: faults that a run meets at its files, arranged before it begins.

Python's audit hooks tell of a file's opening or moving before it is done; a hook that raises keeps it from being done.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

_GROWTH = b"x" * 1024


def arrange(faults: Iterable[Mapping[str, Any]]) -> None:
    """Arrange faults: ``refuse`` (an operation fails with ``errno``), ``vanish`` or ``grow`` (a file of the inbox).

    Each strikes when a path that holds ``path`` is opened (or moved to: ``event`` os.rename) the ``at``-th time, counted
    from 1; a refusal also every time after that.
    """
    for fault in faults:
        sys.addaudithook(_hook(fault))


def _hook(fault: Mapping[str, Any]) -> Callable[[str, tuple[Any, ...]], None]:
    strike = _STRIKES[fault["kind"]]
    event, ending, at = fault.get("event", "open"), fault["path"], fault.get("at", 1)
    come_by = 0

    def hook(name: str, arguments: tuple[Any, ...]) -> None:
        nonlocal come_by
        if name != event:
            return
        path = arguments[1] if name == "os.rename" else arguments[0]
        if isinstance(path, str | os.PathLike) and ending in os.fspath(path):
            come_by += 1
            if come_by == at or (come_by > at and strike is _refuse):
                strike(Path(path), fault)

    return hook


def _refuse(path: Path, fault: Mapping[str, Any]) -> None:
    raise OSError(fault["errno"], os.strerror(fault["errno"]), str(path))


def _vanish(path: Path, _: Mapping[str, Any]) -> None:
    path.unlink()


def _grow(path: Path, _: Mapping[str, Any]) -> None:
    """Somebody is still copying it there, for as long as the run lasts."""
    begun = threading.Event()
    threading.Thread(target=_write_on, args=(path, begun), daemon=True).start()
    begun.wait()


def _write_on(path: Path, begun: threading.Event) -> None:
    # The thread opens the file anew each time: the opening by descriptor is no event of this path.
    while True:
        file = os.open(path.parent, os.O_RDONLY)
        target = os.open(path.name, os.O_WRONLY | os.O_APPEND, dir_fd=file)
        os.write(target, _GROWTH)
        os.close(target)
        os.close(file)
        begun.set()
        time.sleep(0.0002)


_STRIKES: Mapping[str, Callable[[Path, Mapping[str, Any]], None]] = {
    "refuse": _refuse,
    "vanish": _vanish,
    "grow": _grow,
}
