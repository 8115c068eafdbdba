"""What a cell means that was typed in other words than the form has: what was understood, or what it was."""

import re
from collections.abc import Mapping
from dataclasses import replace

from pipeline.findings import Code
from pipeline.parsing.choices import Choices, chosen, without_words_before
from pipeline.parsing.values import Parsed, parse_cell
from pipeline.spreadsheet import RawCell
from pipeline.vietnamese import normalise
from pipeline.vocabulary.choices import STAFF_NAMES, Comparator
from pipeline.vocabulary.fields import Field, Kind, Options
from pipeline.vocabulary.limits import PrintedCode
from pipeline.vocabulary.synonyms import list_name, synonyms_of

_FIGURE = re.compile(
    r"(?P<before>\D*?)\s*(?P<figure>\d.*?)(?P<behind>\s+trở (?:lên|xuống))?", re.IGNORECASE | re.DOTALL
)
_COMPARATORS = Choices({str(word): str(word) for word in Comparator}, synonyms_of(list_name(Comparator)))


def choices_of(field: Field, options: Options, identities: Options) -> Choices:
    """What the texts of a field may name: its choices, its coded words, or the codes or people of a text."""
    words = identities or ({word: word for word in field.coded} if field.coded else options)
    synonyms = {word: value for word, value in synonyms_of(*field.synonyms).items() if value in words}
    taken_over = any(isinstance(limit, PrintedCode) and limit.may_be_taken_over for limit in field.limits)
    return Choices(words, synonyms, field.identities == STAFF_NAMES, taken_over)


def in_other_words(
    cell: RawCell, field: Field, parsed: Parsed, choices: Choices, beside: Mapping[str, object]
) -> Parsed:
    """What was read of a cell, or what is understood where that was none of the words expected.

    ``beside`` are the values of the row so far: “≥ 95” is 95 only beside the comparator that it repeats.
    """
    text = cell.value
    if not isinstance(text, str) or not normalise(text):
        return parsed
    match field.kind, parsed.code:
        case Kind.CHOICE | Kind.TEXT, "":
            return _named(str(parsed.value), field, parsed, choices)
        case Kind.NUMBER, Code.V301:
            return _figure(normalise(text), cell, field, choices, beside) or parsed
        case Kind.DATE, Code.V302:
            return _coded(text, choices) or _again(cell, field, without_words_before(normalise(text), "day")) or parsed
        case _:
            return parsed


def _named(text: str, field: Field, parsed: Parsed, choices: Choices) -> Parsed:
    if field.kind is Kind.CHOICE and "%" in choices.options:
        return parsed  # a unit was read in any of its listed spellings (units.toml)
    if text in choices.options or not choices.options:
        return parsed
    same = chosen(text, choices.options)
    if same is not None:
        return replace(parsed, value=same)
    value = choices.understood(text)
    return parsed if value is None else replace(parsed, value=value, understood=choices.options.get(value, value))


def _coded(text: str, choices: Choices) -> Parsed | None:
    word = choices.understood(text) if choices.options else None
    return None if word is None else Parsed(coded=word, understood=word)


def _figure(text: str, cell: RawCell, field: Field, choices: Choices, beside: Mapping[str, object]) -> Parsed | None:
    plain = _coded(text, choices) or _again(cell, field, without_words_before(text, "figure"))
    parts = _FIGURE.fullmatch(text) if field.compared_by and plain is None else None
    if parts is None:
        return plain
    comparators = {
        _COMPARATORS.understood(words) for words in (parts["before"], parts["behind"] or "") if words.strip()
    }
    if comparators != {beside.get(field.compared_by)}:
        return None
    return _again(cell, field, parts["figure"])


def _again(cell: RawCell, field: Field, text: str) -> Parsed | None:
    """What is read of the text instead; None where it is as it was, or still nothing that can be read."""
    text = text.rstrip(" .,;")
    if text == cell.value:
        return None
    parsed = parse_cell(cell._replace(value=text), field, {})
    return None if parsed.code or parsed == Parsed() else replace(parsed, understood=text)
