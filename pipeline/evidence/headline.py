"""What the sentences at the head of sheet 1 and the table of periods must say."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from pipeline.evidence.figures import Expected
from pipeline.evidence.names import Figure
from pipeline.settings import Period
from pipeline.vocabulary.choices import Status

_GROUPS: Final = {
    "in_time": ("on_time", "accepted_after_due"),
    "late": ("late",),
    "outstanding": ("missing", "empty", "returned", "withdrawn"),
    "not_due": ("not_due", "extended"),
}
"""States as the committee reads them; who is exempt is in none."""


class InPeriod(NamedTuple):
    """Registered objectives reported on in a period that were reached and missed; forms that came in time."""

    reached: int
    not_met: int
    in_time: int


def in_periods(expected: Expected) -> Mapping[str, InPeriod]:
    """Each period that has rows of results, and the workbook's own."""
    periods = [Period.parse(name) for name, rows in expected.history.items() if rows]
    return {str(period): _in_period(expected, period) for period in [*periods, expected.period]}


def _in_period(expected: Expected, period: Period) -> InPeriod:
    statuses = [held.status for held in expected.threads.every if held.period == period]
    states = expected.states_in(period)
    in_time = sum(states[state] for state in _GROUPS["in_time"])
    return InPeriod(statuses.count(Status.MET), statuses.count(Status.NOT_MET), in_time)


def headline(expected: Expected) -> Mapping[str, int]:
    """The figures of the first sentences, by name."""
    figures, states = expected.figures, expected.states_in(expected.period)
    before = in_periods(expected).get(str(expected.period.a_year_before), InPeriod(0, 0, 0))
    groups = {name: sum(states[state] for state in group) for name, group in _GROUPS.items()}
    return {
        "objectives": figures[Figure.REGISTERED],
        "divisions": expected.divisions,
        "reached": figures[Figure.REACHED],
        "judged": figures[Figure.REACHED] + figures[Figure.MISSED],
        "not_met": figures[Figure.MISSED],
        "met_by_estimate": figures[Figure.REACHED_BY_ESTIMATE],
        "not_met_by_estimate": figures[Figure.MISSED_BY_ESTIMATE],
        "agency_not_met": sum(each.status is Status.NOT_MET for each in expected.pooled.values()),
        "owed": sum(groups.values()),
        **groups,
        "reached_year_before": before.reached,
        "judged_year_before": before.reached + before.not_met,
    }
