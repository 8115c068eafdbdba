"""Computes a live formula as Excel would, so that a form is written with the values that it has (design 3).

Only the functions and signs that ``expressions`` and the rules write are here; tests compare each with LibreOffice
(decision 0044).
"""

import datetime as dt
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import Any, Final

from pipeline.formulas.reading import Node, read_formula

Plain = Any
"""A number (float), a text, a truth value, None for a blank cell, :data:`ERROR`, or a list of these for an array."""


class ExcelError:
    """What a cell such as #N/A or #VALUE! holds."""


ERROR: Final = ExcelError()
_EPOCH: Final = dt.date(1899, 12, 30)
_PATTERN_SIGN: Final = re.compile("~[~*?]|.", re.DOTALL)
_WILDCARDS: Final = {"*": "(?s:.*)", "?": "(?s:.)"}


def evaluated(formula: str, places: Mapping[str, Plain], today: dt.date, row: int = 0) -> Plain:
    """What a formula without its ``=`` gives.

    ``places`` holds the value of each reference in it, a column as a list; ``row`` is that of its own cells, counted
    from the first row of the columns.

    Raises:
        KeyError: the formula refers to something else, or uses a function that live formulas do not.
    """
    return _Evaluation(places, today, row).of(read_formula(formula))


def serial_of(day: dt.date) -> float:
    """A day as Excel stores it."""
    return float((day - _EPOCH).days)


@dataclass(frozen=True)
class _Evaluation:
    """One formula over the values of one workbook."""

    places: Mapping[str, Plain]
    today: dt.date
    row: int

    def of(self, node: Node) -> Plain:
        match node.kind:
            case "text":
                return node.word
            case "number":
                return float(node.word)
            case "array":
                return [self.of(part) for part in node.parts]
            case "name":
                return node.word == "TRUE" if node.word in {"TRUE", "FALSE"} else self.places[node.word]
            case "call":
                return self._call(node.word, node.parts)

    def _call(self, function: str, parts: Sequence[Node]) -> Plain:
        match function:
            case "IF":
                condition = self.of(parts[0])
                return ERROR if condition is ERROR else self.of(parts[1] if condition else parts[2])
            case "IFERROR":
                value = self.of(parts[0])
                return self.of(parts[1]) if value is ERROR else value
            case "ROW":  # rows are only held against each other
                column = self.places[parts[0].word]
                return [float(row) for row, _ in enumerate(column)] if isinstance(column, list) else float(self.row)
            case "TODAY":
                return serial_of(self.today)
        values = [self.of(part) for part in parts]
        if function in _OF_ARRAYS:
            return _OF_ARRAYS[function](*values)
        return _each(_OF_VALUES[function], values, sees_errors=function in _SEEING_ERRORS)


def _each(function: Callable[..., Plain], values: Sequence[Plain], *, sees_errors: bool = False) -> Plain:
    """The function of single values, or of each row of arrays; an error gives an error unless the function sees it."""

    def single(*row: Plain) -> Plain:
        if not sees_errors and ERROR in row:
            return ERROR
        try:
            return function(*row)
        except (ValueError, ZeroDivisionError, OverflowError):
            return ERROR

    lengths = [len(value) for value in values if isinstance(value, list)]
    if not lengths:
        return single(*values)
    columns = [value if isinstance(value, list) else repeat(value, lengths[0]) for value in values]
    return [single(*row) for row in zip(*columns, strict=False)]


