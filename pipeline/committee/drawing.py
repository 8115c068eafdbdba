"""Tables, links and headings over typed cells: what every sheet of the committee's workbook is drawn with."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.places import Original, Place
from pipeline.committee.signs import sign
from pipeline.excel.cells import Area, Book, Look, Property, Sheet, WorkbookFaultError
from pipeline.excel.fitting import height_of, lines_of
from pipeline.spreadsheet import cell_name, column_name

_ROW_SIZE = 10
_FORMULA_SIGNS = ("=", "+", "-", "@")


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

    ``group`` names the signs of a SIGN column. ``formula`` makes the live formula of a row (counted from 1 in the
    sheet); the frame's value is then the one it carries.
    """

    name: str
    label: str
    width: float
    kind: Kind = Kind.TEXT
    group: str = ""
    formula: Callable[[int], str] | None = None


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

    def column(self, name: str) -> str:
        """A column's data as a fixed reference from any sheet: ``'3 Kết quả'!$A$6:$A$65``."""
        letter = column_name(self.columns[name])
        return f"'{self.sheet}'!${letter}${self.first_row}:${letter}${self.last_row}"

    def place(self, position: int) -> str:
        """Where the row at a position of the frame begins, from any sheet: ``'3 Kết quả'!A6``."""
        return f"'{self.sheet}'!A{self.first_row + position}"

    def here(self, name: str) -> str:
        """The same within the sheet: ``$A$6:$A$65``."""
        return self.column(name).rpartition("!")[2]

    def cell(self, name: str, row: int) -> str:
        """One cell of a column, within the sheet."""
        return cell_name(row, self.columns[name])


@dataclass(frozen=True)
class Canvas:
    """One sheet of one workbook, with the links that its source codes carry (N-code to relative path)."""

    book: Book
    sheet: Sheet
    originals: Mapping[str, str]

    def line(self, row: int, text: str, properties: looks.Properties, column: int = 1) -> None:
        """One line of text that may run over the cells beside it."""
        self.sheet.text(row, column, text, self.book.look(**properties))

    def go_to(self, row: int, column: int, target: str, shown: str, properties: looks.Properties) -> None:
        """A link to a place in the workbook, such as ``'3 Kết quả mục tiêu'!A6``."""
        self.sheet.link(row, column, f"internal:{target}", shown=shown, look=self.book.look(**properties))

    def source(self, row: int, column: int, code: str, place: Place | None = None) -> None:
        """An N-code that opens the archived original, or a place in it; plain text where the original is not known."""
        shown, anchor = (place.words, f"#{place.anchor}") if place else (code, "")
        path = self.originals.get(code)
        if path is None:
            self.sheet.text(row, column, shown, self.book.look(**looks.CENTRED))
            return
        url = Original(f"external:{path}{anchor}")
        url.text = shown
        answer = self.sheet.worksheet.write_url(row - 1, column - 1, url, self.book.look(**looks.LINKED))
        _require(answer, f"{self.sheet.title}!{cell_name(row, column)}")

    def table(self, row: int, name: str, columns: Sequence[Column], frame: pd.DataFrame, empty: str) -> Placed:
        """Write a frame as a real table whose header stands in ``row``; without rows, one row that says ``empty``."""
        last_row = row + max(len(frame), 1)
        area = Area(row, 1, last_row, len(columns))
        placed = Placed(
            self.sheet.title, row, last_row, {c.name: place for place, c in enumerate(columns, 1)}, frame.empty
        )
        self._declare(name, area, columns)
        self._fit([column.label for column in columns], columns, row, bold=True)
        if frame.empty:
            self.line(placed.first_row, empty, looks.EMPTY)
            return placed
        for place, column in enumerate(columns, 1):
            self._column(placed, place, column, frame)
        texts = [_shown(column, frame) for column in columns]
        for position, row_texts in enumerate(zip(*texts, strict=True)):
            self._fit(row_texts, columns, placed.first_row + position)
        return placed

    def fit_line(self, row: int, text: str, width: float) -> None:
        """Store the height that one text of the body takes in its row."""
        self.sheet.fit(row, height_of(lines_of(text, width, size=_ROW_SIZE), size=_ROW_SIZE))

    def conditional(self, area: Area, options: Mapping[str, object]) -> None:
        """Put a conditional format, in XlsxWriter's own words, on a block of cells."""
        answer = self.sheet.worksheet.conditional_format(*area.from_zero, dict(options))
        _require(answer, f"{self.sheet.title}!{area}")

    def _declare(self, name: str, area: Area, columns: Sequence[Column]) -> None:
        header = self.book.look(**looks.HEADER_CELL)
        options = {
            "name": name,
            "style": None,
            "columns": [{"header": column.label, "header_format": header} for column in columns],
        }
        answer = self.sheet.worksheet.add_table(*area.from_zero, options)
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
        write = _WRITERS[column.kind]
        for row, value in enumerate(frame[column.name].tolist(), placed.first_row):
            if column.formula is not None:
                look = self.book.look(**_formula_look(column))
                self.sheet.formula(row, place, column.formula(row), value=_cached(value), look=look)
            elif value is None or value != value or value == "":  # noqa: PLR0124 - NaN and NaT differ from themselves
                self.sheet.blank(row, place, self.book.look(**looks.BODY))
            else:
                write(self, row, place, value, column)


