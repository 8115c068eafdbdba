"""What lies in the inbox: every file that may be a submission, with the stamp that its system gives it."""

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.faults import OperatorError

PRE_CHECK = "kiem_tra"
LOCK_PREFIX = "~$"
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini", ".ds_store", ".gitkeep"}


@dataclass(frozen=True)
class Look:
    """What the system says of a file at one moment: its size, and when it was last written or changed."""

    size: int
    written_ns: int
    changed_ns: int


@dataclass(frozen=True)
class InboxFile:
    """One file found; ``folder`` is the first sub-folder of the inbox in which it lies, or empty."""

    path: Path
    name: str
    folder: str
    stamp: dt.datetime
    look: Look


@dataclass(frozen=True)
class InboxScan:
    """One look into the inbox: what can be taken, and the workbooks that somebody still has open."""

    files: tuple[InboxFile, ...]
    open_elsewhere: tuple[str, ...]


def scan_inbox(inbox: Path, timezone: dt.tzinfo, now: dt.datetime) -> InboxScan:
    """Every candidate below the inbox, sub-folders too, by stamp, then name. Links are not followed.

    A workbook whose lock file lies beside it is still being worked on and is left for the next look; a lock older than
    a day is what a crash of Excel left behind, and holds nothing back.

    Raises:
        OperatorError: E801, the inbox cannot be listed.
    """
    found = []
    paths = list(_walk(inbox))
    locked = {path: workbook for path in paths if (workbook := _locked_by(path)) is not None}
    held = {workbook for lock, workbook in locked.items() if _is_fresh(lock, timezone, now)}
    for path in paths:
        look = look_at(path)
        if look is not None and path not in held and _may_be_a_form(path):
            name = path.relative_to(inbox).as_posix()
            stamp = _stamp(look, timezone)
            found.append(InboxFile(path, name, name.split("/")[0] if "/" in name else "", stamp, look))
    return InboxScan(
        files=tuple(sorted(found, key=lambda file: (file.stamp, file.name))),
        open_elsewhere=tuple(sorted(path.relative_to(inbox).as_posix() for path in held.intersection(paths))),
    )


def look_at(path: Path) -> Look | None:
    """The file as the system tells it now; None when it has gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    # Windows tells the creation time, which is when a copy arrived, whatever time of writing it brought along.
    changed_ns = getattr(status, "st_birthtime_ns", status.st_ctime_ns)
    return Look(status.st_size, status.st_mtime_ns, changed_ns)


def _locked_by(path: Path) -> Path | None:
    """The workbook that a lock file speaks of: Excel and WPS write ``~$name``, LibreOffice ``.~lock.name#``."""
    if path.name.startswith(LOCK_PREFIX):
        return path.with_name(path.name.removeprefix(LOCK_PREFIX)) if len(path.name) > len(LOCK_PREFIX) else None
    if path.name.startswith(".~lock.") and path.name.endswith("#"):
        return path.with_name(path.name.removeprefix(".~lock.").removesuffix("#"))
    return None


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


def _stamp(look: Look, timezone: dt.tzinfo) -> dt.datetime:
    """The later of modification and change time (on Windows: creation time), local, to the second."""
    seconds = max(look.written_ns, look.changed_ns) // 1_000_000_000
    return dt.datetime.fromtimestamp(seconds, timezone).replace(tzinfo=None)
