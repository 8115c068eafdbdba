"""Where a table ends: offices sign under it, as on paper (domain: how offices really fill Excel)."""

from collections.abc import Mapping, Sequence

from pipeline.parsing.headers import heads_a_signature
from pipeline.parsing.layout import SheetMap
from pipeline.parsing.used_rows import is_filled
from pipeline.spreadsheet import RawCell

_WIDEST = 3
"""A signature block fills at most this many cells of a row; a row of a table that somebody filled has more."""


def end_of_table(located: SheetMap) -> int:
    """The first row that cannot belong to the table: the top of a signature block, else the row below the last cell.

    It is one only where nothing but such words stands in its top row and no row from there on is filled like a table's,
    so that nothing that somebody reported is ever passed over.
    """
    rows = _filled_rows(located)
    for row in sorted(rows):
        if _is_signed(rows[row]) and all(len(rows[below]) <= _WIDEST for below in rows if below > row):
            return row
    return located.raw.last_row + 1


def _filled_rows(located: SheetMap) -> Mapping[int, Sequence[RawCell]]:
    rows: dict[int, list[RawCell]] = {}
    for (row, _), cell in located.raw.cells.items():
        if row >= located.first_row and is_filled(cell):
            rows.setdefault(row, []).append(cell)
    return rows


def _is_signed(cells: Sequence[RawCell]) -> bool:
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    return len(texts) == len(cells) <= _WIDEST and all(map(heads_a_signature, texts))
