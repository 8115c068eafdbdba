"""The figures of the first sheet, by name. Text, tables and charts of sheet 1 are made from these and nothing else."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.consolidation.coverage import COUNTED, Knowledge
from pipeline.consolidation.owed import OPEN_STATES, is_owed, of_period
from pipeline.consolidation.status import REACHED, STATUS_ORDER
from pipeline.forms.choices import Status
from pipeline.obligations import State
from pipeline.settings import Period, PeriodKind

Figures = Mapping[str, float]
SUBMITTED: Final = {
    "in_time": (str(State.ON_TIME), str(State.ACCEPTED_AFTER_DUE)),
    "late": (str(State.LATE),),
    "outstanding": OPEN_STATES,
    "not_due": (str(State.NOT_DUE), str(State.EXTENDED)),
}
"""What the committee is told of submissions, and which states make it up: a form received on time is in time.

Whoever is exempt owes nothing and is in none of them."""


def in_headline(period: Period) -> tuple[str, ...]:
    """The figures that the headline sentence is written from."""
    submitted = ("owed", "in_time", "late", "outstanding")
    if period.kind is PeriodKind.PLAN:
        return ("objectives", "divisions", *submitted)
    return ("objectives", "reached", "judged", "not_met", *submitted)


def headline(frames: Mapping[str, pd.DataFrame], period: Period) -> Figures:
    """Counts and shares (fractions; NaN where nothing is to be shared), by name.

    objectives, divisions, reached, not_met, judged, reached_share; of the period's obligations owed, in_time, late,
    outstanding (due and without an accepted form), not_due; actions_overdue, tasks, tasks_overdue, people, understood,
    coverage_share, changes_waiting, proofs_missing.
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
    }


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


def reached_by_period(objective_results: pd.DataFrame, history: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Period, reached, judged (reached + not met), share (fraction): earlier periods in their order, then this one."""
    now = objective_results.assign(period=str(period))
    every = pd.concat([history[["period", "status"]], now[["period", "status"]]], ignore_index=True)
    told = every.assign(
        reached=every["status"].isin(REACHED), judged=every["status"].isin([*REACHED, str(Status.NOT_MET)])
    )
    counts = told.groupby("period", sort=False)[["reached", "judged"]].sum().astype("int64")
    return counts.assign(share=counts["reached"] / counts["judged"].where(counts["judged"] > 0)).reset_index()
