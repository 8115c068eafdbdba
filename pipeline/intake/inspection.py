"""The first look at a file: its bytes only, within bounds, before any reader touches it."""

import codecs
import errno
import re
import struct
from pathlib import Path
from typing import BinaryIO

from pipeline.intake import compound_file, zip_container
from pipeline.intake.compound_file import BrokenCompoundFileError, CompoundFile
from pipeline.intake.file_kinds import DEFAULT_LIMITS, Facts, FileKind, FileProblem, Limits, ReadFailure
from pipeline.ooxml.zip_layout import LOCAL_SIGNATURE

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


def inspect(path: Path, limits: Limits = DEFAULT_LIMITS) -> FileKind | ReadFailure:
    """Return what the bytes of a file say it is, or what forbids reading it.

    Nothing is trusted that the file says about itself in its favour; at most ``limits.max_inflated`` bytes
    are inflated, into nothing. Never raises for what is on the disk.
    """
    try:
        with path.open("rb") as stream:
            return _inspect_open(stream, path.stat().st_size, limits)
    except OSError as error:
        return ReadFailure(*system_refusal(error))


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


def _inspect_open(stream: BinaryIO, size: int, limits: Limits) -> FileKind | ReadFailure:
    if size == 0:
        return ReadFailure(FileProblem.EMPTY, {}, FileKind.EMPTY)
    if size > limits.max_bytes:
        return ReadFailure(FileProblem.TOO_LARGE, {"bytes": size, "limit": limits.max_bytes})
    head = stream.read(_HEAD)
    if head.startswith(LOCAL_SIGNATURE):
        return zip_container.inspect_zip(stream, size, limits)
    if head.startswith(compound_file.SIGNATURE):
        return _inspect_compound(head + stream.read())
    return _inspect_head(head)


def _inspect_compound(content: bytes) -> FileKind | ReadFailure:
    try:
        compound = CompoundFile(content)
        names = compound.stream_names
        if "encryptedpackage" in names:  # [MS-OFFCRYPTO] 2.3.4.4: which office format is inside cannot be seen
            return ReadFailure(FileProblem.PASSWORD)
        for stream_name in ("workbook", "book"):
            if stream_name in names:
                return _inspect_xls(compound, stream_name)
    except BrokenCompoundFileError:
        return ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLS)
    for stream_name, what in _OTHER_COMPOUND.items():
        if stream_name in names:
            return ReadFailure(FileProblem.NOT_A_WORKBOOK, {"what": what}, FileKind.OTHER_OFFICE)
    return ReadFailure(FileProblem.NOT_A_WORKBOOK, {"what": "ole"})


def _inspect_xls(compound: CompoundFile, stream_name: str) -> FileKind | ReadFailure:
    """An .xls is encrypted when FilePass follows BOF or WriteProtect ([MS-XLS] 2.1.7.20.3).

    Excel also encrypts, under a password of its own, when only the workbook's structure is protected.
    calamine sees FilePass as well, but hides it when it is given bytes.
    """
    if not compound.is_whole(stream_name):
        return ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLS)
    records, at = compound.beginning(stream_name), 0
    while at + 4 <= len(records):
        record, length = struct.unpack_from("<HH", records, at)
        if record == _FILE_PASS:
            return ReadFailure(FileProblem.PASSWORD, {}, FileKind.XLS)
        if record not in _BEFORE_FILE_PASS:
            break
        at += 4 + length
    return FileKind.XLS


def _inspect_head(head: bytes) -> ReadFailure:
    if not head.strip(b"\x00"):  # space was kept for the file, and its content never arrived
        return ReadFailure(FileProblem.TRUNCATED)
    kind, what = _kind_by_head(head)
    return ReadFailure(FileProblem.NOT_A_WORKBOOK, {"what": what}, kind)


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
