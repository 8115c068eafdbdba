"""Numbers as Vietnamese offices type them into cells, and as we write them back.

What could be read in two ways is said to be ambiguous, with both values: the reader asks, it never guesses.
"""

import math
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal

from pipeline.vietnamese.number_words import read_number_words
from pipeline.vietnamese.numerals import Numeral, numeral_readings
from pipeline.vietnamese.text import halfwidth, normalise
from pipeline.vietnamese.units import UnitReading, read_unit


@dataclass(frozen=True)
class NumberReading:
    """What a text says as a number.

    Attributes:
        value: the number as typed ("95,5%" is 95.5), None when it is none, ambiguous or too large for a float.
        decimals: decimals as typed ("95,50" has 2); 0 without a value.
        percent: the text carried "%" or "phần trăm".
        unit: the trailing unit in its listed spelling, or a bare multiplier ("tỷ"); never "%".
        readings: the possible values of an ambiguous text, smallest first; else empty.
    """

    value: float | None = None
    decimals: int = 0
    percent: bool = False
    unit: str | None = None
    readings: tuple[float, ...] = ()


# The patterns stay text: re compiles them at first use and keeps them, and importing stays cheap.
_MINUS = "-\u2010\u2011\u2012\u2013\u2212"  # word processors turn a hyphen into any of these
_TAIL = r"\(?(?:[^\W\d_]|%)(?:[^\W\d_]|[%/. ])*\)?"
_FIGURES = rf"([{_MINUS}+]?)([0-9](?:[0-9., ]*[0-9])?)\s?({_TAIL}|)"


def read_number(text: str) -> NumberReading:
    """Read a cell's text as one number, in the Vietnamese style, with its percent sign or unit.

    Comma is decimal, dot and space are thousands, and number words are read up to 999. "1,200" is ambiguous,
    and so is "1.200%". A sign must touch its figure: "- 5" may be a list. Anything before the figure
    ("khoảng", "≥") or an unlisted unit behind it makes the text no number. "5,2 triệu lượt" is 5200000 lượt,
    while money keeps its unit ("8 tỷ đồng" is 8) and so does a bare multiplier.
    """
    typed = halfwidth(normalise(text)).casefold()
    figures = re.fullmatch(_FIGURES, typed)
    return (_read_figures(*figures.groups()) if figures else _read_words(typed)) or NumberReading()


def _read_figures(sign: str, token: str, tail: str) -> NumberReading | None:
    unit = _read_tail(tail)
    if unit is None:
        return None
    numerals = numeral_readings(token, beside_percent="%" in unit.unit, power=unit.power)
    return _settle(numerals, unit, negative=bool(sign) and sign != "+")


def _read_words(typed: str) -> NumberReading | None:
    words = typed.replace("%", " %").split()
    number = read_number_words(words)
    if number is None:
        return None
    value, used = number
    unit = _read_tail(" ".join(words[used:]))
    return _settle(numeral_readings(str(value), power=unit.power), unit) if unit else None


def _read_tail(tail: str) -> UnitReading | None:
    return read_unit(tail) if tail else UnitReading("")


def _settle(numerals: tuple[Numeral, ...], unit: UnitReading, *, negative: bool = False) -> NumberReading | None:
    if not numerals:
        return None
    # Adding 0.0 turns the negative zero of "-0" into zero.
    values = sorted((-numeral.value if negative else numeral.value) + 0.0 for numeral in numerals)
    percent = unit.unit == "%"
    about = NumberReading(percent=percent, unit=None if percent else unit.unit or None)
    if not all(map(math.isfinite, values)):
        return about
    if len(values) > 1:
        return replace(about, readings=tuple(values))
    return replace(about, value=values[0], decimals=numerals[0].decimals)


def format_number(value: float, decimals: int | None = None) -> str:
    """Write a number in the Vietnamese style: 1234.5 gives "1.234,5".

    Decimals None gives the shortest text that reads back as the same float; otherwise halves are rounded away
    from zero, as Excel shows them. There is no negative zero. Three decimals after fewer than four digits
    ("1,234") are correct Vietnamese but ambiguous to `read_number`.

    Raises:
        ValueError: the value is not finite.
    """
    exact = _shortest(value)
    places = decimals_of(value) if decimals is None else decimals
    wide = Context(prec=400 + places, rounding=ROUND_HALF_UP)  # a float has up to 309 digits before the point
    rounded = exact.quantize(Decimal(1).scaleb(-places), context=wide)
    english = f"{rounded or abs(rounded):,.{places}f}"
    return english.translate(str.maketrans(",.", ".,"))


def format_quantity(figure: str, unit: object) -> str:
    """A written figure with its unit, if there is one: "95%" without a space, "95 hồ sơ", "2 điểm %"."""
    if not isinstance(unit, str) or not unit:
        return figure
    return f"{figure}%" if unit == "%" else f"{figure} {unit}"


def format_percent(share: float) -> str:
    """Write a fraction in percent to one decimal, whole percents without: 0.8125 gives "81,3", 1.0 gives "100".

    Raises:
        ValueError: the share is not finite.
    """
    return format_number(float(rounded_percent(share)))


def rounded_percent(share: float) -> Decimal:
    """A fraction in percent to one decimal, as Excel rounds what it shows: 81.25 is 81.3, where Python gives 81.2.

    Raises:
        ValueError: the share is not finite.
    """
    return _shortest(100 * share).quantize(Decimal("0.1"), ROUND_HALF_UP)


def decimals_of(value: float) -> int:
    """Count the decimals of the shortest text of a float: 95.0 has 0, 95.5 has 1, 1e-07 has 7.

    Raises:
        ValueError: the value is not finite.
    """
    exponent = _shortest(value).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def _shortest(value: float) -> Decimal:
    if not math.isfinite(value):
        message = f"not a finite number: {value}"
        raise ValueError(message)
    return Decimal(repr(float(value)))
