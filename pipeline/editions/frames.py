"""The ledger read into frames, and what is drawn from them: workbooks, books of receipts, exported rows."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from pipeline.committee import build_workbook
from pipeline.consolidation import Committee, LedgerContent, consolidate, with_changes, with_corrections
from pipeline.consolidation.receipts import Notes, ReceiptBooks, receipt_books, receipt_lines, same_night_notes
from pipeline.consolidation.results import rows_in_force
from pipeline.editions.edition import Edition, edition_of
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.findings import DecisionKind
from pipeline.ledger import Ledger, contents, tables
from pipeline.obligations import decision_words, duties, with_decisions
from pipeline.seals import Seal
from pipeline.settings import Period, Settings

ORIGINALS = "../../archive/originals"
"""The archived originals, as seen from ``outbox/tong_hop``."""


def edition_bytes(edition: Edition, snapshot: LedgerSnapshot) -> bytes:
    """The workbook of an edition, from the ledger and the settings archived in it.

    Raises:
        OperatorError: E802 or E811, the archived settings cannot be read.
    """
    return workbook_of(edition_frames(edition, snapshot), snapshot.ledger, edition.seal)


def edition_frames(edition: Edition, snapshot: LedgerSnapshot) -> Committee:
    """The frames that the workbook of an edition is written from.

    Raises:
        OperatorError: E802 or E811, the archived settings cannot be read.
    """
    committee = _frames_of(edition, snapshot)
    presented = _presented(edition, snapshot)
    return committee if presented is None else with_corrections(committee, _frames_of(presented, snapshot))


def _frames_of(edition: Edition, snapshot: LedgerSnapshot) -> Committee:
    settings = snapshot.settings(edition.settings)
    return committee_frames(snapshot, settings, edition.period, edition.as_of, known_at=edition.known_at)


def _presented(edition: Edition, snapshot: LedgerSnapshot) -> Edition | None:
    """The edition of the period that was laid before the committee last, as known to this one; None before that."""
    decisions = contents.read_decisions(snapshot.ledger, edition.known_at)
    of_period = decisions["period"] == str(edition.period)
    for at in decisions.loc[of_period & (decisions["kind"] == DecisionKind.PRESENTED), "as_of"].tail(1):
        scan = snapshot.ledger.scan_at(at.to_pydatetime())
        if scan is not None:
            return edition_of(edition.period, snapshot.ledger, snapshot.settings(scan.settings), scan)
    return None


def workbook_of(committee: Committee, ledger: Ledger, seal: Seal | None) -> bytes:
    """The workbook written from frames that were read from this ledger, under the seal of its edition."""
    return build_workbook(committee, archived_originals(ledger), seal)


def archived_originals(ledger: Ledger) -> Mapping[str, str]:
    """SHA-256 to the path of the original, relative to the folder of the workbooks; empty where there is no archive."""
    folder = ledger.archive / "originals"
    return {path.stem: f"{ORIGINALS}/{path.name}" for path in sorted(folder.iterdir())} if folder.is_dir() else {}


def committee_frames(
    snapshot: LedgerSnapshot,
    settings: Settings,
    period: Period,
    as_of: dt.datetime,
    *,
    known_at: dt.datetime = dt.datetime.max,
) -> Committee:
    """The frames of one period's workbook: a function of the ledger, the settings and the local date of ``as_of``.

    With ``known_at`` the ledger's content is what was judged until then: so a past night is rebuilt.

    Raises:
        KeyError: the settings do not set the period.
    """
    content = snapshot.content(known_at)
    standing = snapshot.standing(content.under(settings))
    committee = consolidate(content, settings, period, as_of.date(), standing)
    look = snapshot.ledger.scan_at(dt.datetime.combine(as_of.date(), dt.time()) - dt.timedelta(microseconds=1))
    if look is None:
        return with_changes(committee, snapshot.past(dt.datetime.min), as_of.date())
    return with_changes(committee, snapshot.past(look.as_of), look.as_of.date())


def read_receipts(snapshot: LedgerSnapshot, settings: Settings) -> ReceiptBooks:
    """Every division's book of receipts, from all that the ledger holds now."""
    content, ledger = snapshot.content(), snapshot.ledger
    standing = snapshot.standing(content.under(settings))
    notes = (*standing, *same_night_notes(content.submissions))
    dated = _dated_duties(settings, content.decisions)
    return receipt_books(
        content.submissions, contents.read_sightings(ledger), dated, notes, contents.read_pending(ledger)
    )


def read_receipt_lines(snapshot: LedgerSnapshot, settings: Settings) -> tuple[pd.DataFrame, Notes]:
    """Every line of the books in the order of arrival, and the notes on several files of one night."""
    submissions, decisions = snapshot.received()
    notes = same_night_notes(submissions)
    dated = _dated_duties(settings, decisions)
    return receipt_lines(submissions, contents.read_sightings(snapshot.ledger), dated, notes), notes


def _dated_duties(settings: Settings, decisions: pd.DataFrame) -> pd.DataFrame:
    """Every duty with what was decided about it: extended due dates, exemptions, their words."""
    every = duties(settings)
    return with_decisions(every, decisions).assign(decision=decision_words(every, decisions))


def export_rows(ledger: Ledger, settings: Settings, table: str) -> pd.DataFrame:
    """The accepted rows in force of one table with form, division, period and sha256 before them.

    ``results`` also carry value, by_estimate, degree and computed_status, judged against the BM-01 of their period.

    Raises:
        KeyError: there is no such table.
    """
    rows = {name: tables.read_rows(ledger, name) for name in tables.sheet_tables()}
    return rows_in_force(LedgerContent(contents.read_submissions(ledger), rows), settings, table)
