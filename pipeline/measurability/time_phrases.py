"""The shapes in which a sentence speaks of time: days, months, quarters, years, stretches and what recurs."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.measurability.chart import Chart
from pipeline.measurability.reading import Stretch
from pipeline.measurability.tokens import Kind
from pipeline.vietnamese import read_date

_OPENERS = (
    "day",
    "month",
    "quarter",
    "year",
    "school_year",
    "stage",
    "term",
    "part_of_year",
    "year_end_words",
    "every",
)


@dataclass(frozen=True)
class TimePhrase:
    """A phrase of time over tokens ``start`` to ``end``. ``regular`` is the period of "hằng quý"."""

    start: int
    end: int
    stretch: Stretch
    year: int | None = None
    number: int | None = None
    day: int | None = None
    stage: bool = False
    regular: str = ""


def time_phrases(chart: Chart) -> list[TimePhrase]:
    """Every phrase of time, from left to right; none lies in another."""
    phrases: list[TimePhrase] = []
    end = 0
    for place in chart.places(_OPENERS):
        if chart.is_number(place) and len(chart.tokens[place].text) != 4 and not chart.any_of(_OPENERS, place):
            continue  # no year, and nothing else that opens a phrase of time
        # "mỗi quý 01 cuộc" is one a quarter, not the first quarter.
        free = place >= end and not chart.at("each_period", place - 1)
        phrase = next((read for reader in _READERS if (read := reader(chart, place))), None) if free else None
        if phrase:
            phrases.append(phrase)
            end = phrase.end
    return phrases


def _year_at(chart: Chart, place: int) -> int | None:
    text = chart.tokens[place].text if chart.is_number(place) else ""
    return int(text) if len(text) == 4 and text[:2] in {"19", "20"} and text.isdigit() else None


def _year_behind(chart: Chart, place: int) -> tuple[int | None, int]:
    """A year behind a day, month or quarter: "/2019", "năm 2019"; and the place after it."""
    opened = chart.at("year", place) or chart.at("slash", place)
    behind = opened.end if opened else place
    year = _year_at(chart, behind) if opened else None
    return year, behind + 1 if year else place


def _small(chart: Chart, place: int, most: int) -> int | None:
    text = chart.tokens[place].text if chart.is_number(place) else ""
    return int(text) if text.isdigit() and len(text) <= 2 and 1 <= int(text) <= most else None


def _split(chart: Chart, place: int) -> tuple[int, int] | None:
    """Day and month of a fraction such as 10/6, when a calendar may have it."""
    if chart.kind(place) != Kind.FRACTION:
        return None
    day, _, month = (part.strip() for part in chart.tokens[place].text.partition("/"))
    possible = day.isdigit() and month.isdigit() and 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    return (int(day), int(month)) if possible and len(day) <= 2 and len(month) <= 2 else None


def _full_day(chart: Chart, place: int) -> TimePhrase | None:
    opened = chart.at("day", place)
    at = opened.end if opened else place
    if chart.kind(at) != Kind.DATE:
        return None
    date = read_date(chart.tokens[at].text).value
    return TimePhrase(place, at + 1, Stretch.DAY, date.year, date.month, date.day) if date else None


def _day_in_words(chart: Chart, place: int) -> TimePhrase | None:
    opened = chart.at("day", place)
    if not opened:
        return None
    fraction = _split(chart, opened.end)
    if fraction:
        year, end = _year_behind(chart, opened.end + 1)
        return TimePhrase(place, end, Stretch.DAY, year, fraction[1], fraction[0])
    day = _small(chart, opened.end, 31)
    month_mark = chart.at("month", opened.end + 1)
    month = _small(chart, month_mark.end, 12) if day and month_mark else None
    if month and month_mark:
        year, end = _year_behind(chart, month_mark.end + 1)
        return TimePhrase(place, end, Stretch.DAY, year, month, day)
    every = chart.any_of(("every", "month_unnamed"), opened.end + 1)
    return TimePhrase(place, every.end, Stretch.DAY, day=day) if day and every else None


def _bare_day(chart: Chart, place: int) -> TimePhrase | None:
    fraction = _split(chart, place) if chart.ending("by", place) else None
    return TimePhrase(place, place + 1, Stretch.DAY, None, fraction[1], fraction[0]) if fraction else None


def _month(chart: Chart, place: int) -> TimePhrase | None:
    opened = chart.at("month", place)
    if not opened:
        return None
    if chart.kind(opened.end) == Kind.MONTH:
        month, _, year = chart.tokens[opened.end].text.partition("/")
        return TimePhrase(place, opened.end + 1, Stretch.MONTH, int(year), int(month))
    month_number = _small(chart, opened.end, 12)
    if not month_number or chart.at("percent", opened.end + 1):
        return None
    year_number, end = _year_behind(chart, opened.end + 1)
    return TimePhrase(place, end, Stretch.MONTH, year_number, month_number)


def _quarter(chart: Chart, place: int) -> TimePhrase | None:
    opened = chart.at("quarter", place)
    if not opened:
        return None
    if chart.kind(opened.end) == Kind.MONTH:
        quarter, _, year = chart.tokens[opened.end].text.partition("/")
        return TimePhrase(place, opened.end + 1, Stretch.QUARTER, int(year), int(quarter)) if int(quarter) < 5 else None
    number = chart.at("quarter_number", opened.end)
    if not number:
        return None
    year_number, end = _year_behind(chart, number.end)
    return TimePhrase(place, end, Stretch.QUARTER, year_number, int(number.value))


def _part_of_year(chart: Chart, place: int) -> TimePhrase | None:
    part = chart.at("part_of_year", place)
    if not part:
        return None
    year = _year_at(chart, part.end)
    return TimePhrase(place, part.end + (year is not None), Stretch.YEAR, year, int(part.value))


def _years(chart: Chart, place: int) -> TimePhrase | None:
    opened = chart.any_of(("school_year", "stage", "term", "year"), place)
    first = _year_at(chart, opened.end) if opened else None
    if not opened or first is None:
        return None
    joined = chart.at("range", opened.end + 1)
    last = _year_at(chart, joined.end) if joined else None
    if last is None:
        return TimePhrase(place, opened.end + 1, Stretch.YEAR, first)
    end = opened.end + 3
    if chart.at("school_year", place) or chart.at("term", place):
        return TimePhrase(place, end, Stretch.WORDS)
    return TimePhrase(place, end, Stretch.YEAR, last, stage=True)


def _bare_year(chart: Chart, place: int) -> TimePhrase | None:
    year = _year_at(chart, place)
    led_in = chart.ending("by", place) or chart.ending("not_deadline_before", place)
    joined = chart.at("range", place + 1)
    if year is None:
        return None
    if joined and _year_at(chart, joined.end):
        return TimePhrase(place, joined.end + 1, Stretch.YEAR, _year_at(chart, joined.end), stage=True)
    counted = chart.at("unit", place + 1) or chart.at("percent", place + 1) or chart.at("multiplier", place + 1)
    return TimePhrase(place, place + 1, Stretch.YEAR, year) if led_in or not counted else None


def _year_end(chart: Chart, place: int) -> TimePhrase | None:
    words = chart.at("year_end_words", place)
    if not words:
        return None
    year = _year_at(chart, words.end)
    if year is None:
        # "đến hết năm học" is no year of the calendar.
        return None if chart.at("school_year", words.end - 1) else TimePhrase(place, words.end, Stretch.YEAR)
    return TimePhrase(place, words.end + 1, Stretch.YEAR, year)


def _regular(chart: Chart, place: int) -> TimePhrase | None:
    # "khách hàng năm 2025" has no "hàng năm".
    every = None if chart.ending("before_goods", place) else chart.at("every", place)
    return every and TimePhrase(place, every.end, Stretch.WORDS, regular=every.value)


_READERS: tuple[Callable[[Chart, int], TimePhrase | None], ...] = (
    _full_day,
    _day_in_words,
    _bare_day,
    _part_of_year,
    _month,
    _quarter,
    _year_end,
    _years,
    _bare_year,
    _regular,
)
