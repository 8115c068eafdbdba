"""Cells of a workbook beside recomputed values: each difference by its cell, and every cell that was compared."""

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from recompute_inputs import text_of
from recompute_sentences import numbers_in

Expected = Mapping[str, object]
"""One row by its headers."""

Keyed = dict[tuple[str, ...], Expected]


@dataclass
class Comparison:
    """What was compared so far, and what differs; ``figures`` counts numbers and days, also those inside sentences."""

    differences: list[str] = field(default_factory=list)
    compared: set[tuple[str, str]] = field(default_factory=set)
    figures: int = 0

    def cell(self, sheet: Worksheet, cell: Cell, expected: object, about: str) -> None:
        """Compare one cell; ``about`` says whose it is."""
        self.compared.add((sheet.title, cell.coordinate))
        self.figures += is_figure(expected) or is_figure(cell.value)
        if not is_equal(cell.value, expected):
            self.differ(place_of(sheet, cell.coordinate), about, cell.value, expected)

    def sentence(self, sheet: Worksheet, place: str, text: object, expected: Sequence[Fraction]) -> None:
        """Compare the numbers of a sentence, in their order."""
        self.figures += len(expected)
        if numbers_in(str(text)) != list(expected):
            shown = [float(one) for one in expected]
            self.differ(place_of(sheet, place), "numbers of the sentence", text, shown)

    def differ(self, place: str, about: str, found: object, expected: object = None) -> None:
        """Note a difference."""
        shown = float(expected) if isinstance(expected, Fraction) else expected
        self.differences.append(f"{place} ({about}): workbook {found!r}, recomputed {shown!r}")

    def left_over(self, sheet: Worksheet) -> None:
        """Note every number and day of a sheet that nothing was compared with."""
        for cell in _figures_of(sheet):
            if (sheet.title, cell.coordinate) not in self.compared:
                self.differ(place_of(sheet, cell.coordinate), "compared with nothing", cell.value)


def place_of(sheet: Worksheet, coordinate: str) -> str:
    return f"{sheet.title}!{coordinate}"


def is_figure(value: object) -> bool:
    """A number or a day."""
    return isinstance(value, int | float | Fraction | dt.date) and not isinstance(value, bool)


def is_equal(found: object, expected: object) -> bool:
    """Numbers to twelve places, times to the second, text in precomposed Unicode; an empty text is no value."""
    if isinstance(expected, Fraction):
        return isinstance(found, int | float) and math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(expected, dt.datetime):
        return isinstance(found, dt.datetime) and abs(found - expected) < dt.timedelta(seconds=1)
    if isinstance(expected, dt.date):
        return found == dt.datetime(expected.year, expected.month, expected.day)
    return not is_figure(found) and text_of(found) == expected


def _figures_of(sheet: Worksheet) -> Iterator[Cell]:
    return (cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell) and is_figure(cell.value))


def compare_table(done: Comparison, sheet: Worksheet, name: str, expected: Sequence[Expected], key: str) -> None:
    """A named table: each row by its key (headers joined by ``+``), each cell by its header; no row more, none less.

    A table of nothing holds one row, which says so in its first column and has nothing in the others.
    """
    first, last = str(sheet.tables[name].ref).split(":")
    (header, *rows) = sheet[first:last]
    headers = [str(cell.value) for cell in header]
    left = _keyed(expected, key.split("+"))
    for row in rows:
        found = dict(zip(headers, row, strict=True))
        words = tuple(_word(found[one].value) for one in key.split("+"))
        wanted = left.pop(words, None)
        if wanted is not None:
            for label, cell in found.items():
                done.cell(sheet, cell, wanted.get(label, "no such header"), f"{' '.join(words)}, {label}")
        elif expected or len(rows) > 1 or not _says_nothing(row):
            done.differ(place_of(sheet, row[0].coordinate), "row that was not recomputed", words)
    for words in left:
        done.differ(place_of(sheet, name), "row that is missing", None, words)
    for label in set().union(*expected) - set(headers):
        done.differ(place_of(sheet, name), "column that is missing", None, label)


def table_rows(sheet: Worksheet, name: str) -> Iterator[dict[str, Cell]]:
    """The cells of a named table, row by row, by their headers."""
    first, last = str(sheet.tables[name].ref).split(":")
    (header, *rows) = sheet[first:last]
    headers = [str(cell.value) for cell in header]
    return (dict(zip(headers, row, strict=True)) for row in rows)


def compare_figures(done: Comparison, sheet: Worksheet, name: str, expected: Sequence[Expected], key: str) -> None:
    """A named table whose words are others' business: the headers that were recomputed, each row once."""
    left = _keyed(expected, key.split("+"))
    for cells in table_rows(sheet, name):
        words = tuple(_word(cells[each].value) for each in key.split("+"))
        row = left.pop(words, None)
        if row is None and (expected or not _says_nothing([*cells.values()])):
            done.differ(place_of(sheet, next(iter(cells.values())).coordinate), "row that was not recomputed", words)
        for label, value in (row or {}).items():
            done.cell(sheet, cells[label], value, f"{' '.join(words)}, {label}")
    for words in left:
        done.differ(place_of(sheet, name), "row that is missing", None, words)


_NOTHING = re.compile(r"(Không|Chưa) |Kỳ này không ")


def _says_nothing(row: Sequence[Cell]) -> bool:
    """Whether a row is the sentence of an empty table: in the column that stands first, the others empty."""
    first, *others = row
    return bool(_NOTHING.match(str(first.value))) and all(cell.value is None for cell in others)


def _keyed(rows: Sequence[Expected], key: Sequence[str]) -> Keyed:
    keyed = {tuple(_word(row[one]) for one in key): row for row in rows}
    if len(keyed) != len(rows):
        message = f"{key} is no key of the recomputed rows"
        raise ValueError(message)
    return keyed


def _word(value: object) -> str:
    if isinstance(value, int | float | Fraction):
        return str(int(value))
    return value.strftime("%Y-%m-%d") if isinstance(value, dt.date) else text_of(value) or ""


def block(sheet: Worksheet, headers: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The row in which all these headers stand, and the columns of everything in that row.

    Raises:
        LookupError: there is no such row.
    """
    for row in sheet.iter_rows():
        columns = {str(cell.value): int(cell.column or 0) for cell in row if cell.value is not None}
        if set(headers) <= set(columns):
            return int(row[0].row or 0), columns
    message = f"{sheet.title} has no row with the headers {headers}"
    raise LookupError(message)


def compare_block(done: Comparison, sheet: Worksheet, headers: Sequence[str], expected: Mapping[str, Expected]) -> None:
    """A block without a table's name: its rows by the word in column A, down to the first empty one."""
    row, columns = block(sheet, headers)
    left = dict(expected)
    while (word := text_of(sheet.cell(row := row + 1, 1).value)) is not None:
        wanted = left.pop(word, None)
        if wanted is None:
            done.differ(place_of(sheet, f"A{row}"), "row that was not recomputed", word)
        for label, value in (wanted or {}).items():
            done.cell(sheet, cell_at(sheet, row, columns[label]), value, f"{word}, {label}")
    for word in left:
        done.differ(place_of(sheet, f"A{row}"), "row that is missing", None, word)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, which in these blocks is never a merged one."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell
