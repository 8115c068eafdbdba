"""Small PNGs of drawn pages: without the white around them, and with a palette of their most frequent colours."""

import struct
import zlib
from typing import Any, Final

import numpy as np

_COLOURS: Final = 24
_WHITE: Final = 255
_MARGIN: Final = 8
_STEPS: Final = 16
"""Colours closer together than this are one, so that the edges of letters do not crowd out what is drawn."""

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
"""Rows, columns, and red, green and blue."""


def small_png(ppm: bytes) -> bytes:
    """A page drawn by ``pdftoppm`` as a PNG."""
    pixels = _trimmed(_pixels(ppm))
    palette, numbers = _painted(pixels)
    rows = np.pad(numbers, ((0, 0), (1, 0)))  # each row begins with its filter: none
    height, width = numbers.shape
    head = struct.pack(">2I5B", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _pixels(ppm: bytes) -> Pixels:
    _, size, _, drawn = ppm.split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(drawn, np.uint8).reshape(height, width, 3)


def _trimmed(pixels: Pixels) -> Pixels:
    drawn = (pixels < _WHITE).any(axis=2)
    rows, columns = (np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0))
    kept = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    around = ((_MARGIN, _MARGIN), (_MARGIN, _MARGIN), (0, 0))
    return np.pad(kept, around, constant_values=_WHITE)


def _painted(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """The palette, and the number of each pixel's nearest colour in it."""
    coarse = (pixels.astype(np.int32) + _STEPS // 2) // _STEPS
    keys = coarse @ np.array([1 << 16, 1 << 8, 1])
    found, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colours = np.minimum(np.stack([found >> 16, found >> 8 & 0xFF, found & 0xFF], axis=1) * _STEPS, _WHITE)
    palette = colours[np.argsort(counts)[::-1][:_COLOURS]]
    apart = ((colours[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    numbers = apart.argmin(axis=1)[inverse.reshape(keys.shape)]
    return palette.astype(np.uint8), numbers.astype(np.uint8)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
