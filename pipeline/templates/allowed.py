"""What a field allows, in one line for the guide."""

from pipeline.templates.bounds import Bounds, bounds_of
from pipeline.templates.drop_downs import DropDowns, items_of
from pipeline.vocabulary.fields import Field, Kind
from pipeline.vocabulary.lists import options_of
from pipeline.wording import say

_FEW = 15
_SHORT = 160


def allowed_words(field: Field, choices: DropDowns) -> str:
    """The allowed values of a field; a long list is named, not repeated."""
    allowed = _allowed(field, bounds_of(field), choices)
    if not field.coded:
        return allowed
    return say("template.allowed.or_coded", allowed=allowed, words=", ".join(field.coded))


def _allowed(field: Field, bounds: Bounds, choices: DropDowns) -> str:
    match field.kind:
        case Kind.CHOICE:
            return _choice(field, choices)
        case Kind.DATE:
            return say("template.allowed.day")
        case Kind.NUMBER:
            return _number(bounds)
        case Kind.TEXT:
            return _text(bounds)


def _choice(field: Field, choices: DropDowns) -> str:
    items = items_of(options_of(field, choices.lists))
    # A semicolon between them: "tăng, giảm" is one choice.
    words = "; ".join(items)
    if len(items) > _FEW or len(words) > _SHORT:
        return say("template.allowed.open_many" if field.any_other else "template.allowed.many")
    return say("template.allowed.open_choice" if field.any_other else "template.allowed.choice", words=words)


def _number(bounds: Bounds) -> str:
    if bounds.whole:
        return say("template.allowed.whole")
    return say("template.allowed.number" if bounds.lowest is None else "template.allowed.from_zero")


def _text(bounds: Bounds) -> str:
    if bounds.is_code:
        return say("template.allowed.code")
    key = "text" if bounds.shortest <= 1 else "text_from"
    return say(f"template.allowed.{key}", shortest=bounds.shortest, longest=bounds.longest)
