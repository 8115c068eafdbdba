"""What lies in the inbox: every file that may be a submission, with the stamp that its system gives it."""

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.faults import OperatorError

LOCK_PREFIX = "~$"
PRE_CHECK = "kiem_tra"
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini", ".ds_store", ".gitkeep"}


@dataclass(frozen=True)
class InboxFile:
    """One file found; ``folder`` is the first sub-folder of the inbox in which it lies, or empty."""

    path: Path
    name: str
    folder: str
    stamp: dt.datetime


@dataclass(frozen=True)
class InboxScan:
    """One look into the inbox. ``open_elsewhere`` names the workbooks whose lock file says that they are still open."""

    files: tuple[InboxFile, ...]
    open_elsewhere: tuple[str, ...]


def scan_inbox(inbox: Path, timezone: dt.tzinfo, now: dt.datetime) -> InboxScan:
    """Every candidate below the inbox, sub-folders too, in the order of their paths. Links are not followed.

    A workbook whose lock file lies beside it is still being worked on and is left for the next look; a lock older than
    a day is what a crash of Excel left behind, and holds nothing back.

    Raises:
        OperatorError: E801, the inbox cannot be listed.
    """
    found = []
    paths = list(_walk(inbox))
    locks = [path for path in paths if path.name.startswith(LOCK_PREFIX)]
    held = {path.with_name(path.name.removeprefix(LOCK_PREFIX)) for path in locks if _is_fresh(path, timezone, now)}
    for path in paths:
        stamp = _stamp(path, timezone)
        if stamp is not None and path not in held and _may_be_a_form(path):
            name = path.relative_to(inbox).as_posix()
            found.append(InboxFile(path, name, name.split("/")[0] if "/" in name else "", stamp))
    return InboxScan(tuple(found), tuple(path.relative_to(inbox).as_posix() for path in locks))


def _may_be_a_form(path: Path) -> bool:
    return not path.name.startswith((LOCK_PREFIX, ".")) and path.name.lower() not in _OF_THE_SYSTEM


def _is_fresh(lock: Path, timezone: dt.tzinfo, now: dt.datetime) -> bool:
    try:
        written = dt.datetime.fromtimestamp(lock.stat().st_mtime, timezone).replace(tzinfo=None)
    except OSError:
        return False
    return now - written < dt.timedelta(days=1)


def _walk(inbox: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise OperatorError("E801", path=inbox, missing=error.strerror or error) from error

    for folder, folders, names in os.walk(inbox, onerror=refuse):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not (here == inbox and name == PRE_CHECK))
        yield from (here / name for name in sorted(names) if not (here / name).is_symlink())


def _stamp(path: Path, timezone: dt.tzinfo) -> dt.datetime | None:
    """The later of modification and change time (on Windows: creation time), local; None when the file has gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    seconds = max(status.st_mtime, status.st_ctime)
    return dt.datetime.fromtimestamp(seconds, timezone).replace(tzinfo=None, microsecond=0)
