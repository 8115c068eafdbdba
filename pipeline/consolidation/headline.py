"""What the first sheet says: its figures by name, from which all of it is written."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.consolidation.coverage import COUNTED, Knowledge
from pipeline.consolidation.frames import Frames, People, PlanTasks, Unmet
from pipeline.consolidation.register_frames import Proofs, ScopeChanges
from pipeline.consolidation.states import SUBMITTED, is_due, of_period
from pipeline.consolidation.status import REACHED, REGISTERED_ORDER, is_registered
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
    estimated = tuple(name for name in ESTIMATED if any(figures[each] for each in ESTIMATED))
    before = ("reached_year_before", "judged_year_before") if figures["judged_year_before"] else ()
    agency = ("agency_not_met",) if figures["agency_not_met"] else ()
    return ("objectives", "reached", "judged", "not_met", *estimated, *agency, *submitted, *before)


def headline(frames: Frames, period: Period) -> Figures:
    """Counts and shares (fractions; NaN where nothing is to be shared), by name.

    Of what the BM-01 in force register: objectives, divisions, reached, not_met, judged, reached_share,
    met_by_estimate, not_met_by_estimate; reported on without one: unregistered. Of the agency's own: agency_not_met.
    Of the period's obligations owed, in_time, late, outstanding (due and without an accepted form), not_due;
    actions_overdue, tasks, tasks_overdue, people, understood, coverage_share, changes_waiting, proofs_missing;
    reached_year_before and judged_year_before of the same period a year ago, 0 where there was none.
    """
    every, states = frames.objective_results, of_period(frames.obligations, period)
    objectives = every[is_registered(every)]
    reached, not_met = _count(objectives["status"].isin(REACHED)), _count(objectives["status"] == Status.NOT_MET)
    knowledge = frames.people[People.knowledge]
    expected, understood = _count(knowledge.isin(_COUNTED)), _count(knowledge == Knowledge.UNDERSTOOD)
    return {
        "objectives": len(objectives),
        "unregistered": len(every) - len(objectives),
        "divisions": int(objectives["division"].nunique()),
        "reached": reached,
        "not_met": not_met,
        "judged": reached + not_met,
        "reached_share": _share(reached, reached + not_met),
        **{name: _count(objectives["status"] == status) for name, status in ESTIMATED.items()},
        "agency_not_met": _count(frames.agency_objectives["status"] == Status.NOT_MET),
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
        **_a_year_before(frames.over_time, period),
    }


def _count(chosen: pd.Series) -> int:
    return int(chosen.sum())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _a_year_before(over_time: pd.DataFrame, period: Period) -> dict[str, float]:
    """Reached and judged of the period's counterpart a year ago."""
    counts = over_time.set_index("period")[["reached", "judged"]]
    counterpart = str(period.a_year_before)
    return {f"{name}_year_before": int(counts[name].get(counterpart, 0)) for name in counts.columns}


def since_a_year_before(figures: Figures) -> tuple[float, float]:
    """The share reached in the same period a year ago, and by how many points of percent this one differs from it.

    What is displayed is compared: 81,3 % and 76,1 % are 5,2 points apart.
    """
    before = figures["reached_year_before"] / figures["judged_year_before"]
    return before, float(rounded_percent(figures["reached_share"]) - rounded_percent(before))


def status_by_division(objective_results: pd.DataFrame) -> pd.DataFrame:
    """Division by status, every status of a registered objective a column: how many of these."""
    registered = objective_results[is_registered(objective_results)]
    counts = Counter(zip(registered["division"], registered["status"], strict=True))
    divisions = pd.Index(sorted({division for division, _ in counts}), name="division", dtype="str")
    columns = {status: [counts[division, status] for division in divisions] for status in REGISTERED_ORDER}
    return pd.DataFrame(columns, index=divisions, dtype="int64")
