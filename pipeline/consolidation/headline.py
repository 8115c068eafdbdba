"""The figures of the first sheet, by name. Text, tables and charts of sheet 1 are made from these and nothing else."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.consolidation.coverage import COUNTED, Knowledge
from pipeline.consolidation.owed import OPEN_STATES, is_owed, of_period
from pipeline.consolidation.status import REACHED, STATUS_ORDER
from pipeline.obligations import State
from pipeline.settings import Period, PeriodKind
from pipeline.vocabulary.choices import Status

Figures = Mapping[str, float]
SUBMITTED: Final = {
    "in_time": (str(State.ON_TIME), str(State.ACCEPTED_AFTER_DUE)),
    "late": (str(State.LATE),),
    "outstanding": OPEN_STATES,
    "not_due": (str(State.NOT_DUE), str(State.EXTENDED)),
}
"""What the committee is told of submissions, and which states make it up: a form received on time is in time.

Whoever is exempt owes nothing and is in none of them."""


def in_headline(figures: Figures, period: Period) -> tuple[str, ...]:
    """The figures that the sentences at the head of sheet 1 are written from."""
    submitted = ("owed", "in_time", "late", "outstanding", "not_due")
    if period.kind is PeriodKind.PLAN:
        return ("objectives", "divisions", *submitted)
    compared = [when for when in ("before", "year_before") if figures[f"judged_{when}"]]
    before = (f"{name}_{when}" for when in compared for name in ("reached", "judged"))
    return ("objectives", "reached", "judged", "not_met", *submitted, *before)


def headline(frames: Mapping[str, pd.DataFrame], period: Period) -> Figures:
    """Counts and shares (fractions; NaN where nothing is to be shared), by name.

    objectives, divisions, reached, not_met, judged, reached_share; of the period's obligations owed, in_time, late,
    outstanding (due and without an accepted form), not_due; actions_overdue, tasks, tasks_overdue, people, understood,
    coverage_share, changes_waiting, proofs_missing; reached_before and judged_before of the last period with reports,
    reached_year_before and judged_year_before of the same period a year ago, 0 where there was none.
    """
    objectives, owed = frames["objective_results"], of_period(frames["obligations"], period)
    reached = int(objectives["status"].isin(REACHED).sum())
    not_met = int((objectives["status"] == Status.NOT_MET).sum())
    return {
        "objectives": len(objectives),
        "divisions": int(objectives["division"].nunique()),
        "reached": reached,
        "not_met": not_met,
        "judged": reached + not_met,
        "reached_share": _share(reached, reached + not_met),
        "owed": int(is_owed(owed).sum()),
        **{name: int(owed["state"].isin(states).sum()) for name, states in SUBMITTED.items()},
        **_work(frames),
        **_policy(frames["people"]),
        "changes_waiting": int((~frames["scope_changes"]["is_declared"]).sum()),
        "proofs_missing": int((~frames["proofs"]["is_done"]).sum()),
        **_before(frames["over_time"], period),
    }


def _before(over_time: pd.DataFrame, period: Period) -> dict[str, float]:
    """Reached and judged of the last report before the period, and of its counterpart a year ago."""
    last, counterpart = previous_periods(over_time, period)
    compared = {"before": last, "year_before": counterpart}
    counts = over_time.set_index("period")[["reached", "judged"]]
    return {
        f"{name}_{when}": int(counts[name].get(which, 0)) for when, which in compared.items() for name in counts.columns
    }


def previous_periods(over_time: pd.DataFrame, period: Period) -> tuple[str, str]:
    """The last period with reports before this one, and the same period of the year before; blank without."""
    earlier = [name for name in over_time["period"] if name != str(period)]
    counterpart = str(Period(period.year - 1, period.kind))
    return next(reversed(earlier), ""), counterpart if counterpart in earlier else ""


def _work(frames: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    unmet, tasks = frames["unmet"], frames["plan_tasks"]
    return {
        "actions_overdue": int((unmet["overdue_days"] > 0).sum()),
        "tasks": len(tasks),
        "tasks_overdue": int((tasks["overdue_days"] > 0).sum()),
    }


def _policy(people: pd.DataFrame) -> dict[str, float]:
    expected = int(people["knowledge"].isin([str(state) for state in COUNTED]).sum())
    understood = int((people["knowledge"] == Knowledge.UNDERSTOOD).sum())
    return {"people": expected, "understood": understood, "coverage_share": _share(understood, expected)}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def status_by_division(objective_results: pd.DataFrame) -> pd.DataFrame:
    """Division by status, every shown status a column: how many objectives."""
    counts = pd.crosstab(objective_results["division"], objective_results["status"])
    return counts.reindex(columns=list(STATUS_ORDER), fill_value=0).astype("int64").rename_axis(columns=None)