def _require(answer: int, where: str) -> None:
    """XlsxWriter answers what it refuses with another number than 0."""
    if answer:
        reason = f"XlsxWriter answered {answer}"
        raise WorkbookFaultError(where, reason)


def _text(canvas: Canvas, row: int, place: int, value: object, column: Column) -> None:
    base = {Kind.CODE: looks.CENTRED, Kind.SMALL: looks.SMALL}.get(column.kind, looks.BODY)
    canvas.sheet.text(row, place, str(value), canvas.book.look(**base, **quoted(str(value))))


def quoted(text: str) -> looks.Properties:
    """The mark that keeps a text such as ``=A1`` a text when its cell is edited in Excel."""
    mark: dict[str, Property] = {"quote_prefix": True} if text.startswith(_FORMULA_SIGNS) else {}
    return mark


def _number(canvas: Canvas, row: int, place: int, value: object, column: Column) -> None:
    """A number in the fewest decimals that show it; a coded answer such as *chưa có số liệu* as text."""
    if not isinstance(value, int | float):
        canvas.sheet.text(row, place, str(value), canvas.book.look(**looks.CENTRED))
        return
    canvas.sheet.number(row, place, value, canvas.book.look(**looks.FIGURE, num_format=number_format(value, column)))


_FORMATS: Mapping[Kind, str] = {Kind.SHARE: looks.SHARE_FORMAT, Kind.COUNT: looks.COUNT_FORMAT}


def number_format(value: float, column: Column) -> str:
    """The number format of a figure: what is whole shows no decimals; nothing is rounded before display."""
    if column.kind in _FORMATS:
        return _FORMATS[column.kind]
    whole = column.kind is Kind.WHOLE or (column.kind is Kind.NUMBER and float(value).is_integer())
    return looks.WHOLE_FORMAT if whole else looks.DECIMAL_FORMAT


def _day(canvas: Canvas, row: int, place: int, value: object, column: Column) -> None:
    look = canvas.book.look(**(looks.MOMENT if column.kind is Kind.MOMENT else looks.DAY))
    if isinstance(value, dt.date):
        canvas.sheet.day(row, place, value, look)


def _sign(canvas: Canvas, row: int, place: int, value: object, column: Column) -> None:
    shown = sign(column.group, value)
    canvas.sheet.text(row, place, shown.word, shown.look(canvas.book))


def _source(canvas: Canvas, row: int, place: int, value: object, _column: Column) -> None:
    canvas.source(row, place, str(value))


def _place(canvas: Canvas, row: int, place: int, value: object, _column: Column) -> None:
    if isinstance(value, Place):
        canvas.source(row, place, value.source, value)


_WRITERS: Mapping[Kind, Callable[[Canvas, int, int, object, Column], None]] = {
    Kind.TEXT: _text,
    Kind.CODE: _text,
    Kind.SMALL: _text,
    Kind.NUMBER: _number,
    Kind.DECIMAL: _number,
    Kind.WHOLE: _number,
    Kind.COUNT: _number,
    Kind.SHARE: _number,
    Kind.DAY: _day,
    Kind.MOMENT: _day,
    Kind.SIGN: _sign,
    Kind.SOURCE: _source,
    Kind.PLACE: _place,
}


def _formula_look(column: Column) -> looks.Properties:
    formats = {
        Kind.WHOLE: looks.WHOLE_FORMAT,
        **_FORMATS,
        Kind.NUMBER: looks.DECIMAL_FORMAT,
    }
    if column.kind in formats:
        return {**looks.FIGURE, "num_format": formats[column.kind]}
    return looks.CENTRED


def _cached(value: object) -> str | float:
    """The value that a formula carries; a missing one is the empty text that the formula gives."""
    if isinstance(value, str):
        return value
    return "" if pd.isna(value) else float(value)  # type: ignore[arg-type,call-overload]


def _shown(column: Column, frame: pd.DataFrame) -> list[str]:
    """The texts that decide how high a row must be; figures and days always fit on one line."""
    values = frame[column.name]
    match column.kind:
        case Kind.TEXT | Kind.CODE | Kind.SMALL:
            return [str(text) for text in values.astype("str").fillna("")]
        case Kind.SIGN:
            return ["" if pd.isna(code) or code == "" else f"■ {sign(column.group, code).word}" for code in values]
        case Kind.PLACE:
            return [value.words if isinstance(value, Place) else "" for value in values]
        case Kind.MOMENT:
            return ["00/00/0000 00:00"] * len(values)
        case _:
            return [""] * len(values)


def look_of(book: Book, *properties: looks.Properties) -> Look:
    """One look from several sets of properties, later ones winning."""
    merged: dict[str, Property] = {}
    for each in properties:
        merged |= each
    return book.look(**merged)
