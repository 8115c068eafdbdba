"""A workbook of a known form as typed rows, with the findings of reading; rows of all submissions as typed frames."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.findings import Code, Finding
from pipeline.parsing.layout import Addresses, SheetMap, locate_form
from pipeline.parsing.layout_findings import field_findings, formula_findings, merged_findings
from pipeline.parsing.used_rows import end_of_table, is_decided, is_total, is_used
from pipeline.parsing.values import (
    Parsed,
    Value,
    has_bidi_controls,
    in_stored_order,
    legacy_reading,
    parse_cell,
    visible_text,
    without_bidi_controls,
)
from pipeline.spreadsheet import Position, RawCell, RawWorkbook, cell_name
from pipeline.vocabulary.fields import Field, coded_column, decimals_column, unit_column
from pipeline.vocabulary.lists import Lists, options_of
from pipeline.vocabulary.sheets import Form, Layout, SheetSchema

Row = Mapping[str, Value | int]
Frames = Mapping[str, pd.DataFrame]
"""Sheet name to frame. Index ``row_id`` (unique integers); columns ``submission_id``, ``excel_row``, the fields and
their companions. Text is ``str``, numbers ``float64``, days ``datetime64[us]``; a blank is missing."""
Stray = tuple[str, int, str]
"""Sheet, Excel row and field of a cell whose reading already has a finding."""


@dataclass(frozen=True)
class ParsedForm:
    """One submission as far as it could be read.

    ``rows`` holds, by sheet, one mapping a used row: field and companion columns, and ``excel_row``. ``visible`` gives
    what the sender sees in a cell, for the words "found".
    """

    form: Form
    rows: Mapping[str, tuple[Row, ...]]
    findings: tuple[Finding, ...]
    unreadable: frozenset[Stray]
    addresses: Addresses
    visible: Mapping[Stray, str]


def read_cover(workbook: RawWorkbook, form: Form, lists: Lists, addresses: Addresses) -> Row:
    """The cover alone, which says for which year the form is; empty when it is missing."""
    return next(_Reading(workbook, lists, addresses).sheet(form.cover), {})


def parse_form(workbook: RawWorkbook, form: Form, lists: Lists, addresses: Addresses | None = None) -> ParsedForm:
    """Read every sheet of a form. ``lists`` are the settings' choices for the form's year.

    ``addresses`` are where its sheets stand, for who has located them already.
    """
    reading = _Reading(workbook, lists, addresses or locate_form(workbook, form))
    rows = {schema.name: tuple(reading.sheet(schema)) for schema in form.all_sheets}
    return ParsedForm(
        form=form,
        rows=rows,
        findings=tuple(reading.findings),
        unreadable=frozenset(reading.unreadable),
        addresses=reading.addresses,
        visible=reading.visible,
    )


def as_frames(parsed: Mapping[int, ParsedForm], sheets: Iterable[SheetSchema]) -> Frames:
    """One frame a sheet over all submissions; ``parsed`` maps submission_id to what was read."""
    return {sheet.name: _frame(parsed, sheet) for sheet in sheets}


def storable_columns(sheet: SheetSchema) -> dict[str, str]:
    """The columns that the ledger keeps for a sheet and their dtypes: fields and coded answers, not typing traces."""
    traces = {name for field in sheet.fields for name in (unit_column(field.name), decimals_column(field.name))}
    return {name: dtype for field in sheet.fields for name, dtype in field.dtypes.items() if name not in traces}


class _Reading:
    """The reading of one workbook: collects findings and visible texts while the rows are made."""

    def __init__(self, workbook: RawWorkbook, lists: Lists, addresses: Addresses) -> None:
        self.workbook = workbook
        self.lists = lists
        self.addresses = addresses
        self.findings: list[Finding] = []
        self.unreadable: set[Stray] = set()
        self.visible: dict[Stray, str] = {}
        self._calculated: dict[Position, Field] = {}

    def sheet(self, schema: SheetSchema) -> Iterator[Row]:
        located = self.addresses.maps.get(schema.name)
        if located is None:
            self.findings.append(Finding(Code.T205, facts={"missing": schema.title}))
            return
        self.findings += field_findings(located, schema.fields)
        present = [field for field in schema.fields if field.name in located.places]
        if schema.plan.layout is Layout.COVER:
            yield self._row(schema, {f: located.places[f.name] for f in present}, excel_row=1)
        else:
            yield from self._table(schema, located, present)
        self.findings += formula_findings(located, self._calculated)
        self._calculated = {}

    def _table(self, schema: SheetSchema, located: SheetMap, present: list[Field]) -> Iterator[Row]:
        columns = {field: located.column(field.name) for field in present}
        rows = range(located.first_row, end_of_table(located))
        filled = [row for row in rows if is_used(located, row, columns)]
        used = [row for row in filled if not is_total(located, row, columns)]
        first, first_column = min(columns.items(), key=lambda place: place[1])
        for row in sorted({*filled} - {*used}):  # a row that only sums up others is left out, and reported
            place = cell_name(row, first_column)
            self.findings.append(Finding(Code.T224, located.title, place, first.name, first.label))
        self.findings += merged_findings(located, used, columns)
        if not any(is_decided(located, row, schema) for row in used):
            return
        room = schema.plan.read_rows
        for row in used[:room]:
            yield self._row(schema, {f: (row, column) for f, column in columns.items()}, excel_row=row)
        if len(used) > room:
            facts = {"found": str(len(used)), "room": str(room)}
            place = cell_name(used[room], first_column)
            self.findings.append(Finding(Code.T208, sheet=located.title, cell=place, facts=facts))

    def _row(self, schema: SheetSchema, places: Mapping[Field, tuple[int, int]], excel_row: int) -> Row:
        sheet = schema.name
        # A field without a place is blank.
        values: dict[str, Value | int] = dict.fromkeys(name for field in schema.fields for name in field.dtypes)
        values["excel_row"] = excel_row
        raw = self.addresses.maps[sheet].raw
        for field, position in places.items():
            cell = raw.cells.get(position)
            if cell is None:
                continue
            parsed = self._cell(sheet, field, cell, position)
            self.visible[sheet, excel_row, field.name] = visible_text(without_bidi_controls(cell))
            if parsed.code:
                self.unreadable.add((sheet, excel_row, field.name))
            columns = {
                field.name: parsed.value,
                coded_column(field.name): parsed.coded,
                unit_column(field.name): parsed.unit,
                decimals_column(field.name): parsed.decimals,
            }
            values |= {name: columns[name] for name in field.dtypes}
        return values

    def _cell(self, sheet: str, field: Field, stored: RawCell, position: Position) -> Parsed:
        options, title = options_of(field, self.lists), self.addresses.title(sheet)
        cell = without_bidi_controls(stored)
        parsed = parse_cell(cell, field, options, date_1904=self.workbook.date_1904)
        meant = legacy_reading(cell, field, options, self.workbook.fonts.get(title, {}).get(position, ""))
        if meant is not None:
            # The value stays as it was typed, never converted (TT 07/2002: state documents use TCVN 6909).
            parsed = replace(parsed, code=Code.V317, facts={"example": meant})
        if has_bidi_controls(stored):
            parsed = in_stored_order(parsed, field.kind, stored)
        place, facts = cell_name(*position), {"found": visible_text(cell), "example": field.example, **parsed.facts}
        for code in (parsed.code, Code.T228 if has_bidi_controls(stored) else ""):
            if code:
                self.findings.append(Finding(code, title, place, field.name, field.label, facts))
        if cell.has_formula and not parsed.code and parsed != Parsed():
            self._calculated[position] = field
        return parsed


def _frame(parsed: Mapping[int, ParsedForm], sheet: SheetSchema) -> pd.DataFrame:
    rows = [
        {"submission_id": submission_id, **row}
        for submission_id, form in parsed.items()
        for row in form.rows.get(sheet.name, ())
    ]
    columns = {"submission_id": "int64", "excel_row": "int64"}
    columns |= {name: dtype for field in sheet.fields for name, dtype in field.dtypes.items()}
    index = pd.RangeIndex(len(rows), name="row_id")
    return pd.DataFrame(
        {
            # pandas 3 would infer object for a column of None; the dtype is always said.
            name: pd.Series([row.get(name) for row in rows], index=index, dtype=dtype)
            for name, dtype in columns.items()
        },
        index=index,
    )
