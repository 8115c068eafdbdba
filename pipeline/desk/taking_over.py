"""What BM-02 of a division takes over from one that was dissolved in mid-year: rows and promises. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.desk.accepted import Accepted
from pipeline.desk.carrying import Row, Rows, as_rows, commitments, open_actions, report_rows
from pipeline.obligations import REPORT, is_former, taker
from pipeline.settings import Period, Settings
from pipeline.settings.succession import own_code, taken_over_code
from pipeline.sheets.objectives import Objectives, Tasks
from pipeline.sheets.results import Actions


@dataclass(frozen=True)
class TakenOver:
    """The rows of a former division in the report of the one that took over, under codes that name it (NCC-MT01)."""

    former: str
    rows: Rows
    commitments: Mapping[str, Row]


def taken_over_by(accepted: Accepted, division: str, period: Period) -> Iterator[TakenOver]:
    """What each former division left to this one for a period."""
    handed = accepted.handed[(accepted.handed["division"] == division) & (accepted.handed["period"] == str(period))]
    for former, own in handed.groupby("former", sort=False):
        yield _taken_over(accepted, str(former), period, own)


def actions_left(accepted: Accepted, settings: Settings, division: str, period: Period) -> Iterator[Row]:
    """The open corrective actions of every division that was closed by the report of a period and left them to this.

    In each report till they are closed: also what was handed over in a report before, or by a division that reported
    on the year in which it was closed.
    """
    due_on = settings.due_dates(period)[REPORT]
    for former in (each.code for each in settings.divisions if is_former(each, due_on)):
        takes = taker(former, str(period), settings)
        for row in as_rows(open_actions(accepted, former, period)):
            code = str(row[Actions.objective])
            if takes(code) == division:
                # What the former division had taken over itself keeps the name that it has.
                named = code if own_code(code)[0] else taken_over_code(former, code)
                yield {**row, Actions.objective: named}


def _taken_over(accepted: Accepted, former: str, period: Period, handed: pd.DataFrame) -> TakenOver:
    plan, codes = int(handed["submission_id"].iloc[0]), frozenset(handed["code"])
    tasks = accepted.of("tasks", plan)
    left = frozenset(tasks.loc[tasks[Tasks.objective].isin(codes), Tasks.task_code])
    rows = report_rows(accepted, former, period, plan)
    named = {Objectives.code: codes, Tasks.task_code: left}
    return TakenOver(
        former,
        {sheet: [*_renamed(of_sheet, former, named)] for sheet, of_sheet in rows.items()},
        {taken_over_code(former, code): row for code, row in commitments(accepted, plan).items() if code in codes},
    )


def _renamed(rows: Sequence[Row], former: str, named: Mapping[str, frozenset[str]]) -> Iterator[Row]:
    """The rows whose code is among the named ones, under the code that names the former division."""
    for row in rows:
        for name in named.keys() & row.keys():
            if row[name] in named[name]:
                yield {**row, name: taken_over_code(former, str(row[name]))}
