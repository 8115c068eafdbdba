"""Typed cells over XlsxWriter: every call says what it writes, and what XlsxWriter refuses is raised.

XlsxWriter answers a refused cell with a negative number and at most a warning (house style 9): both become a
:class:`WorkbookFaultError`. Rows and columns count from 1, as in ``pipeline.spreadsheet``.
"""

import datetime as dt
import io
import math
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.excel.entry import Entry, utf16_length
from pipeline.excel.fitting import left_to_excel
from pipeline.excel.formulas import FormulaWorksheet, SharedFormula
from pipeline.spreadsheet import cell_name, column_name

FONT: Final = "Times New Roman"
"""The font of every workbook (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
LONGEST_TEXT: Final = 32_767
_LINKS_AT_WILL: Final = 64_000
"""Excel opens no sheet with more than 65,530 links."""

Look: TypeAlias = Format
Property: TypeAlias = str | float | bool
CachedValue: TypeAlias = str | float | bool

# The digits of Times New Roman 11 are 7 pixels wide, as those of Calibri 11: XlsxWriter's metrics hold.
_BASE: Final[Mapping[str, Property]] = {
    "font_name": FONT,
    "font_size": 11,
    "font_family": 1,
    # Without it Excel follows the theme and shows Calibri.
    "font_scheme": "none",
}
_REFUSALS = (UserWarning, XlsxWriterException, TypeError, ValueError)


class WorkbookFaultError(Exception):
    """XlsxWriter refused something that we asked it to write: our own mistake, loud (design 2.6)."""

    def __init__(self, where: str, reason: str) -> None:
        """Say at which cell or part of the workbook, and why."""
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class _EmptyText(str):
    """The empty text as a formula's value. XlsxWriter writes the plain one as a number without digits, no value."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return False


