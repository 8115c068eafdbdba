"""The one grammar of Vietnamese text, numbers, dates and units: pure, on the standard library alone."""

from pipeline.vietnamese.dates import (
    DateProblem,
    DateReading,
    format_date,
    read_date,
    read_serial,
    say_date,
)
from pipeline.vietnamese.number_words import read_number_words
from pipeline.vietnamese.numbers import (
    NumberProblem,
    NumberReading,
    decimals_of,
    format_number,
    format_percent,
    read_number,
)
from pipeline.vietnamese.numerals import NUMERAL, Numeral, numeral_readings
from pipeline.vietnamese.text import fold, halfwidth, normalise, same_text, strip_accents
from pipeline.vietnamese.units import (
    KNOWN_UNITS,
    UnitReading,
    canonical_unit,
    is_money,
    multiplier_power,
    read_unit,
)

__all__ = [
    "KNOWN_UNITS",
    "NUMERAL",
    "DateProblem",
    "DateReading",
    "NumberProblem",
    "NumberReading",
    "Numeral",
    "UnitReading",
    "canonical_unit",
    "decimals_of",
    "fold",
    "format_date",
    "format_number",
    "format_percent",
    "halfwidth",
    "is_money",
    "multiplier_power",
    "normalise",
    "numeral_readings",
    "read_date",
    "read_number",
    "read_number_words",
    "read_serial",
    "read_unit",
    "same_text",
    "say_date",
    "strip_accents",
]
