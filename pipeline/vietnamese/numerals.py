"""The grammar of one numeral in figures, for cells and for sentences alike.

A numeral is digits with separators, without sign, unit or percent sign. The official style is dot thousands
and decimal comma; a machine set to English writes the reverse. Each style reads a numeral in one way or not
at all, and a numeral is ambiguous when two styles disagree.
"""

import re
from typing import NamedTuple

NUMERAL = r"[0-9]+(?:[.,][0-9]+)*"
"""Where a numeral stands in running text; spaces between thousands are left to `numeral_readings`."""


class Numeral(NamedTuple):
    """One reading of a numeral: its value (infinite when too large for a float) and its typed decimals."""

    value: float
    decimals: int


def _style(thousands: str, decimal: str) -> str:
    # A group of thousands never opens with 0, so 0.500 can only be a half.
    grouped = rf"[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+"
    return rf"([0-9]+|{grouped})(?:{decimal}([0-9]+))?"


_OFFICIAL = _style(r"\.", ",")
_OTHERS = (_style(" ", ","), _style(",", r"\."), _style(" ", r"\."))


def numeral_readings(token: str, *, beside_percent: bool = False, power: int = 0) -> tuple[Numeral, ...]:
    """Return every reading of a numeral token: none when it is malformed, two when it is ambiguous.

    "1.200" is 1200, the official style, but beside a percent sign it may as well be 1.2; "1,200" is ambiguous
    everywhere. Readings come smallest first and are multiplied by ten to the given power.
    """
    official = _read(_OFFICIAL, token, power)
    if official and "," not in token and not beside_percent:
        return (official,)
    others = (_read(style, token, power) for style in _OTHERS)
    distinct = {reading.value: reading for reading in (official, *others) if reading}
    return tuple(distinct[value] for value in sorted(distinct))


def _read(style: str, token: str, power: int) -> Numeral | None:
    match = re.fullmatch(style, token)
    if match is None:
        return None
    whole, fraction = re.sub("[^0-9]", "", match[1]), match[2] or ""
    # Shifting the point in the text keeps 8,3 nghìn at 8300; multiplying floats gives 8300.000000000001.
    return Numeral(float(f"{whole}.{fraction}e{power}"), max(0, len(fraction) - power))
