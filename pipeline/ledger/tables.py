"""The typed tables of accepted rows, made from the forms, and the ledger's content as frames."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from pipeline.findings import DecisionKind, Finding
from pipeline.forms import FORMS
from pipeline.ledger.plain import plain
from pipeline.ledger.records import Row
from pipeline.ledger.schema import columns_of
from pipeline.ledger.store import Ledger
from pipeline.parsing import storable_columns
from pipeline.vocabulary.sheets import Form, SheetSchema

_SQL_TYPES = {"str": "TEXT", "float64": "REAL", "datetime64[us]": "TEXT"}
_SUBMISSION_COLUMNS = [
    "submission_id", "sha256", "path", "folder", "size", "not_before", "not_after", "arrived_at", "verdict", "form",
    "division", "period", "version", "is_empty", "based_on", "judged_as_of", "settings", "withdrawn",
]  # fmt: skip
_TIMES = ("not_before", "not_after", "arrived_at", "judged_as_of")


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

    Columns: sha256, path, folder, size, not_before, not_after, arrived_at, verdict, form, division, period, version,
    is_empty, based_on, judged_as_of, settings, withdrawn (a decision recorded until then took it back). Times are
    ``datetime64[us]``, local.
    """
    query = (
        "SELECT s.submission_id, a.sha256, a.path, a.folder, a.size, a.not_before, a.not_after, a.arrived_at,"
        " s.verdict, s.form, s.division, s.period, s.version, s.is_empty, s.based_on, s.judged_as_of, s.settings,"
        " EXISTS ("
        " SELECT 1 FROM decision d WHERE d.kind = :withdrawn AND d.form = s.form AND d.division = s.division"
        " AND d.period = s.period AND d.up_to_version >= s.version AND d.as_of <= :known_at AND d.decision_id NOT IN"
        " (SELECT revokes FROM decision WHERE revokes IS NOT NULL AND as_of <= :known_at))"
        " FROM submission s JOIN arrival a USING (arrival_id) WHERE s.judged_as_of <= :known_at"
        " ORDER BY s.submission_id"
    )
    asked = {"withdrawn": str(DecisionKind.WITHDRAWN), "known_at": known_at.isoformat()}
    return _submissions(ledger.connection.execute(query, asked).fetchall())


def empty_submissions() -> pd.DataFrame:
    """The frame of ``read_submissions`` without a row."""
    return _submissions([])


