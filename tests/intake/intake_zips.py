"""Zips written byte by byte, so that headers can say what no program writes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_DESCRIPTOR = 0x8


@dataclass(eq=False)
class Entry:
    """One entry: its part, and how its headers shall lie."""

    name: str
    content: bytes
    deflated: bool = True
    descriptor: str = "none"
    before: bytes = b""
    local: Mapping[str, int] = field(default_factory=dict)
    directory: Mapping[str, int] = field(default_factory=dict)
    lies_at: "Entry | None" = None


def entries_of(content: bytes) -> list[Entry]:
    """The entries of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [Entry(name, package.read(name)) for name in package.namelist()]


def zipped(entries: Sequence[Entry], comment: bytes = b"") -> bytes:
    """The zip of the entries."""
    made = bytearray()
    offsets: dict[int, int] = {}
    packed: dict[int, bytes] = {}
    for entry in entries:
        made += entry.before
        offsets[id(entry)], packed[id(entry)] = len(made), _packed(entry)
        made += _local(entry, packed[id(entry)]) + packed[id(entry)] + _described(entry, packed[id(entry)])
    start = len(made)
    for entry in entries:
        at = offsets.get(id(entry.lies_at or entry), 0)
        made += _listed(entry, packed[id(entry)], at)
    end = struct.pack("<4H2LH", 0, 0, len(entries), len(entries), len(made) - start, start, len(comment))
    return bytes(made) + b"PK\x05\x06" + end + comment


def _packed(entry: Entry) -> bytes:
    if not entry.deflated:
        return entry.content
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(entry.content) + packer.flush()


def _about(entry: Entry, packed: bytes, changes: Mapping[str, int], *, is_told: bool) -> bytes:
    flags = (_DESCRIPTOR if entry.descriptor != "none" else 0) | (0 if entry.name.isascii() else 0x800)
    values = {
        "flags": flags,
        "method": zipfile.ZIP_DEFLATED if entry.deflated else zipfile.ZIP_STORED,
        "crc": zlib.crc32(entry.content) if is_told else 0,
        "stored": len(packed) if is_told else 0,
        "inflated": len(entry.content) if is_told else 0,
    }
    told = {name: value ^ changes.get(name, 0) for name, value in values.items()}
    return struct.pack(
        "<3H2H3L", 20, told["flags"], told["method"], 0, 33, told["crc"], told["stored"], told["inflated"]
    )


def _local(entry: Entry, packed: bytes) -> bytes:
    name = _name(entry, entry.local)
    about = _about(entry, packed, entry.local, is_told=entry.descriptor == "none")
    return b"PK\x03\x04" + about + struct.pack("<2H", len(name), 0) + name


def _described(entry: Entry, packed: bytes) -> bytes:
    about = (zlib.crc32(entry.content), len(packed), len(entry.content))
    match entry.descriptor:
        case "signed":
            return b"PK\x07\x08" + struct.pack("<3L", *about)
        case "bare":
            return struct.pack("<3L", *about)
        case "long":
            return b"PK\x07\x08" + struct.pack("<L2Q", *about)
        case "wrong":
            return b"PK\x07\x08" + struct.pack("<3L", 0, 0, 0)
        case _:
            return b""


def _listed(entry: Entry, packed: bytes, offset: int) -> bytes:
    name = _name(entry, entry.directory)
    about = _about(entry, packed, entry.directory, is_told=True)
    offset ^= entry.directory.get("offset", 0)
    return b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<5H2L", len(name), 0, 0, 0, 0, 0, offset) + name


def _name(entry: Entry, changes: Mapping[str, int]) -> bytes:
    name = entry.name.encode()
    return name if "name" not in changes else name[:-1] + bytes([name[-1] ^ changes["name"]])
