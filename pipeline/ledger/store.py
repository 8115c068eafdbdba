"""The SQLite file: opening and the append-only writes. Nothing here imports pandas or the forms."""

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.findings import DecisionKind
from pipeline.ledger import older, schema
from pipeline.ledger.hashing import GENESIS, canonical, chained, digest, rows_digest
from pipeline.ledger.patience import connect
from pipeline.ledger.reads import LedgerReads
from pipeline.ledger.records import (
    Arrival,
    Decision,
    Fault,
    FaultState,
    Judgement,
    Scan,
    SettingsVersion,
    finding_values,
    plain,
)
from pipeline.ledger.right_rows import read_right

WAIT_SECONDS = 30.0
"""How long a ledger that another program holds is waited for, at each step."""


class LedgerError(RuntimeError):
    """The file is no ledger of ours, or of a version that this program does not know."""


class NewerLedgerError(LedgerError):
    """The ledger was made by a newer program; the text is its version."""


class Ledger(LedgerReads):
    """One open ledger. Use as a context manager; writes happen inside :meth:`writing`."""

    def __init__(
        self, path: Path, row_tables: schema.RowTables | None = None, *, brings_up_to_date: bool = False
    ) -> None:
        """Open the ledger; with ``row_tables`` it is created when missing.

        Of an older ledger a copy in memory is brought up to date, to be read only; with ``brings_up_to_date`` it is the
        file itself, of which a copy is kept: only for whoever holds the workspace's lock.

        Raises:
            LedgerError: the file is no ledger, or (NewerLedgerError) made by a newer program.
            sqlite3.Error: it is damaged, held by another program, or cannot be reached.
            OSError: the copy of an older ledger cannot be kept.
        """
        if not path.exists() and row_tables is None:
            raise LedgerError(str(path))
        self.archive = path.parent
        self._is_copy = False
        self.connection: sqlite3.Connection = connect(path, WAIT_SECONDS)
        try:
            self.connection.execute("PRAGMA foreign_keys = ON")
            # FULL syncs the content but not the removal of the journal, with which a transaction is committed: after a
            # cut of power the journal would stand there again and take back what was answered meanwhile.
            self.connection.execute("PRAGMA synchronous = EXTRA")
            if row_tables is not None and schema.is_blank(self.connection):
                schema.create(self.connection, row_tables)
            if _version_of(self.connection) < schema.VERSION:
                self._bring_up_to_date(path if brings_up_to_date else None)
            self.read_right_times()
        except BaseException:
            self.connection.close()
            raise

    def _bring_up_to_date(self, path: Path | None) -> None:
        """The file itself, whose copy is kept beside ``path``; without one a copy in memory."""
        if path is not None:
            older.keep_copy(self.connection, path)
        else:
            with closing(self.connection):
                self.connection = older.in_memory(self.connection)
            self._is_copy = True
        schema.migrate(self.connection)

    def read_right_times(self, now: dt.datetime | None = None, wrong: tuple[int, int] | None = None) -> None:
        """From here on every reader sees the right times where a clock was wrong; what is written stays as it is.

        ``now``: the time of the run at work; ``wrong``: the first and the last look about to be recorded as wrong.
        """
        self.wrong_looks = read_right(self.connection, now, wrong)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def add_row_tables(self, row_tables: schema.RowTables) -> None:
        """Make the tables and columns that are missing; call inside :meth:`writing`."""
        schema.add_row_tables(self.connection, row_tables)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: everything written inside is kept whole or not at all.

        Raises:
            sqlite3.ProgrammingError: this is a copy, in which nothing would last.
        """
        if self._is_copy:
            raise sqlite3.ProgrammingError(str(self.archive))
        with schema.transaction(self.connection):
            yield

    def record_settings(self, settings: SettingsVersion, as_of: dt.datetime) -> None:
        """Archive settings that have not been seen before; call inside :meth:`writing`."""
        if self.settings_content(settings.sha256) is None:
            values = dataclasses.asdict(settings)
            self._insert("settings_version", values)
            self._append("settings", as_of, {**values, "content": digest(settings.content)})

    def record_scan(
        self,
        scan: Scan,
        arrivals: Sequence[Arrival] = (),
        sightings: Sequence[Arrival] = (),
        waiting: Mapping[str, str] | None = None,
    ) -> None:
        """One look into the inbox, what it found new or under another name, and what waits; inside :meth:`writing`.

        ``waiting``: path to reason (:class:`Waiting`).
        """
        for kind, of_kind in (("arrived", arrivals), ("seen", sightings)):
            for one in of_kind:
                self._append(kind, scan.as_of, one.values)
        stamps = [[one.sha256, one.path, *one.stamps.values()] for one in arrivals]
        scan_id = self._insert("scan", self._scan_row(scan, dict(waiting or {}), stamps))
        for one in arrivals:
            self._insert("arrival", {**one.values, **one.stamps, "scan_id": scan_id})
        for one in sightings:
            self._insert("sighting", {name: value for name, value in one.values.items() if name != "size"})

    def _scan_row(self, scan: Scan, waiting: Mapping[str, str], stamps: Sequence[object]) -> dict[str, object]:
        previous, content, as_of = self._last_link("scan"), self.content_hash(), scan.as_of.isoformat()
        machine = [scan.clock, scan.program, stamps] if scan.clock else []
        return {
            **dataclasses.asdict(scan),
            "as_of": as_of,
            "waiting": canonical(waiting),
            "content": content,
            "previous": previous,
            "hash": schema.scan_hash(previous, as_of, [scan.settings, waiting, content, *machine]),
        }

    def record_judgement(self, judged: Judgement, scan: Scan) -> int:
        """A verdict with its findings and accepted rows; call inside :meth:`writing`. Gives the submission's id."""
        duty = (judged.form, judged.division, judged.period)
        values: dict[str, Any] = {
            "verdict": str(judged.verdict),
            "form": judged.form,
            "division": judged.division,
            "period": judged.period,
            "version": None if None in duty else self._versions(*duty) + 1,
            "is_empty": int(judged.is_empty),
            "based_on": judged.based_on,
            "settings": scan.settings,
        }
        place = {"arrival_id": judged.arrival.arrival_id, "judged_as_of": scan.as_of.isoformat()}
        submission_id = self._insert("submission", {**values, **place})
        findings = [finding_values(finding) for finding in judged.findings]
        for position, finding in enumerate(findings):
            self._insert("finding", {"submission_id": submission_id, "position": position, **finding})
        for table, rows in judged.rows.items():
            for row in rows:
                self._insert(table, {"submission_id": submission_id, **row})
        covered = {
            "sha256": judged.arrival.sha256,
            "path": judged.arrival.path,
            "findings": findings,
            "row_digests": {table: rows_digest(rows) for table, rows in judged.rows.items()},
        }
        self._append("judged", scan.as_of, {**values, **covered})
        return submission_id

    def record_decision(self, decision: Decision) -> int:
        """What the secretary decided; call inside :meth:`writing`. Gives the decision's number.

        A withdrawal reaches every version of the form that was judged before it.
        """
        reach = self._versions(decision.form, decision.division, decision.period)
        values = {
            **{name: plain(value) for name, value in dataclasses.asdict(decision).items()},
            "up_to_version": reach if decision.kind is DecisionKind.WITHDRAWN else None,
        }
        decision_id = self._insert("decision", values)
        self._append("decided", decision.as_of, values)
        if decision.kind in {DecisionKind.CLOCK, DecisionKind.REVOKED}:
            self.read_right_times()
        return decision_id

    def record_fault(self, state: FaultState, fault: Fault, as_of: dt.datetime) -> None:
        """That something could not be made, or can be again; call inside :meth:`writing`."""
        previous = self._last_link("fault")
        row = {"as_of": as_of.isoformat(), "state": str(state), **dataclasses.asdict(fault), "previous": previous}
        self._insert("fault", {**row, "hash": schema.fault_hash(previous, row)})

    def _insert(self, table: str, values: Mapping[str, object]) -> int:
        """Write a row; gives its number."""
        columns, places = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
        statement = f'INSERT INTO main."{table}" ({columns}) VALUES ({places})'  # noqa: S608 - names of ours
        return int(self.connection.execute(statement, tuple(values.values())).lastrowid or 0)

    def _versions(self, form: str | None, division: str | None, period: str | None) -> int:
        query = "SELECT count(*) FROM submission WHERE form = ? AND division = ? AND period = ?"
        return int(self.connection.execute(query, (form, division, period)).fetchone()[0])

    def _last_link(self, table: str) -> str:
        return self._first(f"SELECT hash FROM main.{table} ORDER BY {table}_id DESC LIMIT 1") or GENESIS  # noqa: S608

    def _append(self, kind: str, as_of: dt.datetime, content: Mapping[str, Any]) -> None:
        previous, text, at = self._last_link("event"), canonical(content), as_of.isoformat()
        link = chained(previous, kind, at, text)
        self._insert("event", {"kind": kind, "as_of": at, "content": text, "previous": previous, "hash": link})


class LedgerCopy(Ledger):
    """A ledger over a copy in memory that is only read, as its last look knew it."""

    def __init__(self, copy: sqlite3.Connection, archive: Path) -> None:
        """``archive`` is the folder of the copied file."""
        self.connection, self.archive, self._is_copy = copy, archive, True
        self.wrong_looks = read_right(copy, None, until_last_look=True)


def _version_of(connection: sqlite3.Connection) -> int:
    """The version of the ledger, at most our own.

    Raises:
        LedgerError: it has none, or (NewerLedgerError) a later one.
        sqlite3.Error: the file cannot be read.
    """
    if "schema_version" not in schema.tables_of(connection):
        raise LedgerError("schema_version")
    version = schema.version_of(connection)
    if version > schema.VERSION:
        raise NewerLedgerError(str(version))
    return version
