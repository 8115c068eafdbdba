"""What a division that was dissolved in mid-year leaves to others: objectives, tasks, and who reports on them."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

import pandas as pd

from pipeline.obligations.counting import OBLIGATION, REPORT, plans_in_force
from pipeline.obligations.duties import last_good_day, owes
from pipeline.settings import Division, Period, Settings
from pipeline.settings.succession import heirs_of, own_code, taken_over_code
from pipeline.sheets.objectives import Objectives, Tasks

HANDED: Final = ["division", "period", "submission_id", "former", "code"]
"""Who reports, for which period, on which objective (its own code) of which BM-01 of which former division."""


class Unsettled(NamedTuple):
    """A division that left a plan behind, and what the directory does not say of it.

    ``heirs``: several of them, and no objective is named for any; none: nobody takes over.
    """

    former: str
    period: str
    heirs: tuple[str, ...]


def handed_over(settings: Settings, submissions: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """One row an objective and report of which another division has to tell (columns: ``HANDED``).

    A report is due from whoever is there on its last good day; the BM-01 of a division that was closed before is held
    as if it still had to report. ``objectives``: the accepted rows of BM-01.
    """
    left = _left_behind(settings, submissions)
    rows = left.rename(columns={"division": "former"}).merge(objectives[["submission_id", "code"]], on="submission_id")
    every = rows[["former", "period", "code"]].itertuples(index=False, name=None)
    takers = {(former, period): taker(former, period, settings) for former, period in _owners(left)}
    division = pd.Series([takers[former, period](code) for former, period, code in every], rows.index, dtype="str")
    return rows.assign(division=division).dropna(subset=["division"])[HANDED].reset_index(drop=True)


def unsettled(settings: Settings, submissions: pd.DataFrame) -> Iterator[Unsettled]:
    """The successions that the secretary has to decide."""
    for former, period in _owners(_left_behind(settings, submissions)):
        heirs = heirs_of(_division(settings, former).successor)
        codes = tuple(dict.fromkeys(filter(None, (_answering(heir.code, period, settings) for heir in heirs))))
        is_undecided = len(codes) > 1 and not any(heir.objectives for heir in heirs)
        if not codes or is_undecided:
            yield Unsettled(former, period, codes)


def taken_over(rows: pd.DataFrame, handed: pd.DataFrame) -> pd.DataFrame:
    """The objectives or tasks that others report on, by division and period, under codes that name the former one."""
    is_tasks = Tasks.task_code in rows
    key = Tasks.objective if is_tasks else Objectives.code
    both = handed.rename(columns={"code": key}).merge(rows, on=["submission_id", key])
    coded = [key, Tasks.task_code] if is_tasks else [key]
    renamed = {
        name: [taken_over_code(*pair) for pair in zip(both["former"], both[name], strict=True)] for name in coded
    }
    return both.assign(**{name: pd.Series(codes, both.index, dtype="str") for name, codes in renamed.items()})


def with_taken_over(rows: pd.DataFrame, plans: pd.DataFrame, handed: pd.DataFrame) -> pd.DataFrame:
    """The objectives or tasks of the BM-01 that each period is held against, then those that others report on."""
    return pd.concat([plans.merge(rows, on="submission_id"), taken_over(rows, handed)], ignore_index=True)


def is_taken_over(codes: pd.Series) -> pd.Series:
    """Which codes are those of a former division."""
    return codes.str.contains("-", regex=False)


def own_codes(codes: pd.Series) -> pd.Series:
    """The codes as the division gave them that planned the objectives."""
    return codes.map(lambda code: own_code(code)[1], na_action="ignore").astype("str")


def _left_behind(settings: Settings, submissions: pd.DataFrame) -> pd.DataFrame:
    """The reports that nobody owes since their division was closed in the year: division, period, submission_id."""
    rows = [
        (REPORT, division.code, str(period), pd.Timestamp(due_on))
        for period in settings.periods
        if (due_on := settings.due_dates(period).get(REPORT))
        for division in settings.divisions
        if _is_closed_before(division, period, due_on)
    ]
    dtypes = {**dict.fromkeys(OBLIGATION, "str"), "due_on": "datetime64[us]"}
    return plans_in_force(submissions, pd.DataFrame(rows, columns=[*OBLIGATION, "due_on"]).astype(dtypes))


def is_former(division: Division, due_on: dt.date) -> bool:
    """Whether a division that had to report was closed before the last good day of a report."""
    end = division.valid_to
    return division.in_scope and REPORT in division.owes and end is not None and end < last_good_day(due_on)


def _is_closed_before(division: Division, period: Period, due_on: dt.date) -> bool:
    """The same in the year of the report alone."""
    end = division.valid_to
    return end is not None and end.year == period.year and is_former(division, due_on)


def _owners(left: pd.DataFrame) -> list[tuple[str, str]]:
    return [*left[["division", "period"]].itertuples(index=False, name=None)]


def taker(former: str, period: str, settings: Settings) -> Callable[[str], str | None]:
    """Which division reports on each objective of a former one: who it is named for, else the first that is there."""
    heirs = [
        (heir, _answering(heir.code, period, settings)) for heir in heirs_of(_division(settings, former).successor)
    ]
    first = next((answering for _, answering in heirs if answering), None)
    named: Mapping[str, str | None] = {code: answering for heir, answering in heirs for code in heir.objectives}
    return lambda code: named.get(code) or first


def _answering(code: str, period: str, settings: Settings) -> str | None:
    """The first of a division and its own successors that has to submit the report of the period."""
    due_on = settings.due_dates(Period.parse(period))[REPORT]
    line = [settings.division(each) for each in (code, *settings.successors_of(code))]
    return next((each.code for each in line if each is not None and owes(each, REPORT, due_on)), None)


def _division(settings: Settings, code: str) -> Division:
    return next(division for division in settings.divisions if division.code == code)
