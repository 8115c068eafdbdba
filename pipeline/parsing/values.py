"""One raw cell to one typed value. What cannot be read rightly becomes a code with facts, never a guess."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.spreadsheet import RawCell
from pipeline.vietnamese import (
    NumberProblem,
    canonical_unit,
    decimals_of,
    fold,
    format_date,
    format_number,
    multiplier_power,
    normalise,
    possible_readings,
    read_date,
    read_legacy,
    read_number,
    read_serial,
)
from pipeline.vocabulary.fields import Field, Kind, Options

Value = str | float | dt.date | None
_OUR_TIME = range(1990, 2101)
_BEYOND_REPORTS = 1e15
"""Excel keeps and shows 15 digits: a whole number of more is shown as 1E+15, and is no figure that anybody reports.

Refused where it is read, so that nothing computes with it: the hundredfold of 1E+308 is infinite.
"""
_NOISE = 1e-10
"""What is smaller is left over from a calculation (0,1 + 0,2 - 0,3): zero, as Excel takes it itself."""


@dataclass(frozen=True)
class Parsed:
    """What one cell holds: a value or a coded answer, or the code of the finding that says why neither."""

    value: Value = None
    coded: str | None = None
    unit: str | None = None
    decimals: int | None = None
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def parse_cell(cell: RawCell, wanted: Field, options: Options, *, date_1904: bool = False) -> Parsed:
    """The typed value of a cell for a field; ``options`` are the field's choices, stored value to shown words."""
    if cell.is_error or cell.formula_without_value:
        return Parsed(code="V311" if cell.is_error else "T214")
    answer = _coded(cell, wanted)
    if answer is not None:
        return Parsed(coded=answer)
    return _by_kind(cell, wanted, options, date_1904=date_1904)


def legacy_reading(cell: RawCell, wanted: Field, options: Options, font: str) -> str | None:
    """What a cell in a legacy encoding was meant to say, in Unicode, to be proposed (V317); None for clean text.

    None also where the field cannot take what was meant: then its own finding says what is expected. Where only
    certain words may stand, a text that reads as one of them when it is decoded, and as none as it stands, is legacy
    text however sensible it looks: "giê" for "giờ".
    """
    if not isinstance(cell.value, str) or cell.is_error or cell.value.isascii():
        return None
    words = {**options, **{word: word for word in wanted.coded}}
    reading = read_legacy(cell.value, font)
    if reading is not None:
        chosen = _matching(reading.text, words)
        return words[chosen] if chosen is not None else reading.text if _takes(wanted, reading.text) else None
    if _matching(cell.value, words) is not None:
        return None
    meant = {_exactly(text) for text in possible_readings(cell.value)}
    return next((word for key, word in words.items() if meant & {_exactly(key), _exactly(word)}), None)


def _takes(wanted: Field, text: str) -> bool:
    """Whether a field takes a text that is none of its fixed words."""
    match wanted.kind:
        case Kind.TEXT:
            return True
        case Kind.CHOICE:
            return wanted.any_other
        case Kind.NUMBER:
            return not _number_from_text(text, wanted).code
        case Kind.DATE:
            return not _date_from_text(text).code


def _coded(cell: RawCell, wanted: Field) -> str | None:
    if not wanted.coded or not isinstance(cell.value, str):
        return None
    return _matching(cell.value, {word: word for word in wanted.coded})


def _by_kind(cell: RawCell, wanted: Field, options: Options, *, date_1904: bool) -> Parsed:
    match wanted.kind:
        case Kind.TEXT:
            return _text(cell)
        case Kind.NUMBER:
            return _number(cell, wanted)
        case Kind.DATE:
            return _date(cell, date_1904=date_1904)
        case Kind.CHOICE:
            return _choice(cell, wanted, options)


def shown(cell: RawCell | None) -> str:
    """What the sender sees in the cell, as near as the stored value tells: 0.95 in a % format is 95%."""
    if cell is None:
        return ""
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{_in_figures(Decimal(value) * 100)}%" if _is_percent(cell) else _in_figures(Decimal(value))
    if isinstance(value, dt.date):
        return format_date(value.date() if isinstance(value, dt.datetime) else value)
    return normalise(str(value))


def _in_figures(exact: Decimal) -> str:
    """A number as Excel shows it, to 15 digits; one of more before the point as 1,5E+300."""
    if abs(exact) >= _BEYOND_REPORTS:
        digits, exponent = f"{exact:.14E}".split("E")
        return f"{digits.rstrip('0').rstrip('.').replace('.', ',')}E{exponent}"
    return format_number(float(f"{exact:.15g}"))


