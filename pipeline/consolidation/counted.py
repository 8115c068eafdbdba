"""How often the workbook has what each figure of sheet 10 counts: by its frames, by columns of its tables."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import pandas as pd

from pipeline.consolidation.coverage import Knowledge
from pipeline.consolidation.declaration import Watch
from pipeline.consolidation.frames import Coverage, Frames, PlanTasks, Sources, Unmet
from pipeline.consolidation.register_frames import CheckPeriods, Declarations, Proofs, ScopeChanges
from pipeline.consolidation.status import Stated
from pipeline.consolidation.trend_frames import Shifts, Trends
from pipeline.consolidation.trends import Shift
from pipeline.consolidation.work import Origin
from pipeline.evidence.names import Figure
from pipeline.vocabulary.choices import Status, TaskStatus


class Counted(NamedTuple):
    """What a figure counts: the rows of a frame with one of these values in a column, with any where none is named.

    ``group`` is that of the signs which the workbook shows in their place; ``of_plans``: only rows of a plan in force;
    ``is_sum``: the column's numbers are added up; ``is_above_zero``: rows count whose number is.
    """

    frame: str
    column: str
    among: tuple[str | bool, ...] = ()
    group: str = ""
    of_plans: bool = False
    is_sum: bool = False
    is_above_zero: bool = False


def _objectives_in(*statuses: str) -> Counted:
    return Counted("objective_results", "status", tuple(map(str, statuses)), "status")


def _people_who(knowledge: Knowledge) -> Counted:
    return Counted("people", "knowledge", (str(knowledge),), "knowledge")


def _tasks_in(status: str) -> Counted:
    return Counted("plan_tasks", "status", (str(status),), "task", of_plans=True)


def _commitments_that(shift: Shift) -> Counted:
    return Counted("shifts", Shifts.shift, (str(shift),), "shift")


COUNTED: Final[Mapping[Figure, Counted]] = {
    Figure.REGISTERED: Counted("objective_results", "plan_source"),
    Figure.REPORTED: Counted("objective_results", "report_source"),
    Figure.REACHED: _objectives_in(Status.MET, Stated.EXCEEDED),
    Figure.MISSED: _objectives_in(Status.NOT_MET),
    Figure.REACHED_BY_ESTIMATE: _objectives_in(Status.MET_BY_ESTIMATE),
    Figure.MISSED_BY_ESTIMATE: _objectives_in(Status.NOT_MET_BY_ESTIMATE),
    Figure.NOT_DUE: _objectives_in(Status.NOT_DUE),
    Figure.NO_DATA: _objectives_in(Status.NO_DATA),
    Figure.NO_CASE: _objectives_in(Status.NO_CASE),
    Figure.NOT_APPLICABLE: _objectives_in(Status.NO_LONGER),
    Figure.UNREPORTED: _objectives_in(Stated.NOT_REPORTED),
    Figure.INFORMED: _people_who(Knowledge.UNDERSTOOD),
    Figure.NOT_UNDERSTOOD: _people_who(Knowledge.NOT_UNDERSTOOD),
    Figure.ABSENT: _people_who(Knowledge.ABSENT),
    Figure.NO_RECORD: _people_who(Knowledge.NO_RECORD),
    Figure.FORMER: _people_who(Knowledge.FORMER),
    Figure.JOINED_LATER: _people_who(Knowledge.JOINED_LATER),
    Figure.TASKS: Counted("plan_tasks", "plan_source"),
    Figure.TASKS_DONE: _tasks_in(TaskStatus.DONE),
    Figure.TASKS_UNDER_WAY: _tasks_in(TaskStatus.UNDER_WAY),
    Figure.TASKS_NOT_STARTED: _tasks_in(TaskStatus.NOT_STARTED),
    Figure.TASKS_CANCELLED: _tasks_in(TaskStatus.CANCELLED),
    Figure.TASKS_UNREPORTED: _tasks_in(Stated.NOT_REPORTED),
    Figure.TASKS_OVERDUE: Counted("plan_tasks", PlanTasks.overdue_days, of_plans=True, is_above_zero=True),
    Figure.ACTIONS: Counted("unmet", "origin", (str(Origin.THIS_PERIOD),), "origin"),
    Figure.CARRIED: Counted("unmet", "origin", (str(Origin.CARRIED),), "origin"),
    Figure.ACTIONS_OVERDUE: Counted("unmet", Unmet.overdue_days, is_above_zero=True),
    Figure.FOLLOWED: Counted("trends", Trends.code),
    Figure.ENDED: Counted("ended", "report_source"),
    Figure.POLICY_DIVISIONS: Counted("coverage", Coverage.expected),
    Figure.POLICY_LISTED: Counted("coverage", Coverage.expected, is_sum=True),
    Figure.PROOFS: Counted("proofs", Proofs.days),
    Figure.PROOFS_DONE: Counted("proofs", Proofs.is_done, (True,), "proof"),
    Figure.SCOPE_WAITING: Counted("scope_changes", ScopeChanges.is_declared, (False,), "declared"),
    Figure.UNCHECKED: Counted("check_periods", CheckPeriods.watch, (str(Watch.UNCHECKED),), "watch"),
    Figure.OUTDATED: Counted("declarations", Declarations.is_outdated, (True,), "outdated"),
    Figure.LEFT_OUT: Counted("left_out", Sources.use),
    Figure.LOWERED: _commitments_that(Shift.LOWERED),
    Figure.CHANGED: _commitments_that(Shift.CHANGED),
    Figure.DROPPED: _commitments_that(Shift.DROPPED),
    Figure.ENDED_EVER: _commitments_that(Shift.ENDED),
}
"""Every figure."""


def written_figures(frames: Frames) -> Mapping[Figure, int]:
    """How often the frames have what each figure counts."""
    return {figure: _written(getattr(frames, each.frame), each) for figure, each in COUNTED.items()}


def _written(rows: pd.DataFrame, counted: Counted) -> int:
    values = rows[counted.column]
    if counted.is_sum:
        return int(values.sum())
    if counted.is_above_zero:
        chosen = values > 0
    elif counted.among:
        chosen = values.isin(counted.among)
    else:
        chosen = values.notna() & (values.astype("str") != "")
    return int((chosen & _is_of_plans(rows)).sum() if counted.of_plans else chosen.sum())


def _is_of_plans(rows: pd.DataFrame) -> pd.Series:
    return rows["plan_source"].fillna("") != ""
