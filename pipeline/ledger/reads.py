"""The few plain reads of the ledger that a run with nothing new needs; frames come from ``ledger.tables``.

Nothing here imports pandas or the forms, so that such a run stays nearly free.
"""

import datetime as dt
import sqlite3

from pipeline.findings import Verdict
from pipeline.ledger import schema
from pipeline.ledger.hashing import GENESIS
from pipeline.ledger.records import ARRIVAL, Arrival, Fault, FaultState, Scan, may_have_lain
from pipeline.ledger.right_rows import WrongLooks, looks_of
from pipeline.ledger.right_time import Look
from pipeline.seals import Seal

_SCANS = "SELECT run_id, as_of, settings, clock, program FROM scan"


class LedgerReads:
    """What an open ledger answers; whoever opens it sets the connection and the looks whose clock was wrong."""

    connection: sqlite3.Connection
    wrong_looks: WrongLooks

    def _first(self, query: str, *values: object) -> str | None:
        """The first value of the first row; None where there is none."""
        row = self.connection.execute(query, values).fetchone()
        return None if row is None else row[0]

    def _each(self, query: str, *values: object) -> frozenset[str]:
        """The first values of all rows."""
        return frozenset(row[0] for row in self.connection.execute(query, values))

    def is_wrong(self, scan_id: int) -> bool:
        """Whether the clock of a look was wrong."""
        return scan_id in self.wrong_looks.all

    def looks(self) -> list[Look]:
        """Every look into the inbox as it was written, whatever its clock."""
        return looks_of(self.connection)

    def last_recorded(self) -> dt.datetime | None:
        """When the inbox was last looked into or a decision written down, whichever was later.

        A decision that is dated ahead of the run at work counts as made just after the look before it.
        """
        return _moment(
            self._first("SELECT max(as_of) FROM (SELECT as_of FROM scan UNION ALL SELECT as_of FROM decision)")
        )

    def scan_at(self, known_at: dt.datetime) -> Scan | None:
        """The last look into the inbox until a time; None when there was none yet."""
        return next(iter(self._scans("as_of <= ? ORDER BY scan_id DESC LIMIT 1", known_at.isoformat())), None)

    def scans_on(self, day: dt.date | None) -> list[Scan]:
        """The looks into the inbox of a day, the last first."""
        return self._scans("date(as_of) = ? ORDER BY scan_id DESC", day and day.isoformat())

    def _scans(self, condition: str, *values: object) -> list[Scan]:
        rows = self.connection.execute(f"{_SCANS} WHERE {condition}", values).fetchall()
        return [Scan(run_id, dt.datetime.fromisoformat(as_of), *rest) for run_id, as_of, *rest in rows]

    def last_written(self, until: dt.datetime) -> dt.datetime:
        """When content was last recorded until a time; the beginning of time before the first."""
        query = "SELECT max(as_of) FROM event WHERE as_of <= ?"
        return _moment(self._first(query, until.isoformat())) or dt.datetime.min

    def first_look(self, since: dt.datetime, last: Scan) -> dt.datetime:
        """The first look from a time on that went on, under the same settings, until ``last``."""
        at = last.as_of
        query = "SELECT as_of, settings FROM scan WHERE as_of <= ? ORDER BY scan_id DESC"
        for as_of, settings in self.connection.execute(query, (at.isoformat(),)):
            if settings != last.settings or as_of < since.isoformat():
                break
            at = dt.datetime.fromisoformat(as_of)
        return at

    def extended_until(self, known_at: dt.datetime) -> list[dt.date]:
        """The days until which decisions gave more time, as known at a time."""
        query = "SELECT DISTINCT until FROM decision WHERE until IS NOT NULL AND as_of <= ?"
        return list(map(dt.date.fromisoformat, self._each(query, known_at.isoformat())))

    def days_in_rows(self, first: dt.date, last: dt.date, known_at: dt.datetime) -> list[dt.date]:
        """The last day of each column of accepted rows within a span, of what was judged until a time.

        What a column holds only the forms know: a day is a text that is one.
        """
        tables = self._each("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%excel_row INTEGER%'")
        judged = "SELECT max(submission_id) FROM submission WHERE judged_as_of <= ?"
        newest = self.connection.execute(judged, (known_at.isoformat(),)).fetchone()[0] or 0
        days: set[str | None] = set()
        for table in sorted(tables):
            columns = schema.text_columns_of(self.connection, table)
            each = (f"max(CASE WHEN {one} BETWEEN ?1 AND ?2 AND date({one}) = {one} THEN {one} END)" for one in columns)
            query = f'SELECT {", ".join(each)} FROM "{table}" WHERE submission_id <= ?3'  # noqa: S608 - names of ours
            days.update(self.connection.execute(query, (first.isoformat(), last.isoformat(), newest)).fetchone())
        return list(map(dt.date.fromisoformat, filter(None, days)))

    def programs_since(self, at: dt.datetime) -> frozenset[str]:
        """The versions of the program that looked into the inbox at a time or later; blank before version 3."""
        return self._each("SELECT DISTINCT program FROM scan WHERE as_of >= ?", at.isoformat())

    def waiting(self) -> dict[str, str]:
        """What the last look left lying in the inbox: path to reason (:class:`Waiting`)."""
        return schema.waiting_of(self._first("SELECT waiting FROM scan ORDER BY scan_id DESC LIMIT 1") or "{}")

    def last_absent(self, path: str) -> dt.datetime | None:
        """The last look in which nothing waited under this path: the lower end of an arrival; None without one.

        A file that was already lying there, open or unfinished, had arrived before the last look. A look that did not
        reach its place says nothing of it, and one whose clock was wrong bounds nothing.
        """
        query = "SELECT scan_id, as_of, waiting FROM scan ORDER BY scan_id DESC"
        for scan_id, as_of, waiting in self.connection.execute(query):
            if self.is_wrong(scan_id):
                continue
            if waiting == "{}" or not may_have_lain(path, schema.waiting_of(waiting)):
                return dt.datetime.fromisoformat(as_of)
        return None

    def content_hash(self, until: dt.datetime = dt.datetime.max) -> str:
        """The head of the chain at a time: the same for the same content, whatever runs and scans came between."""
        query = "SELECT hash FROM event WHERE as_of <= ? ORDER BY event_id DESC LIMIT 1"
        return self._first(query, until.isoformat()) or GENESIS

    def seal_at(self, at: dt.datetime) -> Seal | None:
        """What a paper of that time bears: the head of the chain, and the last look until then; None before the first.

        A function of the content and the looks' times: a paper made again bears the same.
        """
        look = self.scan_at(at)
        return None if look is None else Seal(self.content_hash(at), look.as_of)

    def known_names(self) -> dict[str, frozenset[str]]:
        """The SHA-256 of everything in custody, with the paths under which those bytes were seen."""
        names: dict[str, set[str]] = {}
        query = "SELECT sha256, path FROM arrival UNION ALL SELECT sha256, path FROM sighting"
        for sha256, path in self.connection.execute(query):
            names.setdefault(sha256, set()).add(path)
        return {sha256: frozenset(paths) for sha256, paths in names.items()}

    def last_under(self) -> dict[str, str]:
        """Path to the SHA-256 of the bytes that were last seen under it."""
        query = (
            "SELECT path, sha256 FROM (SELECT path, sha256, not_after FROM arrival UNION ALL"
            " SELECT path, sha256, not_after FROM sighting) ORDER BY not_after"
        )
        return dict(self.connection.execute(query).fetchall())

    def faulty(self) -> tuple[Arrival, ...]:
        """What a fault of ours kept from being judged: the last arrival of such bytes, unless they are pending anew."""
        condition = (
            "s.verdict = ? AND NOT EXISTS"
            " (SELECT 1 FROM arrival b WHERE b.sha256 = a.sha256 AND b.arrival_id > a.arrival_id)"
        )
        return self._arrivals(condition, str(Verdict.INTERNAL_FAULT))

    def pending(self) -> tuple[Arrival, ...]:
        """What is in custody and not judged yet, in the order of arrival: estimate, then hash (design 6)."""
        return self._arrivals("s.submission_id IS NULL")

    def _arrivals(self, condition: str, *values: object) -> tuple[Arrival, ...]:
        query = (
            f"SELECT {', '.join(f'a.{name}' for name in ARRIVAL)} FROM arrival a LEFT JOIN submission s"  # noqa: S608
            f" USING (arrival_id) WHERE {condition} ORDER BY a.arrived_at, a.sha256"
        )
        rows = self.connection.execute(query, values)
        return tuple(Arrival.of(dict(zip(ARRIVAL, row, strict=True))) for row in rows)

    def folders_of(self, sha256: str) -> frozenset[str]:
        """The divisions in whose folders these bytes were seen; blank stands for any other place of the inbox."""
        query = "SELECT folder FROM arrival WHERE sha256 = ? UNION SELECT folder FROM sighting WHERE sha256 = ?"
        return self._each(query, sha256, sha256)

    def last_judged_with(self, code: str) -> frozenset[str]:
        """The SHA-256 of the bytes whose last verdict bears a finding of this code."""
        query = (
            "SELECT a.sha256 FROM submission s JOIN arrival a USING (arrival_id)"
            " JOIN finding f USING (submission_id) WHERE f.code = ? AND s.submission_id ="
            " (SELECT max(t.submission_id) FROM submission t JOIN arrival b USING (arrival_id)"
            " WHERE b.sha256 = a.sha256)"
        )
        return self._each(query, code)

    def submitted_periods(self, until: dt.datetime = dt.datetime.max) -> frozenset[str]:
        """The periods for which at least one form had come in at a time."""
        query = "SELECT DISTINCT period FROM submission WHERE period IS NOT NULL AND judged_as_of <= ?"
        return self._each(query, until.isoformat())

    def last_change(self, year: int, until: dt.datetime = dt.datetime.max) -> dt.datetime | None:
        """When something was last judged or decided for any period of a year, until a time; None when nothing was."""
        query = (
            "SELECT max(at) FROM (SELECT judged_as_of AS at FROM submission WHERE period LIKE ?1"
            " UNION ALL SELECT as_of FROM decision WHERE period LIKE ?1) WHERE at <= ?2"
        )
        return _moment(self._first(query, f"{year}-%", until.isoformat()))

    def settings_content(self, sha256: str) -> str | None:
        """The settings archived under a hash, as JSON."""
        return self._first("SELECT content FROM settings_version WHERE sha256 = ?", sha256)

    def open_faults(self, until: dt.datetime = dt.datetime.max) -> tuple[Fault, ...]:
        """What could not be made and was not made since, as known at a time, by stage and artefact."""
        query = "SELECT state, code, stage, artefact, reason FROM fault WHERE as_of <= ? ORDER BY fault_id"
        still_open: dict[tuple[str, str], Fault] = {}
        for state, *values in self.connection.execute(query, (until.isoformat(),)):
            fault = Fault(*values)
            still_open.pop((fault.stage, fault.artefact), None)
            if state == FaultState.BEGAN:
                still_open[fault.stage, fault.artefact] = fault
        return tuple(still_open[key] for key in sorted(still_open))


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
