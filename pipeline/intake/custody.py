"""Custody: copy and hash before anything judges; the copy is what is judged, kept and cited (design 2.1)."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.file_kinds import FileKind
from pipeline.intake.inspection import inspect

_CHUNK = 1 << 20
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


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def take(path: Path, archive: Path) -> Taken:
    """Copy a file into custody under its own hash; the original stays as it is.

    Safe to repeat: a copy that a crash left unfinished has no lasting name. The ending of the lasting name comes from
    the content, so that the archived original opens with a click whatever it was called.

    Raises:
        OSError: the file cannot be read or the archive not be written.
    """
    originals = archive / "originals"
    originals.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="taking-", dir=originals)
    copy = Path(name)
    try:
        with os.fdopen(handle, "wb") as kept, path.open("rb") as source:
            digest, size = hashlib.sha256(), 0
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += kept.write(chunk)
            kept.flush()
            os.fsync(kept.fileno())
        sha256 = digest.hexdigest()
        copy.replace(originals / f"{sha256}{_SUFFIXES.get(inspect(copy).kind, '.bin')}")
    finally:
        copy.unlink(missing_ok=True)
    return Taken(sha256, size)


def original(archive: Path, sha256: str) -> Path:
    """Where an original in custody lies.

    Raises:
        FileNotFoundError: it is not in custody.
    """
    found = sorted((archive / "originals").glob(f"{sha256}.*"))
    if not found:
        raise FileNotFoundError(sha256)
    return found[0]
