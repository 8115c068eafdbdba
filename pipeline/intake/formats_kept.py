"""Collects what one sheet says about its filled cells, within the bounds of the file."""

from pipeline.intake.file_kinds import Limits
from pipeline.intake.part_scans import MOST_MERGED, Area, SheetFormats
from pipeline.spreadsheet import Position


class TooManyCellsError(Exception):
    """The sheets have more filled cells than are carried back of a workbook."""


class Room:
    """How many more filled cells of one workbook are looked at; a repeated cell costs a few bytes in its file only."""

    def __init__(self, limits: Limits) -> None:
        """Begin with the bounds of the file."""
        self._rows, self._columns = limits.max_rows, limits.max_columns
        self._cells_left = limits.max_cells

    def holds(self, position: Position) -> bool:
        """Whether a cell lies within the rows and columns that are carried back, counting it if it does.

        Raises:
            TooManyCellsError: it is one too many.
        """
        if position[0] > self._rows or position[1] > self._columns:
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
