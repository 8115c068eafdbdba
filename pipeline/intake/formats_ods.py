"""What calamine does not tell about an .ods: percentages, errors, uncalculated formulas, the date system.

A cell says itself whether it is a percentage (OASIS OpenDocument 1.3, part 3, 19.385), so nothing of the styles is
needed. content.xml is read as a stream; repeated cells count one by one against the bounds.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits
from pipeline.intake.formats import LAST_COLUMN, LAST_ROW, FormatsUnreadableError, Room, SheetFormats, WorkbookFormats
from pipeline.intake.zip_container import part_names
from pipeline.ooxml import HostileWorkbookError
from pipeline.ooxml.parts import Attributes, PartScan, feed, part_parser
from pipeline.ooxml.shared import GENERAL
from pipeline.ooxml.zip_layout import ZIP_DAMAGE
from pipeline.spreadsheet import Position

_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
_OFFICE, _TABLE = f"{_OPEN_DOCUMENT}:office:1.0:", f"{_OPEN_DOCUMENT}:table:1.0:"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0:"
_FORMATS: Mapping[str, str] = {"percentage": "0%", "float": GENERAL, "currency": GENERAL}
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_EPOCH_1904 = "1904-01-01"
# Without calcext, LibreOffice stores an error as the number 0 and shows this; Err:502 are errors of its own.
_ERROR = re.compile(r"#[A-Z/0!?]+|Err:\d{3}")
_LONGEST_ERROR = 20
_CONTENT = "content.xml"
_BESIDE = ("mimetype", "meta-inf/manifest.xml")
_AFTER_A_TAG = re.compile(rb"(</?table:[^<>]*>)\s+(?=<)")
_BEFORE_A_TAG = re.compile(rb"(?<=>)\s+(?=</?table:)")


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
        with zipfile.ZipFile(path) as archive, archive.open(part_names(archive)[_CONTENT]) as content:
            feed(part_parser(scan), content)
    except (*ZIP_DAMAGE, KeyError) as damage:
        raise FormatsUnreadableError(repr(damage)) from damage
    return WorkbookFormats(scan.sheets, scan.date_1904)


def unindented(content: bytes) -> bytes:
    """Return the .ods with nothing but its type, its manifest and its tables, unindented.

    Gnumeric and SheetJS indent content.xml, which calamine 0.9 takes for text in a row ("Expecting 'table-cell', found
    'Text'"). White space between the elements of a table means nothing (OASIS OpenDocument 1.3, part 3, 9.1); white
    space inside paragraphs stays. The bytes, inspected and within the bounds of a file, are inflated whole.

    Raises:
        ValueError: the package is damaged.
    """
    plain = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(plain, "w") as new:
            parts = part_names(old)
            for name in filter(parts.__contains__, _BESIDE):
                new.writestr(parts[name].filename, old.read(parts[name]))
            tables = _AFTER_A_TAG.sub(rb"\1", old.read(parts[_CONTENT]))
            new.writestr(_CONTENT, _BEFORE_A_TAG.sub(b"", tables))
    except (*ZIP_DAMAGE, KeyError) as damage:
        raise ValueError(str(damage)) from damage
    return plain.getvalue()


class _ContentScan(PartScan):
    """content.xml: the cells of the tables of the spreadsheet itself, not of those in links and drawings."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.sheets: dict[str, SheetFormats] = {}
        self.date_1904 = False
        self._limits = limits
        self._room = Room(limits, limits.max_cells)
        self._sheet: SheetFormats | None = None
        self._row = self._column = 0
        self._row_repeats = 1
        self._cell: Attributes | None = None
        self._text = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Enter a table, a row or a cell."""
        if self._cell is not None:
            return
        if name == "table" and self.parent == "spreadsheet":
            title = attributes.get(f"{_TABLE}name", "")
            self._sheet = self.sheets.setdefault(title, SheetFormats(self._room))
            self._row = 0
        elif name == "table-row":
            self._row_repeats = _count(attributes, "number-rows-repeated")
            self._column = 0
        elif name in _CELLS and self._sheet is not None:
            self._cell, self._text = attributes, ""
        elif name == "null-date":
            self.date_1904 = attributes.get(f"{_TABLE}date-value") == _EPOCH_1904

    def text(self, content: str) -> None:
        """Hear what a cell displays, as far as an error would be long."""
        if self._cell is not None and len(self._text) < _LONGEST_ERROR and self.parent == "p":
            self._text += content

    def end(self, name: str) -> None:
        """Leave a table, a row or a cell."""
        if name in _CELLS and self._cell is not None and _CELLS.isdisjoint(self.path):
            self._end_cell(self._cell)
        elif name == "table-row" and self._cell is None:
            self._row += self._row_repeats
        elif name == "table" and self.parent == "spreadsheet":
            self._sheet = None

    def _end_cell(self, attributes: Attributes) -> None:
        self._cell = None
        first = self._column + 1
        self._column += _count(attributes, "number-columns-repeated")
        is_filled = attributes.get(f"{_OFFICE}value-type") or f"{_TABLE}formula" in attributes
        if not is_filled or self._sheet is None:
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

    def _keep(self, sheet: SheetFormats, position: Position, attributes: Attributes) -> None:
        kind = attributes.get(f"{_OFFICE}value-type", "")
        has_formula = f"{_TABLE}formula" in attributes
        if has_formula:
            sheet.formula(position)
        if attributes.get(f"{_CALC}value-type") == "error" or (has_formula and _ERROR.fullmatch(self._text)):
            sheet.error(position, self._text)
        elif not kind:
            sheet.uncalculated(position)
        elif kind in _FORMATS:
            sheet.number(position, _FORMATS[kind])
        elif kind == "string":
            sheet.text(position, "")


def _count(attributes: Attributes, name: str) -> int:
    written = attributes.get(f"{_TABLE}{name}", "")
    return int(written) if 0 < len(written) < 9 and written.isascii() and written.isdigit() else 1
