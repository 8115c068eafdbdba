"""What calamine does not tell about an .ods: percentages, errors, uncalculated formulas, the date system.

A cell says itself whether it is a percentage (OASIS OpenDocument 1.3, part 3, 19.385), so nothing of the styles is
needed. content.xml is read as a stream; repeated cells count one by one against the bounds.
"""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits
from pipeline.intake.formats import FormatsUnreadableError, WorkbookFormats
from pipeline.intake.formats_kept import FormatsKept, Room, TooManyCellsError
from pipeline.intake.part_parser import feed, part_parser
from pipeline.intake.part_scans import GENERAL, LAST_COLUMN, LAST_ROW, Attributes, HostileWorkbookError, PartScan
from pipeline.intake.zip_container import ZIP_DAMAGE, part_names
from pipeline.spreadsheet import Position

_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
_OFFICE, _TABLE = f"{_OPEN_DOCUMENT}:office:1.0:", f"{_OPEN_DOCUMENT}:table:1.0:"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0:"
_PERCENT = "0%"
_FORMATS: Mapping[str, str] = {"percentage": _PERCENT, "float": GENERAL, "currency": GENERAL}
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_EPOCH_1904 = "1904-01-01"
# Without calcext, LibreOffice stores an error as the number 0 and shows this; Err:502 are errors of its own.
_ERROR = re.compile(r"#[A-Z/0!?]+|Err:\d{3}")
_LONGEST_ERROR = 20


def number_formats(path: Path, limits: Limits = DEFAULT_LIMITS) -> WorkbookFormats:
    """Return percentages ("0%", other numbers "General"), errors, uncalculated formulas and the date system of an .ods.

    Raises:
        FormatsUnreadableError: the content is missing, damaged, or has more cells than are carried back.
        HostileWorkbookError: a cell outside the largest worksheet there is.
        WouldRepairError: the content is no well-formed XML, or has a document type declaration, which is what carries
            entity bombs.
    """
    scan = _ContentScan(limits)
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part_names(archive)["content.xml"]) as content:
            feed(part_parser(scan), content)
    except (*ZIP_DAMAGE, KeyError, TooManyCellsError) as damage:
        raise FormatsUnreadableError(repr(damage)) from damage
    return WorkbookFormats({title: kept.found() for title, kept in scan.sheets.items()}, scan.date_1904)


class _ContentScan(PartScan):
    """content.xml: the cells of the tables of the spreadsheet itself, not of those in links and drawings."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: dict[str, FormatsKept] = {}
        self.date_1904 = False
        self._limits = limits
        self._room = Room(limits)
        self._open: list[str] = []
        self._sheet: FormatsKept | None = None
        self._row = self._column = 0
        self._row_repeats = 1
        self._cell: Attributes | None = None
        self._shown = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Enter a table, a row or a cell."""
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        if self._cell is not None:
            return
        if name == "table" and parent == "spreadsheet":
            title = attributes.get(f"{_TABLE}name", "")
            self._sheet = self.sheets.setdefault(title, FormatsKept(self._room))
            self._row = 0
        elif name == "table-row":
            self._row_repeats = _count(attributes, "number-rows-repeated")
            self._column = 0
        elif name in _CELLS and self._sheet is not None:
            self._cell, self._shown = attributes, ""
        elif name == "null-date":
            self.date_1904 = attributes.get(f"{_TABLE}date-value") == _EPOCH_1904

    def text(self, content: str) -> None:
        """Hear what a cell shows, as far as an error would be long."""
        if self._cell is not None and len(self._shown) < _LONGEST_ERROR and self._open[-1] == "p":
            self._shown += content

    def end(self, name: str) -> None:
        """Leave a table, a row or a cell."""
        self._open.pop()
        if name in _CELLS and self._cell is not None and _CELLS.isdisjoint(self._open):
            self._end_cell(self._cell)
        elif name == "table-row" and self._cell is None:
            self._row += self._row_repeats
        elif name == "table" and self._open[-1:] == ["spreadsheet"]:
            self._sheet = None

    def _end_cell(self, attributes: Attributes) -> None:
        self._cell = None
        first = self._column + 1
        self._column += _count(attributes, "number-columns-repeated")
        if not _is_filled(attributes) or self._sheet is None:
            return
        last_row = self._row + self._row_repeats
        if last_row > LAST_ROW or self._column > LAST_COLUMN:
            message = f"cell in row {last_row}, column {self._column}"
            raise HostileWorkbookError(message)
        self._sheet.reach(last_row, self._column)
        rows, columns = (_count(attributes, f"number-{of}-spanned") for of in ("rows", "columns"))
        if max(rows, columns) > 1:
            self._sheet.join((self._row + 1, first), (self._row + rows, first + columns - 1))
        for row in range(self._row + 1, min(last_row, self._limits.max_rows) + 1):
            for column in range(first, min(self._column, self._limits.max_columns) + 1):
                self._keep(self._sheet, (row, column), attributes)

    def _keep(self, sheet: FormatsKept, position: Position, attributes: Attributes) -> None:
        kind = _kind(attributes)
        has_formula = f"{_TABLE}formula" in attributes
        if has_formula:
            sheet.formula(position)
        if attributes.get(f"{_CALC}value-type") == "error" or (has_formula and _ERROR.fullmatch(self._shown)):
            sheet.error(position, self._shown)
        elif not kind:
            sheet.uncalculated(position)
        elif kind in _FORMATS:
            sheet.number(position, _FORMATS[kind])
        elif kind == "string":
            sheet.text(position, "")


def _kind(attributes: Attributes) -> str:
    return attributes.get(f"{_OFFICE}value-type", "")


def _is_filled(attributes: Attributes) -> bool:
    return bool(_kind(attributes)) or f"{_TABLE}formula" in attributes


def _count(attributes: Attributes, name: str) -> int:
    written = attributes.get(f"{_TABLE}{name}", "")
    return int(written) if 0 < len(written) < 9 and written.isascii() and written.isdigit() else 1
