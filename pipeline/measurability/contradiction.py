"""Where a sentence and the columns beside it contradict each other: number, unit, direction, date."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isclose, isnan

from pipeline.measurability.quantities import PERCENT, RANK_UNIT
from pipeline.measurability.reading import Reading, Sign, Span, Target
from pipeline.measurability.scale import TIME, kind_of_unit, scaled
from pipeline.sheets.objectives import Objectives
from pipeline.vocabulary.choices import Comparator

_FLOORS = frozenset({Sign.AT_LEAST, Sign.MORE_THAN})
_CEILINGS = frozenset({Sign.AT_MOST, Sign.LESS_THAN})
_FALL = "down"
"""A fall may stand in the columns as a negative change: "giảm ít nhất 5%" is không quá -5."""
_SIGNS = {
    Comparator.AT_LEAST: Sign.AT_LEAST,
    Comparator.AT_MOST: Sign.AT_MOST,
    Comparator.EXACTLY: Sign.EXACTLY,
    Comparator.MORE_THAN: Sign.MORE_THAN,
    Comparator.LESS_THAN: Sign.LESS_THAN,
    Comparator.BETWEEN: Sign.RANGE,
}


class Against(StrEnum):
    """In what a sentence and its columns differ."""

    NUMBER = "number"
    UNIT = "unit"
    DIRECTION = "direction"
    DEADLINE = "deadline"


@dataclass(frozen=True)
class Contradiction:
    """One contradiction: the words of the sentence, where they stand, and the fields that say otherwise."""

    against: Against
    span: Span
    words: str
    fields: tuple[str, ...]


def contradictions(reading: Reading, columns: Mapping[str, object]) -> tuple[Contradiction, ...]:
    """Hold a sentence against the columns of its row, named as in BM-01; blank columns contradict nothing.

    A bare figure agrees with đúng bằng and ít nhất, "còn n" with đúng bằng and không quá. A sentence with several
    targets agrees with a row that takes up one of them.
    """
    contradictory = [*_of_figures(reading, columns), *_of_deadline(reading, columns)]
    return tuple(contradictory)


def _of_figures(reading: Reading, columns: Mapping[str, object]) -> list[Contradiction]:
    value, unit = _number(columns.get(Objectives.target)), columns.get(Objectives.unit)
    if not reading.targets or value is None:
        return []
    written = unit if isinstance(unit, str) else ""
    same_kind = [target for target in reading.targets if _kinds_agree(target, written)]
    meant = next((target for target in same_kind if _has_value(target, value, columns, written)), None)
    if meant:
        return _of_direction(reading, meant, columns)
    if any(target.change == _FALL and _has_value(target, -value, columns, written) for target in same_kind):
        return []
    nearest = (same_kind or reading.targets)[0]
    if not same_kind and _has_value(nearest, value, columns, ""):
        return [_contradiction(reading, Against.UNIT, nearest.span, Objectives.unit)]
    return [_contradiction(reading, Against.NUMBER, nearest.span, *_bounds(nearest, value, columns, written))]


def _number(cell: object) -> float | None:
    """The number of a cell; a blank one of a frame is NaN."""
    return float(cell) if isinstance(cell, (int, float)) and not isnan(cell) else None


def _contradiction(reading: Reading, against: Against, span: Span, *fields: str) -> Contradiction:
    return Contradiction(against, span, reading.text[span.start : span.end], fields)


def _kinds_agree(target: Target, unit: str) -> bool:
    """Things that are counted have many names; only a share, money, time and a count are told apart."""
    return not target.unit or not unit or kind_of_unit(target.unit) == kind_of_unit(unit)


def _has_value(target: Target, value: float, columns: Mapping[str, object], unit: str) -> bool:
    upper = _number(columns.get(Objectives.target_upper))
    lows = [_same(value, unit, number, target.unit or "") for number in (target.readings or target.values)]
    if target.upper is None or upper is None:
        return any(lows)
    return lows[0] and _same(upper, unit, target.upper, target.unit or "")


def _bounds(target: Target, value: float, columns: Mapping[str, object], unit: str) -> tuple[str, str]:
    """The fields of the two ends, first the one that differs."""
    lower_agrees = target.upper is not None and _same(value, unit, target.value, target.unit or "")
    is_range = _number(columns.get(Objectives.target_upper)) is not None
    ends = (Objectives.target, Objectives.target_upper)
    return (ends[1], ends[0]) if is_range and lower_agrees else ends


def _same(value: float, unit: str, stated: float, stated_unit: str) -> bool:
    if not unit or not stated_unit:
        return isclose(value, stated, rel_tol=1e-9, abs_tol=1e-9)
    ours, theirs = scaled(value, unit), scaled(stated, stated_unit)
    if kind_of_unit(unit) == TIME and ours.unit != theirs.unit:
        return False
    return isclose(ours.value, theirs.value, rel_tol=1e-9, abs_tol=1e-9)


def _of_direction(reading: Reading, target: Target, columns: Mapping[str, object]) -> list[Contradiction]:
    word = columns.get(Objectives.comparator)
    sign = _SIGNS[Comparator(word)] if isinstance(word, str) and word in {str(one) for one in Comparator} else None
    if sign is None or not _are_opposite(target, sign):
        return []
    return [_contradiction(reading, Against.DIRECTION, target.sign_span or target.span, Objectives.comparator)]


def _are_opposite(target: Target, sign: Sign) -> bool:
    if target.bare and target.unit != RANK_UNIT and not target.change and target.value > 0:
        # "đạt 95%" is a floor in practice; of days and costs it may be either.
        return sign in _CEILINGS and kind_of_unit(target.unit or "") in {PERCENT, ""}
    return (target.sign in _FLOORS and sign in _CEILINGS) or (target.sign in _CEILINGS and sign in _FLOORS)


def _of_deadline(reading: Reading, columns: Mapping[str, object]) -> list[Contradiction]:
    due_on = columns.get(Objectives.due_on)
    if not isinstance(due_on, dt.date):
        return []
    due = due_on.date() if isinstance(due_on, dt.datetime) else due_on
    dated = [(day, deadline) for deadline in reading.deadlines if (day := deadline.last_day(due.year))]
    if not dated:
        return []
    last, deadline = max(dated, key=lambda pair: pair[0])
    return [_contradiction(reading, Against.DEADLINE, deadline.span, Objectives.due_on)] if due > last else []
