"""Accepted rows in force, for other programs: CSV and JSON."""

import csv
import io

import pandas as pd

from pipeline.editions.frames import export_rows
from pipeline.faults import OperatorError
from pipeline.forms import FORMS
from pipeline.workspace import Workspace, load_settings, open_ledger

TABLES = tuple(sheet.name for form in FORMS for sheet in form.sheets)


def export_table(workspace: Workspace, table: str) -> pd.DataFrame:
    """The rows of one table that count now, with form, division, period and the original's SHA-256.

    Raises:
        OperatorError: E812, there is no such table; E811, there is no ledger yet.
    """
    if table not in TABLES:
        raise OperatorError("E812", name=table, known=", ".join(TABLES))
    settings = load_settings(workspace).settings
    with open_ledger(workspace) as ledger:
        return export_rows(ledger, settings, table)


def to_records(rows: pd.DataFrame) -> list[dict[str, object]]:
    """One mapping a row: numbers as numbers, days as ISO, a blank as None."""
    plain = rows.copy()
    for name in plain.select_dtypes("datetime"):
        plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    records = plain.astype(object).where(plain.notna(), None).to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in records]


def to_csv(rows: pd.DataFrame) -> str:
    """Comma-separated, with a header row; a text that begins like a formula is kept from becoming one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.columns)
    for record in to_records(rows):
        writer.writerow([_defused(value) for value in record.values()])
    return text.getvalue()


def _defused(value: object) -> object:
    """Spreadsheets run what begins with = + - @; a leading apostrophe shows it as the text that it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
