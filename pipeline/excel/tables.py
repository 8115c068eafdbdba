"""Tables, links and headings over typed cells: what the committee's workbook and the receipts are drawn with."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import NamedTuple

import pandas as pd
from xlsxwriter.url import Url

from pipeline.excel import looks
from pipeline.excel.cells import Area, Book, Look, Property, Sheet, WorkbookFaultError
from pipeline.excel.fitting import height_of
from pipeline.excel.paging import Block
from pipeline.excel.signs import Sign, sign, word
from pipeline.excel.times import lines_of
from pipeline.spreadsheet import cell_name

_ROW_SIZE = 10
_FORMULA_SIGNS = ("=", "+", "-", "@")


class Place(NamedTuple):
    """A cell of a submitted file; ``source`` is the file's N-code."""

    source: str
    sheet: str
    cell: str

    @property
    def words(self) -> str:
        """The sheet and the cell: ``Kết quả!E7``."""
        return f"{self.sheet}!{self.cell}"

    @property
    def anchor(self) -> str:
        """The same as Excel takes it behind a path."""
        return f"'{self.sheet}'!{self.cell}"


class _Original(Url):  # type: ignore[misc] # XlsxWriter brings no types
    """A link to an archived original. XlsxWriter would write it with the backslashes that only Windows understands."""

    def _target(self) -> str:
        return str(super()._target()).replace("\\", "/")


class Kind(Enum):
    """How the values of a column are written."""

    TEXT = auto()
    CODE = auto()
    SMALL = auto()
    NUMBER = auto()
    DECIMAL = auto()
    WHOLE = auto()
    COUNT = auto()
    SHARE = auto()
    DAY = auto()
    MOMENT = auto()
    SIGN = auto()
    SOURCE = auto()
    PLACE = auto()


@dataclass(frozen=True)
class Column:
    """One column: where its values come from, its header, its width in digits, how it is written.

    ``group`` names the signs of a SIGN column. ``formula`` gives the live formula of a row (counted from 1 in the
    sheet); the frame's value is then the one it carries.
    """

    name: str
    label: str
    width: float
    kind: Kind = Kind.TEXT
    group: str = ""
    formula: Callable[[int], str] | None = None

    def live(self, formula: Callable[[int], str]) -> "Column":
        """The same column with a formula."""
        return replace(self, formula=formula)


@dataclass(frozen=True)
class Placed:
    """Where a table came to stand. Rows count from 1; ``last_row`` is the placeholder's when the table is empty."""

    sheet: str
    header_row: int
    last_row: int
    columns: Mapping[str, int]
    is_empty: bool

    @property
    def first_row(self) -> int:
        """The first row of data."""
        return self.header_row + 1

    @property
    def block(self) -> Block:
        """Its rows on paper, with the heading above its header."""
        return Block(self.header_row - 1, self.header_row, self.last_row)

    def column(self, name: str) -> str:
        """A column's data as a fixed reference from any sheet: ``'3 Kết quả'!$A$6:$A$65``."""
        return f"'{self.sheet}'!{self.here(name)}"

    def here(self, name: str) -> str:
        """The same within the sheet: ``$A$6:$A$65``."""
        column = self.columns[name]
        return Area(self.first_row, column, self.last_row, column).absolute

    def place(self, position: int) -> str:
        """Where the row at a position of the frame begins, from any sheet: ``'3 Kết quả'!A6``."""
        return f"'{self.sheet}'!A{self.first_row + position}"

    def cell(self, name: str, row: int) -> str:
        """One cell of a column, within the sheet."""
        return cell_name(row, self.columns[name])


