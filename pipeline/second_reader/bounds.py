"""How much of a workbook is read again: as many rows and columns as by the first reader, cells and bytes bounded."""

from collections.abc import Iterable

from pipeline.spreadsheet import Position, RawCell, RawSheet

MAX_ROWS = 3_000
MAX_COLUMNS = 200
_MAX_CELLS = 200_000
MAX_INFLATED = 200 << 20


class NotReadAgainError(Exception):
    """The second reader cannot read these bytes; the message is its own words, English, for the log."""


class Room:
    """What is left of the bounds of one workbook."""

    def __init__(self) -> None:
        self._cells_left = _MAX_CELLS

    def sheet(self, title: str, filled: Iterable[tuple[Position, RawCell]], *, hidden: bool = False) -> RawSheet:
        """A sheet of filled cells, each counted.

        Raises:
            NotReadAgainError: the workbook has more than 200,000 cells.
        """
        cells: dict[Position, RawCell] = {}
        for position, cell in filled:
            self._cells_left -= 1
            if self._cells_left < 0:
                message = "more than 200,000 cells"
                raise NotReadAgainError(message)
            cells[position] = cell
        return RawSheet(title, cells, hidden=hidden, last_row=max(cells, default=(0, 0))[0])
