"""Blocks of cells by their addresses, and formulas without their texts."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.spreadsheet import Position, cell_name, cell_position

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"'(?:[^']|'')*'!")


class Area(NamedTuple):
    """A block of cells; all four count from 1 and belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def has(self, position: Position) -> bool:
        """Whether a cell lies in the block."""
        row, column = position
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def meets(self, other: "Area") -> bool:
        """Whether two blocks share a cell."""
        return (
            self.first_row <= other.last_row
            and other.first_row <= self.last_row
            and self.first_column <= other.last_column
            and other.first_column <= self.last_column
        )

    @property
    def rows(self) -> range:
        """The rows of the block."""
        return range(self.first_row, self.last_row + 1)

    @property
    def columns(self) -> range:
        """The columns of the block."""
        return range(self.first_column, self.last_column + 1)

    def __str__(self) -> str:
        first, last = cell_name(self.first_row, self.first_column), cell_name(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"


def area_of(text: str) -> Area:
    """A block from its address: ``A1``, ``$A$1:$B$9``, whole rows ``$5:$6`` or columns ``A:C``.

    Raises:
        ValueError: the text is no address.
    """
    first, _, last = text.replace("$", "").partition(":")
    last = last or first
    if first.isdigit() and last.isdigit():
        return Area(int(first), 1, int(last), _LAST_COLUMN)
    if first.isalpha() and last.isalpha():
        return Area(1, cell_position(f"{first}1")[1], _LAST_ROW, cell_position(f"{last}1")[1])
    top, bottom = cell_position(first), cell_position(last)
    return Area(*top, *bottom)


def split_reference(text: str, here: str) -> tuple[str, str]:
    """Sheet and address of a reference: ``'3 Kết quả'!$A$1`` or ``A1``, which lies ``here``."""
    sheet, mark, address = text.rpartition("!")
    return (sheet.strip("'").replace("''", "'"), address) if mark else (here, address)


def code_of(formula: str) -> str:
    """A formula without the texts and the names of sheets in it: what is left is functions, references and signs."""
    return _SHEET.sub("", without_texts(formula))


def without_texts(formula: str) -> str:
    """A formula with every text in it emptied."""
    return _TEXT.sub('""', formula)


def calls(formula: str, names: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Every call of the named functions in a formula, with its arguments as they are written, nested calls too."""
    hidden = _TEXT.sub(lambda text: "\0" * len(text[0]), formula)
    for call in re.finditer(r"([A-Z][A-Z0-9.]*)\(", hidden):
        if call[1] in names:
            yield call[1], _arguments(formula, hidden, call.end())


def _arguments(formula: str, hidden: str, start: int) -> list[str]:
    """The arguments of a call whose parenthesis opens right before ``start``."""
    depth, begin, found, quoted = 0, start, [], False
    for place in range(start, len(hidden)):
        sign = hidden[place]
        quoted ^= sign == "'"
        if quoted:
            continue
        if sign == "," and depth == 0:
            found.append(formula[begin:place])
            begin = place + 1
        elif sign == ")" and depth == 0:
            return [*found, formula[begin:place]]
        else:
            depth += (sign == "(") - (sign == ")")
    return [*found, formula[begin:]]
