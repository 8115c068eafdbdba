"""The archived bytes against their hashes: every original, and both files of every setting."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.audit.evidence import Evidence
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.intake.custody import UNFINISHED

_UNFINISHED = (UNFINISHED, ".writing-")
"""What a run is just copying, or left half copied when it was killed; the next run sweeps it away."""


def originals_hold(evidence: Evidence) -> Outcome:
    """Each original that arrived lies there once, unchanged; nothing else lies there."""
    wanted = {row["sha256"]: row["path"] for row in evidence.rows("arrival")}
    return outcome(_kept_wrongly(evidence.originals, wanted, "original"), files=len(wanted))


def settings_hold(evidence: Evidence) -> Outcome:
    """The bytes of qms.toml and danh_muc.xlsx of every setting that was ever in use, and the hash made of both.

    Settings archived by version 1 of the ledger have no bytes.
    """
    rows = [row for row in evidence.rows("settings_version") if row.get("written") or row.get("directory")]
    wanted = {row["written"]: "qms.toml" for row in rows} | {row["directory"]: "danh_muc.xlsx" for row in rows}
    failures = list(_kept_wrongly(evidence.settings_files, wanted, "settings"))
    failures += [
        Failure("settings_hash", {"id": row["sha256"]})
        for row in rows
        if row["sha256"] != _both(row["written"], row["directory"])
    ]
    return outcome(failures, versions=len(evidence.rows("settings_version")), files=len(wanted))


def _both(written: str, directory: str) -> str:
    """As ``workspace.load_settings`` names settings: the hash of both hashes."""
    try:
        return hashlib.sha256(bytes.fromhex(written) + bytes.fromhex(directory)).hexdigest()
    except ValueError:
        return ""


def _kept_wrongly(folder: Path, wanted: Mapping[str, str], what: str) -> Iterator[Failure]:
    """What is missing, altered or foreign; ``wanted``: SHA-256 to the name under which the bytes came."""
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
