"""What a field accepts: the validation of its cells, the words that show while they are filled, a line of the guide."""

from typing import Final, NamedTuple, TypeAlias, TypeVar

from pipeline.excel.entry import LONGEST_MESSAGE, LONGEST_TITLE, Entry, utf16_length
from pipeline.findings.codes import Code
from pipeline.formulas.expressions import is_listed
from pipeline.templates.drop_downs import DropDowns, is_by_code, items_of
from pipeline.vocabulary.choices import DIVISIONS, YesNo
from pipeline.vocabulary.fields import LONGEST_TEXT, Field, Kind
from pipeline.vocabulary.limits import AtLeast, Length, Limit, Matches, OneOf, Whole
from pipeline.vocabulary.lists import options_of
from pipeline.wording import say

_FIRST_DAY: Final = 36_526
_LAST_DAY: Final = 73_050
"""1 January 2000 and 31 December 2099 as Excel's serials."""
_LARGEST: Final = 1e15
_NOT_A_NUMBER, _NOT_A_DAY = Code.V301, Code.V302
_NUMBER_CODES: Final = {"whole": Whole.code, "from_zero": AtLeast.code, "number": _NOT_A_NUMBER}
_FEW_ITEMS, _SHORT = 15, 160

Accepted: TypeAlias = dict[str, object]
_Limit = TypeVar("_Limit", bound=Limit)


class _Validation(NamedTuple):
    """What is accepted, and what is said when something else is typed."""

    accepts: Accepted
    error: str = ""
    code: str = ""


def entry_of(field: Field, choices: DropDowns, cell: str) -> Entry:
    """The validation of a field; ``cell`` is the first cell of its block (F7), for rules that name it."""
    rule = _coded(field, choices, cell) if field.coded else _plain(field, choices)
    return Entry(
        title=_cut(field.label, LONGEST_TITLE),
        prompt=_prompt(field, choices, rule.code),
        error_title=say("template.entry.error_title", code=rule.code) if rule.accepts else "",
        error=rule.error if rule.accepts else "",
        severity="information" if field.any_other and rule.accepts else "stop",
        accepts=rule.accepts,
    )


def allowed_words(field: Field, choices: DropDowns) -> str:
    """The allowed values of a field for the guide; a long list is named, not repeated."""
    allowed = _allowed(field, choices)
    if not field.coded:
        return allowed
    return say("template.allowed.or_coded", allowed=allowed, words=", ".join(field.coded))


def _limit(field: Field, kind: type[_Limit]) -> _Limit | None:
    return next((limit for limit in field.limits if isinstance(limit, kind)), None)


def _length(field: Field) -> Length:
    return _limit(field, Length) or Length(1, LONGEST_TEXT)


def _allowed(field: Field, choices: DropDowns) -> str:
    match field.kind:
        case Kind.CHOICE:
            items = items_of(field, choices.lists)
            # A semicolon between them: "tăng, giảm" is one choice.
            words = "; ".join(items)
            count = "many" if len(items) > _FEW_ITEMS or len(words) > _SHORT else "choice"
            return say(f"template.allowed.{'open_' if field.any_other else ''}{count}", words=words)
        case Kind.DATE:
            return say("template.allowed.day")
        case Kind.NUMBER:
            return say(f"template.allowed.{_number_key(field)}")
        case Kind.TEXT:
            length = _length(field)
            key = "text" if length.shortest <= 1 else "text_from"
            key = "code" if _limit(field, Matches) else key
            return say(f"template.allowed.{key}", shortest=length.shortest, longest=length.longest)


def _number_key(field: Field) -> str:
    """Which numbers a field takes, as the words of templates call them."""
    if _limit(field, Whole):
        return "whole"
    return "from_zero" if _limit(field, AtLeast) else "number"


