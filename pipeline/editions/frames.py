"""The ledger read into frames, and what is drawn from them: workbooks, books of receipts, exported rows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from pipeline.committee import build_workbook
from pipeline.consolidation import Committee, LedgerContent, consolidate
from pipeline.consolidation.receipts import Notes, ReceiptBooks, receipt_books, receipt_lines, same_night_notes
from pipeline.consolidation.results import rows_in_force
from pipeline.editions.edition import Edition
from pipeline.ledger import Ledger, tables
from pipeline.obligations import decision_words, duties, plans_in_force, with_decisions
from pipeline.settings import Period, Settings
from pipeline.validation import standing_findings
from pipeline.workspace import archived_settings

ORIGINALS = "../../archive/originals"
"""The archived originals, as seen from ``outbox/tong_hop``."""


def edition_bytes(edition: Edition, ledger: Ledger) -> bytes:
    """The workbook of an edition, from the ledger and the settings archived in it.

    Raises:
        OperatorError: E802 or E811, the archived settings cannot be read.
    """
    return workbook_of(edition_frames(edition, ledger), ledger)


def edition_frames(edition: Edition, ledger: Ledger) -> Committee:
    """The frames that the workbook of an edition is written from.

    Raises:
        OperatorError: E802 or E811, the archived settings cannot be read.
    """
    settings = archived_settings(ledger, edition.settings)
    return committee_frames(ledger, settings, edition.period, edition.as_of, known_at=edition.as_of)


def workbook_of(committee: Committee, ledger: Ledger) -> bytes:
    """The workbook written from frames that were read from this ledger."""
    return build_workbook(committee, archived_originals(ledger))


def archived_originals(ledger: Ledger) -> Mapping[str, str]:
    """SHA-256 to the path of the original, relative to the folder of the workbooks; empty where there is no archive."""
    folder = ledger.archive / "originals"
    return {path.stem: f"{ORIGINALS}/{path.name}" for path in sorted(folder.iterdir())} if folder.is_dir() else {}


def committee_frames(
    ledger: Ledger, settings: Settings, period: Period, as_of: dt.datetime, *, known_at: dt.datetime | None = None
) -> Committee:
    """The frames of one period's workbook: a function of the ledger, the settings and the local date of ``as_of``.

    With ``known_at`` the ledger's content is what was judged until then: so a past night is rebuilt.

    Raises:
        KeyError: the settings do not set the period.
    """
    content = read_content(ledger, known_at or dt.datetime.max)
    plans = plans_in_force(content.submissions, duties(settings))
    standing = standing_findings(content.submissions, content.rows, plans)
    return consolidate(content, settings, period, as_of.date(), standing)


def read_receipts(ledger: Ledger, settings: Settings) -> ReceiptBooks:
    """Every division's book of receipts, from all that the ledger holds now."""
    content = read_content(ledger, dt.datetime.max)
    plans = plans_in_force(content.submissions, duties(settings))
    standing = standing_findings(content.submissions, content.rows, plans)
    notes = (*standing, *same_night_notes(content.submissions))
    dated = _dated_duties(settings, content.decisions)
    return receipt_books(content.submissions, tables.read_sightings(ledger), dated, notes, tables.read_pending(ledger))


def read_receipt_lines(ledger: Ledger, settings: Settings) -> tuple[pd.DataFrame, Notes]:
    """Every line of the books in the order of arrival, and the notes on several files of one night."""
    submissions, dated = tables.read_submissions(ledger), _dated_duties(settings, tables.read_decisions(ledger))
    notes = same_night_notes(submissions)
    return receipt_lines(submissions, tables.read_sightings(ledger), dated, notes), notes


def _dated_duties(settings: Settings, decisions: pd.DataFrame) -> pd.DataFrame:
    """Every duty with what was decided about it: extended due dates, exemptions, their words."""
    every = duties(settings)
    return with_decisions(every, decisions).assign(decision=decision_words(every, decisions))


def read_content(ledger: Ledger, known_at: dt.datetime) -> LedgerContent:
    """What the ledger held at a time: what was judged later stays unknown."""
    submissions = tables.read_submissions(ledger, known_at)
    previous, last = _last_changes(ledger, known_at)
    known_before = previous or dt.datetime.min
    now = LedgerContent(
        submissions,
        rows={table: _of(submissions, tables.read_rows(ledger, table)) for table in tables.sheet_tables()},
        findings=_of(submissions, tables.read_every_finding(ledger)),
        decisions=tables.read_decisions(ledger, known_at),
        faults=tables.read_faults(ledger, known_at),
        changed_at=last,
    )
    before = replace(
        now,
        submissions=tables.read_submissions(ledger, known_before),
        decisions=tables.read_decisions(ledger, known_before),
        changed_at=previous,
    )
    return replace(now, before=before)


def _of(submissions: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["submission_id"].isin(submissions.index)].reset_index(drop=True)


def _last_changes(ledger: Ledger, known_at: dt.datetime) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The last two runs that had something new to tell until a time: those that judged, the first after a decision."""
    query = (
        "SELECT DISTINCT judged_as_of FROM submission WHERE judged_as_of <= :known_at UNION"
        " SELECT coalesce((SELECT min(s.as_of) FROM scan s WHERE s.as_of >= d.as_of AND s.as_of <= :known_at), d.as_of)"
        " FROM decision d WHERE d.as_of <= :known_at ORDER BY 1 DESC LIMIT 2"
    )
    rows = ledger.connection.execute(query, {"known_at": known_at.isoformat()}).fetchall()
    last, previous = (*(dt.datetime.fromisoformat(text) for (text,) in rows), None, None)[:2]
    return previous, last


def export_rows(ledger: Ledger, settings: Settings, table: str) -> pd.DataFrame:
    """The accepted rows in force of one table with form, division, period and sha256 before them.

    ``results`` also carry value, by_estimate, degree and computed_status, judged against the BM-01 of their period.

    Raises:
        KeyError: there is no such table.
    """
    rows = {name: tables.read_rows(ledger, name) for name in tables.sheet_tables()}
    return rows_in_force(LedgerContent(tables.read_submissions(ledger), rows), settings, table)
