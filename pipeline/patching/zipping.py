"""The entries of a zip with their compressed bytes, read and written without inflating what stays (APPNOTE 6.3.10)."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final
from urllib.parse import unquote

from pipeline.patching.refusal import PatchError

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_DIRECTORY: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_NAMES: Final = struct.Struct("<2H")
_AT_NAME_LENGTH: Final = 26
_VERSION: Final = 20
_UTF8: Final = 0x800
_HINTS: Final = 0x6
"""The bits that say how hard a program compressed; they belong to the compressed bytes."""
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_STORED, _DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
_EARLIEST: Final = (0, 0x21)
"""Time and date of what is written anew: 1980-01-01 00:00, so that the same content gives the same bytes."""
_LEVEL: Final = 6
_LARGEST_PART: Final = 1 << 29
_LARGEST_ZIP: Final = (1 << 32) - 1
_MOST_ENTRIES: Final = 0xFFFE
_DAMAGE: Final = (zipfile.BadZipFile, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True)
class Entry:
    """One entry: its name as bytes, its compressed bytes, and what the headers say of them."""

    name: bytes
    flags: int
    method: int
    moment: tuple[int, int]
    crc: int
    size: int
    raw: bytes
    attributes: int = 0

    @cached_property
    def written(self) -> str:
        """The name as it is spelled."""
        return self.name.decode("utf-8" if self.flags & _UTF8 else "cp437", "replace")

    def content(self, most: int | None = None) -> bytes:
        """The inflated bytes, or the first ``most`` of them.

        Raises:
            PatchError: they are damaged, or not what the headers say.
        """
        if self.size > _LARGEST_PART:
            raise PatchError(self.written, f"{self.size} bytes are too many for a part")
        content = self.raw if self.method == _STORED else self._inflated(most or self.size + 1)
        if most is not None:
            return content[:most]
        if len(content) != self.size or zlib.crc32(content) != self.crc:
            raise PatchError(self.written, "damaged")
        return content

    def _inflated(self, most: int) -> bytes:
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(self.raw, most)
        except zlib.error as damage:
            raise PatchError(self.written, f"{damage}") from damage


@lru_cache(maxsize=4096)
def folded_name(name: str) -> str:
    """The name by which a part is known, however it is spelled (ECMA-376 Part 2, 6.2.2: names are equal so)."""
    return posixpath.normpath("/" + unquote(name).replace("\\", "/").lstrip("/")).lstrip("/").casefold()


def entry_of(written: str, content: bytes) -> Entry:
    """An entry made anew: deflated at a fixed level, with a fixed date."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    raw = packer.compress(content) + packer.flush()
    is_plain = written.isascii()
    name = written.encode("ascii" if is_plain else "utf-8")
    flags = 0 if is_plain else _UTF8
    return Entry(name, flags, _DEFLATED, _EARLIEST, zlib.crc32(content), len(content), raw)


def entries_of(content: bytes) -> dict[str, Entry]:
    """The entries of a zip in the order of its directory, by folded name; folders end in a slash.

    Raises:
        PatchError: it is no zip, is damaged, encrypted, in ZIP64 or packed in a way that OPC does not allow, or has two
            names for one part.
    """
    entries: dict[str, Entry] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            every = [_entry(content, info) for info in archive.infolist()]
    except PatchError:
        raise
    except _DAMAGE as damage:
        raise PatchError("package", f"no sound zip: {damage}") from damage
    for entry in every:
        key = folded_name(entry.written) + ("/" if entry.written.endswith("/") else "")
        if key in entries:
            raise PatchError(entry.written, "two entries of this name")
        entries[key] = entry
    return entries


def _entry(content: bytes, info: zipfile.ZipInfo) -> Entry:
    if info.flag_bits & _ENCRYPTED:
        raise PatchError(info.filename, "encrypted")
    if info.compress_type not in {_STORED, _DEFLATED}:
        raise PatchError(info.filename, f"packed by method {info.compress_type}")
    if max(info.file_size, info.compress_size, info.header_offset) >= _LARGEST_ZIP:
        raise PatchError(info.filename, "ZIP64")
    name_length, extra_length = _NAMES.unpack_from(content, info.header_offset + _AT_NAME_LENGTH)
    begin = info.header_offset + _LOCAL.size + name_length + extra_length
    raw = content[begin : begin + info.compress_size]
    if len(raw) != info.compress_size:
        raise PatchError(info.filename, "cut off")
    year, month, day, hour, minute, second = info.date_time
    moment = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
    flags = info.flag_bits & (_UTF8 | _HINTS)
    name = info.orig_filename.encode("utf-8" if flags & _UTF8 else "cp437")
    return Entry(name, flags, info.compress_type, moment, info.CRC, info.file_size, raw, info.external_attr)


def zip_of(entries: Mapping[str, Entry]) -> bytes:
    """The zip with these entries in this order.

    Raises:
        PatchError: it would need ZIP64.
    """
    if len(entries) > _MOST_ENTRIES or sum(len(entry.raw) + 512 for entry in entries.values()) > _LARGEST_ZIP:
        raise PatchError("package", "the package would need ZIP64")
    return b"".join(_pieces(entries.values()))


def _pieces(entries: Iterable[Entry]) -> Iterable[bytes]:
    at, count, directory = 0, 0, list[bytes]()
    for entry in entries:
        facts = (entry.flags, entry.method, *entry.moment, entry.crc, len(entry.raw), entry.size, len(entry.name))
        local = _LOCAL.pack(b"PK\x03\x04", _VERSION, *facts, 0) + entry.name
        header = _DIRECTORY.pack(b"PK\x01\x02", _VERSION, _VERSION, *facts, 0, 0, 0, 0, entry.attributes, at)
        directory.append(header + entry.name)
        at, count = at + len(local) + len(entry.raw), count + 1
        yield local
        yield entry.raw
    listing = b"".join(directory)
    yield listing
    yield _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), at, 0)
