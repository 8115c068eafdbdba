"""The one grammar of Vietnamese text, numbers, dates and units: pure, on the standard library alone."""

from pipeline.vietnamese.dates import (
    format_date,
    read_date,
    read_serial,
    say_date,
)
from pipeline.vietnamese.legacy import (
    as_unicode,
    possible_readings,
    read_legacy,
)
from pipeline.vietnamese.number_words import OPENERS, read_number_words
from pipeline.vietnamese.numbers import (
    decimals_of,
    format_number,
    format_percent,
    format_quantity,
    read_number,
    rounded_percent,
)
from pipeline.vietnamese.numerals import NUMERAL, numeral_readings
from pipeline.vietnamese.text import fold, halfwidth, normalise, same_text, sound_key, strip_accents
from pipeline.vietnamese.units import (
    KNOWN_UNITS,
    canonical_unit,
    is_money,
    money_power,
    multiplier_power,
    multiplier_spellings,
    read_unit,
    spellings_of,
    unit_spellings,
)

__all__ = [
    "KNOWN_UNITS",
    "NUMERAL",
    "OPENERS",
    "as_unicode",
    "canonical_unit",
    "decimals_of",
    "fold",
    "format_date",
    "format_number",
    "format_percent",
    "format_quantity",
    "halfwidth",
    "is_money",
    "money_power",
    "multiplier_power",
    "multiplier_spellings",
    "normalise",
    "numeral_readings",
    "possible_readings",
    "read_date",
    "read_legacy",
    "read_number",
    "read_number_words",
    "read_serial",
    "read_unit",
    "rounded_percent",
    "same_text",
    "say_date",
    "sound_key",
    "spellings_of",
    "strip_accents",
    "unit_spellings",
]
