"""Out of the ledger: a past night built again byte for byte, and the accepted rows in force for other programs."""

import csv
import datetime as dt
import io
from typing import NamedTuple

import pandas as pd

from pipeline.editions.edition import Edition, edition_of
from pipeline.editions.frames import edition_bytes, export_rows
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.faults import OperatorError
from pipeline.findings.codes import Code
from pipeline.forms import FORMS
from pipeline.ledger import Ledger, Scan
from pipeline.outbox import rebuilt_place
from pipeline.workspace import Workspace, archived_settings, load_settings, open_ledger
from pipeline.writing import write_whole_or_fault

TABLES = tuple(sheet.name for form in FORMS for sheet in form.sheets)


class Rebuilt(NamedTuple):
    """Which run's night was rebuilt, and the files written, relative to the workspace."""

    as_of: dt.datetime
    files: tuple[str, ...]


def rebuild_night(workspace: Workspace, known_at: dt.datetime) -> Rebuilt:
    """Write every workbook as it stood after the last run until ``known_at``, into a folder of its own in the outbox.

    Nothing that is published is touched; neither qms.toml nor danh_muc.xlsx is read.

    Raises:
        OperatorError: E811, there is no ledger; E819, no run until then; E805, a file cannot be written.
    """
    with open_ledger(workspace) as ledger:
        scan = ledger.scan_at(known_at)
        if scan is None:
            raise OperatorError(Code.E819, as_of=f"{known_at:%d/%m/%Y %H:%M}")
        snapshot = LedgerSnapshot(ledger)
        contents = {
            rebuilt_place(edition.period, scan.as_of): edition_bytes(edition, snapshot)
            for edition in editions_at(ledger, scan)
        }
    for place, content in contents.items():
        write_whole_or_fault(workspace.outbox / place, content)
    return Rebuilt(scan.as_of, tuple(f"outbox/{place}" for place in contents))


def editions_at(ledger: Ledger, scan: Scan) -> list[Edition]:
    """The edition of every period that had a workbook after a run.

    Raises:
        OperatorError: E802 or E811, the settings archived with the run cannot be read.
    """
    settings = archived_settings(ledger, scan.settings)
    return list(filter(None, (edition_of(period, ledger, settings, scan) for period in settings.periods)))


def export_table(workspace: Workspace, table: str) -> pd.DataFrame:
    """The rows of one table that count now, with form, division, period and the original's SHA-256.

    Raises:
        OperatorError: E812, there is no such table; E811, there is no ledger yet.
    """
    if table not in TABLES:
        raise OperatorError(Code.E812, name=table, listed=", ".join(TABLES))
    settings = load_settings(workspace).settings
    with open_ledger(workspace) as ledger:
        return export_rows(ledger, settings, table)


def to_records(rows: pd.DataFrame) -> list[dict[str, object]]:
    """One mapping a row: numbers as numbers, days as ISO, a blank as None."""
    days = {str(name): rows[name].dt.strftime("%Y-%m-%d") for name in rows.select_dtypes("datetime")}
    plain = rows.assign(**days)
    records = plain.astype(object).where(plain.notna(), None).to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in records]


def to_csv(rows: pd.DataFrame) -> str:
    """Comma-separated, with a header row; a text that begins like a formula is kept from becoming one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([_defused(value) for value in record.values()] for record in to_records(rows))
    return text.getvalue()


def _defused(value: object) -> object:
    """Spreadsheets run what begins with = + - @; a leading apostrophe makes it the text that it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
