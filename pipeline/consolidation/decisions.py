"""What needs a decision of the committee, most important first."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

import pandas as pd

from pipeline.consolidation.coverage import COUNTED, Knowledge, due_day
from pipeline.consolidation.headline import Figures
from pipeline.consolidation.owed import OPEN_STATES
from pipeline.consolidation.selection import View
from pipeline.consolidation.unmet import Origin
from pipeline.vocabulary.choices import Status

SHOWN = 3


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


def decisions(frames: Mapping[str, pd.DataFrame], figures: Figures, view: View) -> pd.DataFrame:
    """Every matter that is open, in the order of :class:`Matter`: matter, count, days (the longest wait), which."""
    found = _matters(frames, figures, view)
    rows = [(str(matter), count, days, which) for matter, count, days, which in found if count]
    dtypes = {"matter": "str", "count": "int64", "days": "int64", "which": "str"}
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


Found = tuple[Matter, int, int, str]
"""A matter, how many cases, the longest wait in days, which ones."""


def _matters(frames: Mapping[str, pd.DataFrame], figures: Figures, view: View) -> Iterator[Found]:
    changes, proofs = frames["scope_changes"], frames["proofs"]
    waiting, unproved = changes[~changes["is_declared"]], proofs[~proofs["is_done"]]
    days = pd.concat([waiting["days"], unproved["days"]])
    yield Matter.DECLARATION, int(figures["changes_waiting"] + figures["proofs_missing"]), _longest(days), ""
    owed = frames["obligations"]
    late = owed[owed["state"].isin(OPEN_STATES) & (owed["days_late"] > 0)]
    yield Matter.NOT_SUBMITTED, len(late), _longest(late["days_late"]), _forms(late)
    unmet = frames["unmet"]
    overdue = unmet[unmet["overdue_days"] > 0]
    yield Matter.ACTIONS_OVERDUE, len(overdue), _longest(overdue["overdue_days"]), _objectives(overdue)
    missed = unmet[(unmet["origin"] == Origin.THIS_PERIOD) & (unmet["status"] == Status.NOT_MET)]
    yield Matter.NOT_MET, len(missed), 0, _objectives(missed)
    tasks = frames["plan_tasks"]
    behind = tasks[tasks["overdue_days"] > 0]
    which = _named(behind["division"] + " " + behind["task_code"])
    yield Matter.TASKS_OVERDUE, len(behind), _longest(behind["overdue_days"]), which
    people = frames["people"]
    unaware = [str(state) for state in (*COUNTED, Knowledge.JOINED_LATER) if state is not Knowledge.UNDERSTOOD]
    due = due_day(view)
    # Before the due day of BM-03 nobody is late in being told.
    left = people[people["knowledge"].isin(unaware if due and view.today >= due else [])]
    yield Matter.NOT_INFORMED, len(left), 0, _named(left["division"].drop_duplicates())


def _forms(owed: pd.DataFrame) -> str:
    """Form and division; the period, too, where a division owes the same form for several."""
    names = owed["form"] + " " + owed["division"]
    return _named(names.mask(names.duplicated(keep=False), names + " " + owed["period"]))


def _objectives(rows: pd.DataFrame) -> str:
    return _named((rows["division"] + " " + rows["code"]).drop_duplicates())


def _named(names: pd.Series) -> str:
    return ", ".join(names)


def _longest(days: pd.Series) -> int:
    return int(days.max()) if len(days) else 0
