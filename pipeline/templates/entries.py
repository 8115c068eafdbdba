"""The data validation of a field: what its cells accept, and the words shown while they are filled."""

from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from pipeline.excel.entry import LONGEST_MESSAGE, LONGEST_TITLE, Entry, utf16_length
from pipeline.formulas.expressions import is_listed
from pipeline.templates.bounds import Bounds, bounds_of
from pipeline.templates.drop_downs import DropDowns, is_by_code
from pipeline.vocabulary.fields import Field, Kind
from pipeline.vocabulary.limits import AtLeast, Length, OneOf, Whole
from pipeline.vocabulary.lists import options_of
from pipeline.wording import say

_FIRST_DAY: Final = 36_526
_LAST_DAY: Final = 73_050
"""1 January 2000 and 31 December 2099 as Excel's serials."""
_LARGEST: Final = 1e15
_NOT_A_NUMBER, _NOT_A_DAY = "V301", "V302"

Accepted: TypeAlias = dict[str, object]


def entry_of(field: Field, choices: DropDowns, cell: str) -> Entry:
    """The validation of a field; ``cell`` is the first cell of its block (F7), for rules that name it."""
    bounds = bounds_of(field)
    rule = _coded(field, choices, cell) if field.coded else _plain(field, bounds, choices)
    said = Entry(title=_cut(field.label, LONGEST_TITLE), prompt=prompt_of(field, choices, rule.code))
    if not rule.accepts:
        return said
    return replace(
        said,
        accepts=rule.accepts,
        error_title=say("template.entry.error_title", code=rule.code),
        error=rule.error,
        severity="information" if field.any_other else "stop",
    )


def prompt_of(field: Field, choices: DropDowns, code: str) -> str:
    """What Excel says when a cell is entered: the field's hint, an example where both fit, the error box's code."""
    named = "\n" + say("template.entry.code", code=code) if code else ""
    return _fitting(field, choices, LONGEST_MESSAGE - utf16_length(named)) + named


def _fitting(field: Field, choices: DropDowns, room: int) -> str:
    hint = field.hint or _hint_by_kind(field)
    candidates = []
    if field.options is not None and is_by_code(options_of(field, choices.lists)):
        candidates = [_with_beginnings(hint, field, choices), say("template.entry.more_in_guide", hint=hint)]
    elif field.example:
        candidates = [say("template.entry.prompt_with_example", hint=hint, example=field.example)]
    fitting = (text for text in candidates if utf16_length(text) <= room)
    return next(fitting, _cut(hint, room))


def _hint_by_kind(field: Field) -> str:
    if field.kind is Kind.CHOICE:
        return say("template.entry.choose")
    return say("template.entry.fill", label=field.label)


def _with_beginnings(hint: str, field: Field, choices: DropDowns) -> str:
    """The hint and how each long item begins, up to its first colon: "CS1: Tuân thủ pháp luật"."""
    lines = [hint]
    for code, words in options_of(field, choices.lists).items():
        plain = words.removeprefix(f"{code} - ")
        lines.append(f"{code}: {_cut(plain.split(':')[0], 40)}")
    return "\n".join(lines)


@dataclass(frozen=True)
class _Accepting:
    """What is accepted, and what is said when something else is typed."""

    accepts: Accepted
    error: str = ""
    code: str = ""


def _plain(field: Field, bounds: Bounds, choices: DropDowns) -> _Accepting:
    match field.kind:
        case Kind.CHOICE:
            return _listed(field, choices)
        case Kind.NUMBER:
            return _number(bounds)
        case Kind.DATE:
            return _Accepting(_between("date", _FIRST_DAY, _LAST_DAY), say("template.entry.not_day"), _NOT_A_DAY)
        case Kind.TEXT:
            return _text(bounds)


def _listed(field: Field, choices: DropDowns) -> _Accepting:
    name = choices.name_of(field)
    if not name:
        return _Accepting({})
    error = "not_listed_yet" if field.any_other else "not_listed"
    return _Accepting({"validate": "list", "source": f"={name}"}, say(f"template.entry.{error}"), OneOf.code)


def _number(bounds: Bounds) -> _Accepting:
    lowest = -_LARGEST if bounds.lowest is None else bounds.lowest
    kind = "integer" if bounds.whole else "decimal"
    return _Accepting(_between(kind, lowest, _LARGEST), _number_error(bounds), _number_code(bounds))


def _number_code(bounds: Bounds) -> str:
    if bounds.whole:
        return Whole.code
    return _NOT_A_NUMBER if bounds.lowest is None else AtLeast.code


def _number_error(bounds: Bounds) -> str:
    if bounds.whole:
        return say("template.entry.not_whole")
    return say("template.entry.not_number" if bounds.lowest is None else "template.entry.not_from_zero")


def _text(bounds: Bounds) -> _Accepting:
    if bounds.is_code:
        return _Accepting({})
    error = say("template.entry.not_length", shortest=bounds.shortest, longest=bounds.longest)
    return _Accepting(_between("length", bounds.shortest, bounds.longest), error, Length.code)


def _coded(field: Field, choices: DropDowns, cell: str) -> _Accepting:
    """A number or a date, or one of the coded words: Excel has no such kind, so a formula says it."""
    is_day = field.kind is Kind.DATE
    value = f"ISNUMBER({cell})"
    if is_day:
        value = f"AND({value},{cell}>={_FIRST_DAY},{cell}<={_LAST_DAY})"
    formula = f"=OR({value},{is_listed(cell, choices.name_of_coded(field))})"
    error = say(
        "template.entry.not_coded",
        error=say("template.entry.not_day" if is_day else "template.entry.not_number"),
        words=", ".join(field.coded),
    )
    return _Accepting(
        {"validate": "custom", "value": formula}, _cut(error, LONGEST_MESSAGE), _NOT_A_DAY if is_day else _NOT_A_NUMBER
    )


def _between(kind: str, lowest: float, highest: float) -> Accepted:
    return {"validate": kind, "criteria": "between", "minimum": lowest, "maximum": highest}


def _cut(text: str, longest: int) -> str:
    return text if utf16_length(text) <= longest else text[: longest - 1].rstrip() + "…"
