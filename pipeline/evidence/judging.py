"""Whether one objective was reached: decision 0008 and the comparators of BM-01, worked out a second time."""

from typing import Final, NamedTuple

from pipeline.evidence.facts import Row
from pipeline.settings import PeriodKind
from pipeline.sheets.objectives import Objectives
from pipeline.sheets.results import Results
from pipeline.vocabulary.choices import Coded, Comparator, Measure, RangeBeaten, Status, YesNo
from pipeline.vocabulary.fields import coded_column

_NEAR: Final = 1e-9
"""Figures nearer than this are the same."""
_WORDS: Final = {
    Coded.NO_DATA: Status.NO_DATA,
    Coded.NO_CASE: Status.NO_CASE,
    Coded.NOT_APPLICABLE: Status.NO_LONGER,
}


class _Answer(NamedTuple):
    """What a report says of an objective: a figure, or a word in its place."""

    value: float | None
    word: str | None


def judged(objective: Row, result: Row, kind: PeriodKind) -> Status:
    """The status of an objective by its result in a report of that kind."""
    is_rate = objective[Objectives.measure] == Measure.RATE
    answer = _Answer(_figure(result, is_rate=is_rate), result.get(coded_column(Results.actual)))
    estimate = _Answer(result.get(Results.full_year_estimate), result.get(coded_column(Results.full_year_estimate)))
    is_withdrawn = result.get(Results.self_assessment) == Status.NO_LONGER
    if is_withdrawn or answer.word in _WORDS:
        return Status.NO_LONGER if is_withdrawn else _WORDS[Coded(str(answer.word))]
    if is_rate and result[Results.denominator] == 0:
        return Status.NO_CASE
    due_on, day = objective[Objectives.due_on], result[Results.data_as_of]
    is_early = bool(due_on and day and due_on[:10] > day[:10])
    is_year = kind is PeriodKind.WHOLE_YEAR
    is_open = is_year and is_early and not _is_decided(objective, result, answer, estimate)
    if is_open and _is_answered(objective, estimate):
        return Status.MET_BY_ESTIMATE if _is_met(objective, estimate) else Status.NOT_MET_BY_ESTIMATE
    if answer.word != Coded.NOT_DONE and (is_open or not _is_answered(objective, answer)):
        return Status.NO_DATA
    if is_year or bool(due_on and day and not is_early):
        return Status.MET if _is_met(objective, answer) else Status.NOT_MET
    return _on_its_way(objective, answer)


def _is_decided(objective: Row, result: Row, answer: _Answer, estimate: _Answer) -> bool:
    """Whether the year can bring nothing else: a bound is broken, or the report itself settles it."""
    if _is_beyond_bound(objective, answer.value):
        return True
    if _is_answered(objective, estimate) and not _is_met(objective, estimate):
        return False
    if _is_met(objective, answer):
        return not _can_still_break(objective)
    return result.get(Results.self_assessment) in (Status.NOT_MET, Status.NOT_MET_BY_ESTIMATE)


def _figure(result: Row, *, is_rate: bool) -> float | None:
    part, whole = result.get(Results.numerator), result.get(Results.denominator)
    if is_rate and part is not None and whole is not None and whole > 0:
        return float(100 * part / whole)
    return result.get(Results.actual)


def _is_answered(objective: Row, answer: _Answer) -> bool:
    return answer.word in set(YesNo) if objective[Objectives.measure] == Measure.YES_NO else answer.value is not None


def _is_met(objective: Row, answer: _Answer) -> bool:
    if objective[Objectives.measure] == Measure.YES_NO:
        return answer.word == YesNo.YES
    return _is_reached(objective, answer.value) or _beats_its_range(objective, answer.value)


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


def _open_end(objective: Row) -> RangeBeaten | None:
    """On which side a range may be beaten; None where the objective is no range."""
    if objective[Objectives.comparator] != Comparator.BETWEEN:
        return None
    answer, upper = objective.get(Objectives.range_beaten), objective.get(Objectives.target_upper)
    if answer is not None:
        return RangeBeaten(answer)
    baseline, milestone = objective.get(Objectives.baseline), objective.get(Objectives.milestone)
    begins = None if objective[Objectives.measure] == Measure.CHANGE else baseline
    falls = upper is not None and any(figure is not None and figure > upper + _NEAR for figure in (begins, milestone))
    return RangeBeaten.BELOW if falls else RangeBeaten.ABOVE


def _beats_its_range(objective: Row, value: float | None) -> bool:
    target, upper, end = objective.get(Objectives.target), objective.get(Objectives.target_upper), _open_end(objective)
    if value is None:
        return False
    above = end is RangeBeaten.ABOVE and upper is not None and value > upper + _NEAR
    return above or (end is RangeBeaten.BELOW and target is not None and value < target - _NEAR)


def _can_still_break(objective: Row) -> bool:
    """A number that only grows may yet pass an upper bound that is not to be beaten."""
    bounded = objective[Objectives.comparator] not in (Comparator.AT_LEAST, Comparator.MORE_THAN, None)
    grows = objective[Objectives.measure] == Measure.CUMULATIVE
    return grows and bounded and _open_end(objective) is not RangeBeaten.ABOVE


def _is_beyond_bound(objective: Row, value: float | None) -> bool:
    comparator = objective[Objectives.comparator]
    bound = objective.get(Objectives.target_upper if comparator == Comparator.BETWEEN else Objectives.target)
    if value is None or bound is None or not _can_still_break(objective):
        return False
    return bool(value > bound + _NEAR or (comparator == Comparator.LESS_THAN and value >= bound - _NEAR))


def _on_its_way(objective: Row, answer: _Answer) -> Status:
    """At six months, before the objective is due: what later months cannot undo, and the milestone."""
    if _is_beyond_bound(objective, answer.value):
        return Status.NOT_MET
    if _is_met(objective, answer) and not _can_still_break(objective):
        return Status.MET
    milestone = objective.get(Objectives.milestone)
    if milestone is not None and not _has_come_to(objective, answer.value, milestone):
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