class Area(NamedTuple):
    """A block of cells; all four count from 1 and belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first, last = cell_name(self.first_row, self.first_column), cell_name(self.last_row, self.last_column)
        return f"{first}:{last}"

    @property
    def from_zero(self) -> tuple[int, int, int, int]:
        """The block as XlsxWriter counts it."""
        return self.first_row - 1, self.first_column - 1, self.last_row - 1, self.last_column - 1

    @property
    def absolute(self) -> str:
        """The block as a fixed reference: ``$A$1:$B$9``."""
        first_column, last_column = column_name(self.first_column), column_name(self.last_column)
        return f"${first_column}${self.first_row}:${last_column}${self.last_row}"


@dataclass(frozen=True)
class Sheet:
    """One worksheet being written. ``worksheet`` is there for what has no cell: panes, print set-up.

    Every call raises :class:`WorkbookFaultError` for a cell, row or column that Excel does not have and for a text
    that is too long for it; what else a call refuses, it says.
    """

    title: str
    worksheet: Worksheet
    fitted: set[int] = field(default_factory=set, compare=False)
    shares: list[SharedFormula] = field(default_factory=list, compare=False)
    widths: dict[int, float] = field(default_factory=dict, compare=False)
    heights: dict[int, float] = field(default_factory=dict, compare=False)

    def text(self, row: int, column: int, value: str, look: Look | None = None) -> None:
        """Write text; a text such as ``=A1`` stays text. An empty text leaves a blank cell with its look."""
        if value:
            self._write(row, column, self.worksheet.write_string, value, look)
        else:
            self.blank(row, column, look)

    def number(self, row: int, column: int, value: float, look: Look | None = None) -> None:
        """Write a number, which must be finite."""
        if not math.isfinite(value):
            raise WorkbookFaultError(self._at(row, column), f"not a finite number: {value}")
        self._write(row, column, self.worksheet.write_number, value, look)

    def day(self, row: int, column: int, value: dt.date, look: Look) -> None:
        """Write a calendar day; ``look`` must show days and not a serial."""
        if "yy" not in str(look.num_format):
            raise WorkbookFaultError(self._at(row, column), f"a day in a format without days: {look.num_format}")
        self._write(row, column, self.worksheet.write_datetime, value, look)

    def truth(self, row: int, column: int, *, value: bool) -> None:
        """Write true or false."""
        self._write(row, column, self.worksheet.write_boolean, value)

    def formula(self, row: int, column: int, formula: str, *, value: CachedValue, look: Look | None = None) -> None:
        """Write a formula, beginning with ``=``, together with the value that it has; never without (design 3)."""
        if not formula.startswith("="):
            raise WorkbookFaultError(self._at(row, column), f"not a formula: {formula}")
        self._write(row, column, self.worksheet.write_formula, formula, look, _EmptyText() if value == "" else value)

    def shared(self, area: Area, formula: str) -> SharedFormula:
        """The formula of ``area``'s first cell, to be written into each cell of it: its text is stored once.

        Raises:
            WorkbookFaultError: it names another sheet, which Excel writes into no shared formula.
        """
        if "!" in formula:
            raise WorkbookFaultError(self._at(area.first_row, area.first_column), f"shared, but not of here: {formula}")
        self.shares.append(SharedFormula.over(str(area), formula, len(self.shares)))
        return self.shares[-1]

    def link(self, row: int, column: int, target: str, *, text: str, look: Look | None = None) -> None:
        """Write ``text`` as a link to ``target`` (``internal:'Mục tiêu'!F7`` or a relative path).

        Too long an address is refused, and more links than Excel holds.
        """
        if utf16_length(text) > LONGEST_TEXT:  # write_url passes over what write_string answers
            raise WorkbookFaultError(self._at(row, column), f"a text of {len(text)} characters")
        _checked(self._at(row, column), self.worksheet.write_url, row - 1, column - 1, target, look, text)

    @property
    def has_room_for_links(self) -> bool:
        """Whether links that can be done without still go onto the sheet; the last ones are kept for the others."""
        return bool(self.worksheet.hlink_count < _LINKS_AT_WILL)

    def lead(self, row: int, column: int, place: str) -> None:
        """Make the cell that is written next a link to a place in the workbook: of a formula, say."""
        # The text goes when the cell's own content comes; the title stands among the book's texts anyway.
        self.link(row, column, f"internal:{place}", text=self.title)

    def blank(self, row: int, column: int, look: Look | None = None) -> None:
        """Leave a cell empty, with its look."""
        self._write(row, column, self.worksheet.write_blank, None, look)

    def merged(self, area: Area, value: str, look: Look | None = None) -> None:
        """Write text over a block of cells that become one. Excel never fits the row height to such a cell.

        A block of one cell is refused, and one that overlaps another.
        """
        # merge_range would take "=A1" for a formula, so it merges nothing and the text follows, typed.
        _checked(f"{self.title}!{area}", self.worksheet.merge_range, *area.from_zero, "", look)
        self.text(area.first_row, area.first_column, value, look)

    def validate(self, area: Area, entry: Entry) -> None:
        """Put a data validation on a block of cells; one that Excel or openpyxl would drop is refused."""
        where = f"{self.title}!{area}"
        if entry.fault:
            raise WorkbookFaultError(where, entry.fault)
        _checked(where, self.worksheet.data_validation, *area.from_zero, entry.as_options())

    def colour(self, area: Area, formula: str, look: Look, *others: Area) -> None:
        """Colour the cells of a block, and of others, where a formula, written for its first cell, holds.

        A formula that refers to another sheet is refused (house style 9).
        """
        where = f"{self.title}!{area}"
        if "!" in formula:
            raise WorkbookFaultError(where, f"a colour that looks at another sheet: {formula}")
        options = {"type": "formula", "criteria": f"={formula}", "format": look}
        if others:
            options["multi_range"] = " ".join(map(str, (area, *others)))
        _checked(where, self.worksheet.conditional_format, *area.from_zero, options)

    def width(self, column: int, width: float, *, hidden: bool = False) -> None:
        """Set the width of a column in digits of the default font, and whether it shows."""
        options = {"hidden": True} if hidden else {}
        where = f"{self.title}!{column_name(column)}"
        _checked(where, self.worksheet.set_column, column - 1, column - 1, width, None, options)
        self.widths[column] = width

    def height(self, row: int, points: float) -> None:
        """Fix the height of a row, as for merged cells, to which no program fits a row."""
        _checked(f"{self.title}!{row}", self.worksheet.set_row, row - 1, points)
        self.heights[row] = int(points * 4 / 3 + 0.5) * 0.75  # whole pixels are stored

    def fit(self, row: int, points: float) -> None:
        """Store the height that a row's text takes (``fitting.height_of``); Excel goes on fitting it."""
        self.height(row, points)
        self.fitted.add(row)

    def hide_row(self, row: int) -> None:
        """Hide a row."""
        _checked(f"{self.title}!{row}", self.worksheet.set_row, row - 1, None, None, {"hidden": True})

    def _at(self, row: int, column: int) -> str:
        return f"{self.title}!{cell_name(row, column)}"

    def _write(self, row: int, column: int, write: Callable[..., int], *content: object) -> None:
        # Of all cells only links are refused with a warning: to listen for one here takes longer than to write.
        try:
            code = write(row - 1, column - 1, *content)
        except _REFUSALS as refused:
            raise WorkbookFaultError(self._at(row, column), str(refused)) from refused
        if code < 0:
            raise WorkbookFaultError(self._at(row, column), f"XlsxWriter answered {code}")


