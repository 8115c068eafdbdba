"""What a file is, what may be wrong with it as a file, and the bounds within which it is looked at.

Pure types, shared by inspection (bytes), reader (cells) and everyone who words the outcome.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MEBIBYTE = 1 << 20

Facts = Mapping[str, str | int]


class FileKind(StrEnum):
    """What the content says the file is; the name is never asked."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    OTHER_OFFICE = "other_office"
    PDF = "pdf"
    TEXT = "text"
    IMAGE = "image"
    ARCHIVE = "archive"
    UNKNOWN = "unknown"
    EMPTY = "empty"


class FileProblem(StrEnum):
    """Why no cells could be had from a file.

    INTERNAL_FAULT is the only one that is neither the sender's nor the machine's: our own code failed on
    this file, and the fact ``trace`` belongs in the log.
    """

    EMPTY = "empty"
    TRUNCATED = "truncated"
    PASSWORD = "password"  # noqa: S105 - the name of a problem, not a secret
    TOO_LARGE = "too_large"
    TOO_MANY_ENTRIES = "too_many_entries"
    INFLATES_TOO_MUCH = "inflates_too_much"
    NOT_A_WORKBOOK = "not_a_workbook"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    UNREADABLE = "unreadable"
    EXCEL_WOULD_REPAIR = "excel_would_repair"
    VANISHED = "vanished"
    PERMISSION = "permission"
    INTERNAL_FAULT = "internal_fault"


@dataclass(frozen=True)
class Limits:
    """Bounds for one file: bytes, zip entries, inflated bytes, seconds, memory, and what is carried back.

    A filled form has some 20 KiB and 2,000 cells, so every default leaves room for a form with photographs
    pasted in and still keeps a hostile file from filling the machine.
    """

    max_bytes: int = 20 * MEBIBYTE
    max_entries: int = 2_000
    max_inflated: int = 200 * MEBIBYTE
    seconds: float = 4
    memory_bytes: int = 384 * MEBIBYTE
    max_rows: int = 3_000
    max_columns: int = 200
    max_cells: int = 200_000
    max_characters: int = 20_000_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Inspection:
    """What the bytes of a file say: its kind, the problem that forbids reading it (or None), and the facts.

    Facts by problem: ``what`` (finer than the kind: "docx", "html", "rar"…), ``bytes``, ``entries``,
    ``inflated`` with ``limit`` where a bound was passed, ``workbooks_inside`` for an archive, ``reason``
    (an operating system's own words) where the file could not be opened.
    """

    kind: FileKind
    problem: FileProblem | None = None
    facts: Facts = field(default_factory=dict)
