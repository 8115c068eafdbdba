"""Numbers in a sentence with what belongs to them: the other end of a range, a multiplier, the unit."""

from dataclasses import dataclass, replace

from pipeline.measurability.chart import Chart, Mark
from pipeline.measurability.tokens import Kind
from pipeline.vietnamese import (
    is_money,
    multiplier_power,
    numeral_readings,
    read_number_words,
    read_unit,
)


@dataclass(frozen=True)
class Quantity:
    """A number over the tokens ``start`` to ``end``; ``after`` is the place behind its unit.

    ``fraction`` holds the parts of "9/10", whose value is still to be decided. ``readings`` has more than one value
    when the numeral is ambiguous. ``per`` is the denominator of a rate ("năm" in "3%/năm").
    """

    start: int
    end: int
    after: int
    value: float
    upper: float | None = None
    unit: str | None = None
    per: str | None = None
    fraction: tuple[float, float] | None = None
    readings: tuple[float, ...] = ()

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == PERCENT


PERCENT = "%"
RANK_UNIT = "thứ hạng"
_LONGEST = 9
"""A number in words has at most so many: "một nghìn hai trăm năm mươi lăm" has seven."""
_OPENERS = ("number_word", "worded_share", "worded_times", "worded_rank")


@dataclass(frozen=True)
class _Figure:
    """A bare numeral over tokens: as typed, in words, or a fraction."""

    end: int
    token: str
    fraction: tuple[float, float] | None = None


@dataclass(frozen=True)
class _Unit:
    after: int
    unit: str | None = None
    power: int = 0
    per: str | None = None


def read_quantities(chart: Chart, taken: frozenset[int]) -> list[Quantity]:
    """Every number with its unit, from left to right; tokens that speak of time are passed over."""
    fixed = {place for mark in chart.every("not_counted") for place in range(mark.start, mark.end)}
    quantities: list[Quantity] = []
    end = 0
    for place in chart.places(_OPENERS):
        free = place >= end and place not in taken and (place not in fixed or chart.at("worded_share", place))
        quantity = _quantity(chart, place) if free else None
        if quantity:
            quantities.append(quantity)
            end = quantity.after
    return quantities


def _quantity(chart: Chart, place: int) -> Quantity | None:
    if chart.at("digit_names", place):
        return None
    worded = _worded(chart, place)
    if worded:
        return worded
    figure = _figure(chart, place)
    if not figure:
        return None
    unit = _unit(chart, figure.end)
    return _range(chart, place, figure, unit) or _single(place, figure, unit)


def _worded(chart: Chart, place: int) -> Quantity | None:
    """“một nửa” is 50 %, "gấp đôi" is 2 lần, "vị trí thứ nhất" the first rank."""
    share, times = chart.at("worded_share", place), chart.at("worded_times", place)
    if share and not chart.at("part_of_year", place):
        return Quantity(place, share.end, share.end, float(share.value), unit=PERCENT)
    rank = chart.at("worded_rank", place)
    if rank:
        return Quantity(place, rank.end, rank.end, float(rank.value), unit=RANK_UNIT)
    return times and Quantity(place, times.end, times.end, float(times.value), unit="lần")


def _figure(chart: Chart, place: int) -> _Figure | None:
    if place >= chart.size:
        return None
    token = chart.tokens[place]
    if token.kind == Kind.NUMBER:
        return _Figure(place + 1, token.text)
    if token.kind == Kind.FRACTION:
        parts = [numeral_readings(part.strip()) for part in token.text.split("/")]
        return _Figure(place + 1, token.text, (parts[0][0].value, parts[1][0].value)) if all(parts) else None
    return _in_words(chart, place) if token.kind == Kind.WORD else None


def _in_words(chart: Chart, place: int) -> _Figure | None:
    """Number words count when a percent sign or a unit follows, or when they are more than one: "một cửa" is no one."""
    words = [token.text.casefold() for token in chart.tokens[place : place + _LONGEST]]
    number = read_number_words(words)
    if number is None:
        return None
    value, used = number
    end = place + used
    counted = chart.at("percent", end) or (value > 0 and (used > 1 or _counts(chart, place, end)))
    return _Figure(end, str(value)) if counted else None


def _counts(chart: Chart, place: int, end: int) -> bool:
    # "năm" before a unit is a year far more often than a five: "trong năm lớp học", "mỗi năm hồ sơ".
    return chart.at("unit", end) is not None and chart.at("year", place) is None


