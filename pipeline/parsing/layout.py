"""Where a form's fields stand in the sender's workbook: columns by hidden tag, then by header text."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandera.pandas as pa

from pipeline.forms import Field, Layout, fields_of, plan_of
from pipeline.spreadsheet import Position, RawSheet, RawWorkbook, cell_name
from pipeline.vietnamese import as_unicode, fold, possible_readings

ENOUGH = 0.5
"""The share of a sheet's fields that must be found before a sheet of the workbook is taken for it."""
_SEARCHED_ROWS = 60


@dataclass(frozen=True)
class SheetMap:
    """Where one sheet of the form stands. For a cover, ``places`` are cells; for a table, header cells."""

    title: str
    raw: RawSheet
    places: Mapping[str, Position]
    first_row: int

    def column(self, field: str) -> int:
        """The column of a field of a table, counted from 1."""
        return self.places[field][1]


@dataclass(frozen=True)
class Addresses:
    """Turns (sheet, field, row) into a place in the sender's workbook: ``Mục tiêu!F7`` (house style 2)."""

    maps: Mapping[str, SheetMap]
    covers: frozenset[str]

    def title(self, sheet: str) -> str:
        """The sheet's title as the sender has it; empty when the sheet is missing."""
        return self.maps[sheet].title if sheet in self.maps else ""

    def cell(self, sheet: str, field: str, row: int | None = None) -> str:
        """The address of a field; without ``row`` that of its header. Empty when the field is missing."""
        if sheet not in self.maps or field not in self.maps[sheet].places:
            return ""
        header_row, column = self.maps[sheet].places[field]
        return cell_name(header_row if sheet in self.covers or row is None else row, column)


def locate_sheet(workbook: RawWorkbook, schema: pa.DataFrameSchema) -> SheetMap | None:
    """The sheet of the workbook that best holds the fields of ``schema``, or None when none holds enough."""
    finder = _locate_cover if plan_of(schema).layout is Layout.COVER else _locate_table
    fields = fields_of(schema)
    found = [made for raw in workbook.sheets if (made := finder(raw, fields)) is not None]
    if not found:
        return None
    wanted = _folded(schema.title or "")
    return max(found, key=lambda made: (len(made.places), _folded(made.title) == wanted))


def _locate_cover(raw: RawSheet, fields: tuple[Field, ...]) -> SheetMap | None:
    """A cover's value stands two cells right of its tag, one right of its label."""
    by_tag = {field.name: 2 for field in fields}
    by_label = {_folded(field.label): field.name for field in fields}
    tagged: dict[str, Position] = {}
    labelled: dict[str, Position] = {}
    for (row, column), cell in sorted(raw.cells.items()):
        if not isinstance(cell.value, str) or row > _SEARCHED_ROWS:
            continue
        if cell.value in by_tag:
            tagged.setdefault(cell.value, (row, column + 2))
        name = by_label.get(_folded(cell.value))
        if name is not None:
            labelled.setdefault(name, (row, column + 1))
    places = {**labelled, **tagged}
    if len(places) < max(1, ENOUGH * len(fields)):
        return None
    return SheetMap(raw.title, raw, places, first_row=0)


def _locate_table(raw: RawSheet, fields: tuple[Field, ...]) -> SheetMap | None:
    tags = {field.name: field.name for field in fields}
    labels = {_folded(field.label): field.name for field in fields}
    tag_row, tagged = _best_row(raw, tags, str.strip)
    label_row, labelled = _best_row(raw, labels, _header_text)
    if max(len(tagged), len(labelled)) < ENOUGH * len(fields):
        return None
    if len(tagged) < ENOUGH * len(fields):
        return SheetMap(raw.title, raw, {n: (label_row, c) for n, c in labelled.items()}, label_row + 1)
    # The header stands right below its tags; a column whose tag was lost is found by its label there.
    header_row = label_row if label_row > tag_row and labelled else tag_row + 1
    columns = {**{n: c for n, c in labelled.items() if c not in tagged.values()}, **tagged}
    return SheetMap(raw.title, raw, {n: (header_row, c) for n, c in columns.items()}, header_row + 1)


def _header_text(text: str) -> str:
    return _folded(text.replace("(*)", ""))


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    """The key of a text, kept: each sheet is held against each of a form, and headers come again in every file."""
    return fold(as_unicode(text))


def _best_row(raw: RawSheet, names: Mapping[str, str], read: Callable[[str], str]) -> tuple[int, dict[str, int]]:
    """The row in which most of the names stand, and the column of each."""
    hits: Counter[int] = Counter()
    found: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(raw.cells.items()):
        if row > _SEARCHED_ROWS or not isinstance(cell.value, str):
            continue
        name = _named(cell.value, names, read)
        if name is not None and name not in found.setdefault(row, {}):
            found[row][name] = column
            hits[row] += 1
    if not hits:
        return 0, {}
    best = max(hits, key=lambda row: (hits[row], -row))
    return best, found[best]


def _named(text: str, names: Mapping[str, str], read: Callable[[str], str]) -> str | None:
    """The field that a text names, as it stands or as a legacy font would draw it: "Ghi chó" is Ghi chú in .VnTime."""
    spellings = (text,) if text.isascii() else (text, *possible_readings(text))
    return next((names[key] for spelling in spellings if (key := read(spelling)) in names), None)
