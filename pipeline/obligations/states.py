"""What became of each obligation. The order of precedence stands in decision 0015."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from pipeline.obligations.counting import OBLIGATION, is_accepted
from pipeline.obligations.decided import with_decisions


class State(StrEnum):
    """What became of an obligation. ``exempt``, ``extended`` and ``withdrawn`` come from recorded decisions."""

    NOT_DUE = "not_due"
    MISSING = "missing"
    ON_TIME = "on_time"
    ACCEPTED_AFTER_DUE = "accepted_after_due"
    LATE = "late"
    RETURNED = "returned"
    EMPTY = "empty"
    EXEMPT = "exempt"
    EXTENDED = "extended"
    WITHDRAWN = "withdrawn"


class DecidedBy(StrEnum):
    """What tells in time from late: the runs between which a file came, or the time stamped on the file (design 5)."""

    INTERVAL = "interval"
    STAMP = "stamp"


def obligation_states(
    owed: pd.DataFrame, submissions: pd.DataFrame, decisions: pd.DataFrame, today: dt.date
) -> pd.DataFrame:
    """Each obligation with what became of it.

    ``owed`` as ``duties`` makes it; its due_on gives way to the extended one, and agreed_on then keeps it. Adds state,
    days_late (0 when not late), decided_by (a :class:`DecidedBy` of an accepted form, else missing), newer_verdict (of
    a later version that does not count), last_submission_id, and of the version that counts, or of the last one that
    came, submission_id, not_before, not_after, arrived_at, verdict, path, sha256, version.
    """
    dated = with_decisions(owed, decisions)
    due = dated[[*OBLIGATION, "due_on"]]
    by_obligation = dict(iter(_timed(submissions.reset_index().merge(due, on=OBLIGATION)).groupby(OBLIGATION)))
    duties = [_Duty(*duty) for duty in dated[["due_on", "agreed_on", "is_exempt"]].itertuples(index=False)]
    keys = dated[OBLIGATION].itertuples(index=False, name=None)
    outcomes = [_outcome(by_obligation.get(key), duty, today) for key, duty in zip(keys, duties, strict=True)]
    outcome = pd.DataFrame(outcomes, columns=list(_OUTCOME), index=owed.index).astype(_OUTCOME)
    return pd.concat([dated.drop(columns="is_exempt"), outcome], axis=1)


_TOLD = {
    "submission_id": "float64",
    "not_before": "datetime64[us]",
    "not_after": "datetime64[us]",
    "arrived_at": "datetime64[us]",
    "verdict": "str",
    "path": "str",
    "sha256": "str",
    "version": "float64",
}
_OUTCOME = {
    "state": "str",
    "days_late": "int64",
    "decided_by": "str",
    "newer_verdict": "str",
    "last_submission_id": "float64",
    **_TOLD,
}
Outcome = dict[str, object]


class _Duty(NamedTuple):
    due_on: pd.Timestamp
    agreed_on: pd.Timestamp
    is_exempt: bool


def _timed(versions: pd.DataFrame) -> pd.DataFrame:
    """Versions with what their arrival says of their due date, which is strict: in_time, and the two extremes of it.

    The interval decides where it can; where the due date falls inside it, the file's own stamp does (design 5).
    """
    due_on = versions["due_on"]
    surely, perhaps = versions["not_after"] < due_on, ~(versions["not_before"] >= due_on)
    return versions.assign(
        surely=surely, perhaps=perhaps, in_time=surely | (perhaps & (versions["arrived_at"] < due_on))
    )


def _outcome(versions: pd.DataFrame | None, duty: _Duty, today: dt.date) -> Outcome:
    overdue = max((pd.Timestamp(today) - duty.due_on).days + 1, 0)
    if versions is None:
        return _freed({"state": _waiting(duty, overdue), "days_late": overdue}, duty)
    standing, last = versions[~versions["withdrawn"]], versions.iloc[-1]
    accepted = standing[is_accepted(standing)]
    if accepted.empty:
        told: Outcome = {"state": _unmet(standing), "days_late": overdue, **last[list(_TOLD)]}
    else:
        told = _met(standing, accepted, duty)
        newer = last["submission_id"] != told["submission_id"]
        told = {**told, "newer_verdict": last["verdict"] if newer else None}
    return _freed({**told, "last_submission_id": last["submission_id"]}, duty)


def _freed(told: Outcome, duty: _Duty) -> Outcome:
    """Whoever is exempt owes nothing and is late with nothing, whatever came."""
    return {**told, "state": State.EXEMPT, "days_late": 0, "decided_by": None} if duty.is_exempt else told


def _waiting(duty: _Duty, overdue: int) -> State:
    """Nothing came."""
    if overdue:
        return State.MISSING
    return State.NOT_DUE if pd.isna(duty.agreed_on) else State.EXTENDED


def _unmet(standing: pd.DataFrame) -> State:
    """Something came, nothing that counts: what came last and was not taken back says why."""
    if standing.empty:
        return State.WITHDRAWN
    return State.EMPTY if standing["is_empty"].iloc[-1] else State.RETURNED


def _met(standing: pd.DataFrame, accepted: pd.DataFrame, duty: _Duty) -> Outcome:
    """A version counts: the last accepted one. Whether the duty was met in time, the first accepted one says."""
    state = _met_state(standing, accepted, "in_time")
    extremes = {_met_state(standing, accepted, extreme) for extreme in ("surely", "perhaps")}
    days = (accepted["arrived_at"].iloc[0].normalize() - duty.due_on).days + 1
    return {
        "state": state,
        "days_late": max(days, 1) if state is State.LATE else 0,
        "decided_by": DecidedBy.INTERVAL if extremes == {state} else DecidedBy.STAMP,
        **accepted.iloc[-1][list(_TOLD)],
    }


def _met_state(standing: pd.DataFrame, accepted: pd.DataFrame, in_time: str) -> State:
    """Received in time and accepted later is not late; an empty form was never received."""
    if accepted[in_time].iloc[0]:
        return State.ON_TIME
    usable = standing[in_time] & ~standing["is_empty"]
    return State.ACCEPTED_AFTER_DUE if usable.any() else State.LATE
