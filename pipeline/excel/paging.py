"""Where the pages of a printed sheet begin, so that no header stands over another table and no heading alone."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

_ROW: Final = 15.0
"""The height in points of a row without a stored one."""
_FIRST_ROWS: Final = 2
"""So many rows of a table stand below its header before a page ends."""
_WRONG: Final = 1_000
"""A page with the header of another table weighs more than any number of pages without a header."""


class Block(NamedTuple):
    """Rows that belong together: from a heading, over the header of a table, to its last row; all count from 1.

    ``header_row`` is 0 where none is to be repeated: such rows stand on one page.
    """

    first_row: int
    header_row: int
    last_row: int


class Layout(NamedTuple):
    """The row that repeats on later pages, the first rows of the pages after the first, and how much is amiss."""

    title_row: int
    starts: tuple[int, ...]
    faults: int


@dataclass(frozen=True)
class Paper:
    """The printed rows: their heights in points, the first of them, and what a page holds in points."""

    heights: Mapping[int, float]
    first_row: int
    capacity: float

    def layout(self, blocks: Sequence[Block]) -> Layout:
        """The pages of a sheet with these tables, in order.

        Excel repeats one row on every page behind it. It is the header of the table that leaves the fewest pages
        without a header; the tables below that one share its last page, so that its header never tops them.
        """
        ends = self._ends(blocks[-1].last_row)
        # Of equals the header of a later table: the earlier ones then end on the pages on which they begin.
        every = (_Pages(self, blocks, place, ends).layout() for place in reversed(range(len(blocks))))
        return min(every, key=lambda layout: (layout.faults, len(layout.starts)))

    def _ends(self, last_row: int) -> list[float]:
        """How far down each row ends, from the first printed one on; 0 before it."""
        rows = range(self.first_row, last_row + 1)
        return [0.0, *accumulate(self.heights.get(row, _ROW) for row in rows)]


@dataclass(frozen=True)
class _Pages:
    """The pages when the header of the block at ``titled`` repeats."""

    paper: Paper
    blocks: Sequence[Block]
    titled: int
    ends: Sequence[float]

    def layout(self) -> Layout:
        """Where pages begin, and what is amiss with them."""
        starts = list(self._starts())
        return Layout(self._title, tuple(starts), sum(map(self._faults, starts)))

    @property
    def _title(self) -> int:
        return self.blocks[self.titled].header_row

    def _starts(self) -> Iterator[int]:
        top = self.paper.first_row
        for place, block in enumerate(self.blocks):
            if block.first_row > top and not self._fits(top, self._kept_together(place)):
                # Blank rows above a heading that the page before no longer holds go with it.
                is_held = self._fits(top, block.first_row - 1)
                yield (top := block.first_row if is_held else self.blocks[place - 1].last_row + 1)
            while not self._fits(top, block.last_row):
                yield (top := self._behind(top))
            if place == self.titled and not self._fits(top, self.blocks[-1].last_row):
                last = self._last_page(top)
                if last > top:
                    yield (top := last)

    def _kept_together(self, place: int) -> int:
        """The last row that a table needs on the page on which it begins: its own where a page holds all of it."""
        block = self.blocks[place]
        is_whole = place < self.titled or not block.header_row
        if is_whole and self._fits(block.first_row, block.last_row):
            return block.last_row
        return min(block.last_row, max(block.first_row, block.header_row) + _FIRST_ROWS)

    def _last_page(self, top: int) -> int:
        """The row at which the last page begins that has the end of the titled table and all tables below it.

        The rows that are left go half and half to it and to the page before.
        """
        block = self.blocks[self.titled]
        rows = range(max((top + block.last_row) // 2, block.header_row + _FIRST_ROWS + 1), block.last_row + 1)
        return next((row for row in rows if self._fits(row, self.blocks[-1].last_row)), top)

    def _faults(self, start: int) -> int:
        """Whether a page lacks the header of the table in which it begins, or has that of another one above it."""
        titled = self.blocks[self.titled]
        if start > titled.last_row:
            return _WRONG
        inside = (block for block in self.blocks if 0 < block.header_row < start <= block.last_row)
        return sum(block is not titled for block in inside)

    def _fits(self, top: int, last: int) -> bool:
        return self._at(last) <= self._floor(top)

    def _behind(self, top: int) -> int:
        """The first row that a page which begins at ``top`` no longer holds."""
        return max(top + 1, bisect_right(self.ends, self._floor(top)) + self.paper.first_row - 1)

    def _floor(self, top: int) -> float:
        repeated = self.paper.heights.get(self._title, _ROW) if 0 < self._title < top else 0.0
        return self._at(top - 1) + self.paper.capacity - repeated

    def _at(self, row: int) -> float:
        return self.ends[row - self.paper.first_row + 1]
