"""Last year's sentence for the year to come: what must be decided anew is left open, with last year's beside it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pipeline.measurability import Reading, Span, Target
from pipeline.measurability.tokens import Kind, Token, tokenise
from pipeline.rules.sentences import reading_of
from pipeline.sheets.objectives import Objectives
from pipeline.vocabulary.placeholders import placeholder
from pipeline.wording import say

_NUMBERS: Final = (Kind.NUMBER, Kind.FRACTION)
Change = tuple[Span, str]
"""A stretch of the sentence and what stands there in the new year."""


def left_open(objective: Mapping[str, Any], year: int) -> str:
    """The sentence of an accepted objective for ``year``: its figure and days as places to be filled (V321).

    What is left as it is, is asked after by nobody: a year that the sentence names for itself becomes the new one, as
    the form is for that one. A figure in the sentence that is none of its target's stays.
    """
    reading = reading_of(str(objective[Objectives.statement]))
    changes = sorted({*_figures(reading, objective, year), *_times(reading, year)}, reverse=True)
    text = reading.text
    for span, words in changes:
        text = text[: span.start] + words + text[span.end :]
    return text


def in_year(text: object, year: int) -> object:
    """A text that names the year before, for ``year``."""
    return re.sub(_named(year - 1), str(year), text) if isinstance(text, str) else text


def _figures(reading: Reading, objective: Mapping[str, Any], year: int) -> Iterator[Change]:
    promised = {objective[Objectives.target], objective[Objectives.target_upper]}
    for target in reading.targets:
        if promised.issuperset(target.values) and target.span != target.sign_span:
            yield from _open_numbers(reading, target, year)


def _open_numbers(reading: Reading, target: Target, year: int) -> Iterator[Change]:
    """The numbers of a target, and of what it starts from; a number in words goes with its unit."""
    for span, count in ((target.span, len(target.values)), (target.baseline_span, 1)):
        tokens = [token for token in _tokens(reading, span) if token.kind in _NUMBERS] if span else []
        if span and (not tokens or tokens[0].start != span.start):
            yield span, _open("figure", reading.text[span.start : span.end], year)
            continue
        for token in tokens[:count]:
            yield Span(token.start, token.end), _open("number", token.text, year)


def _times(reading: Reading, year: int) -> Iterator[Change]:
    last = str(year - 1)
    for mention in re.finditer(_named(year - 1), reading.text):
        yield Span(*mention.span()), str(year)
    for mention in re.finditer(_named(year - 2), reading.text):
        yield Span(*mention.span()), _open("year", mention[0], year)
    for deadline in reading.deadlines:
        for token in _tokens(reading, deadline.span):
            if token.kind == Kind.DATE:
                yield Span(token.start, token.end), _open("day", token.text, year)
            elif token.kind in {Kind.MONTH, Kind.NUMBER} and token.text.endswith(last):
                yield Span(token.start, token.end), token.text.removesuffix(last) + str(year)


def _named(year: int) -> str:
    return rf"(?<=năm ){year}\b"


def _tokens(reading: Reading, span: Span) -> list[Token]:
    return [token for token in tokenise(reading.text) if span.start <= token.start < span.end]


def _open(kind: str, before: str, year: int) -> str:
    return placeholder(say(f"issue.open.{kind}", last_year=year - 1, before=before))
