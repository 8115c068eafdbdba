"""The findings on a sheet's layout: how its fields were located, joined cells, calculated cells."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.findings import Code, Finding
from pipeline.parsing.columns import How
from pipeline.parsing.layout import SheetMap
from pipeline.parsing.values import visible_text
from pipeline.spreadsheet import Position, cell_name
from pipeline.vocabulary.fields import Field


def field_findings(located: SheetMap, fields: Sequence[Field]) -> Iterator[Finding]:
    """One finding for each field without a certain place or found by less than its name, one for all by header."""
    for field in fields:
        yield from _uncertain(located, field)
    for before, field, after in zip(fields, fields[1:], fields[2:], strict=False):
        if located.how.get(field.name) is How.POSITION:
            yield _at(located, Code.T219, field, located.places[field.name], before=before.label, after=after.label)
    by_label = [field for field in fields if located.how.get(field.name) is How.LABEL]
    if by_label:
        columns = "; ".join(f"“{f.label}” ({cell_name(*located.places[f.name])})" for f in by_label)
        yield Finding(Code.T217, located.title, facts={"columns": columns})
    if located.copies:
        yield Finding(Code.T223, located.title, facts={"copies": ", ".join(f"“{title}”" for title in located.copies)})


def merged_findings(located: SheetMap, used: Collection[int], named: Mapping[int, Field]) -> Iterator[Finding]:
    """One finding for each area of joined cells that leaves a used row without an answer of its own.

    ``named`` are the fields by column.
    """
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
            yield Finding(Code.T225, located.title, cell_name(*first), field.name, field.label, {"area": area})


def formula_findings(located: SheetMap, calculated: Mapping[Position, Field]) -> Iterator[Finding]:
    """One finding for all cells of a sheet whose value some program made of a formula, at the first of them."""
    if calculated:
        first = min(calculated)
        field, cells = calculated[first], ", ".join(_runs(calculated))
        yield Finding(Code.T227, located.title, cell_name(*first), field.name, field.label, {"cells": cells})


def _uncertain(located: SheetMap, field: Field) -> Iterator[Finding]:
    match field.name:
        case name if name in located.crossed:
            yield _at(located, Code.T221, field, located.crossed[name])
        case name if name in located.twice:
            first, second = located.twice[name]
            yield _at(located, Code.T222, field, first, other_cell=cell_name(*second))
        case name if name in located.doubtful:
            yield _at(located, Code.T220, field, located.doubtful[name])
        case name if name not in located.places:
            yield Finding(Code.T206, located.title, field=name, label=field.label)
        case name if located.how.get(name) is How.NEARLY:
            yield _at(located, Code.T218, field, located.places[name])


def _at(located: SheetMap, code: str, field: Field, position: Position, **facts: str) -> Finding:
    facts = {"found": visible_text(located.raw.cells.get(position)), **facts}
    return Finding(code, located.title, cell_name(*position), field.name, field.label, facts)


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
