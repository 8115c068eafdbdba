"""The rows that a table sheet is laid out with, and what stands in their cells: each value in its field's own type."""

import datetime as dt
from collections.abc import Iterator, Sequence
from numbers import Real
from typing import Final

from pipeline.excel.cells import Look, Sheet
from pipeline.formulas.evaluation import Plain, serial_of
from pipeline.templates.drop_downs import DropDowns
from pipeline.templates.issue import IssuedRow
from pipeline.vocabulary.fields import Field, Kind, coded_column
from pipeline.vocabulary.limits import printed_code
from pipeline.vocabulary.sheets import SheetSchema

HEADER_ROW: Final = 5
FIRST_ROW: Final = 6
"""The header stands right below its tags, so that both move together (forms.md, head)."""
SPARE_ROWS: Final = 20
_RULED_SPARE: Final = 3
"""How many rows below the issued ones show lines, and so print."""

Filling = str | float | dt.date


def laid_out(schema: SheetSchema, issued: Sequence[IssuedRow]) -> Iterator[IssuedRow]:
    """One row for each that the sheet has room for; issued rows stand at their printed code, or first.

    Where people are printed, as many rows as the staff list has and some more (forms.md: policy: staff + 20).

    Raises:
        ValueError: an issued row bears a code that the sheet does not print, or two bear the same.
    """
    plan, identity = schema.plan, schema.fields[0].name
    room = max(plan.rows, min(plan.read_rows, len(issued) + SPARE_ROWS))
    if not plan.codes:
        yield from issued
        yield from ({} for _ in range(room - len(issued)))
        return
    by_code = {str(row.get(identity)): row for row in issued}
    codes = [printed_code(plan.codes, position) for position in range(1, plan.rows + 1)]
    unknown = set(by_code) - set(codes)
    if unknown or len(by_code) < len(issued):
        raise ValueError(sorted(unknown) or sorted(str(row.get(identity)) for row in issued))
    yield from ({**by_code.get(code, {}), identity: code} for code in codes)


def ruled_rows(schema: SheetSchema, issued: Sequence[IssuedRow]) -> int:
    """How many rows show lines, and print: those of a blank form, or those that were issued and a few more."""
    rows = tuple(laid_out(schema, issued))
    filled = [place for place, row in enumerate(rows, 1) if any(row.get(name) for name in row if name != _code(schema))]
    if not filled or not schema.plan.codes:
        return min(len(rows), len(issued) + _RULED_SPARE if issued else schema.plan.ruled)
    return min(len(rows), max(schema.plan.ruled, filled[-1] + _RULED_SPARE))


def _code(schema: SheetSchema) -> str:
    """The field that is printed down the first column; empty where none is."""
    return schema.fields[0].name if schema.plan.codes else ""


def filling_of(row: IssuedRow, field: Field, choices: DropDowns) -> Filling | None:
    """What stands in a field's cell of an issued row, a choice in the words of its list; None when nothing does.

    Rows may come straight from the ledger: missing values of pandas count as nothing, and a coded answer under its
    companion column counts for the field.
    """
    value = _present(row.get(field.name))
    if value is None:
        value = _present(row.get(coded_column(field.name)))
    if value is None:
        return None
    if field.kind is Kind.CHOICE:
        words = choices.words(field, str(value))
        return float(words) if words.isascii() and words.isdecimal() else words
    return str(value) if field.kind is Kind.TEXT else value


def plain_of(row: IssuedRow, field: Field, choices: DropDowns) -> Plain:
    """What stands in the cell, as formulas see it."""
    filling = filling_of(row, field, choices)
    return serial_of(filling) if isinstance(filling, dt.date) else filling


def write_filling(sheet: Sheet, position: tuple[int, int], filling: Filling | None, look: Look) -> None:
    """Write a filling at (row, column); nothing leaves the blank cell with its look."""
    row, column = position
    match filling:
        case None:
            sheet.blank(row, column, look)
        case str():
            sheet.text(row, column, filling, look)
        case dt.date():
            sheet.day(row, column, filling, look)
        case _:
            sheet.number(row, column, filling, look)


def _present(value: object) -> Filling | None:
    # NaN and NaT are the only values that differ from themselves.
    if value is None or value == "" or value != value:  # noqa: PLR0124
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str | dt.date):
        return value
    if isinstance(value, Real):
        return float(value)
    raise TypeError(value)
