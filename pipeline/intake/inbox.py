"""What lies in the inbox: every file that may be a submission, with the stamp that its system gives it."""

import datetime as dt
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.faults import OperatorError
from pipeline.findings.codes import Code
from pipeline.naming import on_record

PRE_CHECK = "kiem_tra"
LOCK_PREFIX = "~$"
_LOCK = re.compile(r"~\$(.+)|\.~lock\.(.+)#", re.DOTALL)
_EARLIEST, _LATEST = 0, 4_102_444_800
"""1970 and 2100: a stamp outside is a slip of some clock, and Windows cannot turn it into a date."""
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini", ".ds_store", ".gitkeep"}


@dataclass(frozen=True)
class Look:
    """What the system says of a file at one moment: its size, and when it was last written or changed."""

    size: int
    written_ns: int
    changed_ns: int


@dataclass(frozen=True)
class InboxFile:
    """One file found, by its ``name`` on record (``naming.on_record``) relative to the inbox, with forward slashes.

    ``folder`` is the first sub-folder of the inbox in which it lies, or empty; ``written_at`` and ``changed_at`` what
    its own stamps say, local, to the second, ``stamp`` the estimate that is drawn from both.
    """

    path: Path
    name: str
    folder: str
    written_at: dt.datetime
    changed_at: dt.datetime
    look: Look
    stamp: dt.datetime


@dataclass(frozen=True)
class InboxScan:
    """One look into the inbox: what can be taken, and the workbooks that somebody still has open.

    ``out_of_reach``: what lies there and is no ordinary file, or cannot be looked at; ``closed_folders``: folders that
    cannot be listed, by their names with a slash at the end; ``is_bare``: nothing at all lies there, not even a folder.
    """

    files: tuple[InboxFile, ...]
    open_elsewhere: tuple[str, ...]
    out_of_reach: tuple[str, ...] = ()
    closed_folders: tuple[str, ...] = ()
    is_bare: bool = False


@dataclass
class _Listing:
    """The files of a folder and its sub-folders while they are listed."""

    paths: list[Path] = field(default_factory=list)
    closed: list[Path] = field(default_factory=list)
    entries: int = 0


def scan_inbox(inbox: Path, timezone: dt.tzinfo, now: dt.datetime) -> InboxScan:
    """Every candidate below the inbox, sub-folders too, by stamp, then name. Links are not followed.

    A workbook whose lock file lies beside it is still being worked on and is left for the next look; a lock older than
    a day is what a crash of Excel left behind, and holds nothing back.

    Raises:
        OperatorError: E801, the inbox itself cannot be listed.
    """
    listing = _listed(inbox)
    held = {_locked_by(path) for path in listing.paths if _locked_by(path) and _is_fresh(path, timezone, now)}
    files, out_of_reach = [], []
    for path in listing.paths:
        if path in held or not _may_be_a_form(path):
            continue
        look = look_at(path)
        if look is not None:
            files.append(_file(path, inbox, look, timezone))
        elif _is_still_there(path):
            out_of_reach.append(_name(path, inbox))
    return InboxScan(
        files=tuple(sorted(files, key=lambda file: (file.stamp, file.name))),
        open_elsewhere=tuple(sorted(_name(path, inbox) for path in listing.paths if path in held)),
        out_of_reach=tuple(out_of_reach),
        closed_folders=tuple(f"{_name(folder, inbox)}/" for folder in listing.closed),
        is_bare=listing.entries == 0,
    )


def _name(path: Path, inbox: Path) -> str:
    """The name on record: UTF-8 whatever the locale of the machine calls it."""
    return on_record(os.fsencode(path.relative_to(inbox).as_posix()).decode("utf-8", "surrogateescape"))


def _file(path: Path, inbox: Path, look: Look, timezone: dt.tzinfo) -> InboxFile:
    name = _name(path, inbox)
    folder = name.split("/")[0] if "/" in name else ""
    written_at, changed_at = _local(look.written_ns, timezone), _local(look.changed_ns, timezone)
    return InboxFile(path, name, folder, written_at, changed_at, look, _stamp(look, timezone))


def look_at(path: Path) -> Look | None:
    """The file as the system tells it now; None when it has gone, is out of reach, or is no ordinary file."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    # Windows tells the creation time, which is when a copy arrived, whatever time of writing it brought along.
    changed_ns = getattr(status, "st_birthtime_ns", status.st_ctime_ns)
    return Look(status.st_size, status.st_mtime_ns, changed_ns)


def _locked_by(path: Path) -> Path | None:
    """The workbook that a lock file speaks of: Excel and WPS write ``~$name``, LibreOffice ``.~lock.name#``."""
    match = _LOCK.fullmatch(path.name)
    return path.with_name(match[1] or match[2]) if match else None


def _may_be_a_form(path: Path) -> bool:
    return not path.name.startswith((LOCK_PREFIX, ".")) and path.name.lower() not in _OF_THE_SYSTEM


def _is_fresh(lock: Path, timezone: dt.tzinfo, now: dt.datetime) -> bool:
    try:
        written = dt.datetime.fromtimestamp(lock.stat().st_mtime, timezone).replace(tzinfo=None)
    except OSError:
        return False
    return now - written < dt.timedelta(days=1)


def _is_still_there(path: Path) -> bool:
    """Whether something lies there that cannot be taken; False where it vanished since the listing."""
    try:
        path.lstat()
    except OSError as error:
        return not isinstance(error, FileNotFoundError)
    return True


def _listed(inbox: Path) -> _Listing:
    """Every file below the inbox but those of the pre-check folder; links are not followed."""
    listing = _Listing()

    def note(error: OSError) -> None:
        folder = Path(error.filename or inbox)
        if folder == inbox:
            raise OperatorError(Code.E801, path=inbox, missing=error) from error
        listing.closed.append(folder)

    for folder, folders, names in os.walk(inbox, onerror=note):
        here = Path(folder)
        listing.entries += len(folders) + len(names)
        folders[:] = sorted(name for name in folders if not (here == inbox and name == PRE_CHECK))
        listing.paths += [here / name for name in sorted(names) if not os.path.islink(here / name)]  # noqa: PTH114 - False where a folder may be listed and not entered
    return listing


def _stamp(look: Look, timezone: dt.tzinfo) -> dt.datetime:
    """The later of modification and change time (on Windows: creation time)."""
    return _local(max(look.written_ns, look.changed_ns), timezone)


def _local(moment_ns: int, timezone: dt.tzinfo) -> dt.datetime:
    """A file's stamp in local time, to the second; the nearest that can be told where its year cannot."""
    seconds = min(max(moment_ns // 1_000_000_000, _EARLIEST), _LATEST)
    return dt.datetime.fromtimestamp(seconds, timezone).replace(tzinfo=None)