def _submissions(found: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    submissions = pd.DataFrame(found, columns=_SUBMISSION_COLUMNS)
    typed: dict[str, pd.Series] = {
        name: pd.to_datetime(submissions[name], format="ISO8601").astype("datetime64[us]") for name in _TIMES
    }
    for name in ("sha256", "path", "folder", "verdict", "form", "division", "period", "based_on", "settings"):
        typed[name] = submissions[name].astype("str")
    typed["version"] = submissions["version"].astype("float64")
    for name in ("is_empty", "withdrawn"):
        typed[name] = submissions[name].astype(bool)
    typed["submission_id"] = submissions["submission_id"].astype("int64")
    return submissions.assign(**typed).set_index("submission_id")


def read_rows(ledger: Ledger, table: str) -> pd.DataFrame:
    """The accepted rows of one table, of every submission: submission_id, excel_row, then the fields in their types.

    Raises:
        KeyError: there is no such table.
    """
    wanted = ("submission_id", "excel_row", *storable_columns(sheet_tables()[table]))
    # A ledger made before a field was added gets the column when it is next written to.
    present = set(columns_of(ledger.connection, table))
    columns = ", ".join(f'"{name}"' if name in present else f'NULL AS "{name}"' for name in wanted)
    query = f'SELECT {columns} FROM "{table}" ORDER BY submission_id, excel_row'  # noqa: S608 - names of ours
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


_CAME = (("sha256", "path", "folder"), ("not_before", "not_after", "arrived_at"))
"""What is told of everything that came: texts, then times."""


def read_sightings(ledger: Ledger) -> pd.DataFrame:
    """Known bytes seen under other names, in the order of sight.

    Columns: sha256, path, folder, not_before, not_after, arrived_at.
    """
    texts, times = _CAME
    query = f"SELECT {', '.join((*texts, *times))} FROM sighting ORDER BY not_after, arrived_at, path"  # noqa: S608
    return _typed(ledger.connection.execute(query).fetchall(), texts, times)


def read_pending(ledger: Ledger) -> pd.DataFrame:
    """What came and is not judged, in the order of arrival; columns as of ``read_sightings``."""
    texts, times = _CAME
    found = [[plain(getattr(one, name)) for name in (*texts, *times)] for one in ledger.pending()]
    return _typed([tuple(row) for row in found], texts, times)


def read_decisions(ledger: Ledger, known_at: dt.datetime = dt.datetime.max) -> pd.DataFrame:
    """The decisions that stand at a time, in the order of recording; revoked ones and the revocations left out.

    Columns: decision_id, kind, form, division, period, reason, document, sha256 (texts), until, document_on, as_of;
    wrong_from, wrong_until (numbers of looks, missing but for a wrong clock).
    """
    query = (
        f"SELECT {', '.join((*_DECISION_TEXTS, *_DECISION_TIMES))}, decision_id, wrong_from, wrong_until FROM decision"  # noqa: S608 - names of ours
        " WHERE as_of <= :known_at AND kind <> :revoked AND decision_id NOT IN"
        " (SELECT revokes FROM decision WHERE revokes IS NOT NULL AND as_of <= :known_at) ORDER BY decision_id"
    )
    asked = {"revoked": str(DecisionKind.REVOKED), "known_at": known_at.isoformat()}
    return _decisions(ledger.connection.execute(query, asked).fetchall())


def read_faults(ledger: Ledger, known_at: dt.datetime = dt.datetime.max) -> pd.DataFrame:
    """What our own program could not make, as known at a time; columns code, stage, artefact, reason (texts)."""
    columns = ("code", "stage", "artefact", "reason")
    return _typed([dataclasses.astuple(fault) for fault in ledger.open_faults(known_at)], columns, ())


def empty_decisions() -> pd.DataFrame:
    """The frame of ``read_decisions`` without a row."""
    return _decisions([])


_DECISION_TEXTS = ("kind", "form", "division", "period", "reason", "document", "sha256")
_DECISION_TIMES = ("until", "document_on", "as_of")


def _decisions(found: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    looks = ("wrong_from", "wrong_until")
    frame = _typed([row[:-2] for row in found], _DECISION_TEXTS, _DECISION_TIMES, ("decision_id",))
    return frame.assign(**pd.DataFrame([row[-2:] for row in found], columns=looks, dtype="float64"))


def _typed(
    found: Sequence[tuple[object, ...]], texts: Sequence[str], times: Sequence[str], numbers: Sequence[str] = ()
) -> pd.DataFrame:
    """Rows of texts, times and whole numbers, in that order, as a frame of those dtypes."""
    frame = pd.DataFrame(found, columns=[*texts, *times, *numbers])
    moments = {name: pd.to_datetime(frame[name], format="ISO8601").astype("datetime64[us]") for name in times}
    return frame.assign(**moments).astype({**dict.fromkeys(texts, "str"), **dict.fromkeys(numbers, "int64")})


def read_findings(ledger: Ledger, submission_id: int) -> tuple[Finding, ...]:
    """The findings of one submission in the order in which they were told."""
    query = "SELECT code, sheet, cell, field, label, facts FROM finding WHERE submission_id = ? ORDER BY position"
    found = ledger.connection.execute(query, (submission_id,))
    return tuple(
        Finding(code, sheet, cell, field, label, json.loads(facts)) for code, sheet, cell, field, label, facts in found
    )
