"""Between which days or figures the rules leave room for a value, and the value nearest to a given one in there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.forms.choices import Comparator, Measure
from pipeline.validation.suggesting.asking import Asking, Statistics

_FLOORS = (Comparator.AT_LEAST, Comparator.MORE_THAN)
_CEILINGS = (Comparator.AT_MOST, Comparator.LESS_THAN)


@dataclass(frozen=True)
class Bound:
    """A value may not lie below (``is_low``) or above ``value``; nor on it, when ``is_open``."""

    value: Any
    is_low: bool
    is_open: bool = False


def bounds_of(asking: Asking) -> list[Bound]:
    """Every bound that a rule sets to the field, whether the rule points at the field or at the one beside it."""
    found = [*_of_checks(asking)]
    for kind, said in asking.rules:
        found += _of_pair(asking, kind, said)
        if said["field"] == asking.name:
            found += _of_field(asking, kind, said)
    return [bound for bound in found if bound.value is not None and not pd.isna(bound.value)]


def _of_checks(asking: Asking) -> Iterator[Bound]:
    for check in asking.schema.columns[asking.name].checks:
        if check.name == "greater_than_or_equal_to":
            yield Bound(float(check.statistics["min_value"]), is_low=True)


_ORDERED = {
    # The kind of rule: on which side of the other value the field lies, and whether it may not equal it.
    "not_before": (True, False),
    "not_after": (False, False),
    "not_greater_than": (False, False),
    "greater_than": (True, True),
}


def _of_pair(asking: Asking, kind: str, said: Statistics) -> Iterator[Bound]:
    """What a rule on two columns asks of either of them."""
    if kind in _ORDERED:
        is_low, is_open = _ORDERED[kind]
        if said["field"] == asking.name:
            yield Bound(asking.value(said["other"]), is_low, is_open)
        elif said["other"] == asking.name:
            yield Bound(asking.value(said["field"]), not is_low, is_open)
    elif kind == "due_as_said" and said["due_on"] == asking.name:
        yield Bound(asking.value(said["latest"]), is_low=False)
    elif kind in {"target_not_weaker", "milestone_within_target"}:
        yield from _of_promise(asking, said, is_harder=kind == "target_not_weaker")


def _of_promise(asking: Asking, said: Statistics, *, is_harder: bool) -> Iterator[Bound]:
    """A target asks no less than the baseline, a milestone no more than the target: above or below, by comparator."""
    comparator = asking.value(said["comparator"])
    if comparator not in {*_FLOORS, *_CEILINGS}:
        return
    is_low = (comparator in _FLOORS) == is_harder
    if said["field"] == asking.name:
        yield Bound(asking.value(said["than"]), is_low)
    elif said["than"] == asking.name:
        yield Bound(asking.value(said["field"]), not is_low)


def _of_field(asking: Asking, kind: str, said: Statistics) -> Iterator[Bound]:
    match kind:
        case "inside_year" if asking.year.isdecimal():
            yield Bound(pd.Timestamp(int(asking.year), 1, 1), is_low=True)
            yield Bound(pd.Timestamp(int(asking.year), 12, 31), is_low=False)
        case "not_after_arrival":
            yield Bound(asking.value("arrived_on"), is_low=False)
        case "after_approval":
            yield Bound(asking.value("approved_on"), is_low=True)
        case "in_range_of_measure":
            yield from _of_measure(asking.value(said["measure"]))


def _of_measure(measure: object) -> Iterator[Bound]:
    if measure in {Measure.RATE, Measure.CUMULATIVE}:
        yield Bound(0.0, is_low=True)
    if measure == Measure.RATE:
        yield Bound(100.0, is_low=False)


def nearest(start: Any, bounds: list[Bound]) -> Any:  # noqa: ANN401 - a number or a day, as the bounds are
    """The value nearest to ``start`` that all bounds allow; None where they leave no room."""
    low = max((bound.value for bound in bounds if bound.is_low), default=None)
    high = min((bound.value for bound in bounds if not bound.is_low), default=None)
    if low is not None and high is not None and low > high:
        return None
    value = start if low is None else max(start, low)
    value = value if high is None else min(value, high)
    if any(bound.is_open and bound.value == value for bound in bounds):
        return _stepped_inside(value, low, high)
    return value


def _stepped_inside(value: float, low: float | None, high: float | None) -> float | None:
    """A number beside an open bound: a whole step further in, or half of the way where there is less room."""
    if low is not None and high is not None:
        if low == high:
            return None
        return value + (1 if value == low else -1) if high - low > 1 else (low + high) / 2
    return value + 1 if value == low else value - 1
