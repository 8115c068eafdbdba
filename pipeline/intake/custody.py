"""Custody: copy and hash before anything judges; the copy is what is judged, kept and cited (design 2.1)."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.intake.file_kinds import FileKind
from pipeline.intake.inbox import look_at
from pipeline.writing import make_folder, sync_folder, write_whole

ORIGINALS = "originals"
SETTINGS = "settings"
UNFINISHED = "taking-"
_CHUNK = 1 << 20
_UNNAMED = ".bin"
_SUFFIXES = {
    FileKind.XLSX: ".xlsx",
    FileKind.XLSM: ".xlsm",
    FileKind.XLSB: ".xlsb",
    FileKind.XLS: ".xls",
    FileKind.ODS: ".ods",
}


@dataclass(frozen=True)
class Taken:
    """One original in custody."""

    sha256: str
    size: int


class UnreadableError(Exception):
    """The file cannot be read now: locked, forbidden, or gone. The archive is not to blame."""


class UnsettledError(UnreadableError):
    """The file changed while it was being copied: what was copied is no version of it."""


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        UnreadableError: the file cannot be read.
    """
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def hash_of_start(path: Path, size: int) -> str:
    """SHA-256 of a file's first mebibyte and its size: what names a file that is too large to be taken.

    Raises:
        UnreadableError: the file cannot be read.
    """
    digest = hashlib.sha256(next(_chunks(path), b""))
    digest.update(str(size).encode())
    return digest.hexdigest()


def take(path: Path, archive: Path) -> Taken:
    """Copy a file into custody under its own hash; the original stays as it is.

    Safe to repeat: a copy that a crash left unfinished has no lasting name. What these bytes are is not looked at here,
    so that their name ends in ``.bin`` until :func:`name_by_kind`; bytes that are kept already keep their name.

    Raises:
        UnreadableError: the file cannot be read, or (UnsettledError) changed meanwhile; nothing was kept.
        OSError: the archive cannot be written.
    """
    originals = archive / ORIGINALS
    make_folder(originals)
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=originals)
    copy = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as kept:
            sha256, size = _copied(path, kept)
        copy.replace(next(_kept(originals, sha256), originals / f"{sha256}{_UNNAMED}"))
        sync_folder(originals)
    finally:
        copy.unlink(missing_ok=True)
    return Taken(sha256, size)


def name_by_kind(kept: Path, kind: FileKind) -> None:
    """End the name of an original as its content asks, so that it opens with a click whatever it was called.

    Safe to repeat. One that cannot be renamed now, because another program holds it, keeps the name that it has.
    """
    suffix = _SUFFIXES.get(kind, _UNNAMED)
    if kept.suffix == _UNNAMED and suffix != _UNNAMED:
        with suppress(OSError):
            kept.replace(kept.with_suffix(suffix))
            sync_folder(kept.parent)


def _copied(path: Path, kept: BinaryIO) -> tuple[str, int]:
    """The hash and size of what was copied, when the file was the same before and after.

    Raises:
        UnreadableError, UnsettledError: as :func:`take`.
    """
    before = look_at(path)
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(path):
        digest.update(chunk)
        size += kept.write(chunk)
    kept.flush()
    os.fsync(kept.fileno())
    if before is None or look_at(path) != before or size != before.size:
        raise UnsettledError(path.name)
    return digest.hexdigest(), size


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with _opened(path) as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise UnreadableError(error.strerror or type(error).__name__) from error


_WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def _opened(path: Path) -> BinaryIO:
    """An ordinary file, opened; what took its name since it was listed, such as a pipe, must not hold the run up.

    Raises:
        OSError: it cannot be opened, or is no ordinary file.
    """
    source = os.fdopen(os.open(path, _WITHOUT_WAITING), "rb")
    if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
        source.close()
        raise OSError
    return source


def keep_settings(content: bytes, suffix: str, archive: Path) -> str:
    """Archive the bytes of a settings file under their own hash; gives the hash.

    Raises:
        OSError: the archive cannot be written.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    kept_as = archive / SETTINGS / f"{sha256}{suffix}"
    if not kept_as.exists():
        write_whole(kept_as, content)
    return sha256


def sweep(archive: Path) -> None:
    """Remove what a run that was killed left half copied; call only while no other run is at work."""
    for unfinished in (archive / ORIGINALS).glob(f"{UNFINISHED}*"):
        unfinished.unlink(missing_ok=True)


def is_whole(archive: Path, sha256: str) -> bool:
    """Whether an original lies in custody as it was taken."""
    try:
        return hash_of(original(archive, sha256)) == sha256
    except (FileNotFoundError, UnreadableError):
        return False


def original(archive: Path, sha256: str) -> Path:
    """Where an original in custody lies.

    Raises:
        FileNotFoundError: it is not in custody.
    """
    for kept in _kept(archive / ORIGINALS, sha256):
        return kept
    raise FileNotFoundError(sha256)


def _kept(originals: Path, sha256: str) -> Iterator[Path]:
    """Asked name by name: listing a folder of thousands for each of thousands takes minutes."""
    names = (originals / f"{sha256}{suffix}" for suffix in (_UNNAMED, *_SUFFIXES.values()))
    return (name for name in names if name.exists())