def _prompt(field: Field, choices: DropDowns, code: str) -> str:
    """What Excel says when a cell is entered: the field's hint, an example where both fit, the error box's code."""
    named = "\n" + say("template.entry.code", code=code) if code else ""
    room = LONGEST_MESSAGE - utf16_length(named)
    hint = field.hint or say(f"template.entry.{'choose' if field.kind is Kind.CHOICE else 'fill'}", label=field.label)
    options, candidates = options_of(field, choices.lists), []
    if is_by_code(field, options):
        # How each long item begins, up to its first colon: "CS1: Tuân thủ pháp luật".
        plain = {code: words.removeprefix(f"{code} - ").split(":")[0] for code, words in options.items()}
        beginnings = "\n".join([hint, *(f"{code}: {_cut(words, 40)}" for code, words in plain.items())])
        candidates = [beginnings, say("template.entry.more_in_guide", hint=hint)]
    elif field.example:
        candidates = [say("template.entry.prompt_with_example", hint=hint, example=field.example)]
    fitting = (text for text in candidates if utf16_length(text) <= room)
    return next(fitting, _cut(hint, room)) + named


def _plain(field: Field, choices: DropDowns) -> _Validation:
    match field.kind:
        case Kind.CHOICE:
            name = choices.name_of(items_of(field, choices.lists))
            accepts: Accepted = {"validate": "list", "source": f"={name}"} if name else {}
            error = "not_listed_yet" if field.any_other else "not_listed"
            return _Validation(accepts, say(f"template.entry.{error}"), _code_of_list(field) if name else "")
        case Kind.NUMBER:
            key, at_least = _number_key(field), _limit(field, AtLeast)
            lowest = at_least.lowest if at_least else -_LARGEST
            accepts = _between("integer" if key == "whole" else "decimal", lowest, _LARGEST)
            return _Validation(accepts, say(f"template.entry.not_{key}"), _NUMBER_CODES[key])
        case Kind.DATE:
            return _Validation(_between("date", _FIRST_DAY, _LAST_DAY), say("template.entry.not_day"), _NOT_A_DAY)
        case Kind.TEXT:
            if _limit(field, Matches):
                return _Validation({})
            length = _length(field)
            key = "too_long" if (length.shortest, length.longest) == (1, LONGEST_TEXT) else "not_length"
            error = say(f"template.entry.{key}", shortest=length.shortest, longest=length.longest)
            return _Validation(_between("length", length.shortest, length.longest), error, Length.code)


def _code_of_list(field: Field) -> str:
    return Code.T203 if field.options == DIVISIONS else OneOf.code


def _coded(field: Field, choices: DropDowns, cell: str) -> _Validation:
    """A number or a date, or one of the coded words: Excel has no such kind, so a formula says it."""
    value, kind, code = f"ISNUMBER({cell})", "not_number", _NOT_A_NUMBER
    if field.kind is Kind.DATE:
        value, kind, code = f"AND({value},{cell}>={_FIRST_DAY},{cell}<={_LAST_DAY})", "not_day", _NOT_A_DAY
    formula = f"=OR({value},{is_listed(cell, choices.name_of(field.coded))})"
    error = _not_coded(field, say(f"template.entry.{kind}"))
    return _Validation({"validate": "custom", "value": formula}, _cut(error, LONGEST_MESSAGE), code)


def _not_coded(field: Field, error: str) -> str:
    """What is written in place of a number or a day, and the two words of a *có/không*."""
    others = [say("template.entry.word", word=word) for word in field.coded if word not in tuple(YesNo)]
    has_both = len(others) < len(field.coded)
    if others:
        key = "not_coded_day" if field.kind is Kind.DATE else "not_coded"
        error = say(f"template.entry.{key}", error=error, words=", ".join(others))
    return say("template.entry.not_coded_yes_no", error=error) if has_both else error


def _between(kind: str, lowest: float, highest: float) -> Accepted:
    return {"validate": kind, "criteria": "between", "minimum": lowest, "maximum": highest}


def _cut(text: str, longest: int) -> str:
    return text if utf16_length(text) <= longest else text[: longest - 1].rstrip() + "…"
