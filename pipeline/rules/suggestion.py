"""A value that a field of a row would take, derived from the row's own context, for the words "an example". Pure."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from pipeline.rules.days import InsideYear
from pipeline.rules.filled import FilledWhen
from pipeline.rules.values import WholeUnlessMoney
from pipeline.vietnamese import format_date, read_date, read_number
from pipeline.vocabulary.entries import Entry, typed_figure
from pipeline.vocabulary.fields import EXAMPLE_YEAR, Kind
from pipeline.vocabulary.limits import Whole

NOTHING = ""
"""No value would do, or only the sender can know one."""


def suggestion(entry: Entry) -> str:
    """A value that the field would take, as a clerk would type it; "" where nothing can be typed that would do.

    By the rules that look at the field, else by what it holds, else the example that its form gives.
    """
    rules = entry.schema.rules
    if any(rule.wants_blank(entry) for rule in rules):
        return NOTHING
    by_worth = sorted(rules, key=lambda rule: rule.is_last_resort)
    proposals = (rule.proposal(entry) for rule in by_worth)
    proposed = next((value for value in proposals if value is not None), None)
    return _BY_KIND[entry.field.kind](entry) if proposed is None else proposed


def _text(entry: Entry) -> str:
    return entry.field.example


def _day(entry: Entry) -> str:
    """The day that was typed, or the form's example brought into the form's year, moved to where the rules allow it."""
    example = read_date(entry.field.example).value
    start = entry.typed or (pd.Timestamp(example) if example else None)
    if start is None:
        bounds = entry.bounds()
        return format_date(bounds[0].value.date()) if bounds else NOTHING
    if entry.year.isdecimal() and (entry.typed is None or _has(entry, InsideYear)):
        written_for = start.year if entry.typed is not None else EXAMPLE_YEAR
        start = start + pd.DateOffset(years=int(entry.year) - written_for)
    day = entry.nearest(start)
    return NOTHING if day is None else format_date(day.date())


def _has(entry: Entry, kind: type) -> bool:
    return any(isinstance(rule, kind) and rule.field == entry.name for rule in entry.schema.rules)


def _figure(entry: Entry) -> str:
    """The figure that was typed, or the form's example, moved to where the rules allow it."""
    example = read_number(entry.field.example).value
    start = entry.typed if entry.typed is not None else example
    figure = None if start is None else entry.nearest(float(start))
    if figure is None:
        return NOTHING
    return typed_figure(float(round(figure)) if _is_counted(entry) else round(figure, 10))


def _is_counted(entry: Entry) -> bool:
    """Whether the figure has to be whole."""
    for rule in entry.schema.rules:
        if isinstance(rule, WholeUnlessMoney) and rule.field == entry.name:
            return rule.wants_whole(entry)
    return Whole() in entry.field.limits


def _choice(entry: Entry) -> str:
    """What a filled column beside it is there for, else the form's example, else another that the rules allow."""
    options: dict[str, str] = entry.field.options if isinstance(entry.field.options, dict) else {}
    if entry.field.any_other or not options:
        return entry.field.example
    example = next((key for key, words in options.items() if entry.field.example in {key, words}), "")
    ordered = dict.fromkeys([*_needed_by(entry), *([example] if example else []), *options])
    chosen = next((value for value in ordered if _is_allowed(entry.holding(value))), example)
    return options.get(chosen, entry.field.example)


def _is_allowed(entry: Entry) -> bool:
    return all(rule.allows(entry) for rule in entry.schema.rules)


def _needed_by(entry: Entry) -> Iterator[str]:
    """The values in whose case alone a column must be filled that is filled: *trong khoảng* beside a Cận trên."""
    for rule in entry.schema.rules:
        if isinstance(rule, FilledWhen) and rule.when.column == entry.name and entry.value(rule.field) is not None:
            yield from rule.when.matching


_BY_KIND: Mapping[Kind, Callable[[Entry], str]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.NUMBER: _figure,
    Kind.DATE: _day,
}
