"""What the first sheet says: its figures by name, from which all of it is written, and what needs a decision."""

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

import pandas as pd

from pipeline.consolidation.coverage import COUNTED, Knowledge, due_day
from pipeline.consolidation.frame import COUNT, TEXT, Frame
from pipeline.consolidation.frames import Frames, People, PlanTasks, Proofs, ScopeChanges, Unmet
from pipeline.consolidation.states import OPEN_STATES, SUBMITTED, is_due, of_period
from pipeline.consolidation.status import REACHED, STATUS_ORDER
from pipeline.consolidation.view import View
from pipeline.consolidation.work import Origin
from pipeline.settings import Period, PeriodKind
from pipeline.vietnamese import rounded_percent
from pipeline.vocabulary.choices import Status

Figures = Mapping[str, float]
_COUNTED = [str(state) for state in COUNTED]
ESTIMATED: Final = {"met_by_estimate": Status.MET_BY_ESTIMATE, "not_met_by_estimate": Status.NOT_MET_BY_ESTIMATE}
"""The figures of what an estimate alone judges."""


def in_headline(figures: Figures, period: Period) -> tuple[str, ...]:
    """The figures that the sentences at the head of sheet 1 are written from."""
    submitted = ("owed", *SUBMITTED)
    if period.kind is PeriodKind.PLAN:
        return ("objectives", "divisions", *submitted)
    compared = [when for when in ("before", "year_before") if figures[f"judged_{when}"]]
    estimated = tuple(name for name in ESTIMATED if any(figures[each] for each in ESTIMATED))
    before = (f"{name}_{when}" for when in compared for name in ("reached", "judged"))
    return ("objectives", "reached", "judged", "not_met", *estimated, *submitted, *before)


def headline(frames: Frames, period: Period) -> Figures:
    """Counts and shares (fractions; NaN where nothing is to be shared), by name.

    objectives, divisions, reached, not_met, judged, reached_share, met_by_estimate, not_met_by_estimate; of the
    period's obligations owed, in_time, late, outstanding (due and without an accepted form), not_due;
    actions_overdue, tasks, tasks_overdue, people, understood, coverage_share, changes_waiting, proofs_missing;
    reached_before and judged_before of the last period with reports, reached_year_before and judged_year_before of
    the same period a year ago, 0 where there was none.
    """
    objectives, states = frames.objective_results, of_period(frames.obligations, period)
    reached, not_met = _count(objectives["status"].isin(REACHED)), _count(objectives["status"] == Status.NOT_MET)
    knowledge = frames.people[People.knowledge]
    expected, understood = _count(knowledge.isin(_COUNTED)), _count(knowledge == Knowledge.UNDERSTOOD)
    return {
        "objectives": len(objectives),
        "divisions": int(objectives["division"].nunique()),
        "reached": reached,
        "not_met": not_met,
        "judged": reached + not_met,
        "reached_share": _share(reached, reached + not_met),
        **{name: _count(objectives["status"] == status) for name, status in ESTIMATED.items()},
        "owed": _count(is_due(states)),
        **{name: _count(states["state"].isin(group)) for name, group in SUBMITTED.items()},
        "actions_overdue": _count(frames.unmet[Unmet.overdue_days] > 0),
        "tasks": len(frames.plan_tasks),
        "tasks_overdue": _count(frames.plan_tasks[PlanTasks.overdue_days] > 0),
        "people": expected,
        "understood": understood,
        "coverage_share": _share(understood, expected),
        "changes_waiting": _count(~frames.scope_changes[ScopeChanges.is_declared]),
        "proofs_missing": _count(~frames.proofs[Proofs.is_done]),
        **_before(frames.over_time, period),
    }


def _count(chosen: pd.Series) -> int:
    return int(chosen.sum())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _before(over_time: pd.DataFrame, period: Period) -> dict[str, float]:
    """Reached and judged of the last report before the period, and of its counterpart a year ago."""
    compared = zip(("before", "year_before"), previous_periods(over_time, period), strict=True)
    counts = over_time.set_index("period")[["reached", "judged"]]
    return {f"{name}_{when}": int(counts[name].get(which, 0)) for when, which in compared for name in counts.columns}


def previous_periods(over_time: pd.DataFrame, period: Period) -> tuple[str, str]:
    """The last period with reports before this one, and the same period of the year before; blank without."""
    earlier = [name for name in over_time["period"] if name != str(period)]
    counterpart = str(Period(period.year - 1, period.kind))
    return next(reversed(earlier), ""), counterpart if counterpart in earlier else ""


