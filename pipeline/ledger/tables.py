"""The typed tables of accepted rows, made from the forms, and the ledger's content as frames."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import pandera.pandas as pa

from pipeline.findings import Finding
from pipeline.forms import FORMS, Form
from pipeline.ledger.store import Ledger
from pipeline.parsing import storable_columns

_SQL_TYPES = {"str": "TEXT", "float64": "REAL", "datetime64[us]": "TEXT"}
_SUBMISSION_COLUMNS = [
    "submission_id", "sha256", "path", "size", "not_before", "not_after", "arrived_at", "verdict", "form", "division",
    "period", "version", "is_empty", "based_on", "judged_as_of",
]  # fmt: skip
_TIMES = ("not_before", "not_after", "arrived_at", "judged_as_of")


def table_name(form: Form, sheet: pa.DataFrameSchema) -> str:
    """The ledger's table for a sheet: its own name, covers by form (``results_cover``)."""
    return f"{form.form_id}_cover" if sheet.name == "cover" else str(sheet.name)


def sheet_tables() -> dict[str, pa.DataFrameSchema]:
    """Table name to the sheet whose accepted rows it holds."""
    return {table_name(form, sheet): sheet for form in FORMS for sheet in form.all_sheets}


def row_tables() -> dict[str, Sequence[str]]:
    """Table name to column declarations, for the making of a new ledger."""
    return {
        name: [f'"{column}" {_SQL_TYPES[dtype]}' for column, dtype in storable_columns(sheet).items()]
        for name, sheet in sheet_tables().items()
    }


def storable_rows(sheet: pa.DataFrameSchema, rows: Iterable[Mapping[str, object]]) -> list[tuple[object, ...]]:
    """Parsed rows as plain values in the order of the table's columns: excel_row, then the fields."""
    columns = ("excel_row", *storable_columns(sheet))
    return [tuple(_plain(row.get(column)) for column in columns) for row in rows]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def read_submissions(ledger: Ledger) -> pd.DataFrame:
    """Every judged submission with its arrival, indexed by submission_id, in the order of judging.

    Columns: sha256, path, size, not_before, not_after, arrived_at, verdict, form, division, period, version, is_empty,
    based_on, judged_as_of. Times are ``datetime64[us]``, local.
    """
    query = (
        "SELECT s.submission_id, a.sha256, a.path, a.size, a.not_before, a.not_after, a.arrived_at, s.verdict, s.form,"
        " s.division, s.period, s.version, s.is_empty, s.based_on, s.judged_as_of"
        " FROM submission s JOIN arrival a USING (arrival_id) ORDER BY s.submission_id"
    )
    return _submissions(ledger.connection.execute(query).fetchall())


def empty_submissions() -> pd.DataFrame:
    """The frame of ``read_submissions`` without a row."""
    return _submissions([])


def _submissions(found: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    submissions = pd.DataFrame(found, columns=_SUBMISSION_COLUMNS)
    typed: dict[str, pd.Series] = {
        name: pd.to_datetime(submissions[name], format="ISO8601").astype("datetime64[us]") for name in _TIMES
    }
    for name in ("sha256", "path", "verdict", "form", "division", "period", "based_on"):
        typed[name] = submissions[name].astype("str")
    typed["version"] = submissions["version"].astype("float64")
    typed["is_empty"] = submissions["is_empty"].astype(bool)
    typed["submission_id"] = submissions["submission_id"].astype("int64")
    return submissions.assign(**typed).set_index("submission_id")


def read_rows(ledger: Ledger, table: str) -> pd.DataFrame:
    """The accepted rows of one table, of every submission: submission_id, excel_row, then the fields in their types.

    Raises:
        KeyError: there is no such table.
    """
    query = f'SELECT * FROM "{table}" ORDER BY submission_id, excel_row'  # noqa: S608 - the table's name is ours
    return _rows(table, ledger.connection.execute(query).fetchall())


def empty_rows(table: str) -> pd.DataFrame:
    """The frame of ``read_rows`` without a row.

    Raises:
        KeyError: there is no such table.
    """
    return _rows(table, [])


def _rows(table: str, found: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    dtypes = {"submission_id": "int64", "excel_row": "int64", **storable_columns(sheet_tables()[table])}
    rows = pd.DataFrame(found, columns=list(dtypes))
    days = {name: pd.to_datetime(rows[name]) for name, dtype in dtypes.items() if dtype == "datetime64[us]"}
    return rows.assign(**days).astype(dtypes)


def read_findings(ledger: Ledger, submission_id: int) -> tuple[Finding, ...]:
    """The findings of one submission in the order in which they were told."""
    query = "SELECT code, sheet, cell, field, label, facts FROM finding WHERE submission_id = ? ORDER BY position"
    found = ledger.connection.execute(query, (submission_id,))
    return tuple(
        Finding(code, sheet, cell, field, label, json.loads(facts)) for code, sheet, cell, field, label, facts in found
    )