def _text(value: Plain) -> str:
    """A value as ``&`` joins it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:.15g}" if isinstance(value, int | float) else str(value)


def _number(value: Plain) -> float:
    """A value as arithmetic takes it; ValueError for a text that is no number."""
    return 0.0 if value is None else float(value)


def _is_number(value: Plain) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _arithmetic(compute: Callable[[float, float], float], left: Plain, right: Plain) -> float:
    return compute(_number(left), _number(right))


def _comparison(compare: Callable[[Plain, Plain], bool], left: Plain, right: Plain) -> bool:
    """As Excel orders values: numbers, then texts whatever their case, then truth values."""
    return compare(_ordered(left, right), _ordered(right, left))


def _ordered(value: Plain, beside: Plain) -> tuple[int, float | str]:
    if value is None:
        value = "" if isinstance(beside, str) else 0.0
    if isinstance(value, bool):
        return 2, float(value)
    return (1, value.casefold()) if isinstance(value, str) else (0, float(value))


def _wild(pattern: str) -> str:
    """The pattern as a regular expression; a sign behind ``~`` stands for itself."""
    signs = _PATTERN_SIGN.findall(pattern.casefold())
    return "".join(_WILDCARDS.get(sign) or re.escape(sign[-1]) for sign in signs)


def _is_like(pattern: str, text: str) -> bool:
    return re.fullmatch(_wild(pattern), text.casefold()) is not None


def _search(part: Plain, within: Plain) -> Plain:
    match = re.search(_wild(_text(part)), _text(within).casefold())
    return ERROR if match is None else float(match.start() + 1)


def _substitute(text: Plain, old: Plain, new: Plain, which: Plain = None) -> str:
    pieces = _text(text).split(_text(old))
    if which is None:
        return _text(new).join(pieces)
    at = int(which)
    return (
        _text(text) if len(pieces) <= at else _text(old).join(pieces[:at]) + _text(new) + _text(old).join(pieces[at:])
    )


def _rounded(value: Plain, places: Plain) -> float:
    """Halves away from zero, as far as the fifteen digits go that Excel has."""
    step = 10.0 ** int(places)
    whole = float(int(abs(_number(value)) * step + 0.5 + 1e-9))
    return math.copysign(whole / step, _number(value))


def _flat(values: Sequence[Plain]) -> list[Plain]:
    return [item for value in values for item in (value if isinstance(value, list) else [value])]


def _logical(function: Callable[[list[Plain]], bool], *values: Plain) -> Plain:
    return ERROR if ERROR in _flat(values) else function(_flat(values))


def _sum_of_products(*arrays: Plain) -> Plain:
    product = _each(lambda *values: math.prod(float(v) if _is_number(v) else 0.0 for v in values), arrays)
    return ERROR if ERROR in _flat([product]) else float(sum(_flat([product])))


def _count_if(cells: Plain, criteria: Plain) -> Plain:
    texts = [cell for cell in _flat([cells]) if isinstance(cell, str)]
    return _each(lambda pattern: float(sum(_is_like(_text(pattern), text) for text in texts)), [criteria])


def _position(among: Sequence[Plain], value: Plain) -> Plain:
    for at, other in enumerate(among, 1):
        if isinstance(value, str) and isinstance(other, str) and _is_like(value, other):
            return float(at)
        if type(value) is type(other) and _comparison(operator.eq, value, other):
            return float(at)
    return ERROR


_OF_ARRAYS: Final[Mapping[str, Callable[..., Plain]]] = {
    "AND": partial(_logical, all),
    "OR": partial(_logical, any),
    "COUNT": lambda *values: float(sum(map(_is_number, _flat(values)))),
    "COUNTIF": _count_if,
    "INDEX": lambda column, at: ERROR if at is ERROR else column[int(at) - 1],
    "MATCH": lambda value, among, _exactly: _each(partial(_position, among), [value]),
    "MAX": lambda *values: max(filter(_is_number, _flat(values)), default=0.0),
    "MIN": lambda *values: min(filter(_is_number, _flat(values)), default=0.0),
    "SUMPRODUCT": _sum_of_products,
}
_SEEING_ERRORS: Final[Mapping[str, Callable[[Plain], bool]]] = {
    "ISERROR": lambda value: value is ERROR,
    "ISNA": lambda value: value is ERROR,
    "ISLOGICAL": lambda value: isinstance(value, bool),
    "ISNUMBER": _is_number,
    "ISTEXT": lambda value: isinstance(value, str),
}
_OF_VALUES: Final[Mapping[str, Callable[..., Plain]]] = {
    **_SEEING_ERRORS,
    "ABS": lambda value: abs(_number(value)),
    "CELL": lambda _format, _cell: "G",  # we write numbers in the general format
    "CHAR": lambda code: chr(int(code)),
    "EXACT": lambda left, right: _text(left) == _text(right),
    "FIND": lambda part, within: float(_text(within).index(_text(part)) + 1),
    "INT": lambda value: float(_number(value) // 1),
    "LEFT": lambda text, count=1: _text(text)[: int(count)],
    "LEN": lambda text: float(len(_text(text))),
    "MID": lambda text, start, count: _text(text)[int(start) - 1 : int(start) - 1 + int(count)],
    "NOT": operator.not_,
    "REPT": lambda text, count: _text(text) * int(count),
    "ROUND": _rounded,
    "SEARCH": _search,
    "SUBSTITUTE": _substitute,
    "TEXT": lambda value, _format: f"{int(_number(value)):02d}",
    "TRIM": lambda text: " ".join(filter(None, _text(text).split(" "))),
    "VALUE": lambda value: float(_text(value).strip()),
    "YEAR": lambda value: float((_EPOCH + dt.timedelta(days=int(_number(value)))).year),
    "neg": lambda value: -_number(value),
    "&": lambda left, right: _text(left) + _text(right),
    "=": partial(_comparison, operator.eq),
    "<>": partial(_comparison, operator.ne),
    "<": partial(_comparison, operator.lt),
    ">": partial(_comparison, operator.gt),
    "<=": partial(_comparison, operator.le),
    ">=": partial(_comparison, operator.ge),
    "+": partial(_arithmetic, operator.add),
    "-": partial(_arithmetic, operator.sub),
    "*": partial(_arithmetic, operator.mul),
    "/": partial(_arithmetic, operator.truediv),
    "^": partial(_arithmetic, operator.pow),
}
