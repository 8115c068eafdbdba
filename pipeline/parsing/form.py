"""A whole workbook of a known form: rows of typed values, the findings of reading, and the addresses of every field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.findings import Finding
from pipeline.parsing.decoration import without_checks
from pipeline.parsing.direction import has_bidi_controls, in_stored_order, without_bidi_controls
from pipeline.parsing.found import found_on_sheet, from_formulas, merged_cells
from pipeline.parsing.layout import Addresses, SheetMap, locate_sheet
from pipeline.parsing.signatures import end_of_table
from pipeline.parsing.used_rows import is_decided, is_total, is_used
from pipeline.parsing.values import Parsed, Value, legacy_reading, parse_cell, shown
from pipeline.parsing.versions import former_names
from pipeline.spreadsheet import Position, RawCell, RawWorkbook, cell_name
from pipeline.vocabulary.fields import Field, coded_column, decimals_column, unit_column
from pipeline.vocabulary.lists import Lists, options_of
from pipeline.vocabulary.sheets import Form, Layout, SheetSchema

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
    workbook = without_checks(workbook)
    maps = {
        sheet.name: located
        for sheet in form.all_sheets
        if (located := locate_sheet(workbook, sheet, former_names(form, sheet.name)))
    }
    covers = frozenset(s.name for s in form.all_sheets if s.plan.layout is Layout.COVER)
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
        self._calculated: dict[Position, Field] = {}

    def sheet(self, schema: SheetSchema) -> Iterator[Row]:
        located = self.addresses.maps.get(schema.name)
        if located is None:
            self.findings.append(Finding("T205", facts={"missing": schema.title or ""}))
            return
        self.findings += found_on_sheet(located, schema.fields)
        present = [field for field in schema.fields if field.name in located.places]
        if schema.plan.layout is Layout.COVER:
            yield self._row(schema, {f: located.places[f.name] for f in present}, excel_row=1)
        else:
            yield from self._table(schema, located, present)
        self.findings += from_formulas(located, self._calculated)
        self._calculated = {}

    def _table(self, schema: SheetSchema, located: SheetMap, present: list[Field]) -> Iterator[Row]:
        columns = {field: located.column(field.name) for field in present}
        rows = range(located.first_row, end_of_table(located))
        used = self._without_totals([row for row in rows if is_used(located, row, columns)], located, columns)
        self.findings += merged_cells(located, used, columns)
        if not any(is_decided(located, row, schema) for row in used):
            return
        room = schema.plan.read_rows
        for row in used[:room]:
            yield self._row(schema, {f: (row, column) for f, column in columns.items()}, excel_row=row)
        if len(used) > room:
            facts = {"found": str(len(used)), "room": str(room)}
            first = cell_name(used[room], min(columns.values()))
            self.findings.append(Finding("T208", sheet=located.title, cell=first, facts=facts))

    def _without_totals(self, used: list[int], located: SheetMap, columns: Mapping[Field, int]) -> list[int]:
        """The rows without those that only sum up others, each of which is told."""
        totals = [row for row in used if is_total(located, row, columns)]
        first, column = min(columns.items(), key=lambda place: place[1])
        self.findings += [
            Finding("T224", located.title, cell_name(row, column), first.name, first.label) for row in totals
        ]
        return [row for row in used if row not in totals]

    def _row(self, schema: SheetSchema, places: Mapping[Field, tuple[int, int]], excel_row: int) -> Row:
        sheet = schema.name
        values: dict[str, Value | int] = {"excel_row": excel_row}
        for field in schema.fields:  # a field without a place is blank
            values |= _columns(field, Parsed())
        raw = self.addresses.maps[sheet].raw
        for field, position in places.items():
            cell = raw.cells.get(position)
            parsed = self._cell(sheet, field, cell, position) if cell else Parsed()
            if cell is not None:
                self.shown[sheet, excel_row, field.name] = shown(without_bidi_controls(cell))
            if parsed.code:
                self.unreadable.add((sheet, excel_row, field.name))
            values |= _columns(field, parsed)
        return values

    def _cell(self, sheet: str, field: Field, stored: RawCell, position: Position) -> Parsed:
        options, title = options_of(field, self.lists), self.addresses.title(sheet)
        cell = without_bidi_controls(stored)
        parsed = parse_cell(cell, field, options, date_1904=self.workbook.date_1904)
        meant = legacy_reading(cell, field, options, self.workbook.fonts.get(title, {}).get(position, ""))
        if meant is not None:
            # The value stays as it was typed: it is told, never converted (TT 07/2002: state documents use TCVN 6909).
            parsed = replace(parsed, code="V317", facts={"example": meant})
        if has_bidi_controls(stored):
            parsed = in_stored_order(parsed, field.kind, stored)
        place, facts = cell_name(*position), {"found": shown(cell), "example": field.example, **parsed.facts}
        for code in (parsed.code, "T228" if has_bidi_controls(stored) else ""):
            if code:
                self.findings.append(Finding(code, title, place, field.name, field.label, facts))
        if cell.has_formula and not parsed.code and parsed != Parsed():
            self._calculated[position] = field
        return parsed


def _columns(field: Field, parsed: Parsed) -> dict[str, Value | int]:
    made: dict[str, Value | int] = {field.name: parsed.value}
    if field.coded:
        made[coded_column(field.name)] = parsed.coded
    if field.measured_in:
        made[unit_column(field.name)] = parsed.unit
        made[decimals_column(field.name)] = parsed.decimals
    return made
