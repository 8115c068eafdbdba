"""What Excel's functions give, as far as live formulas use them: plain values in, a plain value out."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

Plain = Any
"""A number (float), a text, a truth value, None for a blank cell, or :data:`ERROR`."""


class ExcelError:
    """What a cell such as #N/A or #VALUE! holds."""


ERROR: Final = ExcelError()
_EPOCH: Final = dt.date(1899, 12, 30)
_SIGN: Final = re.compile("~[~*?]|.", re.DOTALL)
_WILDCARDS: Final = {"*": "(?s:.*)", "?": "(?s:.)"}


def text_of(value: Plain) -> str:
    """A value as ``&`` joins it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:.15g}" if isinstance(value, int | float) else str(value)


def number_of(value: Plain) -> float:
    """A value as arithmetic takes it.

    Raises:
        ValueError: it is a text that is no number.
    """
    return 0.0 if value is None else float(value)


def compared(left: Plain, right: Plain) -> int:
    """-1, 0 or 1 as Excel orders values: numbers, then texts whatever their case, then truth values."""
    one, other = _ordered(left, right), _ordered(right, left)
    return (one > other) - (one < other)


def _ordered(value: Plain, beside: Plain) -> tuple[int, float | str]:
    if value is None:
        value = "" if isinstance(beside, str) else 0.0
    if isinstance(value, bool):
        return 2, float(value)
    return (1, value.casefold()) if isinstance(value, str) else (0, float(value))


def _search(wanted: Plain, within: Plain) -> Plain:
    found = re.search(_wild(text_of(wanted)), text_of(within).casefold())
    return ERROR if found is None else float(found.start() + 1)


def _find(wanted: Plain, within: Plain) -> Plain:
    at = text_of(within).find(text_of(wanted))
    return ERROR if at < 0 else float(at + 1)


def _wild(pattern: str) -> str:
    """The pattern as a regular expression; a sign behind ``~`` stands for itself."""
    signs = _SIGN.findall(pattern.casefold())
    return "".join(_WILDCARDS.get(sign) or re.escape(sign[-1]) for sign in signs)


def matches(pattern: str, text: str) -> bool:
    """Whether a whole text is as a criterion with wildcards says."""
    return re.fullmatch(_wild(pattern), text.casefold()) is not None


def _value(value: Plain) -> Plain:
    return float(text_of(value).strip())


def _mid(text: Plain, start: Plain, count: Plain) -> str:
    return text_of(text)[int(start) - 1 : int(start) - 1 + int(count)]


def _substitute(text: Plain, old: Plain, new: Plain, which: Plain = None) -> str:
    said, out, into = text_of(text), text_of(old), text_of(new)
    if which is None:
        return said.replace(out, into)
    pieces = said.split(out)
    at = int(which)
    return said if len(pieces) <= at else out.join(pieces[:at]) + into + out.join(pieces[at:])


def _rounded(value: Plain, places: Plain) -> float:
    """Halves away from zero, as far as the fifteen digits go that Excel has."""
    step = 10.0 ** int(places)
    whole = float(int(abs(number_of(value)) * step + 0.5 + 1e-9))
    return math.copysign(whole / step, number_of(value))


OF_VALUES: Final[Mapping[str, Callable[..., Plain]]] = {
    "ABS": lambda value: abs(number_of(value)),
    "CHAR": lambda code: chr(int(code)),
    "EXACT": lambda left, right: text_of(left) == text_of(right),
    "FIND": _find,
    "INT": lambda value: float(number_of(value) // 1),
    "LEFT": lambda text, count=1: text_of(text)[: int(count)],
    "LEN": lambda text: float(len(text_of(text))),
    "MID": _mid,
    "NOT": lambda value: not value,
    "ROUND": _rounded,
    "SEARCH": _search,
    "SUBSTITUTE": _substitute,
    "TEXT": lambda value, _format: f"{int(number_of(value)):02d}",
    "TRIM": lambda text: " ".join(part for part in text_of(text).split(" ") if part),
    "VALUE": _value,
    "YEAR": lambda value: float((_EPOCH + dt.timedelta(days=int(number_of(value)))).year),
}
"""Functions of single values; over arrays they are taken value by value."""

OF_STATE: Final[Mapping[str, Callable[[Plain], bool]]] = {
    "ISERROR": lambda value: value is ERROR,
    "ISNA": lambda value: value is ERROR,
    "ISLOGICAL": lambda value: isinstance(value, bool),
    "ISNUMBER": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "ISTEXT": lambda value: isinstance(value, str),
}
"""Questions about a value, which an error answers too."""


def serial_of(day: dt.date) -> float:
    """A day as Excel stores it."""
    return float((day - _EPOCH).days)


def position_of(wanted: Plain, among: Sequence[Plain]) -> Plain:
    """Where MATCH finds a value, from 1."""
    for at, value in enumerate(among, 1):
        if isinstance(wanted, str) and isinstance(value, str) and matches(wanted, value):
            return float(at)
        if type(wanted) is type(value) and compared(wanted, value) == 0:
            return float(at)
    return ERROR
