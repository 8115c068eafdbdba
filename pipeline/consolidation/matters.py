"""What needs a decision of the committee, ranked by the harm that waiting does."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from pipeline.achievement import commitment_words
from pipeline.consolidation.coverage import COUNTED, Knowledge, due_day
from pipeline.consolidation.declaration import outdated_standards
from pipeline.consolidation.frame import COUNT, DAY, NUMBER, TEXT, Frame
from pipeline.consolidation.frames import Frames, PlanTasks, Unmet
from pipeline.consolidation.register_frames import Declarations, Proofs, ScopeChanges
from pipeline.consolidation.states import OPEN_STATES
from pipeline.consolidation.view import View
from pipeline.consolidation.work import Origin
from pipeline.sheets.declaration import ScopeChanges as Changes
from pipeline.sheets.objectives import Objectives
from pipeline.vocabulary.choices import ScopeChange, Status


class Matter(StrEnum):
    """What can need a decision, what does most harm first.

    An objective of the agency that is missed; then what the law asks for (QĐ 19/2014, Điều 4); objectives missed;
    what leaves the committee without figures; actions promised and not done; tasks behind their plan; people not yet
    reached. All cases of a kind are one matter: many never lose their place to one of another kind.
    """

    AGENCY_NOT_MET = "agency_not_met"
    DECLARATION = "declaration"
    NOT_MET = "not_met"
    NOT_SUBMITTED = "not_submitted"
    ACTIONS_OVERDUE = "actions_overdue"
    TASKS_OVERDUE = "tasks_overdue"
    NOT_INFORMED = "not_informed"


class Decisions(Frame):
    """One row a matter that needs a decision.

    ``days``: the longest wait; ``part``: of not_met those without an action, of not_submitted those of the period,
    else 0; ``divisions``: how many; ``which``: every case by its code or name. The worst case stands by itself:
    ``division`` (its name), ``subject``, ``value``, ``unit``, ``commitment``, ``owner``, ``due_on``, ``remark``.
    """

    matter = TEXT
    count = days = part = divisions = COUNT
    which = division = subject = TEXT
    value = NUMBER
    unit = commitment = owner = TEXT
    due_on = DAY
    remark = TEXT


class Lack(StrEnum):
    """What can be wrong with the declaration, as the remark of its matter says."""

    NONE = "none"
    SEVERAL = "several"
    INCOMPLETE = "incomplete"


_ALWAYS: Final = ("matter", "count", "days", "part", "divisions", "which")


class _Case(NamedTuple):
    """A matter and its cases; ``worst``: what is to be said of the first one by itself."""

    matter: Matter
    cases: int
    days: int = 0
    part: int = 0
    divisions: int = 0
    which: str = ""
    worst: dict[str, Any] = {}  # noqa: RUF012 - nothing changes it


def decisions(frames: Frames, view: View) -> pd.DataFrame:
    """Every matter that is open, in the order of :class:`Matter` (:class:`Decisions`)."""
    makers = (_agency, _declaration, _objectives, _forms, _actions, _tasks, _people)
    cases = [case for make in makers for case in make(frames, view) if case.cases]
    names = Decisions.columns()
    rows = [dict(zip(_ALWAYS, (str(case.matter), *case[1:6]), strict=True)) | case.worst for case in cases]
    return Decisions.of([row.get(name) for name in names] for row in rows)


def _agency(frames: Frames, view: View) -> Iterator[_Case]:  # noqa: ARG001 - one signature for all
    missed = frames.agency_objectives[frames.agency_objectives["status"] == Status.NOT_MET]
    if len(missed):
        first = _first(missed, subject="text", value="value", unit="unit", commitment="commitment", remark="remark")
        open_ones = missed.iloc[0][["divisions_in", "divisions"]]
        which = ", ".join(missed["code"])
        yield _Case(Matter.AGENCY_NOT_MET, len(missed), 0, int(open_ones.iloc[0]), int(open_ones.iloc[1]), which, first)


def _declaration(frames: Frames, view: View) -> Iterator[_Case]:  # noqa: ARG001
    changes = frames.scope_changes.loc[~frames.scope_changes[ScopeChanges.is_declared], "days"]
    unproved = frames.proofs[~frames.proofs[Proofs.is_done]]
    in_force = int(frames.declarations[Declarations.is_in_force].sum())
    lack = Lack.NONE if not in_force else Lack.INCOMPLETE if in_force == 1 else Lack.SEVERAL
    outdated = "" if _waits_for_a_standard(frames) else ", ".join(outdated_standards(frames))
    count = len(changes) + len(unproved) + (lack is not Lack.INCOMPLETE) + bool(outdated)
    days = _longest(pd.concat([changes, unproved["days"]]))
    which = ", ".join(unproved["proof"].drop_duplicates())
    worst = {"remark": str(lack), "subject": outdated}
    yield _Case(Matter.DECLARATION, count, days, len(changes), in_force, which, worst)


def _waits_for_a_standard(frames: Frames) -> bool:
    """Whether the change of standard is listed among the changes that wait: it is told of there."""
    waiting = frames.scope_changes[~frames.scope_changes[ScopeChanges.is_declared]]
    return bool((waiting[Changes.scope_change] == ScopeChange.STANDARD).any())


def _objectives(frames: Frames, view: View) -> Iterator[_Case]:
    unmet = frames.unmet
    missed = unmet[(unmet["origin"] == Origin.THIS_PERIOD) & (unmet["status"] == Status.NOT_MET)]
    if len(missed):
        unhelped = missed[[Unmet.corrective_action, Unmet.action_owner, Unmet.action_due_on]].isna().any(axis=1)
        which, divisions = _codes(missed, "code"), int(missed["division"].nunique())
        yield _Case(Matter.NOT_MET, len(missed), 0, int(unhelped.sum()), divisions, which, _of_objective(missed, view))


def _forms(frames: Frames, view: View) -> Iterator[_Case]:
    states = frames.obligations
    late = states[states["state"].isin(OPEN_STATES) & (states["days_late"] > 0)]
    late = late.sort_values("days_late", ascending=False, kind="stable")
    if len(late):
        names = late["form"] + " " + late["division"]
        # The period, too, where a division has the same form to submit for several.
        which = ", ".join(names.mask(names.duplicated(keep=False), names + " " + late["period"]))
        own = int((late["period"] == str(view.period)).sum())
        first = _first(late, division="division_name", subject="form", owner="head")
        divisions = int(late["division"].nunique())
        yield _Case(Matter.NOT_SUBMITTED, len(late), _longest(late["days_late"]), own, divisions, which, first)


def _actions(frames: Frames, view: View) -> Iterator[_Case]:
    overdue = frames.unmet[frames.unmet["overdue_days"] > 0]
    # An objective that was missed in several periods is one matter, by what waits longest.
    overdue = overdue.sort_values("overdue_days", ascending=False, kind="stable")
    overdue = overdue.drop_duplicates(["division", Objectives.statement])
    if len(overdue):
        divisions, days = int(overdue["division"].nunique()), _longest(overdue["overdue_days"])
        which = _codes(overdue, "code")
        # What the last report promises may not be due yet: it is an earlier action that waits.
        waiting = _first(overdue, owner=Unmet.waiting_owner, due_on=Unmet.waits_from)
        worst = _of_objective(overdue, view) | waiting
        yield _Case(Matter.ACTIONS_OVERDUE, len(overdue), days, 0, divisions, which, worst)


def _tasks(frames: Frames, view: View) -> Iterator[_Case]:
    behind = frames.plan_tasks[frames.plan_tasks["overdue_days"] > 0]
    if len(behind):
        first = _first(behind, subject="task", owner="owner", due_on=PlanTasks.finish_on)
        first |= _division(behind, view)
        divisions, days = int(behind["division"].nunique()), _longest(behind["overdue_days"])
        which = _codes(behind, PlanTasks.task_code)
        yield _Case(Matter.TASKS_OVERDUE, len(behind), days, 0, divisions, which, first)


def _people(frames: Frames, view: View) -> Iterator[_Case]:
    due = due_day(view)
    # Before the due day of BM-03 nobody is late in being informed.
    unaware = {*map(str, COUNTED), str(Knowledge.JOINED_LATER)} - {str(Knowledge.UNDERSTOOD)}
    left = frames.people[frames.people["knowledge"].isin(unaware if due and view.day >= due else [])]
    if len(left):
        names = _names(left["division"].drop_duplicates(), view)
        yield _Case(Matter.NOT_INFORMED, len(left), 0, 0, len(names), "; ".join(names), _division(left, view))


def _of_objective(rows: pd.DataFrame, view: View) -> dict[str, Any]:
    """The first row's objective, figure, commitment, and who mends it by when."""
    first = _first(
        rows, subject="statement", value="value", unit="unit", owner=Unmet.action_owner, due_on=Unmet.action_due_on
    )
    return first | _division(rows, view) | {"commitment": commitment_words(rows.head(1)).iloc[0]}


def _first(rows: pd.DataFrame, **columns: str) -> dict[str, Any]:
    """Of the first row these columns by other names."""
    first = rows.iloc[0]
    return {name: first[column] for name, column in columns.items()}


def _division(rows: pd.DataFrame, view: View) -> dict[str, Any]:
    return {"division": _names(rows["division"].head(1), view)[0]}


def _names(divisions: pd.Series, view: View) -> list[str]:
    """The names of divisions by their codes."""
    names = {division.code: division.name for division in view.settings.divisions}
    return [names.get(code, code) for code in divisions]


def _codes(rows: pd.DataFrame, code: str) -> str:
    return ", ".join((rows["division"] + " " + rows[code]).drop_duplicates())


def _longest(days: pd.Series) -> int:
    return int(np.max(days)) if len(days) else 0
