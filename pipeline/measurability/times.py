"""Deadlines, periods and frequencies: what a sentence says about time, and which tokens say it."""

from dataclasses import dataclass, replace

from pipeline.measurability.chart import Chart
from pipeline.measurability.reading import Deadline, Phrase, Span, Stretch
from pipeline.measurability.time_phrases import TimePhrase, time_phrases

_NEAR = 6
_NEAR_NAME = 9
"""How many tokens back a phrase still says that a year is not a deadline ("so với kết quả năm 2018")."""


@dataclass(frozen=True)
class Times:
    """The deadlines, the frequency, and the places of all tokens that speak of time."""

    deadlines: tuple[Deadline, ...]
    frequency: Phrase | None
    taken: frozenset[int]


def read_times(chart: Chart) -> Times:
    """Read every phrase of time, and decide which of them are deadlines."""
    phrases = time_phrases(chart)
    deadlines = [_deadline(chart, phrase) for phrase in phrases if not phrase.regular and _is_deadline(chart, phrase)]
    regular = next((phrase for phrase in phrases if phrase.regular), None)
    if regular and not deadlines:
        deadlines = [_deadline(chart, regular)]
    taken = frozenset(place for phrase in phrases for place in range(phrase.start, phrase.end))
    return Times(_with_year(deadlines), _frequency(chart, regular), taken)


def _frequency(chart: Chart, regular: TimePhrase | None) -> Phrase | None:
    if regular:
        return Phrase(regular.regular, _span(chart, regular.start, regular.end))
    each = next(iter(chart.every("each_period")), None)
    return Phrase(each.value, _span(chart, each.start, each.end)) if each else None


def _span(chart: Chart, start: int, end: int) -> Span:
    return Span(chart.tokens[start].start, chart.tokens[end - 1].end)


def _is_deadline(chart: Chart, phrase: TimePhrase) -> bool:
    by = chart.ending("by", phrase.start)
    if phrase.stretch is Stretch.DAY and not by:
        return False
    if chart.ending("not_deadline_before", phrase.start) or _is_of_former_value(chart, phrase):
        return False
    if chart.ending("open_bracket", phrase.start) and not by:
        return False
    if phrase.stage and not by and _near(chart, phrase.start, ("named_period",), _NEAR_NAME):
        return False
    return not _near(chart, phrase.start, ("not_deadline_near",), _NEAR)


def _is_of_former_value(chart: Chart, phrase: TimePhrase) -> bool:
    """“4,5% năm 2023 xuống còn 4,2%”: the year of what was. Without a former value it is the year of what is to be."""
    former = chart.figures and chart.figures[0] < phrase.start and not chart.ending("by", phrase.start)
    return bool(former) and chart.at("becomes", phrase.end) is not None


def _near(chart: Chart, place: int, classes: tuple[str, ...], reach: int) -> bool:
    """Whether a phrase stands shortly before, with no comma or stop and no word of "by when" in between."""
    for back in range(place - 1, max(-1, place - 1 - reach), -1):
        if chart.at("hard_stop", back) or chart.tokens[back].text == ",":
            return False
        if chart.any_of(classes, back):
            return True
        if chart.at("by", back):
            return False
    return False


def _deadline(chart: Chart, phrase: TimePhrase) -> Deadline:
    by = chart.ending("by", phrase.start)
    strict = bool(by and by.value == "strict")
    named_with = by and (strict or phrase.stretch is Stretch.DAY or _is_end(chart, by.end - 1))
    start = _lead(chart, by.start, phrase.start) if by and named_with else phrase.start
    return Deadline(
        stretch=phrase.stretch,
        words=_folded(chart, start, phrase.end),
        span=_span(chart, start, phrase.end),
        year=phrase.year,
        number=phrase.number,
        day=phrase.day,
        strict=strict,
    )


def _is_end(chart: Chart, place: int) -> bool:
    return chart.at("end_of", place) is not None


def _lead(chart: Chart, by_start: int, start: int) -> int:
    """From "đến cuối" only "cuối" is said: it is the end that belongs to the deadline."""
    return start - 1 if _is_end(chart, start - 1) else by_start


def _folded(chart: Chart, start: int, end: int) -> str:
    """The words as the middle of a sentence has them: "Quý II" at the start is "quý II"."""
    words = chart.words(start, end)
    for blank_range in (" - ", "- ", " -", " – ", "–"):
        words = words.replace(blank_range, "-")
    return words[:1].lower() + words[1:]


def _with_year(deadlines: list[Deadline]) -> tuple[Deadline, ...]:
    """A year that is named once belongs to the day or quarter beside it: "Năm 2019 … trong quý II"."""
    years = [one for one in deadlines if one.stretch is Stretch.YEAR and one.year and not one.number]
    others = [one for one in deadlines if one not in years]
    finer = [one for one in others if one.stretch in {Stretch.DAY, Stretch.MONTH, Stretch.QUARTER, Stretch.YEAR}]
    if len(years) != 1 or not finer:
        return tuple(_distinct(deadlines))
    return tuple(_distinct([replace(one, year=one.year or years[0].year) for one in others]))


def _distinct(deadlines: list[Deadline]) -> list[Deadline]:
    by_text: dict[str, Deadline] = {}
    for deadline in deadlines:
        by_text.setdefault(deadline.text, deadline)
    return list(by_text.values())
