"""What to suggest: by the rules of the field, else by what it holds, else the example that its form gives."""

from collections.abc import Callable, Mapping

import pandas as pd

from pipeline.forms import Kind
from pipeline.forms.vocabulary import EXAMPLE_YEAR
from pipeline.validation.suggesting.asking import Asking, typed_figure
from pipeline.validation.suggesting.bounds import bounds_of, nearest
from pipeline.validation.suggesting.lookups import LOOKUPS
from pipeline.validation.suggesting.options import fitting_option
from pipeline.validation.suggesting.shares import agreeing
from pipeline.vietnamese import format_date, is_money, read_date, read_number

NOTHING = ""
"""No value would do, or only the sender can know one."""


def suggestion(asking: Asking) -> str:
    """A value that the field would take, as a clerk would type it; "" where nothing can be typed that would do."""
    if _must_be_blank(asking):
        return NOTHING
    answers = (
        lookup(asking, said) for kind, lookup in LOOKUPS.items() if (said := asking.own_rules.get(kind)) is not None
    )
    found = next((answer for answer in answers if answer is not None), None)
    if found is None:
        found = agreeing(asking)
    return _BY_KIND[asking.field.kind](asking) if found is None else found


def _must_be_blank(asking: Asking) -> bool:
    """Whether a rule wants nothing there in the case of this row."""
    when = [said["when"] for kind, said in asking.rules if kind == "blank_when" and said["field"] == asking.name]
    unless = [said["unless"] for kind, said in asking.rules if kind == "blank_unless" and said["field"] == asking.name]
    decided = [case for case in unless if all(asking.value(column) is not None for column in case)]
    return any(map(asking.holds, when)) or not all(map(asking.holds, decided))


def _text(asking: Asking) -> str:
    return asking.field.example


def _day(asking: Asking) -> str:
    """The day that was typed, or the form's example brought into the form's year, moved to where the rules allow it."""
    example = read_date(asking.field.example).value
    start = asking.typed or (pd.Timestamp(example) if example else None)
    bounds = bounds_of(asking)
    if start is None:
        return format_date(bounds[0].value.date()) if bounds else NOTHING
    if asking.year.isdecimal() and (asking.typed is None or asking.own_rules.get("inside_year")):
        written_for = start.year if asking.typed is not None else EXAMPLE_YEAR
        start = start + pd.DateOffset(years=int(asking.year) - written_for)
    day = nearest(start, bounds)
    return NOTHING if day is None else format_date(day.date())


def _figure(asking: Asking) -> str:
    """The figure that was typed, or the form's example, moved to where the rules allow it."""
    example = read_number(asking.field.example).value
    start = asking.typed if asking.typed is not None else example
    if start is None:
        return NOTHING
    figure = nearest(float(start), bounds_of(asking))
    if figure is None:
        return NOTHING
    return typed_figure(float(round(figure)) if _is_counted(asking) else round(figure, 10))


def _is_counted(asking: Asking) -> bool:
    """Whether the figure has to be whole."""
    counted = asking.own_rules.get("whole_unless_money")
    if counted is not None:
        return not is_money(str(asking.value(counted["unit"]) or ""))
    return any(check.name == "is_whole" for check in asking.schema.columns[asking.name].checks)


_BY_KIND: Mapping[Kind, Callable[[Asking], str]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: fitting_option,
    Kind.NUMBER: _figure,
    Kind.DATE: _day,
}
