"""The directory of an OLE compound file ([MS-CFB]): the envelope of .xls, .doc and of .xlsx with a password.

Only what intake needs: the names of the top-level streams, whether their bytes are in the file, and these bytes.
"""

import struct
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")

_HEADER_SIZE = 512
_SECTOR_SHIFTS = (9, 12)
_MAX_REGULAR_SECTOR = 0xFFFFFFFA
_END_OF_CHAIN = 0xFFFFFFFE
_NO_ENTRY = 0xFFFFFFFF
_ENTRY_SIZE = 128
_WORD = 4
_STREAM = 2
# Below this size a stream lives inside the root entry's own stream ([MS-CFB] 2.2, mini stream cutoff).
_MINI_STREAM_CUTOFF = 4096
_MINI_SECTOR_SIZE = 64


class BrokenCompoundFileError(Exception):
    """The file ends before its own directory does, or contradicts itself."""


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int

    @property
    def is_mini(self) -> bool:
        return self.size < _MINI_STREAM_CUTOFF


class CompoundFile:
    """The top-level streams of a compound file.

    Raises:
        BrokenCompoundFileError: header, allocation table or directory are cut or contradict themselves.
    """

    def __init__(self, file: bytes) -> None:
        self._file = file
        header = self._bytes_at(0, _HEADER_SIZE)
        (shift,) = struct.unpack_from("<H", header, 30)
        if shift not in _SECTOR_SHIFTS:
            raise BrokenCompoundFileError
        self._sector_size: int = 1 << shift
        self._table = self._allocation_table(header)
        first_directory_sector, _, _, self._first_mini_table_sector = struct.unpack_from("<4I", header, 48)
        self._entries = self._directory(first_directory_sector)
        self._root = self._entries[0]
        self._top_level = {entry.name.casefold(): entry for entry in self._siblings(self._root.child)}

    @property
    def stream_names(self) -> frozenset[str]:
        """The names of the top-level streams, case-folded; embedded objects are deeper and not among them."""
        return frozenset(self._top_level)

    def is_whole(self, stream_name: str) -> bool:
        """Return whether every byte that the directory claims for this top-level stream is in the file."""
        entry = self._top_level[stream_name]
        try:
            sectors = list(self._chain(self._root.start if entry.is_mini else entry.start))
        except BrokenCompoundFileError:
            return False
        # Some writers leave the last sector of the file short, so only its beginning is asked for.
        is_inside = all((sector + 1) * self._sector_size < len(self._file) for sector in sectors)
        return is_inside and len(sectors) * self._sector_size >= entry.size

    def beginning(self, stream_name: str) -> bytes:
        """Return the first bytes of a top-level stream, at least the first 64.

        Raises:
            BrokenCompoundFileError: they are not in the file.
        """
        entry = self._top_level[stream_name]
        if not entry.is_mini:
            return self._sector(entry.start)
        place, offset = divmod(entry.start * _MINI_SECTOR_SIZE, self._sector_size)
        for sector in islice(self._chain(self._root.start), place, None):
            return self._sector(sector)[offset:][:_MINI_SECTOR_SIZE]
        raise BrokenCompoundFileError

    def content(self, stream_name: str) -> bytes:
        """Return the bytes of a top-level stream, no more than the file itself has.

        Raises:
            BrokenCompoundFileError: they are not in the file.
            KeyError: there is no such stream.
        """
        entry = self._top_level[stream_name]
        size = min(entry.size, len(self._file))
        if not entry.is_mini:
            return self._joined(entry.start, size)
        mini_table = array("L", _words(self._joined(self._first_mini_table_sector, len(self._file))))
        mini_stream = self._joined(self._root.start, len(self._file))
        sectors = islice(self._chain(entry.start, mini_table), -(-size // _MINI_SECTOR_SIZE))
        return b"".join(mini_stream[_MINI_SECTOR_SIZE * at :][:_MINI_SECTOR_SIZE] for at in sectors)[:size]

    def _joined(self, first: int, size: int) -> bytes:
        """Join the sectors of a chain up to a size; the last one of the file may be short."""
        starts = (sector + 1 for sector in islice(self._chain(first), -(-size // self._sector_size)))
        length = self._sector_size
        return b"".join(self._file[start * length : (start + 1) * length] for start in starts)[:size]

    def _bytes_at(self, offset: int, length: int) -> bytes:
        content = self._file[offset : offset + length]
        if len(content) < length:
            raise BrokenCompoundFileError
        return content

    def _sector(self, number: int) -> bytes:
        return self._bytes_at((number + 1) * self._sector_size, self._sector_size)

    def _allocation_table(self, header: bytes) -> "array[int]":
        """Join the sectors of the file allocation table, found by the list that begins in the header."""
        next_list_sector, list_sectors = struct.unpack_from("<II", header, 68)
        numbers = list(struct.unpack_from("<109I", header, 76))
        if list_sectors > len(self._file) // self._sector_size:
            raise BrokenCompoundFileError
        for _ in range(list_sectors):
            *listed, next_list_sector = _words(self._sector(next_list_sector))
            numbers.extend(listed)
        listed_sectors = [number for number in numbers if number < _MAX_REGULAR_SECTOR]
        # One sector listed over and over would make a table of many times the file's size.
        if len(listed_sectors) > 1 + len(self._file) // (self._sector_size * self._sector_size // _WORD):
            raise BrokenCompoundFileError
        table = array("L")
        for number in listed_sectors:
            table.extend(_words(self._sector(number)))
        return table

    def _chain(self, first: int, links: Sequence[int] | None = None) -> Iterator[int]:
        """Follow a chain of sectors to its end; a chain longer than the table goes in circles."""
        sector, table = first, self._table if links is None else links
        for _ in range(len(table) + 1):
            if sector == _END_OF_CHAIN:
                return
            if sector >= len(table):
                break
            yield sector
            sector = table[sector]
        raise BrokenCompoundFileError

    def _directory(self, first: int) -> list[_Entry]:
        content = b"".join(self._sector(sector) for sector in self._chain(first))
        if not content:
            raise BrokenCompoundFileError
        return [_entry(content[at : at + _ENTRY_SIZE]) for at in range(0, len(content), _ENTRY_SIZE)]

    def _siblings(self, first: int) -> Iterator[_Entry]:
        """Yield the streams of one storage: they hang in a binary tree, and damage can make it a circle."""
        waiting, seen = [first], {_NO_ENTRY}
        while waiting:
            index = waiting.pop()
            if index in seen:
                continue
            if index >= len(self._entries):
                raise BrokenCompoundFileError
            seen.add(index)
            entry = self._entries[index]
            waiting += [entry.left, entry.right]
            if entry.kind == _STREAM:
                yield entry


def _words(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // _WORD}I", sector)


def _entry(raw: bytes) -> _Entry:
    name_length, kind = struct.unpack_from("<HB", raw, 64)
    left, right, child = struct.unpack_from("<III", raw, 68)
    start, size = struct.unpack_from("<II", raw, 116)
    name = raw[: max(0, min(name_length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(name, kind, left, right, child, start, size)
