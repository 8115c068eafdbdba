"""Computes a live formula as Excel would, so that a form is written with the values that it has (design 3).

Only what ``expressions`` writes is known here; LibreOffice is asked in the tests whether it computes the same.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final

from pipeline.formulas.functions import (
    ERROR,
    OF_STATE,
    OF_VALUES,
    Plain,
    compared,
    matches,
    number_of,
    position_of,
    serial_of,
    text_of,
)
from pipeline.formulas.reading import Node, read_formula


@dataclass(frozen=True)
class Cells:
    """What stands at a reference: one value, or a list of those of a column; ``first_row`` is the row of the first."""

    values: Plain
    first_row: int = 0


def evaluated(formula: str, places: Mapping[str, Cells], today: dt.date) -> Plain:
    """What a formula without its ``=`` gives; ``places`` are the references in it.

    Raises:
        KeyError: the formula refers to something else, or uses a function that live formulas do not.
    """
    return _Evaluation(places, today).of(read_formula(formula))


class _Evaluation:
    """One formula over the values of one workbook; an array is a list."""

    def __init__(self, places: Mapping[str, Cells], today: dt.date) -> None:
        self.places = places
        self.today = today

    def of(self, node: Node) -> Plain:
        match node.kind:
            case "text":
                return node.said
            case "number":
                return float(node.said)
            case "array":
                return [self.of(part) for part in node.parts]
            case "name":
                return node.said == "TRUE" if node.said in {"TRUE", "FALSE"} else self._at(node).values
            case "operator":
                return _each(_OPERATORS[node.said], [self.of(part) for part in node.parts])
            case _:
                return self._call(node)

    def _at(self, node: Node) -> Cells:
        return self.places[node.said]

    def _call(self, node: Node) -> Plain:
        if node.said in _LAZY:
            return _LAZY[node.said](self, node.parts)
        values = [self.of(part) for part in node.parts]
        if node.said in OF_STATE:
            return _each(OF_STATE[node.said], values, through=True)
        if node.said in OF_VALUES:
            return _each(OF_VALUES[node.said], values)
        return _OF_ARRAYS[node.said](*values)

    def choose(self, parts: Sequence[Node]) -> Plain:
        """IF."""
        asked = self.of(parts[0])
        if asked is ERROR:
            return ERROR
        return self.of(parts[1]) if asked else self.of(parts[2])

    def unless_error(self, parts: Sequence[Node]) -> Plain:
        """IFERROR."""
        value = self.of(parts[0])
        return self.of(parts[1]) if value is ERROR else value

    def row(self, parts: Sequence[Node]) -> Plain:
        """ROW."""
        cells = self._at(parts[0])
        if not isinstance(cells.values, list):
            return float(cells.first_row)
        return [float(cells.first_row + offset) for offset in range(len(cells.values))]

    def now(self, _parts: Sequence[Node]) -> Plain:
        """TODAY."""
        return serial_of(self.today)

    def shape(self, _parts: Sequence[Node]) -> Plain:
        """CELL("format", …): we write numbers in the general format."""
        return "G"


_LAZY: Final[Mapping[str, Callable[[_Evaluation, Sequence[Node]], Plain]]] = {
    "IF": _Evaluation.choose,
    "IFERROR": _Evaluation.unless_error,
    "ROW": _Evaluation.row,
    "TODAY": _Evaluation.now,
    "CELL": _Evaluation.shape,
}


def _each(function: Callable[..., Plain], values: Sequence[Plain], *, through: bool = False) -> Plain:
    """The function of single values, or of each row of arrays; an error gives an error unless it is asked about."""
    lengths = [len(value) for value in values if isinstance(value, list)]
    if not lengths:
        return _safely(function, values, through=through)
    columns = [value if isinstance(value, list) else repeat(value, lengths[0]) for value in values]
    return [_safely(function, row, through=through) for row in zip(*columns, strict=False)]


def _safely(function: Callable[..., Plain], values: Sequence[Plain], *, through: bool) -> Plain:
    if not through and any(value is ERROR for value in values):
        return ERROR
    try:
        return function(*values)
    except (ValueError, ZeroDivisionError, OverflowError):
        return ERROR


def _flat(values: Sequence[Plain]) -> list[Plain]:
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def _all(*values: Plain) -> Plain:
    return ERROR if any(value is ERROR for value in _flat(values)) else all(_flat(values))


def _any(*values: Plain) -> Plain:
    return ERROR if any(value is ERROR for value in _flat(values)) else any(_flat(values))


def _sum_of_products(*arrays: Plain) -> Plain:
    product = _each(_product, arrays) if len(arrays) > 1 else arrays[0]
    numbers = _flat([product])
    return ERROR if any(one is ERROR for one in numbers) else float(sum(n for n in numbers if _is_number(n)))


def _product(*values: Plain) -> float:
    made = 1.0
    for value in values:
        made *= float(value) if _is_number(value) else 0.0
    return made


def _is_number(value: Plain) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _count_if(cells: Plain, criteria: Plain) -> Plain:
    column = _flat([cells])
    counts = [float(sum(isinstance(c, str) and matches(text_of(one), c) for c in column)) for one in _flat([criteria])]
    return counts if isinstance(criteria, list) else counts[0]


def _match(wanted: Plain, among: Sequence[Plain], _exactly: Plain) -> Plain:
    return _each(lambda one: position_of(one, among), [wanted])


def _index(column: Sequence[Plain], at: Plain) -> Plain:
    return ERROR if at is ERROR else column[int(at) - 1]


_OF_ARRAYS: Final[Mapping[str, Callable[..., Plain]]] = {
    "AND": _all,
    "OR": _any,
    "COUNT": lambda *values: float(sum(map(_is_number, _flat(values)))),
    "COUNTIF": _count_if,
    "INDEX": _index,
    "MATCH": _match,
    "MAX": lambda *values: max([one for one in _flat(values) if _is_number(one)], default=0.0),
    "MIN": lambda *values: min([one for one in _flat(values) if _is_number(one)], default=0.0),
    "SUMPRODUCT": _sum_of_products,
}
_OPERATORS: Final[Mapping[str, Callable[..., Plain]]] = {
    "neg": lambda value: -number_of(value),
    "&": lambda left, right: text_of(left) + text_of(right),
    "=": lambda left, right: compared(left, right) == 0,
    "<>": lambda left, right: compared(left, right) != 0,
    "<": lambda left, right: compared(left, right) < 0,
    ">": lambda left, right: compared(left, right) > 0,
    "<=": lambda left, right: compared(left, right) <= 0,
    ">=": lambda left, right: compared(left, right) >= 0,
    "+": lambda left, right: number_of(left) + number_of(right),
    "-": lambda left, right: number_of(left) - number_of(right),
    "*": lambda left, right: number_of(left) * number_of(right),
    "/": lambda left, right: number_of(left) / number_of(right),
    "^": lambda left, right: number_of(left) ** number_of(right),
}
