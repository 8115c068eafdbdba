"""The ledger as a run leaves it, read once for everything that is made from it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from pipeline.consolidation import LedgerContent
from pipeline.consolidation.content import Basis
from pipeline.evidence.facts import facts_of
from pipeline.ledger import Fault, Ledger, contents, tables
from pipeline.settings import Settings
from pipeline.validation import standing_findings
from pipeline.validation.standing import Standing
from pipeline.workspace import archived_settings


@dataclass(frozen=True, eq=False)
class LedgerSnapshot:
    """What a ledger holds from which nothing is judged or decided any more; the same content is read once.

    Faults may still come: they are read at every call.
    """

    ledger: Ledger
    _settings: dict[str, Settings] = field(default_factory=dict)
    _contents: dict[tuple[dt.datetime | None, tuple[Fault, ...] | None], LedgerContent] = field(default_factory=dict)
    _standing: dict[Basis, tuple[Standing, ...]] = field(default_factory=dict)

    def settings(self, sha256: str) -> Settings:
        """The settings that were archived under a hash.

        Raises:
            OperatorError: E802 or E811, they cannot be read.
        """
        if sha256 not in self._settings:
            self._settings[sha256] = archived_settings(self.ledger, sha256)
        return self._settings[sha256]

    def content(self, known_at: dt.datetime = dt.datetime.max) -> LedgerContent:
        """What the ledger held at a time, with the facts that sheet 10 is held against: what came later is unknown."""
        key = self._last_change(known_at), self.ledger.open_faults(known_at)
        if key not in self._contents:
            self._contents[key] = replace(self._read(known_at), facts=facts_of(self.ledger.connection, known_at))
        return self._contents[key]

    def past(self, known_at: dt.datetime) -> LedgerContent:
        """What the ledger held at a time, for what needs neither the faults nor what came before that."""
        last = self._last_change(known_at)
        return self._alike(last) or self._contents.setdefault((last, None), self._read(known_at))

    def received(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The submissions and the decisions of all that the ledger holds, for what needs no row of them."""
        alike = self._alike(self._last_change(dt.datetime.max))
        if alike is not None:
            return alike.submissions, alike.decisions
        return contents.read_submissions(self.ledger), contents.read_decisions(self.ledger)

    def rows_of(self, table: str) -> pd.DataFrame:
        """The accepted rows of one table."""
        return self._rows[table]

    def standing(self, basis: Basis) -> tuple[Standing, ...]:
        """The standing findings over a content under its settings."""
        if basis not in self._standing:
            content = basis.content
            self._standing[basis] = standing_findings(content.submissions, content.rows, basis.plans, basis.handed)
        return self._standing[basis]

    def _alike(self, last: dt.datetime | None) -> LedgerContent | None:
        """A content that was read as of that last change."""
        return next((content for (at, _), content in self._contents.items() if at == last), None)

    def _last_change(self, known_at: dt.datetime) -> dt.datetime | None:
        """The last run that had something new to tell: one that judged, the first after a decision."""
        query = (
            "SELECT DISTINCT judged_as_of FROM submission WHERE judged_as_of <= :known_at UNION"
            " SELECT coalesce((SELECT min(s.as_of) FROM scan s WHERE s.as_of BETWEEN d.as_of AND :known_at), d.as_of)"
            " FROM decision d WHERE d.as_of <= :known_at ORDER BY 1 DESC LIMIT 1"
        )
        row = self.ledger.connection.execute(query, {"known_at": known_at.isoformat()}).fetchone()
        return dt.datetime.fromisoformat(row[0]) if row else None

    @cached_property
    def _rows(self) -> Mapping[str, pd.DataFrame]:
        return {table: tables.read_rows(self.ledger, table) for table in tables.sheet_tables()}

    @cached_property
    def _findings(self) -> pd.DataFrame:
        return contents.read_every_finding(self.ledger)

    def _read(self, known_at: dt.datetime) -> LedgerContent:
        submissions = contents.read_submissions(self.ledger, known_at)
        return LedgerContent(
            submissions,
            rows={table: _of(submissions, rows) for table, rows in self._rows.items()},
            findings=_of(submissions, self._findings),
            decisions=contents.read_decisions(self.ledger, known_at),
            faults=contents.read_faults(self.ledger, known_at),
        )


def _of(submissions: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["submission_id"].isin(submissions.index)].reset_index(drop=True)
