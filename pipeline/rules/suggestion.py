"""What a sender may be given to mend a cell: a value derived from the row, or the form of an answer. Pure.

Nothing that neither the sender wrote nor ledger, directory or list holds is ever a value (decision 0062).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from pipeline.findings import Severity, entry_of
from pipeline.rules.choosing import nearest_text, only
from pipeline.rules.days import InsideYear
from pipeline.rules.filled import FilledWhen
from pipeline.rules.results import FitsMeasure
from pipeline.vietnamese import format_date, format_number
from pipeline.vocabulary.choices import Measure
from pipeline.vocabulary.entries import Entry
from pipeline.vocabulary.fields import Kind
from pipeline.wording import say, topic

NOTHING = ""
"""The cell has to be blank, or nothing is derived."""


def proposal(entry: Entry) -> str:
    """A value that the row points to for the field, as a clerk would type it; "" where none is derived.

    By the rules that look at the field, else by what was typed into it.
    """
    rules = entry.schema.rules
    if _wants_blank(entry):
        return NOTHING
    by_worth = sorted(rules, key=lambda rule: rule.is_last_resort)
    proposals = (rule.proposal(entry) for rule in by_worth)
    proposed = next((value for value in proposals if value is not None), None)
    return _BY_KIND[entry.field.kind](entry) if proposed is None else proposed


def illustration(entry: Entry) -> str:
    """The form of what is to be typed into the field, a placeholder at what only the sender knows; "" for a blank."""
    field, words = entry.field, topic("illustrations")
    if _wants_blank(entry):
        return NOTHING
    if _is_answered_by_a_word(entry):
        return say("illustrations.yes_no")
    own = words["field"].get(field.name)
    within = _within(entry) if field.kind in {Kind.NUMBER, Kind.DATE} else NOTHING
    return own or within or say(f"illustrations.kind.{field.kind}", label=field.label)


def _wants_blank(entry: Entry) -> bool:
    return any(rule.wants_blank(entry) for rule in entry.schema.rules)


def _is_answered_by_a_word(entry: Entry) -> bool:
    measures = (
        entry.value(rule.measure)
        for rule in entry.schema.rules
        if isinstance(rule, FitsMeasure) and rule.field == entry.name
    )
    return Measure.YES_NO in measures


def _within(entry: Entry) -> str:
    """The bounds that other cells set to a number or a day; "" where there are none, or none that agree.

    A warning sets none: last year's result is what it is, whatever this year's target asks.
    """
    bounds = entry.bounds(rule for rule in entry.schema.rules if entry_of(rule.code).severity is Severity.ERROR)
    lows = [bound.value for bound in bounds if bound.is_low]
    highs = [bound.value for bound in bounds if not bound.is_low]
    if lows and highs:
        sides = "both" if max(lows) <= min(highs) else NOTHING
    else:
        sides = "low" if lows else "high" if highs else NOTHING
    facts = {"low": _in_words(max(lows)) if lows else NOTHING, "high": _in_words(min(highs)) if highs else NOTHING}
    return say(f"illustrations.{entry.field.kind}.{sides}", **facts) if sides else NOTHING


def _in_words(value: Any) -> str:  # noqa: ANN401 - a number or a day, as the field holds
    return format_number(float(value)) if isinstance(value, int | float) else format_date(value.date())


def _text(_entry: Entry) -> str:
    """Nothing: a free text is the sender's own."""
    return NOTHING


def _day(entry: Entry) -> str:
    """The day that was typed in the form's own year, where only the year was wrong."""
    if entry.typed is None or not entry.year.isdecimal() or not _has(entry, InsideYear):
        return NOTHING
    day = entry.typed + pd.DateOffset(years=int(entry.year) - entry.typed.year)
    return format_date(day.date()) if day != entry.typed and entry.is_in_bounds(day) else NOTHING


def _has(entry: Entry, kind: type) -> bool:
    return any(isinstance(rule, kind) and rule.field == entry.name for rule in entry.schema.rules)


def _figure(_entry: Entry) -> str:
    """Nothing: a figure that no rule derives is the sender's own."""
    return NOTHING


def _choice(entry: Entry) -> str:
    """What was meant by what was typed, or what a filled column beside it is there for, or all that rules leave."""
    options: dict[str, str] = entry.field.options if isinstance(entry.field.options, dict) else {}
    allowed = [key for key in options if _is_allowed(entry.holding(key))]
    if entry.typed is not None and entry.typed not in options:
        meant = nearest_text(entry.typed, {options[key]: options[key] for key in allowed})
        return meant or NOTHING
    needed = only(value for value in dict.fromkeys(_needed_by(entry)) if value in allowed)
    chosen = needed or (only(allowed) if len(options) > 1 else NOTHING)
    return options.get(chosen, NOTHING)


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