def _text(cell: RawCell) -> Parsed:
    value = cell.value
    if isinstance(value, str):
        return Parsed(value=normalise(value) or None)
    if isinstance(value, float):
        return Parsed(value=f"{value:.0f}" if value.is_integer() else f"{value!r}".replace(".", ","))
    # Excel turns "12/5" into a date as it is typed: what the clerk wrote is gone, so ask.
    return Parsed(code="V316")


def _number(cell: RawCell, wanted: Field) -> Parsed:
    value = cell.value
    if isinstance(value, str):
        return _number_from_text(value, wanted)
    if not isinstance(value, float):
        return Parsed(code="V301")
    if not _is_percent(cell):
        return _figure(_as_excel(value))
    if not wanted.measured_in:
        return Parsed(code="V301")
    # A clerk who types 95% stores 0.95 with a % format; ten decimals keep the sense and drop the float's noise.
    hundredfold = round(value * 100, 10)
    return _figure(hundredfold, unit="%")


def _figure(value: float, unit: str | None = None, decimals: int | None = None) -> Parsed:
    """A figure that somebody may report; V301 for one that is beyond all reports, infinite once it is a hundredfold."""
    if abs(value) >= _BEYOND_REPORTS:
        return Parsed(code="V301")
    return Parsed(value=value, decimals=decimals_of(value) if decimals is None else decimals, unit=unit)


def _number_from_text(text: str, wanted: Field) -> Parsed:
    if not normalise(text):
        return Parsed()
    reading = read_number(text)
    if reading.problem is NumberProblem.AMBIGUOUS:
        return Parsed(code="V307", facts={"readings": " hoặc ".join(map(format_number, reading.readings))})
    if reading.problem is not None or reading.value is None:
        return Parsed(code="V301")
    unit = "%" if reading.percent else reading.unit
    if unit and not wanted.measured_in and (unit == "%" or multiplier_power(unit) is not None):
        # "8 tỷ" is no plain count, and neither is a percentage.
        return Parsed(code="V301")
    return _figure(reading.value, unit, reading.decimals)


def _date(cell: RawCell, *, date_1904: bool) -> Parsed:
    value = cell.value
    if isinstance(value, str):
        return _date_from_text(value)
    if isinstance(value, float):
        # A date pasted without its format arrives as its serial number.
        return _near_our_time(read_serial(value, date_1904=date_1904))
    if isinstance(value, dt.datetime):
        return _near_our_time(value.date())
    return _near_our_time(value if isinstance(value, dt.date) else None)


def _near_our_time(day: dt.date | None) -> Parsed:
    """A number in a cell with a date format is a day of 1900: nobody here reports one."""
    return Parsed(value=day) if day is not None and day.year in _OUR_TIME else Parsed(code="V302")


def _date_from_text(text: str) -> Parsed:
    if not normalise(text):
        return Parsed()
    reading = read_date(text)
    if reading.readings:
        return Parsed(code="V319", facts={"readings": ", ".join(map(format_date, reading.readings))})
    return _near_our_time(reading.value)


def _choice(cell: RawCell, wanted: Field, options: Options) -> Parsed:
    plain = _text(cell)
    if not isinstance(plain.value, str):
        return plain
    if wanted.options is not None and "%" in options:
        return Parsed(value=canonical_unit(plain.value) or plain.value)
    chosen = _matching(plain.value, options)
    return Parsed(value=plain.value if chosen is None else chosen)


def _matching(text: str, options: Options) -> str | None:
    """The stored value whose words, or whose own spelling, the text repeats but for case, accents and spaces."""
    if text in options:
        return text
    for same in _SAMENESS:
        wanted = same(text)
        found = [key for key, words in options.items() if wanted and wanted in {same(key), same(words)}]
        if len(found) == 1:
            return found[0]
    return None


def _exactly(text: str) -> str:
    return normalise(text).casefold()


def _with_one_i(text: str) -> str:
    """Tỉ lệ and tỷ lệ, quí and quý: two schools of spelling, one word."""
    return fold(text).replace("y", "i")


_SAMENESS: tuple[Callable[[str], str], ...] = (_exactly, fold, _with_one_i)


def _as_excel(value: float) -> float:
    """Excel shows and compares 15 digits; what lies beyond is noise, such as LibreOffice's 0.43420000000000003."""
    return float(f"{value:.15g}") if abs(value) >= _NOISE else 0.0


def _is_percent(cell: RawCell) -> bool:
    return cell.number_format is not None and "%" in cell.number_format
