"""What is to be said to the writer of an objective sentence: one piece of advice a matter, by the catalogue's code."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.findings.codes import Code
from pipeline.measurability.reading import Basis, Conflict, Missing, Reading, Span, Target
from pipeline.vietnamese import format_number
from pipeline.wording import say

NOT_MEASURABLE = Code.M501
VAGUE = Code.M514
ACTIVITY = Code.M515
SEVERAL = Code.M516
NO_BASELINE = Code.M517
TWO_READINGS = Code.M518
FLOOR_WITH_RANGE = Code.M519
ROUGH = Code.M520
POINTS_OR_PERCENT = Code.M521

_NEAR = len(" từ ")
"""What may stand between "khoảng" and its figure."""


@dataclass(frozen=True)
class Advice:
    """One matter: its code in the catalogue of findings, the words it rests on, and the ways to read a figure."""

    code: str
    span: Span
    words: str
    readings: str = ""


def advise(reading: Reading) -> tuple[Advice, ...]:
    """Everything to be said about a sentence: that it cannot be measured, or what is not good in one that can."""
    if reading.measurable:
        return tuple(_of_measurable(reading))
    return (_advice(reading, NOT_MEASURABLE, reading.basis_span or Span(0, len(reading.text))),)


def _of_measurable(reading: Reading) -> Iterator[Advice]:
    apart = [target.span for target in reading.targets if not _is_bracketed(reading, target)]
    if len(apart) > 1:
        yield _advice(reading, SEVERAL, *apart)
    yield from _of_figures(reading)
    vague = [term.span for term in reading.vague if not _makes_rough(reading, term.span)]
    if vague:
        yield _advice(reading, VAGUE, *vague)
    # A regulation that is issued is a result; so many courses that are held are only work.
    if reading.activity and reading.basis is Basis.FIGURE and not _names_its_indicator(reading):
        yield _advice(reading, ACTIVITY, Span(0, reading.targets[0].span.end))


def _names_its_indicator(reading: Reading) -> bool:
    """“Số kết luận thanh tra ban hành chậm không quá 01”: what is counted opens the sentence, not the work."""
    return reading.indicator is not None and reading.text.casefold().startswith(reading.indicator.words.casefold())


def _is_bracketed(reading: Reading, target: Target) -> bool:
    """“64,09% (141/220 xã)”: the count explains the share."""
    return reading.text[: target.span.start].rstrip().endswith("(")


def _makes_rough(reading: Reading, term: Span) -> bool:
    """“khoảng 20%” is told of the figure; "trong khoảng từ 95% đến 100%" says what the comparator of the form does."""
    return any(one.approximate and 0 <= one.span.start - term.end <= _NEAR for one in reading.targets)


def _of_figures(reading: Reading) -> Iterator[Advice]:
    if Conflict.FLOOR_WITH_RANGE in reading.conflicts:
        yield _advice(reading, FLOOR_WITH_RANGE, next(one.span for one in reading.targets if one.upper is not None))
    for target in reading.targets:
        if target.readings:
            yield _advice(reading, TWO_READINGS, target.span, readings=_either(target.readings))
        if target.approximate and target.upper is None:
            yield _advice(reading, ROUGH, target.span)
    changed = next((target.span for target in reading.targets if target.change), None)
    for missing, code in ((Missing.BASELINE, NO_BASELINE), (Missing.POINTS_OR_PERCENT, POINTS_OR_PERCENT)):
        if changed and missing in reading.missing:
            yield _advice(reading, code, changed)


def _either(readings: tuple[float, ...]) -> str:
    return say("coach.or").join(format_number(reading) for reading in readings)


def _advice(reading: Reading, code: str, *spans: Span, readings: str = "") -> Advice:
    """Several words are quoted one by one: “95%” và “40%”; the outermost marks are the catalogue's."""
    words = dict.fromkeys(reading.text[span.start : span.end] for span in spans)
    return Advice(code, spans[0], say("coach.and").join(words), readings)
