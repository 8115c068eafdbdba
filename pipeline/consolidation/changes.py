"""What changed: since the last run that had something new, and since the same period a year before."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

import pandas as pd

from pipeline.consolidation.agency import agency_objectives, agency_parts
from pipeline.consolidation.coverage import people
from pipeline.consolidation.declaration import declarations, postings, proofs, scope_changes
from pipeline.consolidation.frame import COUNT, TEXT, Frame
from pipeline.consolidation.frames import Frames, PlanTasks, Sources, Unmet
from pipeline.consolidation.results import objective_results
from pipeline.consolidation.states import STATE_ORDER, states_of
from pipeline.consolidation.status import STATUS_ORDER
from pipeline.consolidation.view import View
from pipeline.consolidation.work import days_since, plan_tasks, unmet
from pipeline.obligations import OBLIGATION
from pipeline.settings import Period
from pipeline.sheets.declaration import Declarations, ScopeChanges
from pipeline.sheets.policy import Policy


class Since(StrEnum):
    """What is compared with."""

    RUN = "run"
    YEAR = "year"


class Subject(StrEnum):
    """What moved, what needs the reader most first."""

    AGENCY = "agency"
    OBJECTIVE = "objective"
    ACTION = "action"
    TASK = "task"
    PROOF = "proof"
    SCOPE = "scope"
    OBLIGATION = "obligation"
    DUE = "due"
    PERSON = "person"
    FILE = "file"


class Changes(Frame):
    """One row a kind of move, from one state, status or verdict to another; blank where there was none."""

    since = subject = before = after = TEXT
    count = COUNT
    which = TEXT


_OBJECTIVE: Final = ["division", "code"]
_RANKS: Final = {value: place for place, value in enumerate((*STATUS_ORDER, *STATE_ORDER))}
OVERDUE: Final = "overdue"
"""An action or a task past its day, in place of its state."""
_IN_TIME: Final = "in_time"
_Key = tuple[str, ...]
_Move = tuple[str, str, _Key]
"""Before, after and the key of what moved."""
_Row = tuple[str, str, str, str, int, str]
"""A row of :class:`Changes`."""


def since_last_run(frames: Frames, then: View) -> pd.DataFrame:
    """Moves of all that sheet 1 counts, from what the ledger held then to the frames of now, by their names.

    Files are those that came since. Nothing at the first run: nothing stood before it.
    """
    if then.content.submissions.empty:
        return Changes.of()
    makers = {
        Subject.AGENCY: _agency,
        Subject.OBJECTIVE: _statuses,
        Subject.ACTION: _actions,
        Subject.TASK: _tasks,
        Subject.PROOF: _proofs,
        Subject.SCOPE: _scope,
        Subject.OBLIGATION: _states,
        Subject.DUE: _due_days,
        Subject.PERSON: _people,
        Subject.FILE: _files,
    }
    return _ordered(
        row for subject, moves in makers.items() for row in _grouped(moves(frames, then), Since.RUN, subject)
    )


def _files(frames: Frames, then: View) -> Iterator[_Move]:
    """What came since, by form, division and period; a file that is no form by its name."""
    files = frames.sources[~frames.sources[Sources.submission_id].isin(then.content.submissions.index)]
    for verdict, path, *place in files[["verdict", "path", "form", "division", "period"]].itertuples(index=False):
        named = tuple(str(part) for part in place if isinstance(part, str) and part)
        yield "", verdict, named if len(named) == len(place) else (str(path).rpartition("/")[2],)


def _states(frames: Frames, then: View) -> Iterator[_Move]:
    moves = _moves(_by(states_of(then), OBLIGATION, "state"), _by(frames.obligations, OBLIGATION, "state"))
    # Form and division: its period stands beside neither.
    return ((before, after, key[:2]) for before, after, key in moves)


def _due_days(frames: Frames, then: View) -> Iterator[_Move]:
    """Due days that a decision or a setting moved."""
    both = (rows.assign(day=rows["due_on"].dt.strftime("%d/%m/%Y")) for rows in (states_of(then), frames.obligations))
    moves = _moves(*(_by(rows, OBLIGATION, "day") for rows in both))
    return ((before, after, key[:2]) for before, after, key in moves if before and after)


def _is_same(frames: Frames, then: View) -> bool:
    """Whether the same forms say it, which are then not judged once more."""
    results, period = frames.objective_results, str(then.period)
    plans, reports = (held[held["period"] == period] for held in (then.plans, then.reports))
    ids = {*results["plan_id"].dropna(), *results["report_id"].dropna()}
    return {*plans["plan_id"], *reports["report_id"]} == ids


def _statuses(frames: Frames, then: View) -> Iterator[_Move]:
    if _is_same(frames, then):
        return iter(())
    before = then.judged[then.judged["period"] == str(then.period)]
    return _moves(_by(before, _OBJECTIVE, "status"), _by(frames.objective_results, _OBJECTIVE, "status"))


def _agency(frames: Frames, then: View) -> Iterator[_Move]:
    if _is_same(frames, then):
        return iter(())
    before = agency_objectives(agency_parts(objective_results(then), then), then)
    statuses = (
        _by(rows.assign(status=rows["status"].fillna("")), ["code"], "status")
        for rows in (before, frames.agency_objectives)
    )
    return _moves(*statuses)


def _actions(frames: Frames, then: View) -> Iterator[_Move]:
    now = frames.unmet
    before = now.assign(overdue_days=days_since(now[Unmet.waits_from], then)) if _is_same(frames, then) else unmet(then)
    return _moves(*(_by(_timed(rows, _IN_TIME), ["division", "code"], "timed") for rows in (before, now)))


def _tasks(frames: Frames, then: View) -> Iterator[_Move]:
    both = (plan_tasks(then), frames.plan_tasks)
    return _moves(*(_by(_timed(rows, rows["status"]), ["division", PlanTasks.task_code], "timed") for rows in both))


def _timed(rows: pd.DataFrame, otherwise: str | pd.Series) -> pd.DataFrame:
    """With ``timed``: overdue, or what stands there otherwise."""
    timed = pd.Series(otherwise, index=rows.index, dtype="str")
    return rows.assign(timed=timed.mask(rows["overdue_days"] > 0, OVERDUE))


def _people(frames: Frames, then: View) -> Iterator[_Move]:
    return _moves(
        *(_by(rows, ["division", Policy.full_name], "knowledge") for rows in (then.once(people), frames.people))
    )


def _proofs(frames: Frames, then: View) -> Iterator[_Move]:
    before = proofs(declarations(then), postings(then), then.read_on)
    both = (rows.assign(done=rows["is_done"].astype("str")) for rows in (before, frames.proofs))
    return _moves(*(_by(rows, ["proof", "at", Declarations.decision_no], "done") for rows in both))


def _scope(frames: Frames, then: View) -> Iterator[_Move]:
    before = scope_changes(then)
    key = [ScopeChanges.scope_change, "day"]
    both = (
        rows.assign(
            declared=rows["is_declared"].astype("str"), day=rows[ScopeChanges.effective_on].dt.strftime("%d/%m/%Y")
        )
        for rows in (before, frames.scope_changes)
    )
    return _moves(*(_by(rows, key, "declared") for rows in both))


def since_a_year_before(frames: Frames, period: Period) -> pd.DataFrame:
    """Moves of each objective's status from the same period a year before to this one, followed by its thread.

    Nothing where there was no such report, or none of this period.
    """
    results, history = frames.objective_results, frames.history
    last = history[history["period"] == str(period.a_year_before)].drop_duplicates("thread")
    reported = results[results["report_id"].notna()]
    now: dict[str, list[tuple[str, ...]]] = {}
    for thread, status, *key in reported[["thread", "status", *_OBJECTIVE]].itertuples(index=False, name=None):
        now.setdefault(thread, []).append((status, *key))
    moved = [
        (before, after, tuple(key))
        for thread, before in last[["thread", "status"]].itertuples(index=False, name=None)
        for after, *key in now.get(thread, ())
        if before != after
    ]
    return _ordered(_grouped(moved, Since.YEAR, Subject.OBJECTIVE))


def _by(frame: pd.DataFrame, key: list[str], value: str) -> dict[_Key, str]:
    """The value of each key."""
    return dict(zip(frame[key].itertuples(index=False, name=None), frame[value], strict=True))


def _moves(before: Mapping[_Key, str], after: Mapping[_Key, str]) -> Iterator[_Move]:
    """What has another value than before, by its key; a missing side is blank."""
    for key in sorted({*before, *after}, key=str):
        if before.get(key, "") != after.get(key, ""):
            yield before.get(key, ""), after.get(key, ""), key


def _grouped(moved: Iterable[_Move], since: Since, subject: Subject) -> Iterator[_Row]:
    """One row a kind of move, with how many made it and which ones."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for before, after, key in moved:
        # A day or a name that is not known is left out.
        kinds.setdefault((before, after), []).append(" ".join(part for part in key if isinstance(part, str) and part))
    for (before, after), names in kinds.items():
        yield str(since), str(subject), before, after, len(names), ", ".join(names)


def _ordered(changes: Iterable[_Row]) -> pd.DataFrame:
    """What became worst comes first."""
    subjects = list(map(str, Subject))

    def place(change: _Row) -> tuple[int, int, int]:
        _, subject, _, after, count, _ = change
        return subjects.index(subject), _RANKS.get(after, len(_RANKS)), -count

    return Changes.of(sorted(changes, key=place))
