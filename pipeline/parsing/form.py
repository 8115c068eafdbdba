"""A workbook of a known form as typed rows, with the findings of reading; rows of all submissions as typed frames."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple, Self

import pandas as pd

from pipeline.findings import Code, Finding
from pipeline.parsing.choices import Choices
from pipeline.parsing.layout import Addresses, SheetMap, locate_form
from pipeline.parsing.layout_findings import field_findings, formula_findings, merged_findings
from pipeline.parsing.other_words import choices_of, in_other_words
from pipeline.parsing.used_rows import cells_of, end_of_table, is_decided, is_total, is_used
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
from pipeline.vocabulary.fields import Field, Options, coded_column, decimals_column, unit_column
from pipeline.vocabulary.lists import Lists, identities_of, options_of
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
    what the sender sees in a cell, for the words "found". ``unanswered`` are rows that we printed and nobody filled:
    sheet, Excel row and code.
    """

    form: Form
    rows: Mapping[str, tuple[Row, ...]]
    findings: tuple[Finding, ...]
    unreadable: frozenset[Stray]
    addresses: Addresses
    visible: Mapping[Stray, str]
    unanswered: tuple[Stray, ...] = ()


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
        unanswered=tuple(reading.unanswered),
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
        self.unanswered: list[Stray] = []
        self._calculated: dict[Position, Field] = {}
        self._blank: Mapping[str, None] = {}

    def sheet(self, schema: SheetSchema) -> Iterator[Row]:
        located = self.addresses.maps.get(schema.name)
        if located is None:
            self.findings.append(Finding(Code.T205, facts={"missing": schema.title}))
            return
        self.findings += field_findings(located, schema.fields)
        present = [_Slot.of(field, self.lists) for field in schema.fields if field.name in located.places]
        self._blank = dict.fromkeys(name for field in schema.fields for name in field.dtypes)
        if schema.plan.layout is Layout.COVER:
            yield self._row(schema.name, [(slot, located.places[slot.field.name]) for slot in present], excel_row=1)
        else:
            yield from self._table(schema, located, present)
        self.findings += formula_findings(located, self._calculated)
        self._calculated = {}

    def _table(self, schema: SheetSchema, located: SheetMap, present: Sequence["_Slot"]) -> Iterator[Row]:
        columns = [(slot.field, located.column(slot.field.name)) for slot in present]
        rows = {row: cells_of(located, row, columns) for row in range(located.first_row, end_of_table(located, schema))}
        filled = {row: cells for row, cells in rows.items() if is_used(cells, columns)}
        used = [row for row, cells in filled.items() if not is_total(cells, columns)]
        first, first_column = min(columns, key=itemgetter(1))
        if schema.plan.answers:
            self.unanswered += [
                (schema.name, row, str(cells[0][1].value).strip())
                for row, cells in rows.items()
                if row not in filled and cells and cells[0][0] is columns[0][0]
            ]
        for row in sorted({*filled} - {*used}):  # a row that only sums up others is left out, and reported
            place = cell_name(row, first_column)
            self.findings.append(Finding(Code.T224, located.title, place, first.name, first.label))
        self.findings += merged_findings(located, used, {column: field for field, column in columns})
        if not any(is_decided(located, row, schema) for row in used):
            return
        room = schema.plan.read_rows
        for row in used[:room]:
            places = [(slot, (row, column)) for slot, (_, column) in zip(present, columns, strict=True)]
            yield self._row(schema.name, places, excel_row=row)
        if len(used) > room:
            facts = {"found": str(len(used)), "room": str(room)}
            place = cell_name(used[room], first_column)
            self.findings.append(Finding(Code.T208, sheet=located.title, cell=place, facts=facts))

    def _row(self, sheet: str, places: Iterable[tuple["_Slot", Position]], excel_row: int) -> Row:
        cells = self.addresses.maps[sheet].raw.cells
        # A field without a place is blank.
        values: dict[str, Value | int] = {**self._blank, "excel_row": excel_row}
        for slot, position in places:
            cell, name = cells.get(position), slot.field.name
            if cell is None:
                continue
            parsed, visible = self._cell(sheet, slot, (cell, position), values)
            self.visible[sheet, excel_row, name] = visible
            if parsed.code:
                self.unreadable.add((sheet, excel_row, name))
            for column, companion in slot.columns:
                values[column] = getattr(parsed, companion)
        return values

    def _cell(
        self, sheet: str, slot: "_Slot", at: tuple[RawCell, Position], beside: Mapping[str, object]
    ) -> tuple[Parsed, str]:
        """What a cell holds, and what the sender sees in it; ``beside`` are the values of its row so far."""
        stored, position = at
        field, title, is_turned = slot.field, self.addresses.title(sheet), has_bidi_controls(stored)
        cell = without_bidi_controls(stored)
        parsed = parse_cell(cell, field, slot.options, date_1904=self.workbook.date_1904)
        font = self.workbook.fonts.get(title, {}).get(position, "")
        meant = legacy_reading(cell, field, slot.options, font) if parsed.code != Code.V321 else None
        if meant is not None:
            # The value stays as it was typed, never converted (TT 07/2002: state documents use TCVN 6909).
            parsed = replace(parsed, code=Code.V317, facts={"proposal": meant}, understood="")
        else:
            parsed = in_other_words(cell, field, parsed, slot.choices, beside)
        if is_turned:
            parsed = in_stored_order(parsed, field.kind, stored)
        visible = visible_text(cell)
        for code in (parsed.code, Code.T228 if is_turned else "", Code.V320 if parsed.understood else ""):
            if code:
                facts = {"found": visible, **parsed.facts}
                facts |= {"understood": parsed.understood} if code == Code.V320 else {}
                self.findings.append(Finding(code, title, cell_name(*position), field.name, field.label, facts))
        if cell.has_formula and not parsed.code and parsed != Parsed():
            self._calculated[position] = field
        return parsed, visible


class _Slot(NamedTuple):
    """A field to be read: its choices, and its columns in a row, each with what of a parsed cell stands there."""

    field: Field
    options: Options
    choices: Choices
    columns: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, field: Field, lists: Lists) -> Self:
        """The slot of a field."""
        companions = {
            field.name: "value",
            coded_column(field.name): "coded",
            unit_column(field.name): "unit",
            decimals_column(field.name): "decimals",
        }
        options = options_of(field, lists)
        choices = choices_of(field, options, identities_of(field, lists))
        return cls(field, options, choices, [(name, companions[name]) for name in field.dtypes])


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
