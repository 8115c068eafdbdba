"""The agency's own objectives, added up a second time from what the divisions accepted reports say."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pipeline.evidence.facts import Row
from pipeline.evidence.judging import judged
from pipeline.settings import AgencyObjective, Period, PeriodKind, Settings
from pipeline.sheets.objectives import Objectives
from pipeline.sheets.results import Results
from pipeline.vocabulary.choices import Comparator, Measure, Status

Part = tuple[str, Row, Row | None]
"""A division, its objective, and what it reported of it."""
_FLOORS: Final = Comparator.floors()


class Pooled(NamedTuple):
    """One of the agency's objectives: how many divisions gave all their figures, of how many, and what they add up to.

    ``value``: percent or a sum; None where nothing is added.
    """

    divisions_in: int
    divisions: int
    value: float | None
    status: Status | None


def of_year(settings: Settings, period: Period) -> Iterator[AgencyObjective]:
    """The agency's objectives in force on at least one day of the year."""
    for each in settings.agency_objectives:
        if (each.valid_from or dt.date.min).year <= period.year <= (each.valid_to or dt.date.max).year:
            yield each


def pooled(objective: AgencyObjective, parts: Sequence[Part], period: Period) -> Pooled:
    """What the divisions' parts in one of the agency's objectives give."""
    given: dict[str, bool] = {}
    for division, row, result in parts:
        is_given = result is not None and judged(row, result, period.kind) is not Status.NO_DATA
        given[division] = given.get(division, True) and is_given
    added = [(row, result) for _, row, result in parts if result is not None and _is_added(objective, row, result)]
    numerator, denominator = (
        sum(result[name] for _, result in added if result.get(name) is not None) for name in _HALVES
    )
    is_rate = objective.measure == Measure.RATE
    total = sum(result[Results.actual] for _, result in added) if not is_rate else 0.0
    share = 100 * numerator / denominator if denominator else None
    value = share if is_rate else total
    status = _status(objective, {_HALVES[0]: numerator, _HALVES[1]: denominator}, value, period) if added else None
    is_open = sum(given.values()) < len(given)
    may_grow = objective.measure == Measure.CUMULATIVE and objective.comparator in _FLOORS
    if is_open and may_grow and status is Status.NOT_MET:
        status = None
    return Pooled(sum(given.values()), len(given), value if added else None, status)


_HALVES: Final = (Results.numerator, Results.denominator)


def _is_added(objective: AgencyObjective, row: Row, result: Row) -> bool:
    """Rates are pooled from both halves; sums are added in the agency's unit."""
    if row[Objectives.measure] != objective.measure:
        return False
    if objective.measure == Measure.RATE:
        return all(result.get(name) is not None for name in _HALVES)
    is_alike = (row.get(Objectives.unit) or "") == (objective.unit or "")
    return objective.measure == Measure.CUMULATIVE and is_alike and result.get(Results.actual) is not None


def _status(
    objective: AgencyObjective, halves: Mapping[str, float], value: float | None, period: Period
) -> Status | None:
    """Held like an objective that falls due at the year's end; the report of the whole year is final."""
    year_end = f"{period.year}-12-31"
    is_final = period.kind is PeriodKind.WHOLE_YEAR
    promise = {
        Objectives.measure: objective.measure,
        Objectives.comparator: objective.comparator,
        Objectives.target: objective.target,
        Objectives.target_upper: objective.target_upper,
        Objectives.due_on: year_end,
    }
    day = year_end if is_final else f"{period.year}-01-01"
    return judged(promise, {**halves, Results.actual: value, Results.data_as_of: day}, period.kind)
