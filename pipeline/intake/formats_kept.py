"""Collects what one sheet says about its filled cells, within the bounds of the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.intake.file_kinds import Limits
from pipeline.intake.part_scans import MOST_MERGED, Area
from pipeline.spreadsheet import Position

Span = tuple[int, int]
"""First byte, and the one behind the last, in a part."""


@dataclass(frozen=True)
class SheetFormats:
    """What one worksheet's part says, by 1-based (row, column), within the bounds of ``Limits``.

    Attributes:
        number_formats: the format code of each filled cell that holds a number (a date is one, too).
        fonts: the font name of each filled cell that holds text.
        errors: the text of each cell that shows an error.
        formulas_without_value: the cells whose formula has not been calculated by any program.
        last_row: the last row that has a filled cell, beyond all bounds; 0 if none.
        last_column: the same for columns.
        merged: areas of joined cells, as first and last position.
        formulas: the cells that hold a formula, calculated or not.
        new_errors: where in the part errors stand that calamine does not know.
    """

    number_formats: Mapping[Position, str] = field(default_factory=dict)
    fonts: Mapping[Position, str] = field(default_factory=dict)
    errors: Mapping[Position, str] = field(default_factory=dict)
    formulas_without_value: frozenset[Position] = frozenset()
    last_row: int = 0
    last_column: int = 0
    merged: tuple[Area, ...] = ()
    formulas: frozenset[Position] = frozenset()
    new_errors: tuple[Span, ...] = ()


class TooManyCellsError(Exception):
    """The sheets have more filled cells than are carried back of a workbook."""


class Room:
    """How many more filled cells of one workbook are looked at; a repeated cell costs a few bytes in its file only."""

    def __init__(self, limits: Limits) -> None:
        """Begin with the bounds of the file."""
        self._rows, self._columns = limits.max_rows, limits.max_columns
        self._cells_left = limits.max_cells

    def is_within(self, position: Position) -> bool:
        """Whether a cell lies within the rows and columns that are carried back."""
        return position[0] <= self._rows and position[1] <= self._columns

    def holds(self, position: Position) -> bool:
        """Whether a cell lies within the rows and columns that are carried back, counting it if it does.

        Raises:
            TooManyCellsError: it is one too many.
        """
        if not self.is_within(position):
            return False
        self._cells_left -= 1
        if self._cells_left < 0:
            raise TooManyCellsError
        return True


class FormatsKept:
    """What one sheet said so far."""

    def __init__(self, room: Room) -> None:
        """Share the room with the other sheets of the workbook."""
        self._room = room
        self._number_formats: dict[Position, str] = {}
        self._fonts: dict[Position, str] = {}
        self._errors: dict[Position, str] = {}
        self._formulas_without_value: set[Position] = set()
        self._formulas: set[Position] = set()
        self._merged: list[Area] = []
        self._last_row = self._last_column = 0

    def found(self) -> SheetFormats:
        """Return what was kept, after the sheet has ended."""
        return SheetFormats(
            self._number_formats,
            self._fonts,
            self._errors,
            frozenset(self._formulas_without_value),
            self._last_row,
            self._last_column,
            tuple(self._merged),
            frozenset(self._formulas),
        )

    def reach(self, row: int, column: int) -> None:
        """Remember how far the sheet is filled, also beyond the bounds."""
        self._last_row, self._last_column = max(self._last_row, row), max(self._last_column, column)

    def number(self, position: Position, number_format: str | None) -> None:
        """Keep the format of a number; None where the file does not say."""
        self.reach(*position)
        if self._room.holds(position) and number_format is not None:
            self._number_formats[position] = number_format

    def text(self, position: Position, font: str) -> None:
        """Keep the font of a text; "" where the file does not say."""
        self.reach(*position)
        if self._room.holds(position) and font:
            self._fonts[position] = font

    def error(self, position: Position, shown: str) -> None:
        """Keep what a cell with an error shows."""
        self.reach(*position)
        if self._room.holds(position):
            self._errors[position] = shown

    def join(self, first: Position, last: Position) -> None:
        """Keep an area of joined cells."""
        if len(self._merged) < MOST_MERGED:
            self._merged.append((first, last))

    def uncalculated(self, position: Position) -> None:
        """Keep a cell whose formula no program has calculated."""
        self.reach(*position)
        if self._room.holds(position):
            self._formulas_without_value.add(position)

    def formula(self, position: Position) -> None:
        """Keep a cell that holds a formula; what it gives is kept besides."""
        if self._room.is_within(position):
            self._formulas.add(position)
