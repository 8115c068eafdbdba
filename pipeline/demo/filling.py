"""Filling a real template as a clerk would: type into the input cells, and save it."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from pipeline.excel.fitting import height_of, lines_of
from pipeline.formulas.evaluation import serial_of
from pipeline.patching import Package, Worksheet
from pipeline.spreadsheet import Position, cell_name, cell_position
from pipeline.templates.cover import WIDTHS
from pipeline.templates.drop_downs import drop_downs
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.lists import Lists, options_of
from pipeline.vocabulary.sheets import Form, Layout

Row = Mapping[str, Any]
Place = tuple[int, int, str, object]
"""Row and column of a cell, counted from 1, the field that it holds, and what is to be typed."""
Texts = Mapping[Position, str]
"""What the cells of a sheet hold."""
_LAST_TAG_ROW: Final = 30


@dataclass(frozen=True)
class Filling:
    """What is typed: values of the cover by field, and rows by sheet. A row goes where its code is printed."""

    cover: Row = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)


@dataclass(frozen=True)
class Typed:
    """One value and the cell that it is typed into, row and column counted from 1; None empties the cell."""

    sheet: str
    row: int
    column: int
    value: str | float | dt.date | None


def fill(template: bytes, form: Form, filling: Filling, lists: Lists) -> bytes:
    """The template with the values typed in; what stands there already is left. The same input gives the same bytes."""
    package = Package(template)
    by_sheet: dict[str, list[Typed]] = {}
    for typed in _typed(package, form, filling, lists):
        by_sheet.setdefault(typed.sheet, []).append(typed)
    for schema in form.all_sheets:
        sheet, entries = package.worksheet(schema.title or ""), by_sheet.get(schema.title or "", [])
        sheet.put({cell_name(typed.row, typed.column): _stored(typed.value) for typed in entries})
        sheet.forget_results()
        is_cover = schema.plan.layout is Layout.COVER
        widths = WIDTHS if is_cover else {column: each.width for column, each in enumerate(schema.fields, 1)}
        sheet.fit(_heights(sheet, widths, {typed.row for typed in entries}))
    return package.saved()


def _heights(sheet: Worksheet, widths: Mapping[int, float], rows: Collection[int]) -> dict[int, float]:
    """The heights that Excel gives to rows as somebody types into them; LibreOffice shows one line without."""
    lines = dict.fromkeys(rows, 1)
    for cell, text in sheet.texts().items():
        row, column = cell_position(cell)
        if row in lines and column in widths:
            lines[row] = max(lines[row], lines_of(text, widths[column]))
    return {row: height_of(count) for row, count in lines.items()}


def typed_cells(template: bytes, form: Form, filling: Filling, lists: Lists) -> tuple[Typed, ...]:
    """What ``fill`` types, for another program to type."""
    return tuple(_typed(Package(template), form, filling, lists))


def _typed(package: Package, form: Form, filling: Filling, lists: Lists) -> Iterator[Typed]:
    choices = drop_downs(form, lists)
    for schema in form.all_sheets:
        worksheet, fields = package.worksheet(schema.title or ""), schema.fields
        texts = {cell_position(cell): text for cell, text in worksheet.texts().items()}
        words = {f.name: {code: choices.words(f, code) for code in options_of(f, lists)} for f in fields}
        if schema.plan.layout is Layout.COVER:
            places = _on_cover(texts, filling.cover)
        else:
            places = _in_table(texts, filling.rows.get(schema.name, ()), fields)
        for row, column, name, value in places:
            chosen = _as_chosen(value, words.get(name, {}))
            if not _stands(texts.get((row, column), ""), _stored(chosen)):
                yield Typed(worksheet.title, row, column, chosen)


def _on_cover(texts: Texts, cover: Row) -> Iterator[Place]:
    for (row, column), name in sorted(texts.items()):
        if column == 1 and name in cover:
            yield row, 3, name, cover[name]


def _in_table(texts: Texts, rows: Sequence[Row], fields: Sequence[Field]) -> Iterator[Place]:
    """Each row goes where its code is printed, and what else is printed of it; the others below, one after another."""
    tag_row, columns = _tags(texts, [field.name for field in fields])
    first, key = tag_row + 2, columns[fields[0].name]
    printed: dict[str, list[int]] = {}
    for (at, column), text in sorted(texts.items()):
        if column == key and at >= first:
            printed.setdefault(text, []).append(at)
    free = (at for at in count(first) if (at, key) not in texts)
    for row in rows:
        named = {columns[field.name]: row[field.name] for field in fields[1:] if field.printed and field.name in row}
        own = _stored(row.get(fields[0].name, ""))
        places = next((stand for text, stand in printed.items() if _stands(text, own)), [])
        fitting = (
            at
            for at in places
            if all(_stands(texts.get((at, column), ""), _stored(value)) for column, value in named.items())
        )
        # A blank template prints the code and nothing beside it.
        place = next(fitting, None) or next(iter(places), None) or next(free)
        if place in places:
            places.remove(place)
        yield from ((place, columns[name], name, value) for name, value in row.items())


def _tags(texts: Texts, names: Sequence[str]) -> tuple[int, dict[str, int]]:
    for tag_row in range(1, _LAST_TAG_ROW):
        columns = {text: column for (row, column), text in texts.items() if row == tag_row}
        if set(names) <= set(columns):
            return tag_row, {name: columns[name] for name in names}
    raise KeyError(names[0])


def _as_chosen(value: object, words: Mapping[str, str]) -> Any:  # noqa: ANN401 - what a cell takes
    """What a drop-down would put there; other values as they are typed."""
    return words.get(str(value), value)


def _stands(text: str, value: str | float | None) -> bool:
    """Whether a cell holds the value; a year chosen from its list is printed as a number."""
    if isinstance(value, int | float):
        return _is_number(text) and float(text) == value
    return text == (value or "")


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _stored(value: str | float | dt.date | None) -> str | float | None:
    return serial_of(value) if isinstance(value, dt.date) else value