class Book:
    """A workbook in memory: the same calls give the same bytes, whatever the clock says."""

    def __init__(self, title: str, author: str, created_on: dt.date) -> None:
        """Begin a workbook; ``created_on`` stands in its properties."""
        self._bytes = io.BytesIO()
        options = {"in_memory": True, "default_format_properties": dict(_BASE)}
        self.workbook = xlsxwriter.Workbook(self._bytes, options)
        created = dt.datetime.combine(created_on, dt.time())
        self.workbook.set_properties({"title": title, "author": author, "created": created})
        self._looks: dict[frozenset[tuple[str, Property]], Look] = {}
        self._sheets: list[Sheet] = []

    def sheet(self, title: str) -> Sheet:
        """Add a worksheet.

        Raises:
            WorkbookFaultError: Excel refuses the title, or it is taken.
        """
        with _refusals_raised(title):
            sheet = Sheet(title, self.workbook.add_worksheet(title, worksheet_class=FormulaWorksheet))
        self._sheets.append(sheet)
        return sheet

    def look(self, **properties: Property) -> Look:
        """The look with these XlsxWriter format properties; Times New Roman 11 unless they say otherwise."""
        key = frozenset(properties.items())
        if key not in self._looks:
            self._looks[key] = self.workbook.add_format(dict(properties))
        return self._looks[key]

    def name(self, name: str, sheet: Sheet, area: Area) -> None:
        """Give a block of cells a name that formulas and validations can use.

        Raises:
            WorkbookFaultError: Excel takes no such name.
        """
        quoted = sheet.title.replace("'", "''")
        _checked(name, self.workbook.define_name, name, f"='{quoted}'!{area.absolute}")

    def to_bytes(self) -> bytes:
        """Finish the workbook.

        Raises:
            WorkbookFaultError: XlsxWriter warns or refuses while it puts the parts together.
        """
        with _refusals_raised("workbook"):
            self.workbook.close()
        fitted = {
            f"xl/worksheets/sheet{number}.xml": frozenset(sheet.fitted)
            for number, sheet in enumerate(self._sheets, 1)
            if sheet.fitted
        }
        return left_to_excel(self._bytes.getvalue(), fitted) if fitted else self._bytes.getvalue()


@contextmanager
def _refusals_raised(where: str) -> Iterator[None]:
    """Within it, a warning or refusal of XlsxWriter is raised as ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            yield
        except _REFUSALS as refused:
            raise WorkbookFaultError(where, str(refused)) from refused


def _checked(where: str, write: Callable[..., int], *content: object) -> None:
    with _refusals_raised(where):
        code = write(*content)
    if code < 0:
        raise WorkbookFaultError(where, f"XlsxWriter answered {code}")
