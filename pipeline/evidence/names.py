"""The figures of sheet 10 by name, and the states that they count."""

from enum import StrEnum
from typing import Final

from pipeline.vocabulary.choices import Status, TaskStatus


class Figure(StrEnum):
    """A count of the whole workbook.

    Of the plans in force registered objectives and tasks; of the objectives reported ones, and how many are in each
    status; of the people on the list how many are in each state of knowledge; of the tasks how many are in each status;
    actions: those for what was missed in the period, carried: in earlier ones, actions_overdue: of both. followed: the
    objectives ever registered or reported on; ended: those of the year that no longer apply. policy_divisions: those
    that have to submit BM-03; proofs and proofs_done: of the declarations in force; scope_waiting: changes of scope not
    declared anew; unchecked: periods of the year without a check of what is declared; outdated: declarations in force
    by a standard that is applied no more; left_out: files whose rows do not stand in the workbook. lowered,
    changed, dropped and ended_ever: how commitments moved from one BM-01 to the next.
    """

    REGISTERED = "registered"
    REPORTED = "reported"
    REACHED = "reached"
    MISSED = "missed"
    REACHED_BY_ESTIMATE = "reached_by_estimate"
    MISSED_BY_ESTIMATE = "missed_by_estimate"
    NOT_DUE = "not_due"
    NO_DATA = "no_data"
    NO_CASE = "no_case"
    NOT_APPLICABLE = "not_applicable"
    UNREPORTED = "unreported"
    INFORMED = "informed"
    NOT_UNDERSTOOD = "not_understood"
    ABSENT = "absent"
    NO_RECORD = "no_record"
    FORMER = "former"
    JOINED_LATER = "joined_later"
    TASKS = "tasks"
    TASKS_DONE = "tasks_done"
    TASKS_UNDER_WAY = "tasks_under_way"
    TASKS_NOT_STARTED = "tasks_not_started"
    TASKS_CANCELLED = "tasks_cancelled"
    TASKS_UNREPORTED = "tasks_unreported"
    TASKS_OVERDUE = "tasks_overdue"
    ACTIONS = "actions"
    CARRIED = "carried"
    ACTIONS_OVERDUE = "actions_overdue"
    FOLLOWED = "followed"
    ENDED = "ended"
    POLICY_DIVISIONS = "policy_divisions"
    POLICY_LISTED = "policy_listed"
    PROOFS = "proofs"
    PROOFS_DONE = "proofs_done"
    SCOPE_WAITING = "scope_waiting"
    UNCHECKED = "unchecked"
    OUTDATED = "outdated"
    LEFT_OUT = "left_out"
    LOWERED = "lowered"
    CHANGED = "changed"
    DROPPED = "dropped"
    ENDED_EVER = "ended_ever"


OF_OBJECTIVES: Final = {
    Status.MET: Figure.REACHED,
    Status.NOT_MET: Figure.MISSED,
    Status.MET_BY_ESTIMATE: Figure.REACHED_BY_ESTIMATE,
    Status.NOT_MET_BY_ESTIMATE: Figure.MISSED_BY_ESTIMATE,
    Status.NOT_DUE: Figure.NOT_DUE,
    Status.NO_DATA: Figure.NO_DATA,
    Status.NO_CASE: Figure.NO_CASE,
    Status.NO_LONGER: Figure.NOT_APPLICABLE,
    None: Figure.UNREPORTED,
}
"""The figure of each status; None without a report."""
OF_TASKS: Final = {
    TaskStatus.DONE: Figure.TASKS_DONE,
    TaskStatus.UNDER_WAY: Figure.TASKS_UNDER_WAY,
    TaskStatus.NOT_STARTED: Figure.TASKS_NOT_STARTED,
    TaskStatus.CANCELLED: Figure.TASKS_CANCELLED,
    None: Figure.TASKS_UNREPORTED,
}
"""The figure of each status of a task."""
OF_PEOPLE: Final = (
    Figure.INFORMED,
    Figure.NOT_UNDERSTOOD,
    Figure.ABSENT,
    Figure.NO_RECORD,
    Figure.FORMER,
    Figure.JOINED_LATER,
)
"""The figures of what people know."""
STATES: Final = (
    "on_time", "accepted_after_due", "late", "returned", "empty", "withdrawn", "missing", "extended", "not_due",
    "exempt",
)  # fmt: skip
"""What may become of an obligation (decision 0015)."""
