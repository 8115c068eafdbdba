"""What became of each obligation. The order of precedence stands in decision 0015."""

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import pandas as pd

from pipeline.obligations.counting import OBLIGATION, is_accepted
from pipeline.obligations.duties import with_decisions


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
    duties: pd.DataFrame, submissions: pd.DataFrame, decisions: pd.DataFrame, today: dt.date
) -> pd.DataFrame:
    """Each obligation with what became of it.

    ``duties`` as :func:`duties` gives them; an extended due_on leaves the first one in agreed_on. Adds state,
    days_late (0 when not late), decided_by (a :class:`DecidedBy` of an accepted form, else missing), received_at (of
    an accepted form, when the version came by which it is in time or late), newer_verdict (of a later version that does
    not count), last_submission_id, and of the version that counts, or of the last one that
    came, submission_id, not_before, not_after, arrived_at, verdict, path, sha256, version.
    """
    dated = with_decisions(duties, decisions)
    dates = dated[["due_on", "agreed_on", "is_exempt"]].itertuples(index=False, name=None)
    keys = dated[OBLIGATION].itertuples(index=False, name=None)
    each = dict(zip(keys, (_Duty(*of_one) for of_one in dates), strict=True))
    versions = _versions(submissions, each)
    outcomes = [_outcome(versions.get(key, []), duty, today) for key, duty in each.items()]
    outcome = pd.DataFrame(outcomes, columns=list(_OUTCOME), index=duties.index).astype(_OUTCOME)
    return pd.concat([dated.drop(columns="is_exempt"), outcome], axis=1)


_OF_A_VERSION = {
    **dict.fromkeys(("submission_id", "version"), "float64"),
    **dict.fromkeys(("not_before", "not_after", "arrived_at"), "datetime64[us]"),
    **dict.fromkeys(("verdict", "path", "sha256"), "str"),
}
_OUTCOME = {
    **dict.fromkeys(("state", "decided_by", "newer_verdict"), "str"),
    "days_late": "int64",
    "received_at": "datetime64[us]",
    "last_submission_id": "float64",
    **_OF_A_VERSION,
}
_NEEDED = [*OBLIGATION, *_OF_A_VERSION, "withdrawn", "is_empty"]
Outcome = dict[str, object]
_Version = dict[Hashable, Any]
_Key = tuple[object, ...]


class _Duty(NamedTuple):
    due_on: pd.Timestamp
    agreed_on: pd.Timestamp
    is_exempt: bool


def _versions(submissions: pd.DataFrame, of_each: Mapping[_Key, _Duty]) -> dict[_Key, list[_Version]]:
    """The versions of each obligation, with what their arrival says of its due date."""
    versions: dict[_Key, list[_Version]] = {}
    rows = submissions.reset_index()[_NEEDED].assign(is_accepted=is_accepted(submissions).to_numpy())
    for version in rows.to_dict("records"):
        key = tuple(version[name] for name in OBLIGATION)
        if key in of_each:
            versions.setdefault(key, []).append({**version, **_in_time(version, of_each[key].due_on)})
    return versions


def _in_time(version: _Version, due_on: pd.Timestamp) -> dict[Hashable, bool]:
    """What the arrival says of the due date, which is strict: in_time, and the two extremes of it.

    The interval decides where it can; where the due date falls inside it, the file's own stamp does (design 5).
    """
    surely, perhaps = version["not_after"] < due_on, not version["not_before"] >= due_on
    in_time = surely or (perhaps and version["arrived_at"] < due_on)
    return {"surely": surely, "perhaps": perhaps, "in_time": in_time}


def _outcome(versions: Sequence[_Version], duty: _Duty, today: dt.date) -> Outcome:
    overdue = max((pd.Timestamp(today) - duty.due_on).days + 1, 0)
    if not versions:
        return _freed({"state": _waiting(duty, overdue), "days_late": overdue}, duty)
    standing = [version for version in versions if not version["withdrawn"]]
    accepted, last = [version for version in standing if version["is_accepted"]], versions[-1]
    if accepted:
        is_newer = last is not accepted[-1]
        outcome = {**_met(standing, accepted, duty), "newer_verdict": last["verdict"] if is_newer else None}
    else:
        outcome = {"state": _unmet(standing), "days_late": overdue, **_of(last)}
    return _freed({**outcome, "last_submission_id": last["submission_id"]}, duty)


def _of(version: _Version) -> Outcome:
    return {name: version[name] for name in _OF_A_VERSION}


def _freed(outcome: Outcome, duty: _Duty) -> Outcome:
    """An exempt division has no duty and is late with nothing, whatever came."""
    return {**outcome, "state": State.EXEMPT, "days_late": 0, "decided_by": None} if duty.is_exempt else outcome


def _waiting(duty: _Duty, overdue: int) -> State:
    """Nothing came."""
    if overdue:
        return State.MISSING
    return State.NOT_DUE if pd.isna(duty.agreed_on) else State.EXTENDED


def _unmet(standing: Sequence[_Version]) -> State:
    """Something came, nothing that counts: what came last and was not taken back says why."""
    if not standing:
        return State.WITHDRAWN
    return State.EMPTY if standing[-1]["is_empty"] else State.RETURNED


def _met(standing: Sequence[_Version], accepted: Sequence[_Version], duty: _Duty) -> Outcome:
    """A version counts: the last accepted one. Whether the duty was met in time, the first accepted one says.

    One moment decides of both, in time or not and how many days: the arrival of the version that came first (its stamp
    within the interval between two runs), which no later version moves.
    """
    state, *extremes = (_met_state(standing, accepted[0], name) for name in ("in_time", "surely", "perhaps"))
    in_time = (version for version in standing if version["in_time"] and not version["is_empty"])
    first = next(in_time) if state is State.ACCEPTED_AFTER_DUE else accepted[0]
    days = (first["arrived_at"].normalize() - duty.due_on).days + 1
    return {
        "state": state,
        "days_late": max(days, 1) if state is State.LATE else 0,
        "decided_by": DecidedBy.INTERVAL if set(extremes) == {state} else DecidedBy.STAMP,
        "received_at": first["arrived_at"],
        **_of(accepted[-1]),
    }


def _met_state(standing: Sequence[_Version], first_accepted: _Version, in_time: str) -> State:
    """Received in time and accepted later is not late; an empty form was never received."""
    if first_accepted[in_time]:
        return State.ON_TIME
    usable = any(version[in_time] and not version["is_empty"] for version in standing)
    return State.ACCEPTED_AFTER_DUE if usable else State.LATE
