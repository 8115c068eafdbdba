"""What is inside a zip, found out within bounds: which office format it is, and if it is safe to inflate."""

import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import BinaryIO

from pipeline.intake.file_kinds import Facts, FileKind, FileProblem, Limits, ReadFailure
from pipeline.ooxml.zip_layout import END, END64, END64_SIGNATURE, END_SIGNATURE, LOCAL, LOCATOR64, ZIP_DAMAGE

_LONGEST_COMMENT = 0xFFFF
_DIRECTORY_BYTES_PER_ENTRY = 1024
# A deflate stream grows at most 1032-fold: two bits for a match of 258 bytes (zlib, Technical Details).
_LARGEST_DEFLATE_RATIO = 1032
_CHUNK = 1 << 16
_PEEK = 1 << 20
_ENCRYPTED = 0x1

_OTHER_OFFICE_FOLDERS = {"word/": "docx", "ppt/": "pptx", "visio/": "vsdx", "index/": "numbers"}
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def inspect_zip(stream: BinaryIO, size: int, limits: Limits) -> FileKind | ReadFailure:
    """Return kind, problem and facts of a file that begins with a zip entry; read no more than that needs."""
    promised = _promised_entries(stream, size, limits)
    if promised is None:
        return _cut(stream)
    if promised > limits.max_entries:
        return _over(FileProblem.TOO_MANY_ENTRIES, "entries", promised, limits.max_entries)
    try:
        archive = zipfile.ZipFile(stream)
    except ZIP_DAMAGE:
        return _cut(stream)
    with archive:
        return _inspect_entries(stream, archive, limits)


def _inspect_entries(stream: BinaryIO, archive: zipfile.ZipFile, limits: Limits) -> FileKind | ReadFailure:
    entries = archive.infolist()
    # The file begins with an entry, so one entry lies at 0; if not, the directory found is that of a zip
    # stored inside, and the end of the outer one is missing.
    if not entries or min(entry.header_offset for entry in entries) != 0:
        return _cut(stream)
    if len(entries) > limits.max_entries:
        return _over(FileProblem.TOO_MANY_ENTRIES, "entries", len(entries), limits.max_entries)
    inflated = _inflated_size(stream, entries, limits.max_inflated)
    if inflated > limits.max_inflated:
        return _over(FileProblem.INFLATES_TOO_MUCH, "inflated", inflated, limits.max_inflated)
    return _recognise(archive)


