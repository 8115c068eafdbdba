"""Writing a file whole or not at all: beside its place first, then moved into it (design 2.8)."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pipeline.faults import disk_faults

UNFINISHED = ".writing-"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of either.

    Raises:
        OSError: it cannot be written; what stood there before still stands.
    """
    make_folder(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files that only their owner can read; a shared folder needs the usual rights.
        temporary.chmod(0o644)
        temporary.replace(path)
        sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_whole_or_fault(path: Path, content: bytes) -> None:
    """As :func:`write_whole`, for the operator to put right.

    Raises:
        OperatorError: E805, it cannot be written.
    """
    with disk_faults(path.name):
        write_whole(path, content)


def remove_for_good(path: Path) -> None:
    """Remove a file if it is there; it does not come back through a loss of power.

    Raises:
        OSError: it cannot be removed.
    """
    with suppress(FileNotFoundError):
        path.unlink()
        sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing; each new name is kept through a loss of power, too.

    Raises:
        OSError: it cannot be made.
    """
    missing = [level for level in (folder, *folder.parents) if not level.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for level in missing:
        sync_folder(level.parent)


def sync_folder(folder: Path) -> None:
    """Ask the system to keep a renaming through a loss of power; where folders cannot be synced (Windows), nothing."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove what a program that was killed left half written below a folder; call only while no other is at work."""
    for unfinished in folder.rglob(f"{UNFINISHED}*"):
        unfinished.unlink(missing_ok=True)
