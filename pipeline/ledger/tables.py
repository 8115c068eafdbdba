"""The typed tables of accepted rows, made from the forms, and the ledger's content as frames."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from pipeline.forms import FORMS
from pipeline.ledger.contents import read
from pipeline.ledger.records import Row
from pipeline.ledger.schema import columns_of, create
from pipeline.ledger.store import Ledger, LedgerCopy
from pipeline.parsing import storable_columns
from pipeline.vocabulary.sheets import Form, SheetSchema

_STOOD_ON: Mapping[str, Sequence[str]] = {
    moved.sheet: (moved.stood_on,) for form in FORMS for earlier in form.earlier for moved in earlier.moved
}
"""Tables to those in which an older ledger has their rows (``versions.Moved``)."""
_SQL_TYPES = {"str": "TEXT", "float64": "REAL", "datetime64[us]": "TEXT"}


def table_name(form: Form, sheet: SheetSchema) -> str:
    """The ledger's table for a sheet: its own name, covers by form (``results_cover``)."""
    return f"{form.form_id}_cover" if sheet.name == "cover" else sheet.name


def sheet_tables() -> dict[str, SheetSchema]:
    """Table name to the sheet whose accepted rows it holds."""
    return {table_name(form, sheet): sheet for form in FORMS for sheet in form.all_sheets}


def row_tables() -> dict[str, Sequence[str]]:
    """Table name to column declarations, for the making of a new ledger."""
    return {
        name: [f'"{column}" {_SQL_TYPES[dtype]}' for column, dtype in storable_columns(sheet).items()]
        for name, sheet in sheet_tables().items()
    }


def blank_ledger() -> Ledger:
    """A ledger in memory that holds nothing and takes nothing, for whoever reads before the first run."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    create(memory, row_tables())
    return LedgerCopy(memory, Path())


def storable_rows(sheet: SheetSchema, rows: Iterable[Mapping[str, object]]) -> list[Row]:
    """Parsed rows as plain values by column: excel_row, then the fields, numbers as REAL gives them back."""
    dtypes = storable_columns(sheet)
    return [
        {"excel_row": row["excel_row"], **{name: _plain(row.get(name), dtype) for name, dtype in dtypes.items()}}
        for row in rows
    ]


def _plain(value: object, dtype: str) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if dtype == "float64" and isinstance(value, int) else value


def read_rows(ledger: Ledger, table: str) -> pd.DataFrame:
    """The accepted rows of one table, of every submission: submission_id, excel_row, then the fields in their types.

    Raises:
        KeyError: there is no such table.
    """
    dtypes = {"submission_id": "int64", "excel_row": "int64", **storable_columns(sheet_tables()[table])}
    # A ledger made before a field was added gets the column when it is next written to.
    present = columns_of(ledger.connection, table)
    lacking = "".join(f', NULL AS "{name}"' for name in dtypes if name not in present)
    rows = f'SELECT *{lacking} FROM "{table}"'  # noqa: S608 - names of ours
    if lacking or table in _STOOD_ON:
        rows = f"SELECT {', '.join(dtypes)} FROM ({rows})"  # noqa: S608 - names of ours
    for former in _STOOD_ON.get(table, ()):
        rows += _stood_there(ledger, former, list(dtypes))
    return read(ledger, dtypes, f"({rows}) ORDER BY submission_id, excel_row")


def _stood_there(ledger: Ledger, table: str, columns: Sequence[str]) -> str:
    """The rows that an older ledger has in another table, as the rest of a query: those of them that say anything."""
    if not {*columns} <= {*columns_of(ledger.connection, table)}:
        return ""
    filled = ", ".join(name for name in columns if name not in {"submission_id", "excel_row"})
    return f' UNION ALL SELECT {", ".join(columns)} FROM "{table}" WHERE coalesce({filled}) IS NOT NULL'  # noqa: S608 - names of ours
