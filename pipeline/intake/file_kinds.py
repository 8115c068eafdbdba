"""What a file is, what may be wrong with it as a file, the bounds within which it is looked at, and what is read.

Pure types, shared by inspection (bytes), reader (cells) and everyone who words the outcome.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline import spreadsheet

if TYPE_CHECKING:
    from pipeline.settings import Settings

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


def limits_of(settings: "Settings") -> Limits:
    """The bounds for one file, from the settings."""
    chosen = settings.limits
    return replace(
        DEFAULT_LIMITS,
        max_bytes=chosen.max_megabytes * MEBIBYTE,
        max_inflated=chosen.max_inflated_megabytes * MEBIBYTE,
        max_entries=chosen.max_entries,
        seconds=float(chosen.seconds),
        memory_bytes=chosen.memory_megabytes * MEBIBYTE,
    )


@dataclass(frozen=True)
class ReadFailure:
    """Why a file gave no workbook.

    Facts by problem: ``what`` (finer than the kind: "docx", "html", "rar"…), ``bytes``, ``entries``, ``inflated`` with
    ``limit`` where a bound was passed, ``workbooks_inside`` for an archive; ``reason``, the words of the reader or the
    operating system (English, for the log only); ``repair``, what Excel would repair (``Repair``), and ``where``, the
    part or cell (for the log); ``sheet`` and ``cell`` where one far cell would make the sheet larger than the memory;
    ``trace`` for our own fault.
    """

    problem: FileProblem
    facts: Facts = field(default_factory=dict)
    kind: FileKind = FileKind.UNKNOWN


@dataclass(frozen=True)
class RawWorkbook(spreadsheet.RawWorkbook):
    """The worksheets of a workbook in their order; chart, dialog and macro sheets hold no cells.

    Whole numbers are floats, the value of an error is its text (``#REF!``), that of a formula without a
    stored value is "". A sheet's ``last_row`` is its last row with content, also beyond what was carried
    back. An .xlsb, an .xls older than Excel 97 and a file with damaged parts tell no number formats, errors,
    uncalculated formulas, fonts nor ``date_1904``: there ``formats_known`` is False and an error looks empty. An .ods
    tells no fonts. Dates are converted in every kind.

    Attributes:
        kind: the content's kind.
    """

    kind: FileKind = FileKind.UNKNOWN
