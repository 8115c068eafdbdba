"""Where a table ends, and which of its rows somebody filled: not headers printed again, numbered columns, totals."""

import re
from collections.abc import Mapping

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


def end_of_table(located: SheetMap) -> int:
    """The first row that cannot belong to the table: the top of a signature block, else the row below the last cell.

    Offices sign under a table, as on paper (domain: how offices really fill Excel). A row begins such a block only when
    it holds nothing but such words and no row below it is filled as widely as a table's: no reported row is left out.
    """
    rows: dict[int, list[RawCell]] = {}
    for (row, _), cell in located.raw.cells.items():
        if row >= located.first_row and is_filled(cell):
            rows.setdefault(row, []).append(cell)
    for row in sorted(rows):
        texts = [cell.value for cell in rows[row] if isinstance(cell.value, str)]
        is_signed = len(texts) == len(rows[row]) <= _WIDEST and all(map(heads_a_signature, texts))
        if is_signed and all(len(rows[below]) <= _WIDEST for below in rows if below > row):
            return row
    return located.raw.last_row + 1


def is_used(located: SheetMap, row: int, columns: Mapping[Field, int]) -> bool:
    """Whether any cell other than what we print is filled (forms.md, head).

    A row whose first, printed cell is blank was typed by the sender: there the printed columns count too.
    """
    filled = {field: cell for field, cell in _cells(located, row, columns).items() if is_filled(cell)}
    if not filled or _is_header_again(filled) or _is_numbering(filled, columns):
        return False
    return any(not field.printed for field in filled) or next(iter(columns)) not in filled


def is_total(located: SheetMap, row: int, columns: Mapping[Field, int]) -> bool:
    """Whether a row says *Tổng cộng* and holds beside it nothing but numbers and a code that we printed."""
    texts = {f: cell.value for f, cell in _cells(located, row, columns).items() if isinstance(cell.value, str)}
    words = {field: text for field, text in texts.items() if normalise(text) and not _FIGURES.fullmatch(text)}
    identity = next(iter(columns))
    beside = [text for field, text in words.items() if field is not identity]
    return bool(words) and all(_TOTAL.fullmatch(folded(text)) for text in beside or words.values())


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


def _cells(located: SheetMap, row: int, columns: Mapping[Field, int]) -> dict[Field, RawCell]:
    cells = located.raw.cells
    return {field: cells[row, column] for field, column in columns.items() if (row, column) in cells}


def is_filled(cell: RawCell | None) -> bool:
    """Whether a cell holds anything but blanks."""
    if cell is None:
        return False
    if cell.formula_without_value or not isinstance(cell.value, str):
        return True
    # A text that begins with a letter or a figure need not be normalised to see that it is none of blanks.
    return cell.value[:1].isalnum() or bool(normalise(cell.value))


def _is_header_again(filled: Mapping[Field, RawCell]) -> bool:
    """Labels in their own columns, as Excel repeats them for a second page or a clerk copies them; also the tags."""
    texts = {field: cell.value for field, cell in filled.items() if isinstance(cell.value, str)}
    return len(filled) >= _FEWEST and all(
        field in texts and (texts[field] == field.name or folded(field.label) in header_keys(texts[field]))
        for field in filled
    )


def _is_numbering(filled: Mapping[Field, RawCell], columns: Mapping[Field, int]) -> bool:
    """The row A, B, 1, 2, 3… that official tables have under their header."""
    if len(filled) < _NEARLY_ALL * len(columns):
        return False
    tokens = [_column_number(filled[field]) for field in sorted(filled, key=lambda field: columns[field])]
    letters = [token for token in tokens if token.isalpha()]
    figures = [token for token in tokens if token.isdecimal()]
    alphabet = [chr(ord("A") + at) for at in range(len(letters))]
    return tokens == [*alphabet, *(str(number) for number in range(1, len(figures) + 1))]


def _column_number(cell: RawCell) -> str:
    if isinstance(cell.value, float):
        return f"{cell.value:.0f}" if cell.value.is_integer() else ""
    number = _COLUMN_NUMBER.fullmatch(normalise(cell.value)) if isinstance(cell.value, str) else None
    return number[1] if number else ""
