"""Filling a real template as a clerk would: open it, type into the input cells, save it."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.saving import steady_bytes
from pipeline.vocabulary.lists import Lists, options_of
from pipeline.vocabulary.sheets import Form, Layout

Row = Mapping[str, Any]
Place = tuple[int, int, str, object]
"""Row and column of a cell, counted from 1, the field that it holds, and what is to be typed."""


@dataclass(frozen=True)
class Filling:
    """What is typed: values of the cover by field, and rows by sheet. A row goes where its code is printed."""

    cover: Row = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)


@dataclass(frozen=True)
class Typed:
    """One value and the cell that it is typed into, row and column counted from 1."""

    sheet: str
    row: int
    column: int
    value: str | float | dt.datetime


def fill(template: bytes, form: Form, filling: Filling, lists: Lists) -> bytes:
    """The template with the values typed in; what stands there already is left. The same input gives the same bytes."""
    workbook = load_workbook(io.BytesIO(template))
    for typed in list(_typed(workbook, form, filling, lists)):
        workbook[typed.sheet].cell(typed.row, typed.column).value = typed.value
    return steady_bytes(workbook)


def typed_cells(template: bytes, form: Form, filling: Filling, lists: Lists) -> tuple[Typed, ...]:
    """What ``fill`` types, for a program other than openpyxl to type."""
    return tuple(_typed(load_workbook(io.BytesIO(template)), form, filling, lists))


def _typed(workbook: Workbook, form: Form, filling: Filling, lists: Lists) -> Iterator[Typed]:
    for schema in form.all_sheets:
        worksheet, fields = workbook[schema.title or ""], schema.fields
        words = {f.name: options_of(f, lists) for f in fields}
        if schema.plan.layout is Layout.COVER:
            places = _on_cover(worksheet, filling.cover)
        else:
            places = _in_table(worksheet, filling.rows.get(schema.name, ()), [f.name for f in fields])
        for row, column, name, value in places:
            chosen, standing = _as_chosen(value, words.get(name, {})), worksheet.cell(row, column).value
            # A year chosen from its list is printed as a number.
            if standing != chosen and str(standing) != chosen:
                yield Typed(worksheet.title, row, column, chosen)


def _on_cover(worksheet: Worksheet, cover: Row) -> Iterator[Place]:
    for row in range(1, worksheet.max_row + 1):
        name = worksheet.cell(row, 1).value
        if isinstance(name, str) and name in cover:
            yield row, 3, name, cover[name]


def _in_table(worksheet: Worksheet, rows: Sequence[Row], names: Sequence[str]) -> Iterator[Place]:
    tag_row, columns = _tags(worksheet, names)
    first, key = tag_row + 2, columns[names[0]]
    printed = {worksheet.cell(r, key).value: r for r in range(first, worksheet.max_row + 1)}
    free = (r for r in range(first, worksheet.max_row + 2) if worksheet.cell(r, key).value is None)
    for row in rows:
        place = printed.get(row.get(names[0])) or next(free)
        yield from ((place, columns[name], name, value) for name, value in row.items())


def _tags(worksheet: Worksheet, names: Sequence[str]) -> tuple[int, dict[str, int]]:
    for row in range(1, 30):
        columns = {worksheet.cell(row, c).value: c for c in range(1, worksheet.max_column + 1)}
        if set(names) <= set(columns):
            return row, {name: columns[name] for name in names}
    raise KeyError(worksheet.title)


def _as_chosen(value: object, words: Mapping[str, str]) -> Any:  # noqa: ANN401 - openpyxl takes any cell value
    """What a drop-down would put there; other values as they are typed."""
    chosen = words.get(str(value), value)
    return dt.datetime.combine(chosen, dt.time()) if type(chosen) is dt.date else chosen