def _unit(chart: Chart, place: int) -> _Unit:
    """What stands behind a figure: unit, multiplier, and "/năm"."""
    listed = chart.at("unit", place)
    multiplier = chart.at("multiplier", place)
    if listed and not (multiplier and multiplier.end > listed.end):
        return _per(chart, _Unit(listed.end, listed.value))
    if multiplier:
        return _multiplied(chart, multiplier.end, int(multiplier.value), multiplier.start)
    noun = _noun_end(chart, place)
    return _per(chart, _Unit(noun, _noun(chart, place, noun) or None))


def _multiplied(chart: Chart, place: int, power: int, start: int) -> _Unit:
    listed = chart.at("unit", place)
    if listed and not is_money(listed.value):
        return _per(chart, _Unit(listed.end, listed.value, power))
    words = chart.words(start, listed.end if listed else place)
    money = read_unit(words if listed else f"{words} đồng")
    noun = _noun_end(chart, place)
    if noun > place and multiplier_power(words) is not None and power < 9:
        return _per(chart, _Unit(noun, _noun(chart, place, noun), power))
    return _per(chart, _Unit(listed.end if listed else place, money.unit if money else words))


_NOUN_STOPS = ("verb", "preposition", "change", "every", "after", "before", "becomes", "range", "plural", "all_of")


def _noun_end(chart: Chart, place: int) -> int:
    """An unlisted noun behind a figure: at most two words, up to a verb, a preposition or a sign."""
    end = place
    while end < min(place + 2, chart.size) and chart.kind(end) == Kind.WORD and not chart.any_of(_NOUN_STOPS, end):
        end += 1
    return end


def _noun(chart: Chart, start: int, end: int) -> str:
    """An unlisted noun in small letters, an abbreviation as it stands: "UBND xã"."""
    words = chart.words(start, end).split()
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words)


def _per(chart: Chart, unit: _Unit) -> _Unit:
    if not unit.unit:
        return unit
    whole = _with_attribute(chart, unit)
    rate = _rate(chart, whole.after, listed_only=unit.unit == PERCENT)
    return replace(whole, after=rate.end, per=rate.value) if rate else unit


def _with_attribute(chart: Chart, unit: _Unit) -> _Unit:
    """“m2 sàn/người”: one word more before a slash belongs to the unit."""
    at = unit.after
    if chart.kind(at) != Kind.WORD or not chart.at("slash", at + 1) or chart.any_of(_NOUN_STOPS, at):
        return unit
    return replace(unit, after=at + 1, unit=f"{unit.unit} {_noun(chart, at, at + 1)}")


def _rate(chart: Chart, place: int, *, listed_only: bool) -> Mark | None:
    """What stands behind a slash: "/năm", "/học kỳ", "/100 bé gái", "/khách hàng/năm"."""
    if not chart.at("slash", place):
        return None
    listed = chart.at("per", place + 1)
    if listed_only:
        return listed
    counted = place + 1 + chart.is_number(place + 1)
    end = listed.end if listed else _noun_end(chart, counted)
    if end == counted and not listed:
        return None
    words = listed.value if listed else _noun(chart, place + 1, end)
    further = _rate(chart, end, listed_only=False)
    return Mark(place, further.end, f"{words}/{further.value}") if further else Mark(place, end, words)


def _range(chart: Chart, place: int, figure: _Figure, unit: _Unit) -> Quantity | None:
    """“96% ÷ 99%”, "từ 10 đến 15 bậc". Two numbers of two units are two quantities."""
    joint = unit if chart.at("range", unit.after) else _Unit(figure.end)
    joined = chart.at("range", joint.after)
    other = _figure(chart, joined.end) if joined else None
    if not other or figure.fraction or other.fraction:
        return None
    shared = _unit(chart, other.end)
    if joint.unit not in (None, shared.unit):
        return None
    low, high = _values(figure, shared), _values(other, shared)
    if not low or not high or low[0] >= high[0]:
        return None
    return Quantity(place, other.end, shared.after, low[0], high[0], shared.unit, shared.per)


def _single(place: int, figure: _Figure, unit: _Unit) -> Quantity | None:
    values = (0.0,) if figure.fraction else _values(figure, unit)
    if not values:
        return None
    chosen = values[0] if unit.unit is None or unit.unit == PERCENT or is_money(unit.unit) else values[-1]
    return Quantity(place, figure.end, unit.after, chosen, None, unit.unit, unit.per, figure.fraction, values)


def _values(figure: _Figure, unit: _Unit) -> tuple[float, ...]:
    readings = numeral_readings(figure.token, beside_percent=unit.unit == PERCENT, power=unit.power)
    return tuple(reading.value for reading in readings)
