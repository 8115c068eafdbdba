"""A task on its way to another machine: the bytes of its files go with it, and there a worker process does it as here.

Runs on both machines and imports nothing of what lies between them.
"""

import errno
import multiprocessing
import os
import pickle
import platform
import tempfile
import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from multiprocessing import util
from pathlib import Path
from typing import Any, Final

from pipeline.intake.file_kinds import Limits
from pipeline.intake.lanes import Lanes
from pipeline.intake.workers import Ready

_DECIDING: Final = ("qms-pipeline", "lxml", "pandas", "python-calamine", "xlsxwriter")
"""Whose version decides what a task gives, to the byte."""


class OtherMakersError(Exception):
    """A task came to a machine that might do it differently."""


@dataclass(frozen=True)
class _File:
    """A file that goes along: its name, which may decide what a task does, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class _Parcel:
    """A task, its arguments with files in place of paths, and the bounds within which it is done."""

    makers: tuple[str, ...]
    task: Callable[..., Any]
    arguments: tuple[object, ...]
    limits: Limits
    ready: Ready


@cache
def makers() -> tuple[str, ...]:
    """The program, the Python and the libraries that decide the bytes of a result, each with its version.

    Of zlib too: another one compresses the same content to other bytes.
    """
    libraries = (f"{name} {version(name)}" for name in _DECIDING)
    return (*libraries, f"Python {platform.python_version()}", f"zlib {zlib.ZLIB_RUNTIME_VERSION}")


def packed(task: Callable[..., object], arguments: Sequence[object], limits: Limits, ready: Ready) -> bytes:
    """A task with the bytes of the files that its arguments name.

    Raises:
        OSError: a file cannot be read, or is larger than the limits allow.
    """
    with_files = tuple(_file(one, limits) if isinstance(one, Path) else one for one in arguments)
    return pickle.dumps(_Parcel(makers(), task, with_files, limits, ready))


def _file(path: Path, limits: Limits) -> _File:
    if path.stat().st_size > limits.max_bytes:  # nobody would look into it
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return _File(path.name, path.read_bytes())


def done_there(parcel: bytes) -> bytes:
    """On the other machine: what became of the task, pickled; its process may die, and only the task with it.

    Raises:
        OtherMakersError: what is installed here might give other bytes.
    """
    order = pickle.loads(parcel)  # noqa: S301 - whoever may send tasks to a cluster may run anything there
    if order.makers != makers():
        raise OtherMakersError
    with tempfile.TemporaryDirectory(prefix="qms-", ignore_cleanup_errors=True) as folder:
        arguments = [_laid_down(one, Path(folder)) if isinstance(one, _File) else one for one in order.arguments]
        return pickle.dumps(_lanes(order.limits, order.ready).submit(order.task, *arguments).result())


def _laid_down(file: _File, folder: Path) -> Path:
    path = folder / Path(file.name).name
    path.write_bytes(file.content)
    return path


_LANES: dict[tuple[Limits, Ready], Lanes] = {}
_ONE_BEGINS = threading.Lock()


def _lanes(limits: Limits, ready: Ready) -> Lanes:
    """The lanes of this process, which stay for the next task: to start one takes longer than to read a file."""
    with _ONE_BEGINS:
        if (limits, ready) not in _LANES:
            # A nanny of Dask starts its worker as a daemon, which may have no children.
            multiprocessing.current_process().daemon = False
            lanes = _LANES[limits, ready] = Lanes(os.cpu_count() or 1, limits, ready)
            # Before this process waits for its children at its end: pebble replaces one that is ended.
            util.Finalize(None, lanes.shutdown, exitpriority=1)
        return _LANES[limits, ready]
