"""An office with as many divisions as there are forms to send, so that no form of a night disturbs another."""

import datetime as dt
import hashlib
import io
import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from python_calamine import load_workbook
from rules_settings import SETTINGS

from pipeline import nightly
from pipeline.findings import Verdict
from pipeline.nightly import RunOptions, RunReport
from pipeline.settings import Settings
from pipeline.workspace import LoadedSettings, Workspace

FIRST_SHEET = "Việc cần sửa"
_LIKE = {"P": "VP", "T": "TCT"}
"""The first letter of a made division's code to the division whose duties, and whose people, it has."""


@dataclass(frozen=True)
class Told:
    """What the ledger holds of one file: the verdict, and code and place of every finding."""

    verdict: Verdict
    findings: tuple[tuple[str, str], ...]


@dataclass
class Office:
    """A workspace whose settings are given, not read: more divisions than a directory has rows.

    One worker reads and marks, for a second costs its start in every night; the crowd and the fuzz have both.
    """

    workspace: Workspace
    settings: Settings
    workers: int = 1
    faults: list[str] = field(default_factory=list)

    def put(self, files: Mapping[str, bytes]) -> None:
        """Lay files into the inbox."""
        for name, content in files.items():
            path = self.workspace.inbox / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def night(self, as_of: dt.datetime) -> RunReport:
        """One whole night; what the log says at the level of an error is kept."""
        content = self.settings.model_dump_json()
        loaded = LoadedSettings(self.settings, hashlib.sha256(content.encode()).hexdigest())
        with _heard(self.faults), mock.patch.object(nightly, "load_settings", return_value=loaded):
            return nightly.run_night(self.workspace, as_of, RunOptions(workers=self.workers))

    def judging_night(self, as_of: dt.datetime) -> RunReport:
        """A night that ends with its verdicts: what it leaves undrawn, the next whole night draws.

        For nights that only lay the ground for one in which everything is drawn, and for those of which only the
        ledger is looked at. Each workbook and book of receipts takes its time, a page the frames of every workbook.
        """
        with ExitStack() as stack:
            for step in ("publish", "give_feedback", "give_receipts"):
                stack.enter_context(mock.patch.object(nightly, step, return_value=[]))
            stack.enter_context(mock.patch.object(nightly, "report_day", return_value=""))
            return self.night(as_of)

    def told(self) -> dict[str, Told]:
        """By the file's path in the inbox, what it was told."""
        query = "SELECT a.path, s.verdict, s.submission_id FROM submission s JOIN arrival a USING (arrival_id)"
        findings = "SELECT code, sheet, cell FROM finding WHERE submission_id = ? ORDER BY position"
        with sqlite3.connect(self.workspace.ledger_file) as connection:
            return {
                path: Told(
                    Verdict(verdict),
                    tuple((c, f"{s}!{x}".strip("!")) for c, s, x in connection.execute(findings, (key,))),
                )
                for path, verdict, key in connection.execute(query).fetchall()
            }

    def answers(self) -> dict[str, Path]:
        """By the stem of the sender's file, the answer to it; a stem is used once in this office."""
        found = self.workspace.outbox.glob("phan_hoi/*/*__????????.xlsx")
        return {path.stem.rsplit("__", 1)[0]: path for path in found}

    def published(self) -> dict[str, str]:
        """Every file of the outbox with the hash of its content."""
        return {
            path.relative_to(self.workspace.outbox).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.workspace.outbox.rglob("*"))
            if path.is_file()
        }


def furnished(folder: Path, codes: Sequence[str] = ()) -> Office:
    """An office with made divisions of these codes beside those of ``rules_settings``, and an empty inbox."""
    workspace = Workspace(folder)
    workspace.inbox.mkdir(parents=True)
    workspace.settings_file.write_bytes(b"")
    workspace.directory_file.write_bytes(b"")
    return Office(workspace, with_divisions(codes))


def with_divisions(codes: Sequence[str]) -> Settings:
    """The small agency with more divisions: P… owe and are staffed as VP, T… as the ISO working group."""
    like = {code: _LIKE[code[0]] for code in codes}
    division = {one.code: one for one in SETTINGS.divisions}
    divisions = [division[model].model_copy(update={"code": code}) for code, model in like.items()]
    staff = [
        person.model_copy(update={"division": code})
        for code, model in like.items()
        for person in SETTINGS.staff
        if person.division == model
    ]
    limits = SETTINGS.limits.model_copy(update={"settle_seconds": 0})
    return SETTINGS.model_copy(
        update={
            "divisions": (*SETTINGS.divisions, *divisions),
            "staff": (*SETTINGS.staff, *staff),
            "limits": limits,
        }
    )


def rows_of_findings(answer: Path) -> int:
    """How many findings the first sheet of an answer lists.

    Raises:
        AssertionError: it does not open with the sheet *Việc cần sửa*.
    """
    # An answer keeps what is odd in the sender's package, over which openpyxl may stumble.
    sheet = load_workbook(io.BytesIO(answer.read_bytes())).get_sheet_by_index(0)
    assert sheet.name.startswith(FIRST_SHEET)  # a sender's own sheet of that name keeps it
    return sum(str(row[0]).isdecimal() for row in sheet.to_python())


class _Ear(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(logging.Formatter().format(record))


@contextmanager
def _heard(faults: list[str]) -> Iterator[None]:
    """Keep what the pipeline's loggers say at the level of an error."""
    ear, log = _Ear(faults), logging.getLogger("pipeline")
    log.addHandler(ear)
    try:
        yield
    finally:
        log.removeHandler(ear)
