"""Whether a zip is laid out as programs lay it out: every byte belongs to one entry, and both headers say the same.

A reader that goes by the directory and one that goes from entry to entry then read the same parts (APPNOTE 6.3.10).
"""

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator, Sequence
from typing import BinaryIO
from urllib.parse import unquote

from pipeline.intake.repairs import Repair, WouldRepairError

_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_SIGNATURE = b"PK\x06\x06"
_LOCATOR64 = struct.Struct("<4sLQL")
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


def hold_zip(stream: BinaryIO, archive: zipfile.ZipFile) -> None:
    """Hold the layout of a zip against what programs write.

    Raises:
        WouldRepairError: two names for one part, an encrypted entry, a local header that says otherwise than the
            directory, entries that overlap, bytes that belong to no entry.
    """
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
        if name in seen or "\0" in name:
            raise WouldRepairError(Repair.TWIN_PARTS, name)
        if any(
            _is_other_name(entry.orig_filename, content)
            for field, content in _fields(entry.extra)
            if field == _UNICODE_PATH
        ):
            raise WouldRepairError(Repair.TWIN_PARTS, name)
        seen.add(name)


def _is_other_name(name: str, unicode_path: bytes) -> bool:
    return unicode_path[_BEFORE_UNICODE_PATH:] != name.encode()


def _hold_entry(stream: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the content of an entry ends, after its local header has been held against the directory."""
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        raise WouldRepairError(Repair.LOCAL_HEADER, entry.filename)
    signature, _, flags, method, _, _, crc, stored, inflated, name_length, extra_length = _LOCAL.unpack(header)
    if (flags | entry.flag_bits) & _ENCRYPTED:
        raise WouldRepairError(Repair.ENCRYPTED_PART, entry.filename)
    name, extra = stream.read(name_length), stream.read(extra_length)
    sizes = _sizes(stored, inflated, extra)
    is_same = (signature, method, _decoded(name, flags)) == (_LOCAL_SIGNATURE, entry.compress_type, entry.orig_filename)
    if not is_same or method not in _METHODS or not _agrees(entry, flags, crc, sizes):
        raise WouldRepairError(Repair.LOCAL_HEADER, entry.filename)
    return int(entry.header_offset + _LOCAL.size + name_length + extra_length + entry.compress_size)


def _decoded(name: bytes, flags: int) -> str:
    return name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")


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
    end_at = stream.seek(0, io.SEEK_END) - _END.size - len(archive.comment)
    directory_end = archive.start_dir + sum(map(_directory_size, entries))
    stream.seek(directory_end)
    tail = stream.read()
    position = end_at - directory_end
    if position < 0 or not tail.startswith(_END_SIGNATURE, position) or _END_SIGNATURE in archive.comment:
        raise WouldRepairError(Repair.HIDDEN_BYTES, "end of the zip")
    _, disk, first_disk, on_disk, count, size, offset, _ = _END.unpack_from(tail, position)
    told: tuple[int, ...] = (disk, first_disk, on_disk, count, size, offset)
    if position:
        told = _with_zip64(told, tail[:position])
    if told != (0, 0, len(entries), len(entries), directory_end - archive.start_dir, archive.start_dir):
        raise WouldRepairError(Repair.HIDDEN_BYTES, "directory of the zip")


def _with_zip64(told: tuple[int, ...], records: bytes) -> tuple[int, ...]:
    """What the end record says, with that of ZIP64 where there is one and nothing else before it."""
    is_zip64 = len(records) == _END64.size + _LOCATOR64.size and records.startswith(_END64_SIGNATURE)
    if not is_zip64:
        raise WouldRepairError(Repair.HIDDEN_BYTES, "before the end of the zip")
    _, _, _, _, disk, first_disk, on_disk, count, size, offset = _END64.unpack_from(records)
    longer = (disk, first_disk, on_disk, count, size, offset)
    if any(short not in {long, 0xFFFF, _IN_ZIP64} for short, long in zip(told, longer, strict=True)):
        raise WouldRepairError(Repair.HIDDEN_BYTES, "end of the zip")
    return longer


def _directory_size(entry: zipfile.ZipInfo) -> int:
    """How many bytes the directory has for one entry."""
    name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")
    return _DIRECTORY.size + len(name) + len(entry.extra) + len(entry.comment)
