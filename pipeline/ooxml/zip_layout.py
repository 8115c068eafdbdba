"""Whether a zip is laid out as programs lay it out: every byte belongs to one entry, and both headers say the same.

A reader that goes by the directory and one that goes from entry to entry then read the same parts (APPNOTE 6.3.10).
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from pipeline.ooxml import Repair, WouldRepairError

ZIP_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What Python's zipfile raises on a directory or an entry that is cut, damaged or of an unknown method."""

LOCAL_SIGNATURE = b"PK\x03\x04"
END_SIGNATURE = b"PK\x05\x06"
END64_SIGNATURE = b"PK\x06\x06"
LOCAL = struct.Struct("<4s5H3L2H")
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR64 = struct.Struct("<4sLQL")
_DIRECTORY = struct.Struct("<4s6H3L5H2L")
_DESCRIPTOR_SIGNATURE = b"PK\x07\x08"
_LONGEST_DESCRIPTOR = 24
_IN_ZIP64 = 0xFFFFFFFF
_ZIP64 = 1
_FIELD = struct.Struct("<2H")
_UNICODE_PATH = 0x7075
"""A second name of an entry, which some readers prefer: a version, a check sum, the name in UTF-8 (APPNOTE 4.6.9)."""
_BEFORE_UNICODE_PATH = 5
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DESCRIPTOR = 0x8
_UTF8 = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What OPC allows (ECMA-376 Part 2, annex B.3)."""


def hold_zip(path: Path) -> None:
    """Hold the layout of a zip against what programs write.

    Raises:
        WouldRepairError: it is damaged; two names for one part, an encrypted entry, a local header that says otherwise
            than the directory, entries that overlap, bytes that belong to no entry.
        OSError: the file cannot be read.
    """
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            _hold_layout(stream, archive)
    except ZIP_DAMAGE as damage:
        raise WouldRepairError(Repair.DAMAGED_PART, str(damage)) from damage


def _hold_layout(stream: BinaryIO, archive: zipfile.ZipFile) -> None:
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    _hold_names(entries)
    end_of_entry = 0
    for entry in entries:
        _hold_gap(end_of_entry, entry.header_offset)
        end_of_entry = _after_descriptor(stream, entry, _hold_entry(stream, entry))
    _hold_gap(end_of_entry, archive.start_dir)
    _hold_end(stream, archive, entries)


def folded_name(name: str) -> str:
    """The name by which a part is known, however it is spelled (ECMA-376 Part 2, 6.2.2: names are equal so)."""
    return posixpath.normpath("/" + unquote(name).replace("\\", "/").lstrip("/")).lstrip("/").casefold()


def _hold_names(entries: Sequence[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = folded_name(entry.orig_filename)
        other_names = [content for field, content in _fields(entry.extra) if field == _UNICODE_PATH]
        is_other = any(other[_BEFORE_UNICODE_PATH:] != entry.orig_filename.encode() for other in other_names)
        if name in seen or "\0" in name or is_other:
            raise WouldRepairError(Repair.TWIN_PARTS, name)
        seen.add(name)


def _hold_entry(stream: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the content of an entry ends, after its local header has been held against the directory."""
    stream.seek(entry.header_offset)
    header = stream.read(LOCAL.size)
    if len(header) < LOCAL.size:
        raise WouldRepairError(Repair.LOCAL_HEADER, entry.filename)
    signature, _, flags, method, _, _, crc, stored, inflated, name_length, extra_length = LOCAL.unpack(header)
    if (flags | entry.flag_bits) & _ENCRYPTED:
        raise WouldRepairError(Repair.ENCRYPTED_PART, entry.filename)
    name = stream.read(name_length).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    sizes = _sizes(stored, inflated, stream.read(extra_length))
    is_same = (signature, method, name) == (LOCAL_SIGNATURE, entry.compress_type, entry.orig_filename)
    if not is_same or method not in _METHODS or not _agrees(entry, flags, crc, sizes):
        raise WouldRepairError(Repair.LOCAL_HEADER, entry.filename)
    return int(entry.header_offset + LOCAL.size + name_length + extra_length + entry.compress_size)


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the extra fields of a header by number, as far as they are whole."""
    at = 0
    while at + _FIELD.size <= len(extra):
        field, length = _FIELD.unpack_from(extra, at)
        at += _FIELD.size
        yield field, extra[at : at + length]
        at += length


def _sizes(stored: int, inflated: int, extra: bytes) -> tuple[int, int]:
    """Compressed and inflated size of a local header, with what its ZIP64 field says instead of 0xFFFFFFFF."""
    content = next((content for field, content in _fields(extra) if field == _ZIP64), b"")
    longs = [long for (long,) in struct.iter_unpack("<Q", content[: len(content) // 8 * 8])]
    inflated = longs.pop(0) if inflated == _IN_ZIP64 and longs else inflated
    return longs.pop(0) if stored == _IN_ZIP64 and longs else stored, inflated


def _agrees(entry: zipfile.ZipInfo, flags: int, crc: int, sizes: tuple[int, int]) -> bool:
    """Whether check sum and sizes are those of the directory; zero, or not said, where a descriptor follows."""
    expected = (entry.CRC, entry.compress_size, entry.file_size)
    if flags & _DESCRIPTOR:
        allowed = {0, _IN_ZIP64}
        return all(value in {*allowed, right} for value, right in zip((crc, *sizes), expected, strict=True))
    return (crc, *sizes) == expected


def _after_descriptor(stream: BinaryIO, entry: zipfile.ZipInfo, end: int) -> int:
    """Where an entry ends when the descriptor behind it, if any, belongs to it."""
    stream.seek(end)
    behind = stream.read(_LONGEST_DESCRIPTOR)
    for sizes in ("LL", "QQ"):
        for signature in (_DESCRIPTOR_SIGNATURE, b""):
            try:
                expected = signature + struct.pack(f"<L{sizes}", entry.CRC, entry.compress_size, entry.file_size)
            except struct.error:
                continue
            if behind.startswith(expected):
                return end + len(expected)
    return end


def _hold_gap(end: int, following: int) -> None:
    if end > following:
        raise WouldRepairError(Repair.OVERLAP, f"byte {following}")
    if end < following:
        raise WouldRepairError(Repair.HIDDEN_BYTES, f"byte {end}")


def _hold_end(stream: BinaryIO, archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Hold the directory and its end record: nothing behind them, nothing between, no other end in the comment."""
    end_at = stream.seek(0, io.SEEK_END) - END.size - len(archive.comment)
    directory_end = archive.start_dir + sum(map(_directory_size, entries))
    stream.seek(directory_end)
    tail = stream.read()
    position = end_at - directory_end
    if position < 0 or not tail.startswith(END_SIGNATURE, position) or END_SIGNATURE in archive.comment:
        raise WouldRepairError(Repair.HIDDEN_BYTES, "end of the zip")
    _, disk, first_disk, on_disk, count, size, offset, _ = END.unpack_from(tail, position)
    stated: tuple[int, ...] = (disk, first_disk, on_disk, count, size, offset)
    if position:
        stated = _with_zip64(stated, tail[:position])
    if stated != (0, 0, len(entries), len(entries), directory_end - archive.start_dir, archive.start_dir):
        raise WouldRepairError(Repair.HIDDEN_BYTES, "directory of the zip")


def _with_zip64(stated: tuple[int, ...], records: bytes) -> tuple[int, ...]:
    """What the end record says, with that of ZIP64 where there is one and nothing else before it."""
    is_zip64 = len(records) == END64.size + LOCATOR64.size and records.startswith(END64_SIGNATURE)
    if not is_zip64:
        raise WouldRepairError(Repair.HIDDEN_BYTES, "before the end of the zip")
    _, _, _, _, disk, first_disk, on_disk, count, size, offset = END64.unpack_from(records)
    longer = (disk, first_disk, on_disk, count, size, offset)
    if any(short not in {long, 0xFFFF, _IN_ZIP64} for short, long in zip(stated, longer, strict=True)):
        raise WouldRepairError(Repair.HIDDEN_BYTES, "end of the zip")
    return longer


def _directory_size(entry: zipfile.ZipInfo) -> int:
    """How many bytes the directory has for one entry."""
    name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")
    return _DIRECTORY.size + len(name) + len(entry.extra) + len(entry.comment)
