"""One raw cell to one typed value. What cannot be read rightly becomes a code with facts, never a guess."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipeline.findings.codes import Code
from pipeline.parsing.choices import chosen
from pipeline.spreadsheet import RawCell
from pipeline.vietnamese import (
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
from pipeline.vocabulary.placeholders import placeholder_in
from pipeline.vocabulary.several import as_kept
from pipeline.wording import say

Value = str | float | dt.date | None
_OUR_TIME = range(1990, 2101)
_BEYOND_REPORTS = 1e15
"""Excel keeps and shows 15 digits: a whole number of more is shown as 1E+15, and is no figure that anybody reports.

Refused where it is read, so that nothing computes with it: the hundredfold of 1E+308 is infinite.
"""
_NOISE = 1e-10
"""What is smaller is left over from a calculation (0,1 + 0,2 - 0,3): zero, as Excel takes it itself."""

_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TURNING = re.compile("[\u061c\u200f\u202b\u202d\u202e\u2067]")
"""Those that can change the order of Vietnamese letters and figures; the others come along from dialogs of Windows."""


@dataclass(frozen=True)
class Parsed:
    """What one cell holds: a value or a coded answer, or the code of the finding that says why neither.

    ``understood`` is what was read where something else was typed; "" where it was typed so.
    """

    value: Value = None
    coded: str | None = None
    unit: str | None = None
    decimals: int | None = None
    code: str = ""
    understood: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def parse_cell(cell: RawCell, target: Field, options: Options, *, date_1904: bool = False) -> Parsed:
    """The typed value of a cell for a field; ``options`` are the field's choices, stored value to words."""
    refused = _refused(cell)
    if refused is not None:
        return refused
    if target.coded and isinstance(cell.value, str):
        coded = chosen(cell.value, {word: word for word in target.coded})
        if coded is not None:
            return Parsed(coded=coded)
    match target.kind:
        case Kind.TEXT:
            return _several(cell) if target.is_several else _text(cell)
        case Kind.NUMBER:
            return _number(cell, target)
        case Kind.DATE:
            return _date(cell, date_1904=date_1904)
        case Kind.CHOICE:
            return _choice(cell, target, options)


def _refused(cell: RawCell) -> Parsed | None:
    """Why a cell is not read whatever it should hold; None where it is."""
    if cell.is_error or cell.formula_without_value:
        return Parsed(code=Code.V311 if cell.is_error else Code.T214)
    left = placeholder_in(cell.value)
    return Parsed(code=Code.V321, facts={"placeholder": left}) if left else None


def legacy_reading(cell: RawCell, target: Field, options: Options, font: str) -> str | None:
    """What a cell in a legacy encoding was meant to say, in Unicode, to be proposed (V317); None for clean text.

    None also where the field cannot take what was meant: then its own finding says what is expected. Where only
    certain words may stand, a text that reads as one of them when it is decoded, and as none as it stands, is legacy
    text however sensible it looks: "giê" for "giờ".
    """
    if not isinstance(cell.value, str) or cell.is_error or cell.value.isascii():
        return None
    words = {**options, **{word: word for word in target.coded}}
    reading = read_legacy(cell.value, font)
    if reading is None and not words:
        return None
    if reading is not None:
        meant, choice = cell._replace(value=reading.text), chosen(reading.text, words)
        if choice is not None:
            return words[choice]
        is_taken = target.any_other if target.kind is Kind.CHOICE else not parse_cell(meant, target, options).code
        return reading.text if is_taken else None
    if chosen(cell.value, words) is not None:
        return None
    readings = {_exactly(text) for text in possible_readings(cell.value)}
    return next((word for key, word in words.items() if readings & {_exactly(key), _exactly(word)}), None)


def has_bidi_controls(cell: RawCell) -> bool:
    """Whether a text holds marks of direction; no Vietnamese text needs one."""
    return isinstance(cell.value, str) and not cell.value.isascii() and bool(_CONTROLS.search(cell.value))


def without_bidi_controls(cell: RawCell) -> RawCell:
    """The cell without them: nothing that is passed on may turn the text around it."""
    return cell._replace(value=_CONTROLS.sub("", str(cell.value))) if has_bidi_controls(cell) else cell


