"""Where a form's fields stand in the sender's workbook: by hidden tag, then by header text, then by position."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from pipeline.parsing.columns import SEARCHED_ROWS, HeadTexts, How, head_of, head_texts
from pipeline.parsing.headers import folded, heads_a_signature, label_keys, named_by
from pipeline.spreadsheet import Position, RawSheet, RawWorkbook, cell_name
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.sheets import Form, Layout, SheetSchema
from pipeline.vocabulary.versions import Former
from pipeline.wording import say

ENOUGH = 0.5
"""The share of a sheet's fields that must be found before a sheet of the workbook is taken for it."""
CHECK_TAG: Final = "_kiem_tra"
"""Stands above a column of live checks, in front of what the column holds: among the hidden tags, and where the column
is hidden also in place of a header, as rows of tags are deleted."""
_CHECK_TITLE: Final = say("live.column.title")


@dataclass(frozen=True)
class SheetMap:
    """Where one sheet of the form stands. For a cover, ``places`` are cells; for a table, header cells.

    Attributes:
        how: by what each field was found.
        doubtful: where something else is written in the only place that a field could have.
        crossed: where the hidden tag names a field and the header another one.
        twice: the two header cells of a field that stands in two columns, which differ; the two answers of a cover.
        strangers: what stands among the hidden tags and is none of ours: columns of another version.
        copies: titles of further sheets that hold the same table filled otherwise.
    """

    title: str
    raw: RawSheet
    places: Mapping[str, Position]
    first_row: int
    how: Mapping[str, How] = field(default_factory=dict)
    doubtful: Mapping[str, Position] = field(default_factory=dict)
    crossed: Mapping[str, Position] = field(default_factory=dict)
    twice: Mapping[str, tuple[Position, Position]] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    def column(self, name: str) -> int:
        """The column of a field of a table, counted from 1."""
        return self.places[name][1]


@dataclass(frozen=True)
class Addresses:
    """Turns (sheet, field, row) into a place in the sender's workbook: ``Mục tiêu!F7`` (house style 2)."""

    maps: Mapping[str, SheetMap]
    covers: frozenset[str]

    def without_cells(self) -> "Addresses":
        """The same without what stands in the cells, for who has read them."""
        bare = {name: replace(each, raw=replace(each.raw, cells={}, merged=())) for name, each in self.maps.items()}
        return replace(self, maps=bare)

    def title(self, sheet: str) -> str:
        """The sheet's title as the sender has it; empty when the sheet is missing."""
        return self.maps[sheet].title if sheet in self.maps else ""

    def cell(self, sheet: str, field: str, row: int | None = None) -> str:
        """The address of a field; without ``row`` that of its header. Empty when the field is missing."""
        if sheet not in self.maps or field not in self.maps[sheet].places:
            return ""
        header_row, column = self.maps[sheet].places[field]
        return cell_name(header_row if sheet in self.covers or row is None else row, column)


def locate_form(workbook: RawWorkbook, form: Form) -> Addresses:
    """Where every sheet of a form stands, under the names of today's or of an earlier version; live checks left out."""
    sheets = [head_texts(_without_checks(sheet)) for sheet in workbook.sheets]
    maps = {}
    for schema in form.all_sheets:
        former = [name for earlier in form.earlier if earlier.is_taken for name in earlier.renamed]
        located = _located(sheets, schema, [name for name in former if name.sheet == schema.name])
        if located is not None:
            maps[schema.name] = located
    return Addresses(maps, frozenset(s.name for s in form.all_sheets if s.plan.layout is Layout.COVER))


def locate_sheet(workbook: RawWorkbook, schema: SheetSchema) -> SheetMap | None:
    """The sheet of the workbook that best holds the fields of ``schema``, or None when none holds enough."""
    return _located([head_texts(sheet) for sheet in workbook.sheets], schema, ())


def _located(sheets: Sequence[HeadTexts], schema: SheetSchema, former: Sequence[Former]) -> SheetMap | None:
    """The sheet that best holds the fields.

    ``former`` are the names that its fields bore in earlier versions of the form. Of several sheets that hold as many
    fields, the filled one counts; where two are filled and differ, the other is named in ``copies``.
    """
    tags = {**{name.tag: name.now for name in former}, **{f.name: f.name for f in schema.fields}}
    labels = [*((name.label, name.now) for name in former), *((f.label, f.name) for f in schema.fields)]
    names = _Names(schema.fields, tags, _label_keys(tuple(labels)))
    locate = _cover if schema.plan.layout is Layout.COVER else _table
    located = [sheet_map for texts in sheets if (sheet_map := locate(texts, names)) is not None]
    if not located:
        return None
    most, title = max(len(sheet_map.places) for sheet_map in located), folded(schema.title)
    fullest = [sheet_map for sheet_map in located if len(sheet_map.places) == most]
    return _chosen_copy(sorted(fullest, key=lambda sheet_map: folded(sheet_map.title) != title), schema.fields)


