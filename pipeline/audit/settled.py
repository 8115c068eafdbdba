"""The settings that were ever in use: the bytes of both files, and that they still say what the ledger says."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from pipeline.audit.custody import kept_wrongly, unchanged
from pipeline.audit.evidence import Evidence, Row
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.audit.reopening import NotOpened, Reopening, Unopened
from pipeline.directory import entries_of
from pipeline.forms import DIRECTORY
from pipeline.parsing import parse_form
from pipeline.settings import Settings
from pipeline.spreadsheet import RawWorkbook


def settings_hold(evidence: Evidence) -> Outcome:
    """The bytes of qms.toml and danh_muc.xlsx lie there unchanged; read again they give the settings of the ledger.

    Settings archived by version 1 of the ledger have no bytes, unless a later run under the same settings kept them.
    """
    named = [_with_files(row, evidence.settings_files) for row in evidence.rows("settings_version")]
    rows = [row for row in named if row.get("written") or row.get("directory")]
    wanted = {row["written"]: "qms.toml" for row in rows} | {row["directory"]: "danh_muc.xlsx" for row in rows}
    failures = [*kept_wrongly(evidence.settings_files, wanted, "settings")]
    with Reopening() as reopening:
        for row in rows:
            failures += _misread(evidence, row, reopening)
    return outcome(failures, versions=len(evidence.rows("settings_version")), files=len(wanted))


def _with_files(row: Row, folder: Path) -> Row:
    """A row of version 1, which names no files, with the two that lie there and give its hash; else the row itself."""
    if row.get("written") or row.get("directory") or not folder.is_dir():
        return row
    pairs = product(*(sorted(path.stem for path in folder.glob(f"*{suffix}")) for suffix in (".toml", ".xlsx")))
    found = next((pair for pair in pairs if _both(*pair) == row["sha256"]), None)
    return row if found is None else {**row, "written": found[0], "directory": found[1]}


def _misread(evidence: Evidence, row: Row, reopening: Reopening) -> Iterator[Failure]:
    if row["sha256"] != _both(row["written"], row["directory"]):
        yield Failure("settings_hash", {"id": row["sha256"]})
    written = unchanged(evidence.settings_files, row["written"])
    directory = reopening.read(evidence.settings_files, row["directory"])
    if written is None or directory == NotOpened(Unopened.UNTRUSTED):
        return
    if isinstance(directory, NotOpened) or not _says(row["content"], written, directory):
        yield Failure("settings_read", {"id": row["sha256"]})


def _both(written: str, directory: str) -> str:
    """As ``workspace.load_settings`` names settings: the hash of both hashes."""
    try:
        return hashlib.sha256(bytes.fromhex(written) + bytes.fromhex(directory)).hexdigest()
    except ValueError:
        return ""


def _says(content: str, written: bytes, directory: RawWorkbook) -> bool:
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
