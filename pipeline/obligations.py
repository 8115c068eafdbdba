"""Who owes which form by when, what became of it, and which version counts. Pure (design 5)."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

import pandas as pd

from pipeline.findings import Verdict
from pipeline.settings import Period, Settings

OBLIGATION = ["form", "division", "period"]


class State(StrEnum):
    """What became of an obligation. ``exempt``, ``extended`` and ``withdrawn`` come from recorded decisions."""

    NOT_DUE = "not_due"
    MISSING = "missing"
    ON_TIME = "on_time"
    ACCEPTED_AFTER_DUE = "accepted_after_due"
    LATE = "late"
    RETURNED = "returned"
    EMPTY = "empty"


def duties(settings: Settings) -> pd.DataFrame:
    """Every obligation that the settings make: form, division, period, due_on; in the order period, form, division."""
    made = [
        (form, division.code, str(period), pd.Timestamp(due_on))
        for period in settings.periods
        for form, due_on in sorted(settings.due_dates(period).items())
        for division in settings.divisions
        if form in division.owes and division.covers(due_on)
    ]
    owed = pd.DataFrame(made, columns=[*OBLIGATION, "due_on"])
    return owed.astype({**dict.fromkeys(OBLIGATION, "str"), "due_on": "datetime64[us]"})


def due_within(owed: pd.DataFrame, settings: Settings, period: Period) -> pd.DataFrame:
    """The obligations of the period's year that are due on or before the period's due date (design 5)."""
    of_year = owed["period"].str.startswith(f"{period.year}-")
    return owed[of_year & (owed["due_on"] <= pd.Timestamp(settings.due_on(period)))].reset_index(drop=True)


def is_accepted(submissions: pd.DataFrame) -> pd.Series:
    """Where the verdict lets the rows count, and no decision has taken the submission back since."""
    told = submissions["verdict"].isin([str(verdict) for verdict in Verdict if verdict.is_accepted])
    return told & ~submissions["withdrawn"]


def in_force(submissions: pd.DataFrame) -> pd.DataFrame:
    """The last accepted version of each obligation: the one that counts, whatever came after it."""
    accepted = submissions[is_accepted(submissions)]
    return accepted[~accepted.duplicated(OBLIGATION, keep="last")]


def plans_in_force(submissions: pd.DataFrame, owed: pd.DataFrame) -> pd.DataFrame:
    """Which BM-01 a period's figures are held against: division, period, submission_id.

    For a report it is the one in force on the report's due date (forms.md, BM-01); where none had arrived by then, the
    first accepted one. For the plan itself it is the last accepted.
    """
    plans = submissions[(submissions["form"] == "BM-01") & is_accepted(submissions)].reset_index()
    plans = plans.assign(year=plans["period"].str[:4])
    reports = owed.loc[owed["form"].isin(["BM-01", "BM-02"])].assign(year=owed["period"].str[:4])
    pairs = reports.merge(plans[["division", "year", "submission_id", "arrived_at"]], on=["division", "year"])
    of_plan = pairs["form"] == "BM-01"
    by_then = of_plan | (pairs["arrived_at"] < pairs["due_on"] + pd.Timedelta(days=1))
    pairs = pairs.assign(by_then=by_then, order=pairs["submission_id"].where(by_then, -pairs["submission_id"]))
    best = pairs.sort_values(["by_then", "order"]).drop_duplicates(["division", "period"], keep="last")
    return best[["division", "period", "submission_id"]].sort_values(["period", "division"]).reset_index(drop=True)


def arrived_on_time(submissions: pd.DataFrame, due_on: pd.Series) -> pd.Series:
    """Whether each arrival was before its due date, which is strict: the last good day is the day before.

    The interval decides where it can; where the due date falls inside it, the file's own stamp does (design 5).
    """
    surely = submissions["not_after"] < due_on
    surely_late = submissions["not_before"] >= due_on
    return surely | (~surely_late & (submissions["arrived_at"] < due_on))


def obligation_states(owed: pd.DataFrame, submissions: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """Each obligation with what became of it.

    Adds state, arrived_at, days_late (0 when not late), verdict, path, sha256, version, submission_id (of the version
    that counts, or of the last one that came), newer_verdict (of a later version that does not count).
    """
    joined = submissions.reset_index().merge(owed, on=OBLIGATION)
    joined = joined.assign(on_time=arrived_on_time(joined, joined["due_on"]))
    by_obligation = dict(iter(joined.groupby(OBLIGATION)))
    states = [
        _outcome(by_obligation.get((form, division, period)), due_on, today)
        for form, division, period, due_on in owed[[*OBLIGATION, "due_on"]].itertuples(index=False)
    ]
    outcome = pd.DataFrame(states, columns=list(_OUTCOME), index=owed.index).astype(_OUTCOME)
    return pd.concat([owed, outcome], axis=1)


_OUTCOME = {
    "state": "str",
    "days_late": "int64",
    "arrived_at": "datetime64[us]",
    "verdict": "str",
    "path": "str",
    "sha256": "str",
    "version": "float64",
    "submission_id": "float64",
    "newer_verdict": "str",
}


def _outcome(versions: pd.DataFrame | None, due_on: pd.Timestamp, today: dt.date) -> tuple[object, ...]:
    overdue = max((pd.Timestamp(today) - due_on).days + 1, 0)
    if versions is None:
        state = State.MISSING if overdue else State.NOT_DUE
        return (str(state), overdue, pd.NaT, None, None, None, None, None, None)
    accepted = versions[is_accepted(versions)]
    if accepted.empty:
        last = versions.iloc[-1]
        state = State.EMPTY if last["is_empty"] else State.RETURNED
        return (str(state), overdue, *_told(last), None)
    counts, first, last = accepted.iloc[-1], accepted.iloc[0], versions.iloc[-1]
    state = _accepted_state(versions, first)
    days = (first["arrived_at"].normalize() - due_on).days + 1 if state is State.LATE else 0
    newer = last["verdict"] if last["submission_id"] != counts["submission_id"] else None
    return (str(state), max(days, int(state is State.LATE)), *_told(counts), newer)


def _accepted_state(versions: pd.DataFrame, first_accepted: pd.Series) -> State:
    if first_accepted["on_time"]:
        return State.ON_TIME
    usable = versions["on_time"] & ~versions["is_empty"]
    return State.ACCEPTED_AFTER_DUE if usable.any() else State.LATE


def _told(version: pd.Series) -> Iterator[object]:
    return (version[name] for name in ("arrived_at", "verdict", "path", "sha256", "version", "submission_id"))


def collecting_period(settings: Settings, day: dt.date) -> Period:
    """The period whose reports are being collected that day: the first that is still due, else the last."""
    open_periods = [period for period in settings.periods if settings.due_on(period) >= day]
    return open_periods[0] if open_periods else settings.periods[-1]
