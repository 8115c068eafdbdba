"""The ledger's content as frames, without the accepted rows, which need the forms and stand in ``tables``."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipeline.findings import DecisionKind, Finding
from pipeline.findings.finding import EXPLANATION
from pipeline.ledger.store import Ledger

_TIME = "datetime64[us]"
_WHAT = dict.fromkeys(("sha256", "path", "folder"), "str")
_WHEN = dict.fromkeys(("not_before", "not_after", "arrived_at"), _TIME)
_CAME = {**_WHAT, **_WHEN}
"""What the ledger holds of everything that came; times are local."""
_SUBMISSION = {
    "submission_id": "int64",
    **_WHAT,
    "size": "int64",
    **_WHEN,
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


def read_submissions(ledger: Ledger, known_at: dt.datetime = dt.datetime.max) -> pd.DataFrame:
    """Every submission judged until a time, with its arrival, indexed by submission_id, in the order of judging.

    Columns as of ``_SUBMISSION``; ``withdrawn``: a decision recorded until then took it back.
    """
    judged = (
        "(SELECT *, EXISTS (SELECT 1 FROM decision d WHERE d.kind = :withdrawn AND d.form = s.form"  # noqa: S608
        " AND d.division = s.division AND d.period = s.period AND d.up_to_version >= s.version"
        f" AND d.as_of <= :known_at AND d.decision_id {_STANDS}) AS withdrawn"
        " FROM submission s JOIN arrival a USING (arrival_id) WHERE s.judged_as_of <= :known_at) ORDER BY submission_id"
    )
    at = {"withdrawn": str(DecisionKind.WITHDRAWN), "known_at": known_at.isoformat()}
    return read(ledger, _SUBMISSION, judged, at).set_index("submission_id")


def read_sightings(ledger: Ledger) -> pd.DataFrame:
    """Known bytes seen under other names, in the order of sight; columns as of ``_CAME``."""
    return read(ledger, _CAME, "sighting ORDER BY not_after, arrived_at, path")


def read_pending(ledger: Ledger) -> pd.DataFrame:
    """What came and is not judged, in the order of arrival; columns as of ``_CAME``."""
    return _frame([tuple(getattr(one, name) for name in _CAME) for one in ledger.pending()], _CAME)


def read_decisions(ledger: Ledger, known_at: dt.datetime = dt.datetime.max) -> pd.DataFrame:
    """The decisions that stand at a time, in the order of recording; revoked ones and the revocations left out.

    Columns as of ``_DECISION``; wrong_from and wrong_until are numbers of looks, missing but for a wrong clock.
    """
    at = {"revoked": str(DecisionKind.REVOKED), "known_at": known_at.isoformat()}
    standing = f"decision WHERE as_of <= :known_at AND kind <> :revoked AND decision_id {_STANDS} ORDER BY decision_id"
    return read(ledger, _DECISION, standing, at)


def read_faults(ledger: Ledger, known_at: dt.datetime = dt.datetime.max) -> pd.DataFrame:
    """What our own program could not make, as known at a time; columns code, stage, artefact, reason (texts)."""
    columns = dict.fromkeys(("code", "stage", "artefact", "reason"), "str")
    return _frame([dataclasses.astuple(fault) for fault in ledger.open_faults(known_at)], columns)


def read_every_finding(ledger: Ledger) -> pd.DataFrame:
    """Every finding in its order; columns submission_id, code, severity, and whether its sender has explained it."""
    columns = {"submission_id": "int64", "code": "str", "severity": "str", "is_explained": "bool"}
    source = "(SELECT *, facts LIKE :explained AS is_explained FROM finding) ORDER BY submission_id, position"
    return read(ledger, columns, source, {"explained": f'%"{EXPLANATION}":%'})


def read_findings(ledger: Ledger, submission_id: int) -> tuple[Finding, ...]:
    """The findings of one submission in the order in which they were reported."""
    query = "SELECT code, sheet, cell, field, label, facts FROM finding WHERE submission_id = ? ORDER BY position"
    rows = ledger.connection.execute(query, (submission_id,))
    return tuple(
        Finding(code, sheet, cell, field, label, json.loads(facts)) for code, sheet, cell, field, label, facts in rows
    )


def read_explained(ledger: Ledger) -> Iterator[tuple[tuple[str, str, str], Finding]]:
    """Every finding that its sender has explained, in the order of judging; before it form, division and period."""
    query = (
        "SELECT form, division, period, code, sheet, cell, field, label, facts FROM finding"
        " JOIN submission USING (submission_id) WHERE facts LIKE ? ORDER BY submission_id, position"
    )
    for row in ledger.connection.execute(query, (f'%"{EXPLANATION}":%',)):
        form, division, period, code, sheet, cell, field, label, facts = row
        yield (form, division, period), Finding(code, sheet, cell, field, label, json.loads(facts))


def read(ledger: Ledger, dtypes: Mapping[str, str], source: str, at: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Those columns of what stands behind FROM in a query."""
    # In brackets: of a name in quotes that it does not know SQLite would make a text.
    query = f"SELECT {', '.join(f'[{name}]' for name in dtypes)} FROM {source}"  # noqa: S608 - names of ours
    return _frame(ledger.connection.execute(query, at or {}).fetchall(), dtypes)


def _frame(rows: Sequence[Sequence[object]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Rows as the ledger has them, days and times in ISO form, as a frame of those columns and dtypes."""
    # Each column in its dtype at once: inferred from the rows and cast afterwards it takes three times as long.
    values = zip(*rows, strict=True) if rows else [()] * len(dtypes)
    return pd.DataFrame({name: _column(of, dtypes[name]) for name, of in zip(dtypes, values, strict=True)})


def _column(values: Sequence[Any], dtype: str) -> Any:  # noqa: ANN401 - an array of pandas or of numpy
    if dtype == _TIME:
        return pd.to_datetime(pd.Series(list(values), dtype="str"), format="ISO8601").to_numpy(_TIME)
    return pd.array(list(values), dtype="str") if dtype == "str" else np.array(values, dtype=dtype)