def part_names(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the entries by name, case-folded and with forward slashes: office programs read them so."""
    return {info.filename.replace("\\", "/").casefold(): info for info in archive.infolist()}


def _promised_entries(stream: BinaryIO, size: int, limits: Limits) -> int | None:
    """Return how many entries the end record promises, or None when there is no end record.

    Asked before zipfile is, which would read half a million entries from a file of 20 MiB. A directory that
    has more bytes than the allowed number of entries needs counts as too many, whatever number it gives.
    """
    reach = min(size, _LONGEST_COMMENT + END.size + END64.size + LOCATOR64.size)
    stream.seek(size - reach)
    tail = stream.read(reach)
    at = tail.rfind(END_SIGNATURE)
    if at < 0 or at + END.size > len(tail):
        return None
    _, _, _, _, entries, directory_bytes, _, _ = END.unpack_from(tail, at)
    at64 = tail.rfind(END64_SIGNATURE, 0, at)
    if at64 >= 0 and at - at64 >= END64.size + LOCATOR64.size:
        entries, directory_bytes = struct.unpack_from("<QQ", tail, at64 + 32)
    if directory_bytes > limits.max_entries * _DIRECTORY_BYTES_PER_ENTRY:
        return int(max(entries, limits.max_entries + 1))
    return int(entries)


def _inflated_size(stream: BinaryIO, entries: Iterable[zipfile.ZipInfo], bound: int) -> int:
    """Return how many bytes the entries inflate to, counted no further than just past the bound.

    Declared sizes are believed when they are too large, never when they are small: calamine 0.9 stops where
    an entry outgrows its declared size, earlier ones inflate until the data ends. What cannot pass the
    bound even at the largest ratio that deflate allows needs no counting, which holds for every ordinary
    form. Counting 200 MiB takes 0.4 s.
    """
    entries = list(entries)
    declared = sum(entry.file_size for entry in entries)
    stored = sum(entry.compress_size for entry in entries)
    if declared > bound or stored * _LARGEST_DEFLATE_RATIO <= bound:
        return declared
    counted = 0
    for entry in entries:
        counted += _counted_size(stream, entry, bound - counted)
        if counted > bound:
            break
    return counted


def _counted_size(stream: BinaryIO, entry: zipfile.ZipInfo, bound: int) -> int:
    """Inflate one entry into nothing and return its true size, or a number past the bound."""
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return max(entry.file_size, entry.compress_size)
    left = _go_to_content(stream, entry)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    counted = 0
    while counted <= bound and not inflater.eof:
        piece = inflater.unconsumed_tail or stream.read(min(_CHUNK, left))
        left -= 0 if inflater.unconsumed_tail else len(piece)
        if not piece:
            break
        try:
            counted += len(inflater.decompress(piece, _PEEK))
        except zlib.error:  # damaged: the reader will stop here as well
            break
    return counted


def _go_to_content(stream: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Place the stream on the compressed bytes of an entry and return how many there are."""
    stream.seek(entry.header_offset)
    header = stream.read(LOCAL.size)
    if len(header) < LOCAL.size:
        return 0
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    stream.seek(name_length + extra_length, 1)
    return entry.compress_size


def _recognise(archive: zipfile.ZipFile) -> FileKind | ReadFailure:
    parts = part_names(archive)
    if any(name.startswith("xl/") for name in parts):
        return _workbook_kind(archive, parts)
    for folder, what in _OTHER_OFFICE_FOLDERS.items():
        if any(name.startswith(folder) for name in parts):
            return _not_a_workbook(FileKind.OTHER_OFFICE, {"what": what})
    if "content.xml" in parts or "encrypted-package" in parts:
        return _open_document(_peek(archive, parts, "mimetype"), _peek(archive, parts, "meta-inf/manifest.xml"))
    inside = sum(name.endswith(_WORKBOOK_ENDINGS) for name in parts)
    return _not_a_workbook(FileKind.ARCHIVE, {"what": "zip", "workbooks_inside": inside})


def _workbook_kind(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> FileKind:
    if "xl/workbook.bin" in parts:
        return FileKind.XLSB
    content_types = _peek(archive, parts, "[content_types].xml")
    return FileKind.XLSM if b"macroEnabled.main+xml" in content_types else FileKind.XLSX


def _open_document(mimetype: bytes, manifest: bytes) -> FileKind | ReadFailure:
    declared = mimetype or manifest
    if b"opendocument.spreadsheet" in declared:
        is_locked = b"encryption-data" in manifest
        return ReadFailure(FileProblem.PASSWORD, {}, FileKind.ODS) if is_locked else FileKind.ODS
    what = "odp" if b"opendocument.presentation" in declared else "odt"
    return _not_a_workbook(FileKind.OTHER_OFFICE, {"what": what})


def _peek(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    """Return the beginning of a part; nothing when it is missing or damaged, as the reader will say."""
    if name not in parts or parts[name].flag_bits & _ENCRYPTED:
        return b""
    try:
        with archive.open(parts[name]) as part:
            return part.read(_PEEK)
    except ZIP_DAMAGE:
        return b""


def _cut(stream: BinaryIO) -> ReadFailure:
    stream.seek(0)
    kind = FileKind.XLSX if b"xl/" in stream.read(_CHUNK) else FileKind.ARCHIVE
    return ReadFailure(FileProblem.TRUNCATED, {}, kind)


def _over(problem: FileProblem, measure: str, count: int, limit: int) -> ReadFailure:
    return ReadFailure(problem, {measure: count, "limit": limit}, FileKind.ARCHIVE)


def _not_a_workbook(kind: FileKind, facts: Facts) -> ReadFailure:
    return ReadFailure(FileProblem.NOT_A_WORKBOOK, facts, kind)
