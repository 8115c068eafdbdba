"""The tasks of the year's plans beside the progress that the period's reports tell."""

import pandas as pd

from pipeline.consolidation.selection import View, with_origin
from pipeline.consolidation.status import Shown
from pipeline.settings import PeriodKind
from pipeline.vocabulary.choices import TaskStatus

TASK_ORDER = (
    str(TaskStatus.NOT_STARTED),
    str(TaskStatus.UNDER_WAY),
    str(Shown.NOT_REPORTED),
    str(TaskStatus.DONE),
    str(TaskStatus.CANCELLED),
)
"""Every state of a task, what may still need a push first."""
_CLOSED = (TaskStatus.DONE, TaskStatus.CANCELLED)
_COLUMNS = [
    "division",
    "task_code",
    "objective",
    "task",
    "resources",
    "owner",
    "coordinating_unit",
    "start_on",
    "finish_on",
    "evaluation",
    "status",
    "finished_on",
    "overdue_days",
    "obstacle",
    "plan_id",
    "plan_row",
    "report_id",
    "report_row",
]


def plan_tasks(view: View) -> pd.DataFrame:
    """One row a task: of the BM-01 against which the period is held, or only reported on; overdue ones first.

    ``status``: as reported, *Chưa có báo cáo* without a report. ``overdue_days``: days after ``finish_on`` at the
    view's day of a task neither finished nor cancelled.
    """
    both = (view.plans, view.reports)
    plans, reports = (frame[frame["period"] == str(view.period)].drop(columns="period") for frame in both)
    planned = plans.merge(with_origin(view.content.rows["tasks"], "plan"), on="plan_id")
    progress = with_origin(view.content.rows["progress"], "report").rename(columns={"task": "task_told"})
    told = reports.merge(progress, on="report_id")
    tasks = planned.merge(told, on=["division", "task_code"], how="outer")
    finish_on = tasks["finish_on"].fillna(tasks["planned_finish_on"])
    status = tasks["status"].fillna(str(Shown.NOT_REPORTED))
    late = (pd.Timestamp(view.today) - finish_on).dt.days.clip(lower=0)
    # The plan's own period takes no reports: nobody knows yet what is overdue.
    is_open = ~status.isin(_CLOSED) & (view.period.kind is not PeriodKind.PLAN)
    tasks = tasks.assign(
        task=tasks["task"].fillna(tasks["task_told"]),
        finish_on=finish_on,
        status=status,
        overdue_days=late.where(is_open).fillna(0).astype("int64"),
        order=status.map({word: place for place, word in enumerate(TASK_ORDER)}),
        place=view.places(tasks["division"]),
    )
    keys = ["overdue_days", "order", "finish_on", "place", "task_code"]
    ordered = tasks.sort_values(keys, ascending=[False, True, True, True, True], kind="stable")
    return ordered[_COLUMNS].reset_index(drop=True)
