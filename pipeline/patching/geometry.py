"""Where a comment is drawn beside its cell, by the widths and heights of the sheet, in pixels at 96 a inch."""

from collections.abc import Callable
from typing import Final, NamedTuple

from pipeline.patching.markup import Element, child, children, flag
from pipeline.patching.refusal import LAST_COLUMN, LAST_ROW, PatchError, number
from pipeline.patching.sheet_part import SheetPart

_WIDTH, _HEIGHT = 64, 20
"""A column and a row of Excel whose sheet says nothing else."""
_DIGIT, _PADDING = 7, 5
"""How wide a digit of Calibri 11 is, and what a column has beside its digits (18.3.1.13)."""
_PIXELS_A_POINT: Final = 96 / 72
_RIGHT, _ABOVE = 15, 10
_MARGIN_COLUMNS: Final = 4


class Size(NamedTuple):
    """Width and height of a comment in pixels."""

    width: int
    height: int


class Anchor(NamedTuple):
    """The corners of a drawing: column and row from 0 with the pixels inside them; x and y of the first corner."""

    left: tuple[int, int]
    top: tuple[int, int]
    right: tuple[int, int]
    bottom: tuple[int, int]

    def text(self) -> str:
        """As a drawing of comments says it (``x:Anchor``)."""
        corners = (*self.left, *self.top, *self.right, *self.bottom)
        return ", ".join(map(str, corners))


class Layout:
    """The widths and heights of a sheet, read once for all its comments."""

    def __init__(self, sheet: SheetPart) -> None:
        layout = child(sheet.root, "sheetFormatPr")
        self._usual_width = _pixels(None if layout is None else layout.get("defaultColWidth"), _WIDTH)
        points = _decimal(None if layout is None else layout.get("defaultRowHeight"))
        self._usual_height = _HEIGHT if not points else int(points * _PIXELS_A_POINT)
        self._heights = sheet.row_heights()
        self._columns = [
            (number(column.get("min"), "col"), number(column.get("max"), "col"), self._column_width(column))
            for column in children(child(sheet.root, "cols"), "col")
        ]

    def beside(self, row: int, column: int, size: Size) -> Anchor:
        """Where a comment of a size stands: right of its cell, a little above; left of it at the edge of the sheet."""
        is_at_edge = column > LAST_COLUMN - _MARGIN_COLUMNS
        left = (max(0, column - 2 * _MARGIN_COLUMNS) if is_at_edge else column, _RIGHT)
        return self.resized(left, (max(0, row - 2), _ABOVE if row > 1 else 2), size)

    def resized(self, left: tuple[int, int], top: tuple[int, int], size: Size) -> Anchor:
        """A drawing of another size whose first corner stays."""
        right = _walk(left, size.width, self._width, LAST_COLUMN)
        return Anchor(left, top, right, _walk(top, size.height, self._height, LAST_ROW))

    def _width(self, place: int) -> int:
        """The width of a column by its place from 0."""
        widths = (width for first, last, width in self._columns if first <= place + 1 <= last)
        return next(widths, self._usual_width)

    def _height(self, place: int) -> int:
        """The height of a row by its place from 0."""
        points = self._heights.get(place + 1)
        return self._usual_height if points is None else int(points * _PIXELS_A_POINT)

    def _column_width(self, column: Element) -> int:
        return 0 if flag(column.get("hidden")) else _pixels(column.get("width"), self._usual_width)


def _walk(begin: tuple[int, int], distance: int, extent: Callable[[int], int], last: int) -> tuple[int, int]:
    """The cell and the pixel within it that lie a distance away; the last of the sheet at most."""
    place, left = begin[0], begin[1] + distance
    while left >= extent(place) and place < last - 1:
        left -= extent(place)
        place += 1
    return place, min(left, max(0, extent(place) - 1))


def _pixels(width: str | None, usual: int) -> int:
    digits = _decimal(width)
    return usual if digits is None else int(digits * _DIGIT + _PADDING)


def _decimal(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError as damage:
        raise PatchError(text, "is no width or height") from damage
    return value if 0 <= value < 10_000 else None
