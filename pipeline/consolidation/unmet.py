"""Unmet objectives and their actions, open until the objective is reached (TCVN ISO 9001:2015, 10.2)."""

from enum import StrEnum

import pandas as pd

from pipeline.consolidation.selection import View, period_order
from pipeline.consolidation.status import REACHED
from pipeline.vocabulary.choices import Status


class Origin(StrEnum):
    """Whether an unmet objective is of this period or carried over from an earlier one."""

    THIS_PERIOD = "this_period"
    CARRIED = "carried"


_COMMITTED = ("measure", "comparator", "target", "target_upper", "unit")
_COLUMNS = [
    "origin",
    "period",
    "division",
    "code",
    "statement",
    *_COMMITTED,
    "value",
    "word",
    "by_estimate",
    "status",
    "remark",
    "cause",
    "corrective_action",
    "action_owner",
    "action_due_on",
    "overdue_days",
    "status_now",
    "report_id",
    "report_row",
]


def unmet(judged: pd.DataFrame, view: View) -> pd.DataFrame:
    """Objectives computed *Không đạt*: of the period first, then those of earlier periods whose action is still open.

    An earlier one is closed when a later report, up to the period, reaches the objective or, with its approving
    document, withdraws it; across years an objective is followed through ``continues``. ``overdue_days`` at the
    view's day, 0 when not overdue; ``status_now``: the objective's latest status.
    """
    followed = judged.assign(order=period_order(judged["period"]))
    latest = followed.sort_values("order", kind="stable").drop_duplicates("thread", keep="last")
    closing = followed[followed["status"].isin([*REACHED, Status.NO_LONGER])]
    closed_at = closing.groupby("thread")["order"].max()
    missed = followed[followed["computed_status"] == Status.NOT_MET]
    still_open = ~(missed["thread"].map(closed_at) > missed["order"])
    current = missed["order"] == view.order
    missed = missed.assign(
        origin=current.map({True: str(Origin.THIS_PERIOD), False: str(Origin.CARRIED)}),
        statement=missed["objective_statement"],
        **{name: missed[f"objective_{name}"] for name in _COMMITTED},
        status_now=missed["thread"].map(latest.set_index("thread")["status"]),
        overdue_days=_overdue(missed["action_due_on"], view),
        place=view.places(missed["division"]),
    )
    listed = missed[current | still_open]
    keys = ["order", "overdue_days", "place", "code"]
    ordered = listed.sort_values(keys, ascending=[False, False, True, True], kind="stable")
    return ordered[_COLUMNS].reset_index(drop=True)


def _overdue(due_on: pd.Series, view: View) -> pd.Series:
    """Whole days since the due day, which itself is still good; 0 when not overdue or without a due day."""
    days = (pd.Timestamp(view.today) - due_on).dt.days
    late: pd.Series = days.clip(lower=0).fillna(0).astype("int64")
    return late
