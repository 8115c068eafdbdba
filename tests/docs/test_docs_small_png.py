"""The pictures of the documentation: small, and every pixel as it was when there are few colours."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from docs.pictures import IMAGES, SHEETS
from docs.small_png import write_small_png


def _drawn(path: Path) -> np.ndarray:
    """The pixels of an indexed PNG of eight bits without filters."""
    content, chunks, at = path.read_bytes(), {}, 8
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        chunks[kind] = content[at + 8 : at + 8 + size]
        at += size + 12
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), dtype=np.uint8).reshape(height, width + 1)
    assert not rows[:, 0].any()
    return np.frombuffer(chunks[b"PLTE"], dtype=np.uint8).reshape(-1, 3)[rows[:, 1:]]


@pytest.mark.parametrize("first", [10, 32, 200], ids=["like a line feed", "like a blank", "like nothing"])
def test_few_colours_stay_as_they_are(tmp_path: Path, first: int) -> None:
    pixels = np.array([[[first, 0, 0], [255, 255, 255]], [[31, 56, 100], [0, 0, 0]]], dtype=np.uint8)
    write_small_png(b"P6\n2 2\n255\n" + pixels.tobytes(), tmp_path / "small.png")
    assert (_drawn(tmp_path / "small.png") == pixels).all()


def test_many_colours_become_their_nearest(tmp_path: Path) -> None:
    shades = np.arange(300 * 3, dtype=np.uint32).reshape(1, 300, 3) * 251 % 256
    pixels = shades.astype(np.uint8)
    write_small_png(b"P6\n300 1\n255\n" + pixels.tobytes(), tmp_path / "small.png")
    assert np.abs(_drawn(tmp_path / "small.png").astype(int) - pixels).max() < 32


def test_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="P5"):
        write_small_png(b"P5\n1 1\n255\n0", tmp_path / "small.png")


def test_every_sheet_of_the_workbook_has_a_small_picture() -> None:
    sizes = {picture: (IMAGES / f"{picture}.png").stat().st_size for picture in SHEETS.values()}
    assert len(sizes) == 12
    assert {picture: size for picture, size in sizes.items() if size > 150_000} == {}
