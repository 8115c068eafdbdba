"""The SQLite file: opening and the append-only writes. Nothing here imports pandas or the forms."""

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.findings import DecisionKind
from pipeline.ledger import older, schema
from pipeline.ledger.hashing import GENESIS, canonical, chained, digest, rows_digest
from pipeline.ledger.patience import connect
from pipeline.ledger.plain import arrival_values, finding_values, plain, stamp_values
from pipeline.ledger.reads import LedgerReads
from pipeline.ledger.records import (
    Arrival,
    Decision,
    Fault,
    FaultState,
    Judgement,
    Row,
    Scan,
    SettingsVersion,
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
            # cut of power the journal would stand there again and take back what was told meanwhile.
            self.connection.execute("PRAGMA synchronous = EXTRA")
            if row_tables is not None and schema.is_blank(self.connection):
                schema.create(self.connection, row_tables)
            if _known_version(self.connection) < schema.VERSION:
                self._bring_up_to_date(path, in_place=brings_up_to_date)
            self.read_right_times()
        except BaseException:
            self.connection.close()
            raise

    def _bring_up_to_date(self, path: Path, *, in_place: bool) -> None:
        if in_place:
            older.keep_copy(self.connection, path)
            schema.migrate(self.connection)
            return
        with closing(self.connection):
            self.connection = older.migrated_in_memory(self.connection)
        self._is_copy = True

    def read_right_times(self, now: dt.datetime | None = None, wrong: tuple[int, int] | None = None) -> None:
        """From here on every reader sees the right times where a clock was wrong; what is written stays as it is.

        ``now``: the time of the run at work; ``wrong``: the first and the last look about to be recorded as wrong.
        """
        self.wrong_looks = read_right(self.connection, now, wrong)

    @classmethod
    def over(cls, copy: sqlite3.Connection, archive: Path) -> Self:
        """A ledger over a copy that is only read, as its last look knew it; the copied file lies in ``archive``."""
        ledger = cls.__new__(cls)
        ledger.connection, ledger.archive, ledger._is_copy = copy, archive, True  # noqa: SLF001 - our own
        ledger.wrong_looks = read_right(copy, None, until_last_look=True)
        return ledger

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
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            # A full disk has made SQLite roll back by itself.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    def record_settings(self, settings: SettingsVersion, as_of: dt.datetime) -> None:
        """Archive settings that have not been seen before; call inside :meth:`writing`."""
        if self.settings_content(settings.sha256) is None:
            told = dataclasses.asdict(settings)
            self._insert("settings_version", told)
            self._append("settings", as_of, {**told, "content": digest(settings.content)})

    def record_scan(
        self,
        scan: Scan,
        arrivals: Iterable[Arrival] = (),
        sightings: Iterable[Arrival] = (),
        waiting: Mapping[str, str] | None = None,
    ) -> None:
        """One look into the inbox, what it found new or under another name, and what waits; inside :meth:`writing`.

        ``waiting``: path to reason (:class:`Waiting`).
        """
        scan_id = 1 + int(self.connection.execute("SELECT coalesce(max(scan_id), 0) FROM scan").fetchone()[0])
        taken, seen = list(arrivals), [arrival_values(one) for one in sightings]
        for arrival in taken:
            self._append("arrived", scan.as_of, arrival_values(arrival))
        for told in seen:
            self._append("seen", scan.as_of, told)
        stamps = [[one.sha256, one.path, *stamp_values(one).values()] for one in taken]
        self._append_scan(scan_id, scan, waiting or {}, stamps)
        for arrival in taken:
            self._insert("arrival", {**arrival_values(arrival), **stamp_values(arrival), "scan_id": scan_id})
        for told in seen:
            self._insert("sighting", {name: value for name, value in told.items() if name != "size"})

    def _append_scan(self, scan_id: int, scan: Scan, waiting: Mapping[str, str], stamps: Sequence[object]) -> None:
        found = self.connection.execute("SELECT hash FROM scan ORDER BY scan_id DESC LIMIT 1").fetchone()
        previous, content, as_of = (found or [GENESIS])[0], self.content_hash(), scan.as_of.isoformat()
        machine = [scan.clock, scan.program, stamps] if scan.clock else []
        row = {
            "scan_id": scan_id,
            "run_id": scan.run_id,
            "clock": scan.clock,
            "program": scan.program,
            "as_of": as_of,
            "settings": scan.settings,
            "waiting": canonical(dict(waiting)),
            "content": content,
            "previous": previous,
            "hash": schema.scan_hash(previous, as_of, [scan.settings, dict(waiting), content, *machine]),
        }
        self._insert("scan", row)

    def record_judgement(self, judged: Judgement, scan: Scan) -> int:
        """A verdict with its findings and accepted rows; call inside :meth:`writing`. Gives the submission's id."""
        told: dict[str, Any] = {
            "verdict": str(judged.verdict),
            "form": judged.form,
            "division": judged.division,
            "period": judged.period,
            "version": self._next_version(judged),
            "is_empty": int(judged.is_empty),
            "based_on": judged.based_on,
            "settings": scan.settings,
        }
        as_of = {"arrival_id": judged.arrival.arrival_id, "judged_as_of": scan.as_of.isoformat()}
        submission_id = self._insert("submission", {**told, **as_of})
        findings = [finding_values(finding) for finding in judged.findings]
        for position, finding in enumerate(findings):
            self._insert("finding", {"submission_id": submission_id, "position": position, **finding})
        for table, rows in judged.rows.items():
            self._insert_rows(table, submission_id, rows)
        covered = {
            "sha256": judged.arrival.sha256,
            "path": judged.arrival.path,
            "findings": findings,
            "row_digests": {table: rows_digest(rows) for table, rows in judged.rows.items()},
        }
        self._append("judged", scan.as_of, {**told, **covered})
        return submission_id

    def record_decision(self, decision: Decision) -> int:
        """What the secretary decided; call inside :meth:`writing`. Gives the decision's number.

        A withdrawal reaches every version of the form that was judged before it.
        """
        reach = self._versions(decision.form, decision.division, decision.period)
        told = {
            **{name: plain(value) for name, value in dataclasses.asdict(decision).items()},
            "up_to_version": reach if decision.kind is DecisionKind.WITHDRAWN else None,
        }
        decision_id = self._insert("decision", told)
        self._append("decided", decision.as_of, told)
        if decision.kind in {DecisionKind.CLOCK, DecisionKind.REVOKED}:
            self.read_right_times()
        return decision_id

    def record_fault(self, state: FaultState, fault: Fault, as_of: dt.datetime) -> None:
        """That something could not be made, or can be again; call inside :meth:`writing`."""
        last = self.connection.execute("SELECT hash FROM fault ORDER BY fault_id DESC LIMIT 1").fetchone()
        previous = (last or [GENESIS])[0]
        row = {"as_of": as_of.isoformat(), "state": str(state), **dataclasses.asdict(fault), "previous": previous}
        self._insert("fault", {**row, "hash": schema.fault_hash(previous, row)})

    def _insert(self, table: str, values: Mapping[str, object]) -> int:
        columns, places = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
        statement = f'INSERT INTO main."{table}" ({columns}) VALUES ({places})'  # noqa: S608 - names of ours
        return int(self.connection.execute(statement, tuple(values.values())).lastrowid or 0)

    def _insert_rows(self, table: str, submission_id: int, rows: Sequence[Row]) -> None:
        for row in rows:
            self._insert(table, {"submission_id": submission_id, **row})

    def _next_version(self, judged: Judgement) -> int | None:
        if judged.form is None or judged.division is None or judged.period is None:
            return None
        return self._versions(judged.form, judged.division, judged.period) + 1

    def _versions(self, form: str | None, division: str | None, period: str) -> int:
        query = "SELECT count(*) FROM submission WHERE form = ? AND division = ? AND period = ?"
        return int(self.connection.execute(query, (form, division, period)).fetchone()[0])

    def _append(self, kind: str, as_of: dt.datetime, content: Mapping[str, Any]) -> None:
        previous, text, at = self.content_hash(), canonical(content), as_of.isoformat()
        link = chained(previous, kind, at, text)
        self._insert("event", {"kind": kind, "as_of": at, "content": text, "previous": previous, "hash": link})


def _known_version(connection: sqlite3.Connection) -> int:
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