@lru_cache(maxsize=64)
def _label_keys(labels: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Kept: every file is held against the labels of every form."""
    return label_keys(labels)


@dataclass(frozen=True)
class _Names:
    """The fields to look for on a sheet, by their tags and by the keys of their labels, earlier ones included."""

    fields: tuple[Field, ...]
    tags: Mapping[str, str]
    labels: Mapping[str, str]

    @property
    def enough(self) -> float:
        return max(1, ENOUGH * len(self.fields))


def _cover(texts: HeadTexts, names: _Names) -> SheetMap | None:
    """A cover's value stands two cells right of its tag, one right of its label."""
    if not texts.names_any(names.tags, names.labels):
        return None
    raw = texts.raw
    tagged: dict[str, Position] = {}
    by_label: dict[str, list[Position]] = {}
    label_of: dict[Position, str] = {}
    for row, column, text, keys in texts.texts:
        tag, label = names.tags.get(text), named_by(keys, names.labels)
        if tag is not None:
            tagged.setdefault(tag, (row, column + 2))
        if label is not None:
            by_label.setdefault(label, []).append((row, column + 1))
            label_of[row, column + 1] = label
    places = {**{name: stand[0] for name, stand in by_label.items()}, **tagged}
    if len(places) < names.enough:
        return None
    crossed = {name: at for name, at in tagged.items() if label_of.get(at, name) != name}
    return SheetMap(
        raw.title,
        raw,
        {name: at for name, at in places.items() if name not in crossed},
        first_row=0,
        how={name: How.TAG if name in tagged else How.LABEL for name in places},
        crossed=crossed,
        twice=dict(_answered_twice(raw, places, by_label)),
    )


def _answered_twice(
    raw: RawSheet, places: Mapping[str, Position], by_label: Mapping[str, Sequence[Position]]
) -> Iterator[tuple[str, tuple[Position, Position]]]:
    """Each field of a cover whose label stands a second time, with another answer beside it.

    A label that is itself somebody's answer is none, nor is one above a signature; and what stands beside it is no
    answer where it is a label or says who signs.
    """
    values, last_row = set(places.values()), max(row for row, _ in places.values())
    labels = {(row, column - 1) for stand in by_label.values() for row, column in stand}
    for name, chosen in places.items():
        answer = _answer(raw, chosen)
        for row, column in by_label.get(name, ()):
            other, label = _answer(raw, (row, column)), (row, column - 1)
            is_signed = heads_a_signature(other) or (row > last_row and heads_a_signature(_answer(raw, label)))
            is_line = label not in values and (row, column) not in labels | values and not is_signed
            if is_line and answer and other not in {"", answer}:
                yield name, (chosen, (row, column))
                break


def _answer(raw: RawSheet, at: Position) -> str:
    cell = raw.cells.get(at)
    return "" if cell is None else folded(str(cell.value))


def _table(texts: HeadTexts, names: _Names) -> SheetMap | None:
    head = head_of(texts, names.tags, names.labels, names.enough)
    if head is None:
        return None
    head.locate([field.name for field in names.fields])
    return SheetMap(
        head.raw.title,
        head.raw,
        head.places,
        first_row=head.header_row + 1,
        how=head.how,
        doubtful=head.doubtful,
        crossed=head.crossed,
        twice=head.twice,
        strangers=head.strangers,
    )


def _chosen_copy(located: Sequence[SheetMap], fields: Sequence[Field]) -> SheetMap:
    """Of sheets with the same table (Excel names a copy “Mục tiêu (2)”) the first one filled, naming the others."""
    printed = frozenset(field.name for field in fields if field.printed)
    contents = [_content(sheet_map, printed) for sheet_map in located] if len(located) > 1 else [{}]
    filled = [at for at, content in enumerate(contents) if content] or [0]
    others = tuple(located[at].title for at in filled if contents[at] != contents[filled[0]])
    return replace(located[filled[0]], copies=others)


def _content(located: SheetMap, printed: frozenset[str]) -> dict[tuple[str, int], object]:
    """What the sender typed: by field and line, without what we print."""
    cells = {at: cell.value for at, cell in located.raw.cells.items() if cell.value != ""}
    if not located.first_row:
        return {(name, 0): cells[at] for name, at in located.places.items() if at in cells}
    names = {column: name for name, (_, column) in located.places.items() if name not in printed}
    return {
        (names[column], row - located.first_row): value
        for (row, column), value in cells.items()
        if row >= located.first_row and column in names
    }


def _without_checks(sheet: RawSheet) -> RawSheet:
    """The sheet without the columns of live checks that our templates compute, wherever they were moved.

    Such a column bears the tag, or the header of *Kiểm tra* right of one that does.
    """
    head = {place: cell.value for place, cell in sheet.cells.items() if place[0] <= SEARCHED_ROWS}
    tagged = {at for at, value in head.items() if isinstance(value, str) and value.startswith(CHECK_TAG)}
    if not tagged:
        return sheet
    titled = {(row, col) for (row, col), value in head.items() if value == _CHECK_TITLE and (row, col - 1) in tagged}
    columns = {column for _, column in tagged | titled}
    return replace(sheet, cells={place: cell for place, cell in sheet.cells.items() if place[1] not in columns})
