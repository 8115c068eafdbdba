"""Whether one objective was reached: decision 0008 and the comparators of BM-01, worked out a second time."""

from typing import Final, NamedTuple

from pipeline.evidence.facts import Row
from pipeline.settings import PeriodKind
from pipeline.sheets.objectives import Objectives
from pipeline.sheets.results import Results
from pipeline.vocabulary.choices import Coded, Comparator, Measure, Status, YesNo
from pipeline.vocabulary.fields import coded_column

_NEAR: Final = 1e-9
"""Figures nearer than this are the same."""
_WORDS: Final = {
    Coded.NO_DATA: Status.NO_DATA,
    Coded.NO_CASE: Status.NO_CASE,
    Coded.NOT_APPLICABLE: Status.NO_LONGER,
}


class Judged(NamedTuple):
    """The status of one objective; ``by_estimate``: it rests on what the year is expected to bring."""

    status: Status
    by_estimate: bool = False


def judged(objective: Row, result: Row, kind: PeriodKind) -> Judged:
    """The status of an objective by its result in a report of that kind."""
    word = result.get(coded_column(Results.actual))
    if word in _WORDS:
        return Judged(_WORDS[Coded(word)])
    is_rate = objective[Objectives.measure] == Measure.RATE
    if is_rate and result[Results.denominator] == 0:
        return Judged(Status.NO_CASE)
    is_late = _is_after(objective[Objectives.due_on], result[Results.data_as_of])
    by_estimate = kind is PeriodKind.WHOLE_YEAR and is_late
    value = result.get(Results.full_year_estimate) if by_estimate else _figure(result, is_rate=is_rate)
    answer = result.get(coded_column(Results.full_year_estimate)) if by_estimate else word
    is_answered = answer in set(YesNo) if objective[Objectives.measure] == Measure.YES_NO else value is not None
    if not is_answered and word != Coded.NOT_DONE:
        return Judged(Status.NO_DATA, by_estimate)
    is_met = answer == YesNo.YES if objective[Objectives.measure] == Measure.YES_NO else _is_reached(objective, value)
    is_due = not _is_after(objective[Objectives.due_on], result[Results.data_as_of])
    has_days = bool(objective[Objectives.due_on] and result[Results.data_as_of])
    if kind is PeriodKind.WHOLE_YEAR or (has_days and is_due):
        return Judged(Status.MET if is_met else Status.NOT_MET, by_estimate)
    return Judged(_on_its_way(objective, value, is_met=is_met))


def _is_after(due_on: str | None, day: str | None) -> bool:
    return bool(due_on and day and due_on[:10] > day[:10])


def _figure(result: Row, *, is_rate: bool) -> float | None:
    part, whole = result.get(Results.numerator), result.get(Results.denominator)
    if is_rate and part is not None and whole is not None and whole > 0:
        return float(100 * part / whole)
    return result.get(Results.actual)


def _is_reached(objective: Row, value: float | None) -> bool:
    target, upper = objective.get(Objectives.target), objective.get(Objectives.target_upper)
    if value is None or target is None:
        return False
    highest = target if upper is None else upper
    lower, higher = value < target - _NEAR, value > target + _NEAR
    sides = {
        Comparator.AT_LEAST: not lower,
        Comparator.MORE_THAN: higher,
        Comparator.AT_MOST: not higher,
        Comparator.LESS_THAN: lower,
        Comparator.EXACTLY: not lower and not higher,
        Comparator.BETWEEN: upper is not None and not lower and value <= highest + _NEAR,
    }
    comparator = objective[Objectives.comparator]
    return comparator is not None and sides[Comparator(comparator)]


def _on_its_way(objective: Row, value: float | None, *, is_met: bool) -> Status:
    """At six months, before the objective is due: what later months cannot undo, and the milestone."""
    comparator, target = objective[Objectives.comparator], objective.get(Objectives.target)
    bounded = comparator not in (Comparator.AT_LEAST, Comparator.MORE_THAN, None)
    only_grows = objective[Objectives.measure] == Measure.CUMULATIVE and bounded
    bound = objective.get(Objectives.target_upper) if comparator == Comparator.BETWEEN else target
    if only_grows and value is not None and bound is not None:
        at_bound = comparator == Comparator.LESS_THAN and value >= bound - _NEAR
        if value > bound + _NEAR or at_bound:
            return Status.NOT_MET
    if is_met and not only_grows:
        return Status.MET
    milestone = objective.get(Objectives.milestone)
    if milestone is not None and not _has_come_to(objective, value, milestone):
        return Status.NOT_MET
    return Status.NOT_DUE


def _has_come_to(objective: Row, value: float | None, milestone: float) -> bool:
    """Under *đúng bằng* and *trong khoảng* a milestone is come to from the side on which it lies."""
    comparator, target = objective[Objectives.comparator], objective.get(Objectives.target)
    upper = objective.get(Objectives.target_upper)
    highest = target if upper is None else upper
    is_exact = comparator == Comparator.EXACTLY and milestone == target
    if comparator in (Comparator.EXACTLY, Comparator.BETWEEN) and not is_exact:
        from_above = highest is not None and milestone > highest + _NEAR
        comparator = Comparator.AT_MOST if from_above else Comparator.AT_LEAST
    return _is_reached({Objectives.comparator: comparator, Objectives.target: milestone}, value)
