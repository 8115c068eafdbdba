"""What is told of how a sheet's fields were found, of those that have no certain place, and of joined cells."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.findings import Finding
from pipeline.parsing.columns import How
from pipeline.parsing.layout import SheetMap
from pipeline.parsing.values import shown
from pipeline.spreadsheet import Position, cell_name
from pipeline.vocabulary.fields import Field


def found_on_sheet(located: SheetMap, fields: Sequence[Field]) -> Iterator[Finding]:
    """One finding for each field without a certain place or found by less than its name, one for all by header."""
    for field in fields:
        yield from _uncertain(located, field)
    for before, field, after in zip(fields, fields[1:], fields[2:], strict=False):
        if located.how.get(field.name) is How.POSITION:
            yield _at(located, "T219", field, located.places[field.name], before=before.label, after=after.label)
    by_label = [field for field in fields if located.how.get(field.name) is How.LABEL]
    if by_label:
        columns = "; ".join(f"“{f.label}” ({cell_name(*located.places[f.name])})" for f in by_label)
        yield Finding("T217", located.title, facts={"columns": columns})
    if located.copies:
        yield Finding("T223", located.title, facts={"copies": ", ".join(f"“{title}”" for title in located.copies)})


def _uncertain(located: SheetMap, field: Field) -> Iterator[Finding]:
    name = field.name
    if name in located.crossed:
        yield _at(located, "T221", field, located.crossed[name])
    elif name in located.twice:
        one, other = located.twice[name]
        yield _at(located, "T222", field, one, other_cell=cell_name(*other))
    elif name in located.doubtful:
        yield _at(located, "T220", field, located.doubtful[name])
    elif name not in located.places:
        yield Finding("T206", located.title, field=name, label=field.label)
    elif located.how.get(name) is How.NEARLY:
        yield _at(located, "T218", field, located.places[name])


def _at(located: SheetMap, code: str, field: Field, position: Position, **facts: str) -> Finding:
    told = {"found": shown(located.raw.cells.get(position)), **facts}
    return Finding(code, located.title, cell_name(*position), field.name, field.label, told)


def merged_cells(located: SheetMap, used: Collection[int], columns: Mapping[Field, int]) -> Iterator[Finding]:
    """One finding for each area of joined cells that leaves a used row without an answer of its own."""
    named = {column: field for field, column in columns.items()}
    for first, last in located.raw.merged:
        covered = [
            (row, column)
            for row in used
            if first[0] <= row <= last[0]
            for column in named
            if first[1] <= column <= last[1] and (row, column) != first
        ]
        if covered and first in located.raw.cells and first[0] >= located.first_row:
            field = named[covered[0][1]]
            area = f"{cell_name(*first)}:{cell_name(*last)}"
            yield Finding("T225", located.title, cell_name(*first), field.name, field.label, {"area": area})


def from_formulas(located: SheetMap, calculated: Mapping[Position, Field]) -> Iterator[Finding]:
    """One finding for all cells of a sheet whose value some program made of a formula, at the first of them."""
    if calculated:
        first = min(calculated)
        field, cells = calculated[first], ", ".join(_runs(calculated))
        yield Finding("T227", located.title, cell_name(*first), field.name, field.label, {"cells": cells})


def _runs(positions: Collection[Position]) -> Iterator[str]:
    """F7:F9, H7: cells one below the other as one area, in the order of columns."""
    below: set[Position] = set()
    for column, row in sorted((column, row) for row, column in positions):
        if (row, column) in below:
            continue
        last = row
        while (last + 1, column) in positions:
            last += 1
            below.add((last, column))
        yield cell_name(row, column) if last == row else f"{cell_name(row, column)}:{cell_name(last, column)}"