@dataclass(frozen=True)
class Canvas:
    """One sheet of one workbook, with the links that its source codes carry (N-code to relative path)."""

    book: Book
    sheet: Sheet
    originals: Mapping[str, str]

    def look(self, *properties: looks.Properties, **more: Property) -> Look:
        """One look from several sets of properties, later ones winning."""
        merged: dict[str, Property] = {}
        for each in properties:
            merged |= each
        return self.book.look(**(merged | more))

    def line(self, row: int, text: str, properties: looks.Properties, column: int = 1) -> None:
        """One line of text that may run over the cells beside it."""
        self.sheet.text(row, column, text, self.look(properties))

    def widths(self, widths: Iterable[float]) -> None:
        """The widths of the sheet's columns, from the first on."""
        for place, width in enumerate(widths, 1):
            self.sheet.width(place, width)

    def go_to(self, row: int, column: int, target: str, text: str, properties: looks.Properties) -> None:
        """A link to a place in the workbook, such as ``'3 Kết quả mục tiêu'!A6``."""
        self.sheet.link(row, column, f"internal:{target}", text=text, look=self.look(properties))

    def header(self, row: int, texts: Sequence[str]) -> None:
        """The header of a grid that is no real table."""
        for column, text in enumerate(texts, 1):
            self.line(row, text, looks.HEADER_CELL, column)
        self.sheet.fit(row, 45)

    def sign(self, row: int, column: int, mark: Sign) -> None:
        """A state."""
        self.sheet.text(row, column, mark.word, mark.look(self.book))

    def source(self, row: int, column: int, code: str, place: Place | None = None) -> None:
        """An N-code that opens the archived original, or a place in it.

        Plain text without an archived one, and on a sheet that holds all the links that Excel takes.
        """
        text, anchor = (place.words, f"#{place.anchor}") if place else (code, "")
        path = self.originals.get(code)
        if path is None or not self.sheet.has_room_for_links:
            self.line(row, text, looks.CENTRED, column)
            return
        url = _Original(f"external:{path}{anchor}")
        url.text = text
        answer = self.sheet.worksheet.write_url(row - 1, column - 1, url, self.look(looks.LINKED))
        _require(answer, f"{self.sheet.title}!{cell_name(row, column)}")

    def table(self, row: int, name: str, columns: Sequence[Column], frame: pd.DataFrame, empty: str) -> Placed:
        """Write a frame as a real table whose header stands in ``row``; without rows, one row that says ``empty``."""
        places = {column.name: place for place, column in enumerate(columns, 1)}
        placed = Placed(self.sheet.title, row, row + max(len(frame), 1), places, frame.empty)
        self._declare(name, Area(row, 1, placed.last_row, len(columns)), columns)
        self._fit([column.label for column in columns], columns, row, bold=True)
        if frame.empty:
            self.line(placed.first_row, empty, looks.EMPTY)
            return placed
        for place, column in enumerate(columns, 1):
            self._column(placed, place, column, frame)
        texts = [_texts(column, frame) for column in columns]
        for position, row_texts in enumerate(zip(*texts, strict=True)):
            self._fit(row_texts, columns, placed.first_row + position)
        return placed

    def fit_line(self, row: int, text: str, width: float) -> None:
        """Store the height that one text of the body takes in its row."""
        self.sheet.fit(row, height_of(lines_of(text, width, size=_ROW_SIZE), size=_ROW_SIZE))

    def conditional(self, area: Area, criteria: str, look: looks.Properties, **more: object) -> None:
        """Give the cells of a block a look where a formula holds; ``more`` in XlsxWriter's own words."""
        options = {"type": "formula", "criteria": criteria, "format": self.book.workbook.add_format(dict(look)), **more}
        answer = self.sheet.worksheet.conditional_format(*area.from_zero, options)
        _require(answer, f"{self.sheet.title}!{area}")

    def _declare(self, name: str, area: Area, columns: Sequence[Column]) -> None:
        header = self.look(looks.HEADER_CELL)
        labels = [{"header": column.label, "header_format": header} for column in columns]
        answer = self.sheet.worksheet.add_table(*area.from_zero, {"name": name, "style": None, "columns": labels})
        _require(answer, f"{self.sheet.title}!{area}")

    def _fit(self, texts: Sequence[str], columns: Sequence[Column], row: int, *, bold: bool = False) -> None:
        # The button of the filter stands over the end of a header's text.
        room = 1.5 if bold else 0.0
        lines = (
            lines_of(text, column.width - room, size=8 if column.kind is Kind.SMALL else _ROW_SIZE, bold=bold)
            for text, column in zip(texts, columns, strict=True)
            if len(text) > 4
        )
        self.sheet.fit(row, height_of(max(lines, default=1), size=_ROW_SIZE))

    def _column(self, placed: Placed, place: int, column: Column, frame: pd.DataFrame) -> None:
        for row, value in enumerate(frame[column.name].tolist(), placed.first_row):
            if column.formula is not None:
                look = self.look(_formula_look(column))
                self.sheet.formula(row, place, column.formula(row), value=_cached(value), look=look)
            elif value is None or value != value or value == "":  # noqa: PLR0124 - NaN and NaT differ from themselves
                self.sheet.blank(row, place, self.look(looks.BODY))
            else:
                self._cell(row, place, value, column)

    def _cell(self, row: int, place: int, value: object, column: Column) -> None:
        match column.kind, value:
            case Kind.TEXT | Kind.CODE | Kind.SMALL, _:
                base = {Kind.CODE: looks.CENTRED, Kind.SMALL: looks.SMALL}.get(column.kind, looks.BODY)
                self.sheet.text(row, place, str(value), self.look(base, quoted(str(value))))
            case ((Kind.DAY | Kind.MOMENT as kind), dt.date()):
                self.sheet.day(row, place, value, self.look(looks.MOMENT if kind is Kind.MOMENT else looks.DAY))
            case Kind.SIGN, _:
                self.sign(row, place, sign(column.group, value))
            case Kind.SOURCE, _:
                self.source(row, place, str(value))
            case Kind.PLACE, Place():
                self.source(row, place, value.source, value)
            case ((Kind.DAY | Kind.MOMENT | Kind.PLACE), _):
                pass
            case _, int() | float():
                self.sheet.number(row, place, value, self.look(looks.FIGURE, num_format=number_format(value, column)))
            case _:
                # A coded answer such as *chưa có số liệu* in place of a number.
                self.line(row, str(value), looks.CENTRED, place)