def since_the_last(figures: Figures) -> tuple[float, float]:
    """The share reached in the report before, and by how many points of percent this one differs from it.

    What is displayed is compared: 81,3 % and 76,1 % are 5,2 points apart.
    """
    before = figures["reached_before"] / figures["judged_before"]
    return before, float(rounded_percent(figures["reached_share"]) - rounded_percent(before))


def status_by_division(objective_results: pd.DataFrame) -> pd.DataFrame:
    """Division by status, every status of the workbook a column: how many objectives."""
    counts = Counter(zip(objective_results["division"], objective_results["status"], strict=True))
    divisions = pd.Index(sorted({division for division, _ in counts}), name="division", dtype="str")
    columns = {status: [counts[division, status] for division in divisions] for status in STATUS_ORDER}
    return pd.DataFrame(columns, index=divisions, dtype="int64")


class Matter(StrEnum):
    """What can need a decision, in the order of importance.

    The rules: what the law asks for comes first (QĐ 19/2014, Điều 4); then what leaves the committee without figures;
    then actions promised and not done; then objectives missed; then tasks behind their plan; then people not yet
    reached.
    """

    DECLARATION = "declaration"
    NOT_SUBMITTED = "not_submitted"
    ACTIONS_OVERDUE = "actions_overdue"
    NOT_MET = "not_met"
    TASKS_OVERDUE = "tasks_overdue"
    NOT_INFORMED = "not_informed"


class Decisions(Frame):
    """One row a matter that needs a decision; ``days``: the longest wait."""

    matter = TEXT
    count = days = COUNT
    which = TEXT


class _Case(NamedTuple):
    """A matter, how many cases, the longest wait in days, which ones."""

    matter: Matter
    cases: int
    days: int = 0
    which: str = ""


def decisions(frames: Frames, figures: Figures, view: View) -> pd.DataFrame:
    """Every matter that is open, in the order of :class:`Matter`."""
    return Decisions.of((str(case.matter), *case[1:]) for case in _cases(frames, figures, view) if case.cases)


def _cases(frames: Frames, figures: Figures, view: View) -> Iterator[_Case]:
    waiting = frames.scope_changes.loc[~frames.scope_changes[ScopeChanges.is_declared], "days"]
    unproved = frames.proofs.loc[~frames.proofs[Proofs.is_done], "days"]
    count = int(figures["changes_waiting"] + figures["proofs_missing"])
    yield _Case(Matter.DECLARATION, count, _longest(pd.concat([waiting, unproved])))
    states, unmet, tasks = frames.obligations, frames.unmet, frames.plan_tasks
    late = states[states["state"].isin(OPEN_STATES) & (states["days_late"] > 0)]
    yield _Case(Matter.NOT_SUBMITTED, len(late), _longest(late["days_late"]), _forms(late))
    overdue = unmet[unmet["overdue_days"] > 0]
    yield _Case(Matter.ACTIONS_OVERDUE, len(overdue), _longest(overdue["overdue_days"]), _objectives(overdue))
    missed = unmet[(unmet["origin"] == Origin.THIS_PERIOD) & (unmet["status"] == Status.NOT_MET)]
    yield _Case(Matter.NOT_MET, len(missed), which=_objectives(missed))
    behind = tasks[tasks["overdue_days"] > 0]
    which = ", ".join(behind["division"] + " " + behind[PlanTasks.task_code])
    yield _Case(Matter.TASKS_OVERDUE, len(behind), _longest(behind["overdue_days"]), which)
    due = due_day(view)
    # Before the due day of BM-03 nobody is late in being informed.
    unaware = {*_COUNTED, str(Knowledge.JOINED_LATER)} - {str(Knowledge.UNDERSTOOD)}
    left = frames.people[frames.people[People.knowledge].isin(unaware if due and view.day >= due else [])]
    yield _Case(Matter.NOT_INFORMED, len(left), which=", ".join(left["division"].drop_duplicates()))


def _forms(rows: pd.DataFrame) -> str:
    """Form and division; the period, too, where a division has the same form to submit for several."""
    names = rows["form"] + " " + rows["division"]
    return ", ".join(names.mask(names.duplicated(keep=False), names + " " + rows["period"]))


def _objectives(rows: pd.DataFrame) -> str:
    return ", ".join((rows["division"] + " " + rows["code"]).drop_duplicates())


def _longest(days: pd.Series) -> int:
    return int(days.max()) if len(days) else 0
