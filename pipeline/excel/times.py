"""How wide a text is in Times New Roman, sign by sign, and how many lines it takes where nobody types any more.

``fitting`` leaves room for what somebody will type; here a page is filled. The widths are those of the Adobe font
metrics of Times, in thousandths of an em; marks above and below a letter take no room.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

_REGULAR: Final[Mapping[str, int]] = {
    " .,": 250, ":;/ijltIT'|!": 278, "()[]frIJ-": 333, "sJ“”": 400, "acez": 444, "?": 444, "–": 500,
    "ABCDGHKNOQRUVXY&Đ": 722, "mM": 889, "w": 722, "W": 944, "EFLPSTZ": 611, "%": 833, "@": 921, "…—■□●": 1000,
}  # fmt: skip
_ELSE: Final = 500
_BOLD: Final = 1.07
_PIXELS_A_POINT: Final = 96 / 72
_PIXELS_A_DIGIT: Final = 7
_PADDING: Final = 3.0
"""The pixels at both sides of a cell's text."""


def lines_of(text: str, width: float, *, size: float, bold: bool = False) -> int:
    """How many lines a text takes in a cell ``width`` digits wide."""
    room = max(width * _PIXELS_A_DIGIT - _PADDING, _PIXELS_A_DIGIT)
    em = size * _PIXELS_A_POINT * (_BOLD if bold else 1.0) / 1000
    return sum(_wrapped(line, room / em) for line in text.split("\n"))


def pixels_of(text: str, *, size: float) -> float:
    """How wide one line of text is, in pixels."""
    return sum(map(_width, text)) * size * _PIXELS_A_POINT / 1000


def _wrapped(line: str, room: float) -> int:
    lines, filled = 1, 0.0
    for word in _words(line):
        needed = sum(map(_width, word.rstrip(" ")))
        if filled and filled + needed > room:
            lines, filled = lines + 1, 0.0
        # A word longer than the cell, such as an address of the web, is broken anywhere.
        lines += int(needed // room)
        filled += needed % room + _width(" ") * word.endswith(" ")
    return lines


def _words(line: str) -> Iterator[str]:
    """The parts between which a line may be broken, each with the blank or hyphen behind it."""
    for word in line.split(" "):
        *parts, last = word.split("-")
        yield from (f"{part}-" for part in parts)
        yield f"{last} "


@cache
def _width(sign: str) -> int:
    letter = unicodedata.normalize("NFD", sign)[0]
    return next((width for signs, width in _REGULAR.items() if letter in signs), _ELSE)
