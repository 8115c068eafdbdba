"""What is still to be done: unmet objectives until they are reached (TCVN ISO 9001:2015, 10.2), tasks of the plans."""

from enum import StrEnum
from typing import Final

import pandas as pd

from pipeline.consolidation.actions import missed, reported
from pipeline.consolidation.frames import ActionReports, Ended, PlanTasks, Unmet
from pipeline.consolidation.judged import with_origin, with_promise
from pipeline.consolidation.status import Stated
from pipeline.consolidation.view import View, ranked
from pipeline.settings import PeriodKind
from pipeline.sheets.results import Progress
from pipeline.vocabulary.choices import Status, TaskStatus


class Origin(StrEnum):
    """Whether an unmet objective is of this period or carried over from an earlier one."""

    THIS_PERIOD = "this_period"
    CARRIED = "carried"


TASK_ORDER: Final = (
    str(TaskStatus.NOT_STARTED),
    str(TaskStatus.UNDER_WAY),
    str(Stated.NOT_REPORTED),
    str(TaskStatus.DONE),
    str(TaskStatus.CANCELLED),
)
"""Every state of a task, what may still need a push first."""
_CLOSED: Final = (TaskStatus.DONE, TaskStatus.CANCELLED)


def unmet(view: View) -> pd.DataFrame:
    """One row an objective computed *Không đạt*, also by an estimate: the period's first, then those still open.

    What was finished is not overdue, whatever became of it. ``status_now``: the objective's latest status.
    """
    rows = missed(view.judged, view.content.rows, view.reports)
    in_time = view.judged[["thread", "order", "status"]].sort_values("order", kind="stable")
    latest = dict(zip(in_time["thread"], in_time["status"], strict=True))
    current = rows["order"] == view.order
    rows = rows[current | rows["is_open"]]
    rows = rows.assign(
        origin=current.map({True: str(Origin.THIS_PERIOD), False: str(Origin.CARRIED)}),
        status_now=rows["thread"].map(latest).astype("str"),
        waits_from=rows[Unmet.action_due_on].where(rows[Unmet.finished_on].isna()),
    )
    rows = _by_objective(rows)
    rows = rows.assign(overdue_days=days_since(rows[Unmet.waits_from], view))
    by = {"order": False, Unmet.overdue_days: False, "place": True, "code": True}
    return view.ordered(with_promise(rows, Unmet, "order"), by)[Unmet.columns()]


def _by_objective(rows: pd.DataFrame) -> pd.DataFrame:
    """The last of each objective's rows, with the first period of them, what waits longest and who is to do it."""
    rows = rows.sort_values("order", kind="stable")
    threads = rows.groupby("thread")
    last = rows["order"] == threads["order"].transform("max")
    longest = rows.sort_values(Unmet.waits_from, kind="stable").drop_duplicates("thread")
    owners = dict(zip(longest["thread"], longest[Unmet.action_owner], strict=True))
    return rows.assign(
        waits_from=threads[Unmet.waits_from].transform("min"),
        waiting_owner=rows["thread"].map(owners).astype("str"),
        since=threads["period"].transform("first"),
    )[last]


def actions(view: View) -> pd.DataFrame:
    """What the period's reports say of the actions of earlier ones."""
    rows = reported(view.content.rows["actions"], view.reports[view.reports["period"] == str(view.period)])
    return view.ordered(rows, {"place": True, "report_row": True})[ActionReports.columns()]


def ended(view: View) -> pd.DataFrame:
    """Objectives of the year that are *Không còn áp dụng* by their latest report up to the period."""
    rows = with_promise(view.judged, Ended, "thread", "order", "status", "year")
    reported = rows[rows["report_id"].notna()].sort_values("order", kind="stable")
    latest = reported.drop_duplicates(["thread", Ended.code], keep="last")
    of_year = latest[(latest["status"] == Status.NO_LONGER) & (latest["year"] == str(view.period.year))]
    return view.ordered(of_year, {"place": True, Ended.code: True})[Ended.columns()]


def plan_tasks(view: View) -> pd.DataFrame:
    """The tasks of the BM-01 against which the period is held; overdue ones first."""
    tasks = view.once(_every_task)
    return tasks[tasks["plan_id"].notna()].reset_index(drop=True)


def tasks_apart(view: View) -> pd.DataFrame:
    """Tasks that were reported on though no BM-01 in force has them: they are no part of the plan."""
    tasks = view.once(_every_task)
    return tasks[tasks["plan_id"].isna()].reset_index(drop=True)


def _every_task(view: View) -> pd.DataFrame:
    """The tasks planned and those only reported on.

    ``status``: as reported, *Chưa có báo cáo* without a report. ``overdue_days``: days after ``finish_on`` at the
    view's reading day of a task neither finished nor cancelled.
    """
    both = (view.planned("tasks"), view.reports)
    planned, reports = (frame[frame["period"] == str(view.period)].drop(columns="period") for frame in both)
    progress = with_origin(view.content.rows["progress"], "report").rename(columns={Progress.task: "reported_task"})
    tasks = planned.merge(reports.merge(progress, on="report_id"), on=["division", PlanTasks.task_code], how="outer")
    finish_on = tasks[PlanTasks.finish_on].fillna(tasks[Progress.planned_finish_on])
    status = tasks["status"].fillna(str(Stated.NOT_REPORTED))
    # The plan's own period takes no reports: nobody can say yet what is overdue.
    is_open = ~status.isin(_CLOSED) & (view.period.kind is not PeriodKind.PLAN)
    tasks = tasks.assign(
        task=tasks["task"].fillna(tasks["reported_task"]),
        finish_on=finish_on,
        status=status,
        overdue_days=days_since(finish_on.where(is_open), view),
        rank=ranked(status, TASK_ORDER),
    )
    by = {
        PlanTasks.overdue_days: False,
        "rank": True,
        PlanTasks.finish_on: True,
        "place": True,
        PlanTasks.task_code: True,
    }
    return view.ordered(tasks, by)[PlanTasks.columns()]


def days_since(due_on: pd.Series, view: View) -> pd.Series:
    """Whole days since the due day, which itself is still good; 0 when not overdue or without a due day."""
    days: pd.Series = (pd.Timestamp(view.read_on) - due_on).dt.days.clip(lower=0).fillna(0).astype("int64")
    return days
