"""What the reader hands on: raw cells at their Excel addresses, or the reason why there are none."""

from dataclasses import dataclass, field

from pipeline import spreadsheet
from pipeline.intake.file_kinds import Facts, FileKind, FileProblem
from pipeline.spreadsheet import CellValue, Position, RawCell, RawSheet, cell_name, cell_position

__all__ = [
    "CellValue",
    "Position",
    "RawCell",
    "RawSheet",
    "RawWorkbook",
    "ReadFailure",
    "cell_name",
    "cell_position",
]


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


@dataclass(frozen=True)
class ReadFailure:
    """Why a file gave no workbook.

    Facts beside those of ``Inspection``: ``reason``, the reader's own words (English, for the log only);
    ``repair``, what Excel would repair (``Repair``), and ``where``, the part or cell (for the log);
    ``sheet`` and ``cell`` where one far cell would make the sheet larger than the memory; ``trace`` for
    our own fault.
    """

    problem: FileProblem
    facts: Facts = field(default_factory=dict)
    kind: FileKind = FileKind.UNKNOWN
