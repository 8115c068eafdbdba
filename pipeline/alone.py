"""One at a time: whoever writes into the ledger or the outbox holds the workspace's lock, and says who it is."""

import datetime as dt
import getpass
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.faults import OperatorError
from pipeline.wording import say
from pipeline.workspace import VIETNAM, Workspace
from pipeline.writing import make_folder


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace while the work inside is done.

    The system lets the lock go when a process dies, so there is nothing to clean up; the holder's line that stays
    behind means nothing by itself.

    Raises:
        OperatorError: E806, somebody else holds it: who, on which machine, in which process, since when; E805, the
            archive is read-only or full.
    """
    lock = FileLock(workspace.archive / "run.lock", timeout=0)
    try:
        _hold(lock, workspace.archive)
        yield
    finally:
        lock.release()


def _hold(lock: FileLock, archive: Path) -> None:
    holder = archive / "run.holder"
    try:
        make_folder(archive)
        lock.acquire()
        holder.write_text(_ourselves(), encoding="utf-8")
    except Timeout as error:
        raise OperatorError("E806", holder=_told(holder)) from error
    except OSError as error:
        raise OperatorError("E805", path=archive.name, reason=error.strerror or error) from error


def _ourselves() -> str:
    now = dt.datetime.now(VIETNAM)
    return say("run.holder", user=_user(), machine=platform.node() or "?", process=os.getpid(), time=now)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A service account may have no name in the environment and no entry among the users.
        return "?"


def _told(holder: Path) -> str:
    """What the holder wrote about itself, which may be just being written."""
    try:
        return holder.read_text(encoding="utf-8").strip() or "?"
    except (OSError, UnicodeDecodeError):
        return "?"
