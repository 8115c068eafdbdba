"""How many pages the covering report takes, estimated, and how much of its tables it has room for. Pure.

Nobody reads a covering report of five pages: what has no room stands in the workbook that it goes with.
"""

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

from pipeline.letters.report_results import Block, ChartText, TableText, chart_height

PAGES: Final = 3
_PAGE_HEIGHT, _WIDTH = 257.0, 160.0
"""Millimetres between the margins."""
_TEXT, _CELL = 13.0, 11.0
"""Points."""
_CHARACTER, _CAPITAL = 0.153, 0.24
"""Millimetres a point that a Vietnamese character of Times New Roman takes on average, measured with some to spare."""
_LINE: Final = 0.406
"""Millimetres a point that a line is high."""
_PADDING: Final = 3.5
_ABOVE, _BELOW = 80.0, 62.0
"""The head with number, title and addressee; the signature with its room."""
_LEFT_BLANK: Final = 3.0
"""What a page may leave blank at its foot, as no row and no heading stands apart from what belongs to it."""


class Room(NamedTuple):
    """How many charts there are, how many divisions, objectives of the agency and missed objectives are named.

    A chart shows again what the table by division says. ``longest``: characters of a text of a division; ``line``: of a
    sentence of the report, of which a cell takes a third.
    """

    charts: int
    divisions: int
    agency: int
    missed: int
    longest: int
    line: int


_WHOLE: Final = 3000
ROOMS: Final = (
    Room(1, 15, 8, 8, 400, _WHOLE),
    Room(0, 15, 8, 8, 400, _WHOLE),
    Room(0, 15, 8, 8, 120, _WHOLE),
    Room(0, 12, 6, 6, 72, _WHOLE),
    Room(0, 12, 6, 4, 72, _WHOLE),
    Room(0, 8, 5, 3, 72, _WHOLE),
    Room(0, 6, 4, 2, 72, _WHOLE),
    Room(0, 5, 3, 1, 72, _WHOLE),
    Room(0, 5, 3, 1, 72, 360),
    Room(0, 4, 2, 1, 60, 240),
    Room(0, 3, 1, 1, 40, 160),
)
"""What is tried, the most first."""


def is_enough(texts: Iterable[str], blocks: Iterable[Block]) -> bool:
    """Whether paragraphs and blocks stand on :data:`PAGES` pages."""
    height = _ABOVE + _BELOW + sum(map(_paragraph, texts)) + sum(map(_block, blocks))
    return height <= PAGES * (_PAGE_HEIGHT - _LEFT_BLANK)


def _block(block: Block) -> float:
    match block:
        case str():
            return _paragraph(block)
        case TableText():
            rows = (block.columns, *block.rows)
            return _paragraph(block.title) + sum(_row(row, block.widths) for row in rows)
        case ChartText():
            return chart_height(block) + _PADDING


def _paragraph(text: str) -> float:
    return _lines(text, _WIDTH - 4, _TEXT) * _TEXT * _LINE + 2.2


def _row(texts: tuple[str, ...], widths: tuple[float, ...]) -> float:
    most = max(_lines(text, width - _PADDING, _CELL) for text, width in zip(texts, widths, strict=True))
    return most * _CELL * _LINE + 0.8


def _lines(text: str, width: float, size: float) -> int:
    capitals = sum(map(str.isupper, text))
    return max(1, math.ceil((len(text) * _CHARACTER + capitals * (_CAPITAL - _CHARACTER)) * size / width))
