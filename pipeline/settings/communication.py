"""By when a quality policy that is issued anew in mid-year must have been communicated. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.settings.periods import Period, PeriodKind

POLICY: Final = "BM-03"
"""The form in which each division says who knows the policy (dispatch, duty 5)."""
DatesOfYear = Mapping[PeriodKind, Mapping[str, dt.date]]


@dataclass(frozen=True)
class Reissue:
    """A version of the policy that was approved after the year's BM-03, and the BM-03 in which it is to be told.

    ``due_on``: strictly before it, like every due date.
    """

    version: str
    approved_on: dt.date
    period: Period
    due_on: dt.date


def reissues(
    years: Mapping[int, DatesOfYear], approvals: Iterable[tuple[str, dt.date]], days: int
) -> tuple[Reissue, ...]:
    """The versions approved on or after the due date of their year's BM-03, each due ``days`` after its approval.

    ``approvals``: version and day in order; the first replaces nothing. The BM-03 goes with the first report of the
    year that is due no earlier and has none yet, else with the year's last: a year's own BM-03 belongs to its plan.
    """
    by_period: dict[Period, Reissue] = {}
    for version, approved_on in [*approvals][1:]:
        dates = years.get(approved_on.year, {})
        regular = dates.get(PeriodKind.PLAN, {}).get(POLICY)
        if regular is not None and approved_on >= regular:
            due_on = approved_on + dt.timedelta(days=days)
            for period in _collected_with(approved_on.year, dates, due_on, by_period):
                by_period[period] = Reissue(version, approved_on, period, due_on)
    return tuple(by_period.values())


def _collected_with(
    year: int, dates: DatesOfYear, due_on: dt.date, taken: Mapping[Period, Reissue]
) -> Iterator[Period]:
    """The one period whose BM-03 it is; none where the year asks for no report."""
    reports = [kind for kind in PeriodKind if kind is not PeriodKind.PLAN and dates.get(kind)]
    # A due date that is typed for a BM-03 of its own is the secretary's word.
    without = [kind for kind in reports if POLICY not in dates[kind]]
    free = [kind for kind in without if Period(year, kind) not in taken] or without[-1:]
    in_time = [kind for kind in free if max(dates[kind].values()) >= due_on]
    yield from (Period(year, kind) for kind in (in_time or free[-1:])[:1])
