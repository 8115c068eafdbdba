"""Where a table ends: offices sign under it, as on paper (domain: how offices really fill Excel)."""

import re
from collections.abc import Mapping, Sequence

from pipeline.parsing.layout import SheetMap
from pipeline.parsing.used_rows import is_filled
from pipeline.spreadsheet import RawCell
from pipeline.vietnamese import as_unicode, fold

_WIDEST = 3
"""A signature block fills at most this many cells of a row; a row of a table that somebody filled has more."""
_ABOVE_A_SIGNATURE = re.compile(
    r"(?:(?:kt|tm|tl|tuq|q) )?(?:pho )?"
    r"(?:truong phong|chanh van phong|chanh thanh tra|giam doc|thu truong|to truong|truong ban)(?: .{1,40})?"
    r"|nguoi (?:lap|duyet|tong hop|bao cao|ky)(?: bieu| bao cao)?"
    r"|noi nhan"
    r"|(?:da )?ky(?: .{1,40})?"
    r"|(?:.{1,40} )?ngay (?:\d{1,2} )?thang (?:\d{1,2} )?nam(?: \d{2,4})?"
)
"""Folded words that stand alone in a cell above a signature: TRƯỞNG PHÒNG, (Ký, ghi rõ họ tên), ngày … tháng … năm …"""


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
    folded = [fold(as_unicode(text)) for text in texts]
    return len(texts) == len(cells) <= _WIDEST and all(map(_ABOVE_A_SIGNATURE.fullmatch, folded))
