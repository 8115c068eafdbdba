"""What the file says of its cells and calamine does not tell: formats, fonts, errors, formulas, the date system.

A clerk who types 95% stores 0.95 under the format "0%"; the value alone does not say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.intake.file_kinds import Limits
from pipeline.spreadsheet import Position

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_MOST_MERGED = 2_000
"""How many areas of joined cells of one sheet are told; a form has none in its tables."""

Area = tuple[Position, Position]


class FormatsUnreadableError(Exception):
    """What calamine does not tell cannot be had; the cells come without formats."""


class Room:
    """How many more filled cells of one workbook are looked at; a repeated cell costs a few bytes in its file only."""

    def __init__(self, limits: Limits, cells: float) -> None:
        """Begin with the rows and columns of the limits, and so many cells."""
        self._rows, self._columns = limits.max_rows, limits.max_columns
        self._cells_left = cells

    def is_within(self, position: Position) -> bool:
        """Whether a cell lies within the rows and columns that are carried back."""
        return position[0] <= self._rows and position[1] <= self._columns

    def holds(self, position: Position) -> bool:
        """Whether a cell lies within the rows and columns that are carried back, counting it if it does.

        Raises:
            FormatsUnreadableError: it is one too many.
        """
        if not self.is_within(position):
            return False
        self._cells_left -= 1
        if self._cells_left < 0:
            message = "more filled cells than are carried back"
            raise FormatsUnreadableError(message)
        return True


@dataclass
class SheetFormats:
    """What one sheet says of its filled cells, by 1-based (row, column), within the bounds of ``room``.

    Attributes:
        room: what is left of the bounds of the workbook.
        number_formats: the format code of each filled cell that holds a number (a date is one, too).
        fonts: the font name of each filled cell that holds text.
        errors: the text of each cell that shows an error.
        formulas_without_value: the cells whose formula has not been calculated by any program.
        formulas: the cells that hold a formula, calculated or not.
        merged: areas of joined cells, as first and last position.
        last_row: the last row that has a filled cell, beyond all bounds; 0 if none.
        last_column: the same for columns.
    """

    room: Room
    number_formats: dict[Position, str] = field(default_factory=dict)
    fonts: dict[Position, str] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    formulas_without_value: set[Position] = field(default_factory=set)
    formulas: set[Position] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0

    def reach(self, row: int, column: int) -> None:
        """Remember how far the sheet is filled, also beyond the bounds."""
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)

    def number(self, position: Position, number_format: str | None) -> None:
        """Keep the format of a number; None where the file does not say."""
        if self._counts(position) and number_format is not None:
            self.number_formats[position] = number_format

    def text(self, position: Position, font: str) -> None:
        """Keep the font of a text; "" where the file does not say."""
        if self._counts(position) and font:
            self.fonts[position] = font

    def error(self, position: Position, text: str) -> None:
        """Keep the text of an error."""
        if self._counts(position):
            self.errors[position] = text

    def uncalculated(self, position: Position) -> None:
        """Keep a cell whose formula no program has calculated."""
        if self._counts(position):
            self.formulas_without_value.add(position)

    def formula(self, position: Position) -> None:
        """Keep a cell that holds a formula; what it gives is kept besides."""
        if self.room.is_within(position):
            self.formulas.add(position)

    def join(self, first: Position, last: Position) -> None:
        """Keep an area of joined cells."""
        if len(self.merged) < _MOST_MERGED:
            self.merged.append((first, last))

    def _counts(self, position: Position) -> bool:
        """Whether a filled cell lies within the bounds; it counts against them if it does."""
        self.reach(*position)
        return self.room.holds(position)


@dataclass(frozen=True)
class WorkbookFormats:
    """The worksheets by title, and whether dates count from 1904.

    Attributes:
        plain: the workbook once more as calamine is to read it; None where it reads the file itself.
    """

    sheets: Mapping[str, SheetFormats]
    date_1904: bool
    plain: bytes | None = None
