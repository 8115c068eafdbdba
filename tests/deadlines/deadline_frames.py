"""A small agency, what came in and what was decided, as the frames that the states are computed from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.findings import DecisionKind
from pipeline.obligations import OBLIGATION, duties, obligation_states
from pipeline.settings import Period, Settings

FORM, DIVISION, PERIOD = "BM-02", "VP", "2019-6T"
DUE = dt.date(2019, 6, 10)


@dataclass(frozen=True)
class Came:
    """One version of VP's report: the look that found it, the look before, the file's stamp; ISO times.

    Without ``before`` the first look found it; without ``stamp`` it bears the time at which it was found.
    """

    found: str
    before: str | None = None
    stamp: str | None = None
    verdict: str = "accepted"
    is_empty: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class Decided:
    """One decision that stands on VP's report."""

    kind: DecisionKind
    until: str | None = None
    reason: str = "đi công tác"
    document: str = ""
    document_on: str | None = None
    division: str = DIVISION


def division(code: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - a row is of any values
    return {"code": code, "name": f"Phòng {code}", "kind": "phòng", "owes": [FORM], **more}


def settings_of(*divisions: dict[str, Any], staff: Sequence[dict[str, Any]] = ()) -> Settings:
    """2019's due dates as in the dispatch, for these divisions."""
    kinds = {"KH": {"BM-01": dt.date(2019, 1, 31), "BM-03": dt.date(2019, 3, 31)}}
    reports = {"6T": {FORM: DUE}, "CN": {FORM: dt.date(2019, 11, 10)}}
    return Settings.model_validate(
        {
            "agency": [{"name": "Sở", "superior": "UBND tỉnh", "place": "Sóc Trăng"}],
            "standards": [{"designation": "TCVN ISO 9001:2015"}],
            "years": {2019: {**kinds, **reports}},
            "policy_versions": [
                {"version": "1", "approved_on": dt.date(2019, 1, 2), "points": [{"code": "CS1", "text": "Đúng hạn"}]}
            ],
            "divisions": list(divisions),
            "staff": list(staff),
        }
    )


def owed(settings: Settings | None = None, period: str = PERIOD) -> pd.DataFrame:
    every = duties(settings or settings_of(division(DIVISION)))
    return every[every["period"] == period].reset_index(drop=True)


def submissions_of(versions: Sequence[Came]) -> pd.DataFrame:
    """As ``ledger.contents.read_submissions`` gives them; the estimate is the stamp clamped into the interval."""
    rows = [
        {
            "submission_id": place,
            **dict(zip(OBLIGATION, (FORM, DIVISION, PERIOD), strict=True)),
            "not_before": came.before,
            "not_after": came.found,
            "arrived_at": max(min(came.stamp or came.found, came.found), came.before or ""),
            "verdict": came.verdict,
            "version": float(place),
            "path": f"VP/{place}.xlsx",
            "sha256": f"{place:064}",
            "is_empty": came.is_empty,
            "withdrawn": came.withdrawn,
        }
        for place, came in enumerate(versions, 1)
    ]
    columns = [
        "submission_id", *OBLIGATION, "not_before", "not_after", "arrived_at", "verdict", "version", "path", "sha256",
        "is_empty", "withdrawn",
    ]  # fmt: skip
    told = pd.DataFrame(rows, columns=columns)
    times = {name: pd.to_datetime(told[name], format="ISO8601") for name in ("not_before", "not_after", "arrived_at")}
    dtypes = {
        **dict.fromkeys(times, "datetime64[us]"),
        **dict.fromkeys((*OBLIGATION, "verdict", "path", "sha256"), "str"),
        **dict.fromkeys(("is_empty", "withdrawn"), "bool"),
    }
    return told.assign(**times).astype(dtypes).set_index("submission_id")


def decisions_of(*decided: Decided) -> pd.DataFrame:
    """As ``ledger.contents.read_decisions`` gives them."""
    rows = [
        {
            "decision_id": place,
            "kind": str(one.kind),
            **dict(zip(OBLIGATION, (FORM, one.division, PERIOD), strict=True)),
            "until": one.until,
            "reason": one.reason,
            "document": one.document,
            "document_on": one.document_on,
            "sha256": None,
            "as_of": "2019-06-08T09:00",
        }
        for place, one in enumerate(decided, 1)
    ]
    columns = ["decision_id", "kind", *OBLIGATION, "until", "reason", "document", "document_on", "sha256", "as_of"]
    told = pd.DataFrame(rows, columns=columns)
    times = {name: pd.to_datetime(told[name], format="ISO8601") for name in ("until", "document_on", "as_of")}
    dtypes = {
        **dict.fromkeys(times, "datetime64[us]"),
        **dict.fromkeys(("kind", *OBLIGATION, "reason", "document", "sha256"), "str"),
        "decision_id": "int64",
    }
    return told.assign(**times).astype(dtypes)


def outcome(today: str, versions: Sequence[Came] = (), decided: Sequence[Decided] = ()) -> pd.Series:
    """What became of VP's report of the half year as of a day."""
    day = dt.date.fromisoformat(today)
    states = obligation_states(owed(), submissions_of(versions), decisions_of(*decided), day)
    assert len(states) == 1
    return states.iloc[0]


def half_year() -> Period:
    return Period.parse(PERIOD)