def _require(answer: int, where: str) -> None:
    """XlsxWriter answers what it refuses with another number than 0."""
    if answer:
        raise WorkbookFaultError(where, f"XlsxWriter answered {answer}")


def quoted(text: str) -> looks.Properties:
    """The mark that keeps a text such as ``=A1`` a text when its cell is edited in Excel."""
    mark: dict[str, Property] = {"quote_prefix": True} if text.startswith(_FORMULA_SIGNS) else {}
    return mark


_FORMATS: Mapping[Kind, str] = {Kind.SHARE: looks.SHARE_FORMAT, Kind.COUNT: looks.COUNT_FORMAT}


def number_format(value: float, column: Column) -> str:
    """The number format of a figure: what is whole shows no decimals; nothing is rounded before display."""
    if column.kind in _FORMATS:
        return _FORMATS[column.kind]
    whole = column.kind is Kind.WHOLE or (column.kind is Kind.NUMBER and float(value).is_integer())
    return looks.WHOLE_FORMAT if whole else looks.DECIMAL_FORMAT


def _formula_look(column: Column) -> looks.Properties:
    formats = {Kind.WHOLE: looks.WHOLE_FORMAT, **_FORMATS, Kind.NUMBER: looks.DECIMAL_FORMAT}
    is_figure = column.kind in formats
    return {**looks.FIGURE, "num_format": formats[column.kind]} if is_figure else looks.CENTRED


def _cached(value: object) -> str | float:
    """The value that a formula carries; a missing one is the empty text that the formula gives."""
    if isinstance(value, str):
        return value
    return "" if pd.isna(value) else float(value)  # type: ignore[arg-type,call-overload]


def _texts(column: Column, frame: pd.DataFrame) -> list[str]:
    """The texts that decide how high a row must be; figures and days always fit on one line."""
    values = frame[column.name]
    match column.kind:
        case Kind.TEXT | Kind.CODE | Kind.SMALL:
            return ["" if pd.isna(text) else str(text) for text in values.tolist()]
        case Kind.SIGN:
            return ["" if pd.isna(code) or code == "" else f"■ {word(column.group, code)}" for code in values]
        case Kind.PLACE:
            return [value.words if isinstance(value, Place) else "" for value in values]
        case Kind.MOMENT:
            return ["00/00/0000 00:00"] * len(values)
        case _:
            return [""] * len(values)
