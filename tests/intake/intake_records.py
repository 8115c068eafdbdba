"""An .xls put together record by record ([MS-XLS]) in an envelope with one large stream ([MS-CFB])."""

import struct
from collections.abc import Iterable
from pathlib import Path

BIFF5, BIFF8 = 0x0500, 0x0600
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 512


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def bof(substream: int, version: int = BIFF8) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", version, substream, 0, 0, 0, 0))


def cell(kind: int, row: int, column: int, style: int, *content: bytes) -> bytes:
    return record(kind, struct.pack("<HHH", row, column, style) + b"".join(content))


def globals_with(*, date_1904: bool) -> bytes:
    """The globals' records before the sheets' titles: five fonts, the last .VnTime; three cell formats."""
    fonts = b"".join(_font(name) for name in (*["Calibri"] * 4, ".VnTime"))
    formats = b"".join(record(0x00E0, struct.pack("<HH", *one) + bytes(16)) for one in ((0, 0), (0, 9), (5, 0)))
    return record(0x0022, struct.pack("<H", date_1904)) + fonts + formats


def _font(name: str) -> bytes:
    return record(0x0031, bytes(14) + struct.pack("<BB", len(name), 0) + name.encode())


def write_xls(path: Path, cells: Iterable[bytes], version: int = BIFF8, before: bytes | None = None) -> Path:
    """A workbook whose only sheet is "S"; without more it is an empty one, told by no reader to be otherwise."""
    head = bof(0x0005, version) + (globals_with(date_1904=False) if before is None else before)
    begins_at = len(head) + 4 + 9 + 4
    title = record(0x0085, struct.pack("<IBBBB", begins_at, 0, 0, 1, 0) + b"S")
    sheet = bof(0x0010, version) + b"".join(cells) + record(0x000A, b"")
    stream = head + title + record(0x000A, b"") + sheet
    path.write_bytes(_compound(stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\x00")))
    return path


def _compound(stream: bytes) -> bytes:
    """One allocation table sector, one directory sector, then the stream."""
    count = len(stream) // _SECTOR
    chain = [_FAT, _END, *range(3, count + 2), _END]
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    header += struct.pack("<108I", *[_FREE] * 108)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return header[:_SECTOR] + table + directory.ljust(_SECTOR, b"\x00") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\x00").encode("utf-16-le")
    links = struct.pack("<III", _FREE, _FREE, child)
    return (
        raw.ljust(64, b"\x00")
        + struct.pack("<HBB", len(raw), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
