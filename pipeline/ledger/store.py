"""The SQLite file: opening, the append-only writes, and the few plain reads that a run with nothing new needs.

Nothing here imports pandas or the forms, so that such a run stays nearly free; frames come from ``ledger.tables``.
"""

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.findings import Finding
from pipeline.ledger.records import Arrival, Judgement, Scan

VERSION = 1
GENESIS = "0" * 64


class LedgerError(RuntimeError):
    """The file is no ledger of ours, or of a version that this program does not know."""


class Ledger:
    """One open ledger. Use as a context manager; writes happen inside :meth:`writing`."""

    def __init__(self, path: Path, row_tables: Mapping[str, Sequence[str]] | None = None) -> None:
        """Open the ledger; with ``row_tables`` (table to column declarations) it is created when missing."""
        exists = path.exists()
        if not exists and row_tables is None:
            raise LedgerError(str(path))
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.connection.execute("PRAGMA synchronous = FULL")
        try:
            if self._is_blank() and row_tables is not None:
                self._create(row_tables)
            self._check_version()
        except sqlite3.DatabaseError as error:
            self.connection.close()
            raise LedgerError(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def _is_blank(self) -> bool:
        found = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return bool(found[0] == 0)

    def _create(self, row_tables: Mapping[str, Sequence[str]]) -> None:
        script = files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
        self.connection.executescript(f"BEGIN IMMEDIATE;\n{script}")
        self.connection.execute("INSERT INTO schema_version VALUES (?)", (VERSION,))
        for table in self._tables():
            self._forbid_change(table)
        self.add_row_tables(row_tables)
        self.connection.execute("COMMIT")

    def _tables(self) -> list[str]:
        found = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return [name for (name,) in found.fetchall()]

    def add_row_tables(self, row_tables: Mapping[str, Sequence[str]]) -> None:
        """Make the tables that are missing, as when a form was added; call inside :meth:`writing`."""
        for name in sorted(set(row_tables) - set(self._tables())):
            self.connection.execute(
                f'CREATE TABLE "{name}" (submission_id INTEGER NOT NULL REFERENCES submission (submission_id),'
                f" excel_row INTEGER NOT NULL, {', '.join(row_tables[name])}, PRIMARY KEY (submission_id, excel_row))"
            )
            self._forbid_change(name)

    def _forbid_change(self, table: str) -> None:
        for action in ("UPDATE", "DELETE"):
            self.connection.execute(
                f'CREATE TRIGGER "{table}_no_{action.lower()}" BEFORE {action} ON "{table}" '
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )

    def _check_version(self) -> None:
        found = self.connection.execute("SELECT max(version) FROM schema_version").fetchone()[0]
        if found != VERSION:
            raise LedgerError(str(found))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: everything written inside is kept whole or not at all."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def last_scan(self) -> dt.datetime | None:
        """When the inbox was last looked into."""
        found = self.connection.execute("SELECT max(as_of) FROM scan").fetchone()[0]
        return None if found is None else dt.datetime.fromisoformat(found)

    def content_hash(self) -> str:
        """The head of the chain: the same for the same content, whatever runs and scans came between."""
        found = self.connection.execute("SELECT hash FROM event ORDER BY event_id DESC LIMIT 1").fetchone()
        return GENESIS if found is None else str(found[0])

    def known_hashes(self) -> frozenset[str]:
        """The SHA-256 of everything in custody."""
        return frozenset(sha for (sha,) in self.connection.execute("SELECT sha256 FROM arrival"))

    def submitted_periods(self) -> frozenset[str]:
        """The periods for which at least one form has come in."""
        query = "SELECT DISTINCT period FROM submission WHERE period IS NOT NULL"
        return frozenset(period for (period,) in self.connection.execute(query))

    def last_submission(self, year: int) -> int:
        """The id of the last submission for any period of a year; 0 when there is none."""
        query = "SELECT coalesce(max(submission_id), 0) FROM submission WHERE period LIKE ?"
        return int(self.connection.execute(query, (f"{year}-%",)).fetchone()[0])

    def settings_content(self, sha256: str) -> str | None:
        """The settings archived under a hash, as JSON."""
        query = "SELECT content FROM settings_version WHERE sha256 = ?"
        found = self.connection.execute(query, (sha256,)).fetchone()
        return None if found is None else str(found[0])

    def pending(self) -> tuple[Arrival, ...]:
        """What is in custody and not judged yet, in the order of arrival: estimate, then hash (design 6)."""
        rows = self.connection.execute(
            "SELECT a.sha256, a.path, a.size, a.not_before, a.not_after, a.arrived_at, a.arrival_id FROM arrival a"
            " LEFT JOIN submission s USING (arrival_id) WHERE s.submission_id IS NULL ORDER BY a.arrived_at, a.sha256"
        )
        return tuple(_arrival(row) for row in rows)

    def record_settings(self, sha256: str, content: str, as_of: dt.datetime) -> None:
        """Archive settings that have not been seen before; call inside :meth:`writing`."""
        if self.settings_content(sha256) is None:
            self.connection.execute("INSERT INTO settings_version VALUES (?, ?)", (sha256, content))
            self._append("settings", as_of, {"sha256": sha256})

    def record_scan(self, scan: Scan, arrivals: Iterable[Arrival]) -> None:
        """One look into the inbox and what it found new; call inside :meth:`writing`."""
        cursor = self.connection.execute(
            "INSERT INTO scan (run_id, as_of, settings) VALUES (?, ?, ?)",
            (scan.run_id, scan.as_of.isoformat(), scan.settings),
        )
        for arrival in arrivals:
            values = _plain(arrival)
            self.connection.execute(
                "INSERT INTO arrival (sha256, path, size, not_before, not_after, arrived_at, scan_id)"
                " VALUES (:sha256, :path, :size, :not_before, :not_after, :arrived_at, :scan_id)",
                {**values, "scan_id": cursor.lastrowid},
            )
            self._append("arrived", scan.as_of, values)

    def record_judgement(self, judged: Judgement, scan: Scan) -> int:
        """A verdict with its findings and accepted rows; call inside :meth:`writing`. Gives the submission's id."""
        version = self._next_version(judged)
        cursor = self.connection.execute(
            "INSERT INTO submission (arrival_id, verdict, form, division, period, version, is_empty, based_on,"
            " judged_as_of, settings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                judged.arrival.arrival_id,
                judged.verdict,
                judged.form,
                judged.division,
                judged.period,
                version,
                int(judged.is_empty),
                judged.based_on,
                scan.as_of.isoformat(),
                scan.settings,
            ),
        )
        submission_id = int(cursor.lastrowid or 0)
        findings = [_finding_values(finding) for finding in judged.findings]
        self.connection.executemany(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(submission_id, position, *values) for position, values in enumerate(findings)],
        )
        for table, rows in judged.rows.items():
            self._insert_rows(table, submission_id, rows)
        content = {
            "sha256": judged.arrival.sha256,
            "verdict": judged.verdict,
            "form": judged.form,
            "division": judged.division,
            "period": judged.period,
            "version": version,
            "findings": findings,
            "rows": {table: digest(rows) for table, rows in judged.rows.items()},
        }
        self._append("judged", scan.as_of, content)
        return submission_id

    def _insert_rows(self, table: str, submission_id: int, rows: Sequence[tuple[object, ...]]) -> None:
        for row in rows:
            places = ", ".join("?" * (len(row) + 1))
            statement = f'INSERT INTO "{table}" VALUES ({places})'  # noqa: S608 - the table's name is ours
            self.connection.execute(statement, (submission_id, *row))

    def _next_version(self, judged: Judgement) -> int | None:
        if judged.form is None or judged.division is None or judged.period is None:
            return None
        found = self.connection.execute(
            "SELECT count(*) FROM submission WHERE form = ? AND division = ? AND period = ?",
            (judged.form, judged.division, judged.period),
        ).fetchone()
        return int(found[0]) + 1

    def _append(self, kind: str, as_of: dt.datetime, content: Mapping[str, Any]) -> None:
        previous, text = self.content_hash(), canonical(content)
        self.connection.execute(
            "INSERT INTO event (kind, as_of, content, previous, hash) VALUES (?, ?, ?, ?, ?)",
            (kind, as_of.isoformat(), text, previous, chained(previous, kind, as_of.isoformat(), text)),
        )


