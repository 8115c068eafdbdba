"""The parts of an OOXML package, read as every spreadsheet program reads them, or refused.

What Excel itself would repair is refused: readers disagree about such packages, each in its own way, so none of them is
asked (docs/decisions/0029).
"""

from enum import StrEnum


class Repair(StrEnum):
    """Why a package is none that a spreadsheet program saves; the words are in ``files.toml``, table ``repair``."""

    TWIN_PARTS = "twin_parts"
    LOCAL_HEADER = "local_header"
    OVERLAP = "overlap"
    HIDDEN_BYTES = "hidden_bytes"
    ENCRYPTED_PART = "encrypted_part"
    DAMAGED_PART = "damaged_part"
    BROKEN_XML = "broken_xml"
    ENCODING = "encoding"
    DOCUMENT_TYPE = "document_type"
    CONTENT_TYPE = "content_type"
    RELATION = "relation"
    OUTSIDE_TARGET = "outside_target"
    MISSING_PART = "missing_part"
    SHEET_TWICE = "sheet_twice"
    ELEMENT = "element"
    REFERENCE = "reference"
    ORDER = "order"
    SHARED_STRING = "shared_string"
    VALUE = "value"


class WouldRepairError(Exception):
    """The package is none that Excel opens as it is; ``where`` is the part or the cell (for the log)."""

    def __init__(self, repair: Repair, where: str = "") -> None:
        super().__init__(f"{repair}: {where}")
        self.repair = repair
        self.where = where


class HostileWorkbookError(Exception):
    """The package holds what no spreadsheet program writes; the message says what (for the log)."""
