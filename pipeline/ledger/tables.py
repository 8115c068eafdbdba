"""The typed tables of accepted rows, made from the forms, and the ledger's content as frames."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipeline.findings import DecisionKind, Finding
from pipeline.forms import FORMS
from pipeline.ledger.records import Row
from pipeline.ledger.schema import columns_of
from pipeline.ledger.store import Ledger
from pipeline.parsing import storable_columns
from pipeline.vocabulary.sheets import Form, SheetSchema

_SQL_TYPES = {"str": "TEXT", "float64": "REAL", "datetime64[us]": "TEXT"}
_TIME = "datetime64[us]"
_WHAT = dict.fromkeys(("sha256", "path", "folder"), "str")
_WHEN = dict.fromkeys(("not_before", "not_after", "arrived_at"), _TIME)
_CAME = {**_WHAT, **_WHEN}
"""What the ledger holds of everything that came; times are local."""
_ARRIVED = {**_WHAT, "size": "int64", **_WHEN}
_SUBMISSION = {
    "submission_id": "int64",
    **_ARRIVED,
    **dict.fromkeys(("verdict", "form", "division", "period"), "str"),
    "version": "float64",
    "is_empty": "bool",
    "based_on": "str",
    "judged_as_of": _TIME,
    "settings": "str",
    "withdrawn": "bool",
}
_DECISION = {
    **dict.fromkeys(("kind", "form", "division", "period", "reason", "document", "sha256"), "str"),
    **dict.fromkeys(("until", "document_on", "as_of"), _TIME),
    "decision_id": "int64",
    **dict.fromkeys(("wrong_from", "wrong_until"), "float64"),
}
_STANDS = "NOT IN (SELECT revokes FROM decision WHERE revokes IS NOT NULL AND as_of <= :known_at)"
"""Of a decision: it was not taken back until a time."""


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


def read_submissions(ledger: Ledger, known_at: dt.datetime = dt.datetime.max) -> pd.DataFrame:
    """Every submission judged until a time, with its arrival, indexed by submission_id, in the order of judging.

    Columns as of ``_SUBMISSION``; ``withdrawn``: a decision recorded until then took it back.
    """
    query = (
        f"SELECT s.submission_id, {', '.join(f'a.{name}' for name in _ARRIVED)},"  # noqa: S608 - names of ours
        " s.verdict, s.form, s.division, s.period, s.version, s.is_empty, s.based_on, s.judged_as_of, s.settings,"
        " EXISTS (SELECT 1 FROM decision d WHERE d.kind = :withdrawn AND d.form = s.form AND d.division = s.division"
        " AND d.period = s.period AND d.up_to_version >= s.version AND d.as_of <= :known_at"
        f" AND d.decision_id {_STANDS})"
        " FROM submission s JOIN arrival a USING (arrival_id) WHERE s.judged_as_of <= :known_at"
        " ORDER BY s.submission_id"
    )
    at = {"withdrawn": str(DecisionKind.WITHDRAWN), "known_at": known_at.isoformat()}
    return _frame(ledger.connection.execute(query, at).fetchall(), _SUBMISSION).set_index("submission_id")


def empty_submissions() -> pd.DataFrame:
    """The frame of ``read_submissions`` without a row."""
    return _frame([], _SUBMISSION).set_index("submission_id")


def read_rows(ledger: Ledger, table: str) -> pd.DataFrame:
    """The accepted rows of one table, of every submission: submission_id, excel_row, then the fields in their types.

    Raises:
        KeyError: there is no such table.
    """
    dtypes = _row_dtypes(table)
    # A ledger made before a field was added gets the column when it is next written to.
    present = set(columns_of(ledger.connection, table))
    columns = ", ".join(f'"{name}"' if name in present else f'NULL AS "{name}"' for name in dtypes)
    query = f'SELECT {columns} FROM "{table}" ORDER BY submission_id, excel_row'  # noqa: S608 - names of ours
    return _frame(ledger.connection.execute(query).fetchall(), dtypes)


def empty_rows(table: str) -> pd.DataFrame:
    """The frame of ``read_rows`` without a row.

    Raises:
        KeyError: there is no such table.
    """
    return _frame([], _row_dtypes(table))


def _row_dtypes(table: str) -> dict[str, str]:
    return {"submission_id": "int64", "excel_row": "int64", **storable_columns(sheet_tables()[table])}


def read_sightings(ledger: Ledger) -> pd.DataFrame:
    """Known bytes seen under other names, in the order of sight; columns as of ``_CAME``."""
    query = f"SELECT {', '.join(_CAME)} FROM sighting ORDER BY not_after, arrived_at, path"  # noqa: S608 - names of ours
    return _frame(ledger.connection.execute(query).fetchall(), _CAME)


def read_pending(ledger: Ledger) -> pd.DataFrame:
    """What came and is not judged, in the order of arrival; columns as of ``_CAME``."""
    return _frame([tuple(getattr(one, name) for name in _CAME) for one in ledger.pending()], _CAME)


def read_decisions(ledger: Ledger, known_at: dt.datetime = dt.datetime.max) -> pd.DataFrame:
    """The decisions that stand at a time, in the order of recording; revoked ones and the revocations left out.

    Columns as of ``_DECISION``; wrong_from and wrong_until are numbers of looks, missing but for a wrong clock.
    """
    query = (
        f"SELECT {', '.join(_DECISION)} FROM decision WHERE as_of <= :known_at AND kind <> :revoked"  # noqa: S608 - names of ours
        f" AND decision_id {_STANDS} ORDER BY decision_id"
    )
    at = {"revoked": str(DecisionKind.REVOKED), "known_at": known_at.isoformat()}
    return _frame(ledger.connection.execute(query, at).fetchall(), _DECISION)


def empty_decisions() -> pd.DataFrame:
    """The frame of ``read_decisions`` without a row."""
    return _frame([], _DECISION)


def read_faults(ledger: Ledger, known_at: dt.datetime = dt.datetime.max) -> pd.DataFrame:
    """What our own program could not make, as known at a time; columns code, stage, artefact, reason (texts)."""
    columns = dict.fromkeys(("code", "stage", "artefact", "reason"), "str")
    return _frame([dataclasses.astuple(fault) for fault in ledger.open_faults(known_at)], columns)


def read_every_finding(ledger: Ledger) -> pd.DataFrame:
    """Every finding in its order; columns submission_id, code, severity."""
    query = "SELECT submission_id, code, severity FROM finding ORDER BY submission_id, position"
    columns = {"submission_id": "int64", "code": "str", "severity": "str"}
    return _frame(ledger.connection.execute(query).fetchall(), columns)


def read_findings(ledger: Ledger, submission_id: int) -> tuple[Finding, ...]:
    """The findings of one submission in the order in which they were reported."""
    query = "SELECT code, sheet, cell, field, label, facts FROM finding WHERE submission_id = ? ORDER BY position"
    rows = ledger.connection.execute(query, (submission_id,))
    return tuple(
        Finding(code, sheet, cell, field, label, json.loads(facts)) for code, sheet, cell, field, label, facts in rows
    )


def _frame(rows: Sequence[Sequence[object]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Rows as the ledger has them, days and times in ISO form, as a frame of those columns and dtypes."""
    # Each column in its dtype at once: inferred from the rows and cast afterwards it takes three times as long.
    values = zip(*rows, strict=True) if rows else [()] * len(dtypes)
    return pd.DataFrame({name: _column(of, dtypes[name]) for name, of in zip(dtypes, values, strict=True)})


def _column(values: Sequence[Any], dtype: str) -> Any:  # noqa: ANN401 - an array of pandas or of numpy
    if dtype == _TIME:
        return pd.to_datetime(pd.Series(list(values), dtype="str"), format="ISO8601").to_numpy(_TIME)
    return pd.array(list(values), dtype="str") if dtype == "str" else np.array(values, dtype=dtype)
