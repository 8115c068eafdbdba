"""Puts issued values into cells: each in its field's own type, choices in the words of their list."""

import datetime as dt
from numbers import Real

from pipeline.excel.cells import Look, Sheet
from pipeline.templates.drop_downs import DropDowns
from pipeline.templates.issue import IssuedRow
from pipeline.vocabulary.fields import Field, Kind, coded_column

Filling = str | float | dt.date


def filling_of(row: IssuedRow, field: Field, choices: DropDowns) -> Filling | None:
    """What stands in a field's cell of an issued row; None when nothing does.

    Rows may come straight from the ledger: missing values of pandas count as nothing, and a coded answer under its
    companion column counts for the field.
    """
    value = _present(row.get(field.name))
    if value is None:
        value = _present(row.get(coded_column(field.name)))
    if value is None:
        return None
    if field.kind is Kind.CHOICE:
        shown = choices.shown(field, str(value))
        return float(shown) if shown.isascii() and shown.isdecimal() else shown
    return str(value) if field.kind is Kind.TEXT else value


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
