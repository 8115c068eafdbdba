"""Where a table ends, and which of its rows somebody filled: not headers printed again, numbered columns, totals."""

import re
from collections.abc import Sequence

from pipeline.parsing.headers import folded, header_keys, heads_a_signature
from pipeline.parsing.layout import SheetMap
from pipeline.spreadsheet import RawCell
from pipeline.vietnamese import normalise
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.sheets import SheetSchema

_TOTAL = re.compile(r"(?:tong|cong)(?: (?:tong|cong|so|chung|toan phong|trang))*")
_FIGURES = re.compile(r"[\d.,%\s]+")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(?: ?= ?.{1,30})?")
_FEWEST = 2
"""A header printed again fills at least so many cells; one word is somebody's answer."""
_NEARLY_ALL = 0.8
"""The share of its columns that a row of column numbers fills."""
_WIDEST = 3
"""A signature block fills at most this many cells of a row; a row of a table that somebody filled has more."""


Columns = Sequence[tuple[Field, int]]
"""The fields of a table in their order, each with its column."""
RowCells = Sequence[tuple[Field, RawCell]]


def end_of_table(located: SheetMap, schema: SheetSchema) -> int:
    """The first row that cannot belong to the table: the top of a signature block, else the row below the last cell.

    Offices sign under a table, as on paper (domain: how offices really fill Excel). A row begins such a block only when
    it holds nothing but such words and no row below it is filled as widely as a table's: no reported row is left out.
    The codes that we print down a sheet stand beside a block typed into its free rows, and are no words of its own.
    """
    first = schema.fields[0].name
    codes = located.column(first) if schema.plan.codes and first in located.places else 0
    rows: dict[int, list[RawCell]] = {}
    for (row, column), cell in located.raw.cells.items():
        if row >= located.first_row and column != codes and is_filled(cell):
            rows.setdefault(row, []).append(cell)
    for row in sorted(rows):
        texts = [cell.value for cell in rows[row] if isinstance(cell.value, str)]
        is_signed = len(texts) == len(rows[row]) <= _WIDEST and all(map(heads_a_signature, texts))
        if is_signed and all(len(rows[below]) <= _WIDEST for below in rows if below > row):
            return row
    return located.raw.last_row + 1


def cells_of(located: SheetMap, row: int, columns: Columns) -> RowCells:
    """The filled cells of a row in the columns of fields, in the order of the fields."""
    cells = located.raw.cells
    return [(field, cells[row, column]) for field, column in columns if (row, column) in cells]


def is_used(cells: RowCells, columns: Columns) -> bool:
    """Whether any cell of a row other than what we print is filled (forms.md, head).

    A row whose first, printed cell is blank was typed by the sender: there the printed columns count too.
    """
    filled = [(field, cell) for field, cell in cells if is_filled(cell)]
    if not filled or _is_header_again(filled) or _is_numbering(filled, columns):
        return False
    return any(not field.printed for field, _ in filled) or filled[0][0] is not columns[0][0]


def is_total(cells: RowCells, columns: Columns) -> bool:
    """Whether a row says *Tổng cộng* and holds beside it nothing but numbers and a code that we printed."""
    texts = [(field, cell.value) for field, cell in cells if isinstance(cell.value, str)]
    words = [(field, text) for field, text in texts if not _is_blank(text) and not _FIGURES.fullmatch(text)]
    beside = [text for field, text in words if field is not columns[0][0]] or [text for _, text in words]
    return bool(words) and all(_TOTAL.fullmatch(folded(text)) for text in beside)


def is_decided(located: SheetMap, row: int, schema: SheetSchema) -> bool:
    """Whether the sender had a hand in a row; not where nothing stands beside what we took over from last year.

    Judged for the sheet as a whole: an untouched row beside filled ones is read, and reported as incomplete.
    """
    plan = schema.plan
    filled = {
        name
        for name in (plan.taken_over, *plan.decided)
        if name in located.places and is_filled(located.raw.cells.get((row, located.column(name))))
    }
    return not plan.taken_over or plan.taken_over not in filled or filled != {plan.taken_over}


def is_filled(cell: RawCell | None) -> bool:
    """Whether a cell holds anything but blanks."""
    if cell is None:
        return False
    if cell.formula_without_value or not isinstance(cell.value, str):
        return True
    return not _is_blank(cell.value)


def _is_blank(text: str) -> bool:
    """Whether a text is none; one that begins with a letter or a figure need not be normalised to see it."""
    return not text[:1].isalnum() and not normalise(text)


def _is_header_again(filled: RowCells) -> bool:
    """Labels in their own columns, as Excel repeats them for a second page or a clerk copies them; also the tags."""
    return len(filled) >= _FEWEST and all(
        isinstance(text := cell.value, str) and (text == field.name or folded(field.label) in header_keys(text))
        for field, cell in filled
    )


def _is_numbering(filled: RowCells, columns: Columns) -> bool:
    """The row A, B, 1, 2, 3… that official tables have under their header."""
    if len(filled) < _NEARLY_ALL * len(columns) or not all(_column_number(cell) for _, cell in filled):
        return False
    order = {field.name: column for field, column in columns}
    tokens = [_column_number(cell) for _, cell in sorted(filled, key=lambda one: order[one[0].name])]
    letters = [token for token in tokens if token.isalpha()]
    figures = [token for token in tokens if token.isdecimal()]
    alphabet = [chr(ord("A") + at) for at in range(len(letters))]
    return tokens == [*alphabet, *(str(number) for number in range(1, len(figures) + 1))]


def _column_number(cell: RawCell) -> str:
    if isinstance(cell.value, float):
        return f"{cell.value:.0f}" if cell.value.is_integer() else ""
    number = _COLUMN_NUMBER.fullmatch(normalise(cell.value)) if isinstance(cell.value, str) else None
    return number[1] if number else ""
