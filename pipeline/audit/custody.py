"""The archived bytes against their hashes, file by file; the originals here, the settings in ``settled``."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.audit.evidence import Evidence
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.intake.custody import UNFINISHED
from pipeline.intake.file_kinds import ReadFailure
from pipeline.intake.inspection import inspect
from pipeline.writing import UNFINISHED as BEING_WRITTEN

_UNFINISHED = (UNFINISHED, BEING_WRITTEN)
"""What a run is just copying, or left half copied when it was killed; the next run sweeps it away."""


def originals_hold(evidence: Evidence) -> Outcome:
    """Each original that arrived lies there once, unchanged; nothing else lies there."""
    wanted = {row["sha256"]: row["path"] for row in evidence.rows("arrival")}
    return outcome(kept_wrongly(evidence.originals, wanted, "original"), files=len(wanted))


def kept_wrongly(folder: Path, wanted: Mapping[str, str], what: str) -> Iterator[Failure]:
    """What is missing, altered or foreign; ``wanted``: SHA-256 to the name under which the bytes came.

    ``what`` is "original" or "settings" and names the failures.
    """
    present: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if not path.name.startswith(_UNFINISHED):
            present.setdefault(path.name.partition(".")[0], []).append(path)
    for sha256, name in sorted(wanted.items(), key=lambda one: one[1]):
        facts = {"name": name, "sha256": sha256}
        kept = present.pop(sha256, [])
        if not kept:
            yield Failure(f"{what}_missing", facts)
        for path in kept[:1]:
            if not path.is_file() or hash_of(path) != sha256:
                yield Failure(f"{what}_altered", {**facts, "file": path.name})
        for path in kept[1:]:
            yield Failure(f"{what}_foreign", {"file": path.name})
    for paths in present.values():
        for path in paths:
            yield Failure(f"{what}_foreign", {"file": path.name})


def hash_of(path: Path) -> str:
    """SHA-256 of the bytes that lie there; empty when they cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def inspected(folder: Path, sha256: str) -> Iterator[Path]:
    """In a worker: the archived files of that name that pass the look that every file must pass."""
    return (path for path in sorted(folder.glob(f"{sha256}.*")) if not isinstance(inspect(path), ReadFailure))


def unchanged(folder: Path, sha256: str) -> bytes | None:
    """The archived bytes of a file of the operator's, when their hash is still the ledger's; None when not."""
    kept = (path for path in sorted(folder.glob(f"{sha256}.*")) if hash_of(path) == sha256)
    return next((path.read_bytes() for path in kept), None)
