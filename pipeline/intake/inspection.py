"""The first look at a file: its bytes only, within bounds, before any reader touches it."""

import codecs
import errno
import re
import struct
from pathlib import Path
from typing import BinaryIO

from pipeline.intake import compound_file, zip_container
from pipeline.intake.compound_file import BrokenCompoundFileError, CompoundFile
from pipeline.intake.file_kinds import (
    DEFAULT_LIMITS,
    Facts,
    FileKind,
    FileProblem,
    Inspection,
    Limits,
)

__all__ = ["DEFAULT_LIMITS", "FileKind", "FileProblem", "Inspection", "Limits", "inspect", "system_refusal"]

_HEAD = 4096

_FILE_PASS = 0x2F
_BEFORE_FILE_PASS = (0x0809, 0x86)  # BOF, WriteProtect

# (offset, signature, kind, finer name), after the lists of file signatures that file(1) keeps.
_SIGNATURES = (
    (0, b"\x89PNG\r\n\x1a\n", FileKind.IMAGE, "png"),
    (0, b"\xff\xd8\xff", FileKind.IMAGE, "jpeg"),
    (0, b"GIF8", FileKind.IMAGE, "gif"),
    (0, b"II*\x00", FileKind.IMAGE, "tiff"),
    (0, b"MM\x00*", FileKind.IMAGE, "tiff"),
    (8, b"WEBP", FileKind.IMAGE, "webp"),
    (4, b"ftypheic", FileKind.IMAGE, "heic"),
    (4, b"ftypmif1", FileKind.IMAGE, "heic"),
    (0, b"Rar!\x1a\x07", FileKind.ARCHIVE, "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE, "7z"),
    (0, b"\x1f\x8b", FileKind.ARCHIVE, "gzip"),
    (0, b"PK\x05\x06", FileKind.ARCHIVE, "zip"),
    (0, b"PK\x07\x08", FileKind.ARCHIVE, "zip"),
    (257, b"ustar", FileKind.ARCHIVE, "tar"),
    (0, b"{\\rtf", FileKind.OTHER_OFFICE, "rtf"),
)

# Streams at the top of a compound file, in the order of asking.
_OTHER_COMPOUND = {
    "worddocument": "doc",
    "powerpoint document": "ppt",
    "visiodocument": "vsd",
    "__properties_version1.0": "msg",
}

_TEXT_DIALECTS = (
    ("xml_spreadsheet", re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")),
    ("fods", re.compile(rb"<office:document[\s>]")),
    ("html", re.compile(rb"<(!doctype html|html|table)[\s>]", re.IGNORECASE)),
    ("mhtml", re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)),
    ("xml", re.compile(rb"\A\s*<\?xml")),
)
_CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def inspect(path: Path, limits: Limits = DEFAULT_LIMITS) -> Inspection:
    """Return what the bytes of a file say it is, and what forbids reading it (``problem`` None: go on).

    Nothing is trusted that the file says about itself in its favour; at most ``limits.max_inflated`` bytes
    are inflated, into nothing. Never raises for what is on the disk.
    """
    try:
        with path.open("rb") as stream:
            return _inspect_open(stream, path.stat().st_size, limits)
    except OSError as error:
        problem, facts = system_refusal(error)
        return Inspection(FileKind.UNKNOWN, problem, facts)


def system_refusal(error: OSError) -> tuple[FileProblem, Facts]:
    """Return the problem and facts of a file that the operating system would not open or read."""
    facts = {"reason": errno.errorcode.get(error.errno or 0, type(error).__name__)}
    match error:
        case FileNotFoundError():
            return FileProblem.VANISHED, {}
        case PermissionError():
            return FileProblem.PERMISSION, facts
        case _:
            return FileProblem.UNREADABLE, facts


def _inspect_open(stream: BinaryIO, size: int, limits: Limits) -> Inspection:
    if size == 0:
        return Inspection(FileKind.EMPTY, FileProblem.EMPTY)
    if size > limits.max_bytes:
        facts = {"bytes": size, "limit": limits.max_bytes}
        return Inspection(FileKind.UNKNOWN, FileProblem.TOO_LARGE, facts)
    head = stream.read(_HEAD)
    if head.startswith(zip_container.SIGNATURE):
        return zip_container.inspect_zip(stream, size, limits)
    if head.startswith(compound_file.SIGNATURE):
        return _inspect_compound(stream, size)
    return _inspect_head(head)


def _inspect_compound(stream: BinaryIO, size: int) -> Inspection:
    try:
        return _by_streams(CompoundFile(stream, size))
    except BrokenCompoundFileError:
        return Inspection(FileKind.XLS, FileProblem.TRUNCATED)


def _by_streams(compound: CompoundFile) -> Inspection:
    names = compound.stream_names
    if "encryptedpackage" in names:  # [MS-OFFCRYPTO] 2.3.4.4: which office format is inside cannot be seen
        return Inspection(FileKind.UNKNOWN, FileProblem.PASSWORD)
    for stream_name in ("workbook", "book"):
        if stream_name in names:
            return Inspection(FileKind.XLS, _xls_problem(compound, stream_name))
    for stream_name, what in _OTHER_COMPOUND.items():
        if stream_name in names:
            return Inspection(FileKind.OTHER_OFFICE, FileProblem.NOT_A_WORKBOOK, {"what": what})
    return Inspection(FileKind.UNKNOWN, FileProblem.NOT_A_WORKBOOK, {"what": "ole"})


def _xls_problem(compound: CompoundFile, stream_name: str) -> FileProblem | None:
    if not compound.is_whole(stream_name):
        return FileProblem.TRUNCATED
    return FileProblem.PASSWORD if _is_locked(compound.beginning(stream_name)) else None


def _is_locked(records: bytes) -> bool:
    """Return whether an .xls is encrypted: FilePass follows BOF or WriteProtect ([MS-XLS] 2.1.7.20.3).

    Excel also encrypts, under a password of its own, when only the workbook's structure is protected.
    calamine sees FilePass as well, but hides it when it is given bytes.
    """
    at = 0
    while at + 4 <= len(records):
        record, length = struct.unpack_from("<HH", records, at)
        if record not in _BEFORE_FILE_PASS:
            return bool(record == _FILE_PASS)
        at += 4 + length
    return False


def _inspect_head(head: bytes) -> Inspection:
    if not head.strip(b"\x00"):  # space was kept for the file, and its content never arrived
        return Inspection(FileKind.UNKNOWN, FileProblem.TRUNCATED)
    kind, what = _kind_by_head(head)
    return Inspection(kind, FileProblem.NOT_A_WORKBOOK, {"what": what})


def _kind_by_head(head: bytes) -> tuple[FileKind, str]:
    for offset, signature, kind, what in _SIGNATURES:
        if head.startswith(signature, offset):
            return kind, what
    if b"%PDF-" in head[:1024]:  # readers accept the mark anywhere in the first 1024 bytes
        return FileKind.PDF, "pdf"
    if head.startswith(_UTF16_MARKS):
        head = head.decode("utf-16", "replace").encode()
    if _CONTROL_BYTE.search(head):
        # Two letters are a weak signature: the text of a form may well begin with "BM-01".
        return (FileKind.IMAGE, "bmp") if head.startswith(b"BM") else (FileKind.UNKNOWN, "unknown")
    return FileKind.TEXT, _text_dialect(head)


def _text_dialect(head: bytes) -> str:
    return next((what for what, pattern in _TEXT_DIALECTS if pattern.search(head)), "text")