def canonical(content: object) -> str:
    """JSON that is the same for the same content: sorted keys, no spaces, Unicode as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: object) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def chained(previous: str, kind: str, as_of: str, content: str) -> str:
    """The hash of an event: it covers what came before, what happened and when, never who ran it."""
    return digest([previous, kind, as_of, content])


def _plain(arrival: Arrival) -> dict[str, object]:
    return {
        "sha256": arrival.sha256,
        "path": arrival.path,
        "size": arrival.size,
        "not_before": None if arrival.not_before is None else arrival.not_before.isoformat(),
        "not_after": arrival.not_after.isoformat(),
        "arrived_at": arrival.arrived_at.isoformat(),
    }


def _arrival(row: tuple[Any, ...]) -> Arrival:
    sha256, path, size, not_before, not_after, arrived_at, arrival_id = row
    return Arrival(
        sha256=sha256,
        path=path,
        size=size,
        not_before=None if not_before is None else dt.datetime.fromisoformat(not_before),
        not_after=dt.datetime.fromisoformat(not_after),
        arrived_at=dt.datetime.fromisoformat(arrived_at),
        arrival_id=arrival_id,
    )


def _finding_values(finding: Finding) -> tuple[str, ...]:
    return (
        finding.code,
        str(finding.severity),
        finding.sheet,
        finding.cell,
        finding.field,
        finding.label,
        canonical(dict(finding.facts)),
    )
