"""The edge of consolidation: the ledger read into frames, the workbook's bytes and the exported rows made from them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from pipeline.committee import build_workbook
from pipeline.consolidation import Committee, LedgerContent, consolidate
from pipeline.consolidation.receipts import Notes, ReceiptBooks, receipt_books, receipt_lines, same_night_notes
from pipeline.consolidation.results import rows_in_force
from pipeline.ledger import Ledger
from pipeline.ledger.tables import (
    read_decisions,
    read_faults,
    read_pending,
    read_rows,
    read_sightings,
    read_submissions,
    sheet_tables,
)
from pipeline.obligations import decision_words, duties, plans_in_force, with_decisions
from pipeline.settings import Period, Settings
from pipeline.validation import standing_findings

ORIGINALS = "../../archive/originals"
"""The archived originals, as seen from ``outbox/tong_hop``."""


def workbook_of(committee: Committee, ledger: Ledger) -> bytes:
    """The workbook written from frames that were made from this ledger."""
    return build_workbook(committee, archived_originals(ledger))


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
    owed = _dated_duties(settings, content.decisions)
    return receipt_books(content.submissions, read_sightings(ledger), owed, notes, read_pending(ledger))


def read_receipt_lines(ledger: Ledger, settings: Settings) -> tuple[pd.DataFrame, Notes]:
    """Every line of the books in the order of arrival, and the notes on several files of one night."""
    submissions, owed = read_submissions(ledger), _dated_duties(settings, read_decisions(ledger))
    together = same_night_notes(submissions)
    return receipt_lines(submissions, read_sightings(ledger), owed, together), together


def _dated_duties(settings: Settings, decisions: pd.DataFrame) -> pd.DataFrame:
    """What is owed with what was decided about it: extended due dates, exemptions, their words."""
    owed = duties(settings)
    return with_decisions(owed, decisions).assign(decision=decision_words(owed, decisions))


def read_content(ledger: Ledger, known_at: dt.datetime) -> LedgerContent:
    """What the ledger held at a time: what was judged later stays unknown."""
    known = read_submissions(ledger, known_at)
    rows = {table: _known(read_rows(ledger, table), known) for table in sheet_tables()}
    findings = _known(_read_findings(ledger), known)
    previous, last = [None, None, *_changes(ledger, known_at)][-2:]
    decisions, faults = read_decisions(ledger, known_at), read_faults(ledger, known_at)
    now = LedgerContent(known, rows, findings, decisions, faults, last)
    return replace(now, before=_before(now, ledger, previous))


def _before(now: LedgerContent, ledger: Ledger, then: dt.datetime | None) -> LedgerContent:
    """What the run of that time had to tell: nothing where there was none."""
    known_then = then or dt.datetime.min
    return replace(
        now,
        submissions=read_submissions(ledger, known_then),
        decisions=read_decisions(ledger, known_then),
        changed_at=then,
    )


def _changes(ledger: Ledger, known_at: dt.datetime) -> list[dt.datetime]:
    """The runs that had something new to tell, until a time: those that judged, and the first after each decision."""
    query = (
        "SELECT DISTINCT judged_as_of FROM submission WHERE judged_as_of <= :known_at UNION"
        " SELECT coalesce((SELECT min(s.as_of) FROM scan s WHERE s.as_of >= d.as_of AND s.as_of <= :known_at), d.as_of)"
        " FROM decision d WHERE d.as_of <= :known_at ORDER BY 1"
    )
    found = ledger.connection.execute(query, {"known_at": known_at.isoformat()}).fetchall()
    return [dt.datetime.fromisoformat(text) for (text,) in found]


def _known(rows: pd.DataFrame, submissions: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["submission_id"].isin(submissions.index)].reset_index(drop=True)


def _read_findings(ledger: Ledger) -> pd.DataFrame:
    query = "SELECT submission_id, code, severity FROM finding ORDER BY submission_id, position"
    found = ledger.connection.execute(query).fetchall()
    dtypes = {"submission_id": "int64", "code": "str", "severity": "str"}
    return pd.DataFrame(found, columns=list(dtypes)).astype(dtypes)


def archived_originals(ledger: Ledger) -> Mapping[str, str]:
    """SHA-256 to the path of the original, relative to the folder of the workbooks; empty where there is no archive."""
    folder = ledger.archive / "originals"
    if not folder.is_dir():
        return {}
    return {path.stem: f"{ORIGINALS}/{path.name}" for path in sorted(folder.iterdir())}


def export_rows(ledger: Ledger, settings: Settings, table: str) -> pd.DataFrame:
    """The accepted rows in force of one table with form, division, period and sha256 before them.

    ``results`` also carry value, by_estimate, degree and computed_status, judged against the BM-01 of their period.

    Raises:
        KeyError: there is no such table.
    """
    submissions = read_submissions(ledger)
    rows = {name: read_rows(ledger, name) for name in sheet_tables()}
    return rows_in_force(LedgerContent(submissions, rows), settings, table)
