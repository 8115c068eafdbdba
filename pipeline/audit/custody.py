"""The archived bytes against their hashes, file by file: the originals, and the settings that were ever in use."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from pipeline.audit.evidence import Evidence, Row, hash_of
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.audit.reopening import NotOpened, Reopening, Unopened
from pipeline.directory import entries_of
from pipeline.findings import DecisionKind
from pipeline.forms import DIRECTORY
from pipeline.intake.custody import UNFINISHED
from pipeline.parsing import parse_form
from pipeline.settings import Settings
from pipeline.spreadsheet import RawWorkbook
from pipeline.writing import UNFINISHED as BEING_WRITTEN

_UNFINISHED = (UNFINISHED, BEING_WRITTEN)
"""What a run is just copying, or left half copied when it was killed; the next run sweeps it away."""


def originals_hold(evidence: Evidence) -> Outcome:
    """Each original that arrived lies there once, unchanged; nothing else lies there."""
    names = {row["sha256"]: row["path"] for row in evidence.rows("arrival")}
    return outcome(_kept_wrongly(evidence.originals, names, "original"), files=len(names))


def presented_hold(evidence: Evidence) -> Outcome:
    """Each workbook that was kept when it was presented lies there unchanged; nothing else lies there.

    An older program kept none: what is missing proves nothing, its hash stands in the ledger.
    """
    presented = [row for row in evidence.rows("decision") if row["kind"] == DecisionKind.PRESENTED]
    names = {row["sha256"]: row["period"] for row in presented}
    failures = _kept_wrongly(evidence.archive / "presented", names, "presented")
    return outcome((each for each in failures if each.kind != "presented_missing"), files=len(names))


def _kept_wrongly(folder: Path, names: Mapping[str, str], what: str) -> Iterator[Failure]:
    """What is missing, altered or foreign; ``names``: SHA-256 to the name under which the bytes came.

    ``what`` is "original", "settings" or "presented" and names the failures.
    """
    present: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if not path.name.startswith(_UNFINISHED):
            present.setdefault(path.name.partition(".")[0], []).append(path)
    for sha256, name in sorted(names.items(), key=lambda one: one[1]):
        facts = {"name": name, "sha256": sha256}
        kept = present.pop(sha256, [])
        if not kept:
            yield Failure(f"{what}_missing", facts)
        elif not kept[0].is_file() or hash_of(kept[0]) != sha256:
            yield Failure(f"{what}_altered", {**facts, "file": kept[0].name})
        yield from (Failure(f"{what}_foreign", {"file": path.name}) for path in kept[1:])
    for paths in present.values():
        yield from (Failure(f"{what}_foreign", {"file": path.name}) for path in paths)


def settings_hold(evidence: Evidence) -> Outcome:
    """The bytes of qms.toml and danh_muc.xlsx lie there unchanged; read again they give the settings of the ledger.

    Settings archived by version 1 of the ledger have no bytes, unless a later run under the same settings kept them.
    """
    versions = evidence.rows("settings_version")
    with_files = (_with_files(row, evidence.settings_files) for row in versions)
    rows = [row for row in with_files if row.get("written") or row.get("directory")]
    names = {row["written"]: "qms.toml" for row in rows} | {row["directory"]: "danh_muc.xlsx" for row in rows}
    failures = [*_kept_wrongly(evidence.settings_files, names, "settings")]
    with Reopening() as reopening:
        for row in rows:
            failures += _misread(evidence, row, reopening)
    return outcome(failures, versions=len(versions), files=len(names))


def _with_files(row: Row, folder: Path) -> Row:
    """A row of version 1, which names no files, with the two that lie there and give its hash; else the row itself."""
    if row.get("written") or row.get("directory") or not folder.is_dir():
        return row
    pairs = product(*(sorted(path.stem for path in folder.glob(f"*{suffix}")) for suffix in (".toml", ".xlsx")))
    match = next((pair for pair in pairs if _both(*pair) == row["sha256"]), None)
    return row if match is None else {**row, "written": match[0], "directory": match[1]}


def _misread(evidence: Evidence, row: Row, reopening: Reopening) -> Iterator[Failure]:
    if row["sha256"] != _both(row["written"], row["directory"]):
        yield Failure("settings_hash", {"id": row["sha256"]})
    written = _unchanged(evidence.settings_files, row["written"])
    directory = reopening.read(evidence.settings_files, row["directory"])
    if written is None or directory == NotOpened(Unopened.UNTRUSTED):
        return
    if isinstance(directory, NotOpened) or not _give(row["content"], written, directory):
        yield Failure("settings_read", {"id": row["sha256"]})


def _unchanged(folder: Path, sha256: str) -> bytes | None:
    """The archived bytes of a file of the operator's, when their hash is still the ledger's; None when not."""
    kept = (path for path in sorted(folder.glob(f"{sha256}.*")) if hash_of(path) == sha256)
    return next((path.read_bytes() for path in kept), None)


def _both(written: str, directory: str) -> str:
    """As ``workspace.load_settings`` names settings: the hash of both hashes."""
    try:
        return hashlib.sha256(bytes.fromhex(written) + bytes.fromhex(directory)).hexdigest()
    except ValueError:
        return ""


def _give(content: str, written: bytes, directory: RawWorkbook) -> bool:
    """Whether the two files, the directory read by the second reader, give the settings that the ledger holds.

    Values are compared, not texts: a setting that the program has learnt since stands at its default in both.
    """
    try:
        kept = Settings.model_validate(json.loads(content))
        divisions, staff = entries_of(parse_form(directory, DIRECTORY, {}))
        read = {**tomllib.loads(written.decode("utf-8-sig")), "divisions": divisions, "staff": staff}
        return Settings.model_validate(read) == kept
    except (ValueError, KeyError, TypeError):
        return False
