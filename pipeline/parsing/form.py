"""A whole workbook of a known form: rows of typed values, the findings of reading, and the addresses of every field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandera.pandas as pa

from pipeline.findings import Finding
from pipeline.forms import (
    Field,
    Form,
    Layout,
    Lists,
    coded_column,
    decimals_column,
    fields_of,
    plan_of,
    unit_column,
)
from pipeline.forms.lists import options_of
from pipeline.parsing.layout import Addresses, SheetMap, locate_sheet
from pipeline.parsing.signatures import end_of_table
from pipeline.parsing.values import Parsed, Value, legacy_reading, parse_cell, shown
from pipeline.spreadsheet import RawCell, RawWorkbook, cell_name
from pipeline.vietnamese import fold, normalise

Row = Mapping[str, Value | int]
Stray = tuple[str, int, str]
"""Sheet, Excel row and field of a cell whose reading already has a finding."""


@dataclass(frozen=True)
class ParsedForm:
    """One submission as far as it could be read.

    ``rows`` holds, by sheet, one mapping a used row: field and companion columns, and ``excel_row``. ``shown`` gives
    what the sender sees in a cell, for the words "found".
    """

    form: Form
    rows: Mapping[str, tuple[Row, ...]]
    findings: tuple[Finding, ...]
    unreadable: frozenset[Stray]
    addresses: Addresses
    shown: Mapping[Stray, str]


def parse_form(workbook: RawWorkbook, form: Form, lists: Lists) -> ParsedForm:
    """Read every sheet of a form. ``lists`` are the settings' choices for the form's year."""
    maps = {sheet.name: located for sheet in form.all_sheets if (located := locate_sheet(workbook, sheet))}
    covers = frozenset(s.name for s in form.all_sheets if plan_of(s).layout is Layout.COVER)
    reading = _Reading(workbook, lists, Addresses(maps, covers))
    rows = {schema.name: tuple(reading.sheet(schema)) for schema in form.all_sheets}
    return ParsedForm(
        form=form,
        rows=rows,
        findings=tuple(reading.findings),
        unreadable=frozenset(reading.unreadable),
        addresses=reading.addresses,
        shown=reading.shown,
    )


class _Reading:
    """The reading of one workbook: collects findings and shown texts while the rows are made."""

    def __init__(self, workbook: RawWorkbook, lists: Lists, addresses: Addresses) -> None:
        self.workbook = workbook
        self.lists = lists
        self.addresses = addresses
        self.findings: list[Finding] = []
        self.unreadable: set[Stray] = set()
        self.shown: dict[Stray, str] = {}

    def sheet(self, schema: pa.DataFrameSchema) -> Iterator[Row]:
        located = self.addresses.maps.get(schema.name)
        if located is None:
            self.findings.append(Finding("T205", facts={"missing": schema.title or ""}))
            return
        missing = [field for field in fields_of(schema) if field.name not in located.places]
        for field in missing:
            self.findings.append(Finding("T206", sheet=located.title, field=field.name, label=field.label))
        present = [field for field in fields_of(schema) if field.name in located.places]
        if plan_of(schema).layout is Layout.COVER:
            yield self._row(schema.name, {f: located.places[f.name] for f in present}, excel_row=1)
            return
        yield from self._table(schema, located, present)

    def _table(self, schema: pa.DataFrameSchema, located: SheetMap, present: list[Field]) -> Iterator[Row]:
        columns = {field: located.column(field.name) for field in present}
        used = [row for row in range(located.first_row, end_of_table(located)) if _is_used(located, row, columns)]
        if not any(_is_decided(located, row, schema) for row in used):
            return
        room = plan_of(schema).read_rows
        for row in used[:room]:
            yield self._row(schema.name, {f: (row, column) for f, column in columns.items()}, excel_row=row)
        if len(used) > room:
            facts = {"found": str(len(used)), "room": str(room)}
            first = cell_name(used[room], min(columns.values()))
            self.findings.append(Finding("T208", sheet=located.title, cell=first, facts=facts))

    def _row(self, sheet: str, places: Mapping[Field, tuple[int, int]], excel_row: int) -> Row:
        values: dict[str, Value | int] = {"excel_row": excel_row}
        raw = self.addresses.maps[sheet].raw
        for field, position in places.items():
            cell = raw.cells.get(position)
            parsed = self._cell(sheet, field, cell, position) if cell else Parsed()
            if cell is not None:
                self.shown[sheet, excel_row, field.name] = shown(cell)
            if parsed.code:
                self.unreadable.add((sheet, excel_row, field.name))
            values |= _columns(field, parsed)
        return values

    def _cell(self, sheet: str, field: Field, cell: RawCell, position: tuple[int, int]) -> Parsed:
        options, title = options_of(field, self.lists), self.addresses.title(sheet)
        parsed = parse_cell(cell, field, options, date_1904=self.workbook.date_1904)
        meant = legacy_reading(cell, field, options, self.workbook.fonts.get(title, {}).get(position, ""))
        if meant is not None:
            # The value stays as it was typed: it is told, never converted (TT 07/2002: state documents use TCVN 6909).
            parsed = replace(parsed, code="V317", facts={"example": meant})
        if parsed.code:
            facts = {"found": shown(cell), "example": field.example, **parsed.facts}
            place = cell_name(*position)
            self.findings.append(Finding(parsed.code, title, place, field.name, field.label, facts))
        return parsed


def _columns(field: Field, parsed: Parsed) -> dict[str, Value | int]:
    made: dict[str, Value | int] = {field.name: parsed.value}
    if field.coded:
        made[coded_column(field.name)] = parsed.coded
    if field.measured_in:
        made[unit_column(field.name)] = parsed.unit
        made[decimals_column(field.name)] = parsed.decimals
    return made


def _is_used(located: SheetMap, row: int, columns: Mapping[Field, int]) -> bool:
    """Whether any cell other than what we print is filled (forms.md, head).

    A row whose first, printed cell is blank was typed by the sender: there the printed columns count too.
    """
    filled = {f for f, column in columns.items() if _is_filled(located.raw.cells.get((row, column)))}
    if any(not field.printed for field in filled):
        return True
    identity = next(iter(columns))
    return bool(filled) and identity not in filled and not _is_header_repeated(located, row, filled)


def _is_decided(located: SheetMap, row: int, schema: pa.DataFrameSchema) -> bool:
    """Whether the sender had a hand in a row; not where nothing stands beside what we took over from last year.

    Asked of the sheet, not of each row: an untouched row beside filled ones is asked after, never passed over.
    """
    plan = plan_of(schema)
    filled = {
        name
        for name in (plan.taken_over, *plan.decided)
        if name in located.places and _is_filled(located.raw.cells.get((row, located.column(name))))
    }
    return not plan.taken_over or plan.taken_over not in filled or filled != {plan.taken_over}


def _is_header_repeated(located: SheetMap, row: int, filled: set[Field]) -> bool:
    return all(fold(str(located.raw.cells[row, located.column(f.name)].value)) == fold(f.label) for f in filled)


def _is_filled(cell: RawCell | None) -> bool:
    if cell is None:
        return False
    return cell.formula_without_value or not isinstance(cell.value, str) or bool(normalise(cell.value))
