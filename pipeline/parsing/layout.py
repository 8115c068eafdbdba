"""Where a form's fields stand in the sender's workbook: by hidden tag, then by header text, then by position."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.parsing.columns import How, TableHead, head_of
from pipeline.parsing.copies import chosen_copy
from pipeline.parsing.headers import folded, heads_a_signature, label_keys, labelled, plain
from pipeline.spreadsheet import Position, RawSheet, RawWorkbook, cell_name
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.sheets import Layout, SheetSchema
from pipeline.vocabulary.versions import Former

ENOUGH = 0.5
"""The share of a sheet's fields that must be found before a sheet of the workbook is taken for it."""
_SEARCHED_ROWS = 60


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

    def title(self, sheet: str) -> str:
        """The sheet's title as the sender has it; empty when the sheet is missing."""
        return self.maps[sheet].title if sheet in self.maps else ""

    def cell(self, sheet: str, field: str, row: int | None = None) -> str:
        """The address of a field; without ``row`` that of its header. Empty when the field is missing."""
        if sheet not in self.maps or field not in self.maps[sheet].places:
            return ""
        header_row, column = self.maps[sheet].places[field]
        return cell_name(header_row if sheet in self.covers or row is None else row, column)


@dataclass(frozen=True)
class _Wanted:
    """What is looked for on a sheet: the fields, and the names by which they are known, earlier ones included."""

    fields: tuple[Field, ...]
    tags: Mapping[str, str]
    labels: Mapping[str, str]

    @property
    def enough(self) -> float:
        return max(1, ENOUGH * len(self.fields))


def locate_sheet(workbook: RawWorkbook, schema: SheetSchema, former: Sequence[Former] = ()) -> SheetMap | None:
    """The sheet of the workbook that best holds the fields of ``schema``, or None when none holds enough.

    ``former`` are the names that its fields bore in earlier versions of the form. Of several sheets that hold as many
    fields, the filled one counts; where two are filled and differ, the other is named in ``copies``.
    """
    wanted = _wanted(schema.fields, former)
    is_cover = schema.plan.layout is Layout.COVER
    located = [made for raw in workbook.sheets if (made := (_cover if is_cover else _table)(raw, wanted)) is not None]
    if not located:
        return None
    most = max(len(made.places) for made in located)
    title = folded(schema.title or "")
    best = sorted((m for m in located if len(m.places) == most), key=lambda m: folded(m.title) != title)
    chosen, copies = chosen_copy([(made.raw, made.places, made.first_row) for made in best], wanted.fields)
    return replace(best[chosen], copies=tuple(best[other].title for other in copies))


def _wanted(fields: tuple[Field, ...], former: Sequence[Former]) -> _Wanted:
    tags = {**{name.tag: name.now for name in former}, **{f.name: f.name for f in fields}}
    labels = [*((name.label, name.now) for name in former), *((f.label, f.name) for f in fields)]
    return _Wanted(fields, tags, label_keys(labels))


def _cover(raw: RawSheet, wanted: _Wanted) -> SheetMap | None:
    """A cover's value stands two cells right of its tag, one right of its label."""
    tagged: dict[str, Position] = {}
    by_label: dict[str, list[Position]] = {}
    said: dict[Position, str] = {}
    for (row, column), cell in sorted(raw.cells.items()):
        if not isinstance(cell.value, str) or row > _SEARCHED_ROWS:
            continue
        tag, label = wanted.tags.get(plain(cell.value)), labelled(cell.value, wanted.labels)
        if tag is not None:
            tagged.setdefault(tag, (row, column + 2))
        if label is not None:
            by_label.setdefault(label, []).append((row, column + 1))
            said[row, column + 1] = label
    places = {**{name: stand[0] for name, stand in by_label.items()}, **tagged}
    if len(places) < wanted.enough:
        return None
    crossed = {name: at for name, at in tagged.items() if said.get(at, name) != name}
    how = {name: How.TAG if name in tagged else How.LABEL for name in places}
    twice = dict(_answered_twice(raw, places, by_label))
    return SheetMap(raw.title, raw, _without(places, crossed), first_row=0, how=how, crossed=crossed, twice=twice)


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


def _table(raw: RawSheet, wanted: _Wanted) -> SheetMap | None:
    head = head_of(raw, wanted.tags, wanted.labels, wanted.enough)
    return None if head is None else _mapped(raw, head, [f.name for f in wanted.fields])


def _mapped(raw: RawSheet, head: TableHead, names: Sequence[str]) -> SheetMap:
    found = head.columns(names)
    row = head.header_row
    return SheetMap(
        title=raw.title,
        raw=raw,
        places={name: (row, column) for name, column in found.places.items()},
        first_row=row + 1,
        how=found.how,
        doubtful={name: (row, column) for name, column in found.doubtful.items()},
        crossed={name: (row, column) for name, column in found.crossed.items()},
        twice={name: ((row, one), (row, other)) for name, (one, other) in found.twice.items()},
        strangers=head.strangers,
    )


def _without(places: Mapping[str, Position], left_out: Mapping[str, Position]) -> dict[str, Position]:
    return {name: at for name, at in places.items() if name not in left_out}
