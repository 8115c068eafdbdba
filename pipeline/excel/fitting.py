"""Row heights for text that we write ourselves.

Excel fits a row without a stored height when it opens the file; LibreOffice does not and shows one line. So the
height is estimated and stored, without the mark that would stop Excel from fitting the row again while somebody types.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Final

_NARROW: Final = frozenset(" ijlftrI.,;:'|!()[]/-“”‘’")
_WIDE: Final = frozenset("mwMWƯƠÔOQ%@…—")
_DIGIT: Final = 0.5
"""The width of a digit in Times New Roman, in ems; column widths are counted in digits of 11 points."""
_LINE: Final = 1.25
_DEFAULT_SIZE: Final = 11.0
_A_FORM: Final = 100_000
_SMALLEST: Final = 9
"""Forms go by mail and by slow lines: they are packed as tightly as it goes, too slow for the large."""
_CUSTOM_HEIGHT: Final = ' customHeight="1"'


def lines_of(text: str, width: float, *, size: float = _DEFAULT_SIZE, bold: bool = False) -> int:
    """How many lines a text takes in a cell ``width`` digits wide; an estimate on the safe side."""
    room = max(1.0, (width - 0.5) * _DEFAULT_SIZE / size / (1.08 if bold else 1.0))
    return sum(_wrapped(line.split(" "), room) for line in text.split("\n"))


def height_of(lines: int, *, size: float = _DEFAULT_SIZE) -> float:
    """The height in points of a row that shows so many lines."""
    return max(15.0, round(lines * size * _LINE + 3, 2))


def text_width(text: str) -> float:
    """The width of a text in digits of its own size."""
    return sum(map(_width, text))


def _wrapped(words: list[str], room: float) -> int:
    lines, filled = 1, 0.0
    for word in words:
        needed = text_width(word)
        gap = _width(" ") if filled else 0.0
        if filled + gap + needed <= room:
            filled += gap + needed
            continue
        # A word longer than the cell, such as an address of the web, is broken anywhere.
        lines += (1 if filled else 0) + int(needed // room)
        filled = needed % room
    return lines


@cache
def _width(sign: str) -> float:
    if sign in _NARROW:
        return 0.31 / _DIGIT
    if sign in _WIDE:
        return 0.8 / _DIGIT
    return (0.7 if sign.isupper() else 0.48) / _DIGIT


def left_to_excel(workbook: bytes, rows: Mapping[str, frozenset[int]]) -> bytes:
    """The same workbook, its rows of these sheet parts (``xl/worksheets/sheet1.xml``) free to be fitted again.

    XlsxWriter marks every height that it is given as the user's own. Parts keep their order and their date.
    """
    freed, level = io.BytesIO(), _SMALLEST if len(workbook) < _A_FORM else None
    with zipfile.ZipFile(io.BytesIO(workbook)) as written, zipfile.ZipFile(freed, "w") as kept:
        for part in written.infolist():
            content = written.read(part)
            if part.filename in rows:
                content = _freed(content.decode(), rows[part.filename]).encode()
            kept.writestr(part, content, zipfile.ZIP_DEFLATED, level)
    return freed.getvalue()


def _freed(sheet: str, rows: frozenset[int]) -> str:
    def freed(tag: re.Match[str]) -> str:
        return tag[0].replace(_CUSTOM_HEIGHT, "") if int(tag[1]) in rows else tag[0]

    return re.sub(r'<row r="(\d+)"[^>]*>', freed, sheet)