def in_stored_order(parsed: Parsed, kind: Kind, stored: RawCell) -> Parsed:
    """What was read; a figure or a day that shows in another order than it is stored is none."""
    if not _TURNING.search(str(stored.value)) or parsed.code:
        return parsed
    match kind:
        case Kind.NUMBER:
            return Parsed(code=Code.V301)
        case Kind.DATE:
            return Parsed(code=Code.V302)
        case Kind.TEXT | Kind.CHOICE:
            return parsed


def visible_text(cell: RawCell | None) -> str:
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
    return Parsed(code=Code.V316)


def _several(cell: RawCell) -> Parsed:
    plain = _text(cell)
    return replace(plain, value=as_kept(plain.value) or None) if isinstance(plain.value, str) else plain


def _number(cell: RawCell, target: Field) -> Parsed:
    value = cell.value
    if isinstance(value, str):
        return _number_from_text(value, target)
    if not isinstance(value, float):
        return Parsed(code=Code.V301)
    if not _is_percent(cell):
        # Excel shows and compares 15 digits; what lies beyond is noise, such as LibreOffice's 0.43420000000000003.
        return _figure(float(f"{value:.15g}") if abs(value) >= _NOISE else 0.0)
    # A clerk who types 95% stores 0.95 with a % format; ten decimals keep the sense and drop the float's noise.
    return _figure(round(value * 100, 10), unit="%") if target.measured_in else Parsed(code=Code.V301)


def _figure(value: float, unit: str | None = None, decimals: int | None = None) -> Parsed:
    """A figure; V301 for one beyond all reports, whose hundredfold may be infinite."""
    if abs(value) >= _BEYOND_REPORTS:
        return Parsed(code=Code.V301)
    return Parsed(value=value, decimals=decimals_of(value) if decimals is None else decimals, unit=unit)


def _number_from_text(text: str, target: Field) -> Parsed:
    if not normalise(text):
        return Parsed()
    reading = read_number(text)
    if reading.readings:
        return Parsed(
            code=Code.V307, facts={"readings": say("validation.or").join(map(format_number, reading.readings))}
        )
    if reading.value is None:
        return Parsed(code=Code.V301)
    unit = "%" if reading.percent else reading.unit
    if unit and not target.measured_in and (unit == "%" or multiplier_power(unit) is not None):
        # "8 tỷ" is no plain count, and neither is a percentage.
        return Parsed(code=Code.V301)
    return _figure(reading.value, unit, reading.decimals)


def _date(cell: RawCell, *, date_1904: bool) -> Parsed:
    value = cell.value
    if isinstance(value, str):
        return _date_from_text(value)
    if isinstance(value, float):
        # A date pasted without its format arrives as its serial number.
        return _near_our_time(read_serial(value, date_1904=date_1904))
    day = value.date() if isinstance(value, dt.datetime) else value
    return _near_our_time(day if isinstance(day, dt.date) else None)


def _near_our_time(day: dt.date | None) -> Parsed:
    """A day of 1990 to 2100; a plain number in a cell with a date format is a day of 1900 (V302)."""
    return Parsed(value=day) if day is not None and day.year in _OUR_TIME else Parsed(code=Code.V302)


def _date_from_text(text: str) -> Parsed:
    if not normalise(text):
        return Parsed()
    reading = read_date(text)
    if reading.readings:
        readings = [*map(format_date, reading.readings)]
        meant = {"proposal": readings[0]} if len(readings) == 1 else {}
        return Parsed(code=Code.V319, facts={"readings": ", ".join(readings), **meant})
    return _near_our_time(reading.value)


def _choice(cell: RawCell, target: Field, options: Options) -> Parsed:
    plain = _text(cell)
    if not isinstance(plain.value, str):
        return plain
    if target.options is not None and "%" in options:
        unit = canonical_unit(plain.value)
        is_other = unit is not None and fold(unit) != fold(plain.value)
        return Parsed(value=unit or plain.value, understood=unit if unit and is_other else "")
    choice = chosen(plain.value, options)
    return Parsed(value=plain.value if choice is None else choice)


def _exactly(text: str) -> str:
    return normalise(text).casefold()


def _is_percent(cell: RawCell) -> bool:
    return cell.number_format is not None and "%" in cell.number_format
