"""A picture of a printed page as a small PNG: at most 256 colours, which is all that text, tables and charts need."""

import struct
import zlib
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

_COLOURS: Final = 256
_WHITE: Final = 255
_MARGIN: Final = 8
Pixels = NDArray[np.uint8]


def write_small_png(portable_pixmap: bytes, path: Path, *, trimmed: bool = False) -> None:
    """Write a binary PPM (``pdftoppm`` without options) as an indexed PNG; ``trimmed`` leaves out the white around.

    Raises:
        ValueError: the bytes are no binary PPM of eight bits a channel.
    """
    pixels = _pixels(portable_pixmap)
    path.write_bytes(_indexed_png(*_quantised(_trimmed(pixels) if trimmed else pixels)))


def _pixels(portable_pixmap: bytes) -> Pixels:
    kind, width, height, depth, content = portable_pixmap.split(maxsplit=4)
    if (kind, depth) != (b"P6", b"255"):
        raise ValueError(kind)
    shape = int(height), int(width), 3
    # A first pixel that looks like white space is split off with the header.
    raw = portable_pixmap[-shape[0] * shape[1] * 3 :]
    return np.frombuffer(raw if len(raw) >= len(content) else content, dtype=np.uint8).reshape(shape)


def _trimmed(pixels: Pixels) -> Pixels:
    drawn = (pixels < _WHITE).any(axis=2)
    rows, columns = (np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0))
    kept = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.pad(kept, ((_MARGIN, _MARGIN), (_MARGIN, _MARGIN), (0, 0)), constant_values=_WHITE)


def _quantised(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """The commonest colours, and for each pixel the place of the nearest of them."""
    channels = pixels.astype(np.int32)
    codes = (channels[..., 0] << 16) | (channels[..., 1] << 8) | channels[..., 2]
    found, counts = np.unique(codes, return_counts=True)
    palette = _channels(found[np.argsort(-counts, kind="stable")[:_COLOURS]])
    nearest = [np.abs(palette - colour).sum(axis=1).argmin() for colour in _channels(found)]
    return palette.astype(np.uint8), np.array(nearest, dtype=np.uint8)[np.searchsorted(found, codes)]


def _channels(codes: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1)


def _indexed_png(palette: Pixels, places: Pixels) -> bytes:
    height, width = places.shape
    rows = np.concatenate([np.zeros((height, 1), dtype=np.uint8), places], axis=1)
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),
        b"PLTE": palette.tobytes(),
        b"IDAT": zlib.compress(rows.tobytes(), 9),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts.items())


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
