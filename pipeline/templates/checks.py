"""The live checks of a table: the column *Kiểm tra*, the colours of mistakes, and what a report's checks lean on.

All of it is decoration: the reader passes over it (``parsing.layout``), no fingerprint holds it, and a report is judged
against the accepted BM-01, never against the hidden columns that say what was promised.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.excel.cells import Area
from pipeline.excel.formulas import SharedFormula
from pipeline.forms.results import RESULTS
from pipeline.formulas.evaluation import Plain, evaluated, serial_of
from pipeline.formulas.expressions import quoted
from pipeline.parsing.layout import CHECK_TAG
from pipeline.rules.achieved import ACHIEVED, COMMITTED
from pipeline.spreadsheet import cell_position, column_name
from pipeline.templates.draft import Table
from pipeline.templates.issue import Issue
from pipeline.templates.names import TemplatePlaces, name_of
from pipeline.templates.row_messages import ERROR, NOTICE, has_item, row_parts, visible_formula
from pipeline.templates.rows import FIRST_ROW, HEADER_ROW, plain_of
from pipeline.vocabulary.live import LiveRow
from pipeline.vocabulary.sheets import SheetSchema
from pipeline.wording import say

_WIDTH: Final = 64.0
_ANY_ROW: Final = "\x00"
"""Stands for the number of a row in formulas that are written once for all rows, as they are long to make."""


def hidden_columns(schema: SheetSchema, issue: Issue) -> Sequence[str]:
    """The hidden columns of a sheet: what was promised, and how far the figures typed so far reach it."""
    return (*COMMITTED, *ACHIEVED) if schema.name == RESULTS.name and issue.commitments else ()


def write_checks(table: Table) -> None:
    """Write the column *Kiểm tra* right of a table, and colour the cells that it finds fault with."""
    draft, schema = table.draft, table.schema
    columns = [*(field.name for field in schema.fields), *hidden_columns(schema, draft.issue)]
    cells = {name: _any_row(column) for column, name in enumerate(columns, 1)}
    any_row = LiveRow(draft.form, schema, TemplatePlaces(draft.names, draft.issue.lists, cells))
    parts = row_parts(any_row)
    first, last = len(columns) + 1, len(columns) + len(parts) + 1
    places = [_any_row(column) for column in range(first, last)]
    message, messages = "&".join(places), []
    checks = {**dict(zip(places, parts, strict=True)), _any_row(last): visible_formula(message)}
    # What was promised differs from row to row; all else is filled down.
    filled: dict[str, SharedFormula | None] = dict.fromkeys(
        [*(cells[name] for name in ACHIEVED if name in cells), *checks]
    )
    for row in range(FIRST_ROW, table.last_row + 1):
        promise = {cells[name]: formula for name, formula in _promise(any_row, table, row).items()}
        values = _values(table, cells, row, {**promise, **checks})
        messages.append([values[place] for place in places])
        _write_row(table, row, {**promise, **checks}, values, filled)
    _head(table, first, last)
    _colours(table, message.replace(_ANY_ROW, str(FIRST_ROW)), last)
    for column, field in enumerate(schema.fields, 1):
        draft.names.areas[name_of(schema.name, field.name)] = table.sheet, _down(table, column)
    for number, part in enumerate(zip(*messages, strict=True)):
        area = table.sheet, _down(table, first + number)
        draft.names.write_messages(name_of(schema.name, f"told_{number + 1}"), area, list(part))


def _write_row(
    table: Table,
    row: int,
    formulas: Mapping[str, str],
    values: Mapping[str, Plain],
    filled: dict[str, SharedFormula | None],
) -> None:
    """Write the formulas of a row; those whose place is in ``filled`` are filled down from the first row with one."""
    *_, visible = formulas
    for place, formula in formulas.items():
        column, text = _column(place), f"={formula.replace(_ANY_ROW, str(row))}"
        if place in filled:
            area = Area(row, column, table.last_row, column)
            text = filled[place] = filled[place] or table.sheet.shared(area, text)
        look = table.draft.palette.checked(ruled=row - HEADER_ROW <= table.ruled) if place == visible else None
        table.sheet.formula(row, column, text, value=values[place], look=look)


def _promise(any_row: LiveRow, table: Table, row: int) -> Mapping[str, str]:
    """What the hidden columns hold in a row, as formulas; nothing where its printed code promised nothing.

    Where another code is typed over the printed one, they give empty texts.
    """
    identity, issue = table.schema.fields[0].name, table.draft.issue
    code = str(table.rows[row - FIRST_ROW].get(identity, ""))
    if not (hidden_columns(table.schema, issue) and code in issue.commitments):
        return {}
    is_code = f"TRIM({any_row.cell(identity)})={quoted(code)}"
    committed = issue.commitments[code]
    promised = {name: f'IF({is_code},{_literal(committed.get(name))},"")' for name in COMMITTED}
    return {**promised, **{name: formula(any_row) for name, formula in ACHIEVED.items()}}


def _literal(value: object) -> str:
    if value is None or isinstance(value, str):
        return quoted(value or "")
    number = serial_of(value) if isinstance(value, dt.date) else value
    return f"{number:.10f}".rstrip("0").rstrip(".")


def _values(table: Table, cells: Mapping[str, str], row: int, formulas: Mapping[str, str]) -> Mapping[str, Plain]:
    """What stands at each reference in a row as it is issued; each of ``formulas`` sees the values of those before."""
    draft = table.draft
    values: dict[str, Plain] = {**dict.fromkeys(cells.values()), **draft.names.values}
    for field in table.schema.fields:
        values[cells[field.name]] = plain_of(table.rows[row - FIRST_ROW], field, draft.choices)
    for place, formula in formulas.items():
        values[place] = evaluated(formula, values, draft.issue.made_on, row - FIRST_ROW)
    return values


def _any_row(column: int) -> str:
    return f"${column_name(column)}{_ANY_ROW}"


def _column(place: str) -> int:
    return cell_position(f"{place.strip(f'${_ANY_ROW}')}1")[1]


def _head(table: Table, first: int, last: int) -> None:
    sheet = table.sheet
    hidden = hidden_columns(table.schema, table.draft.issue)
    for column, name in enumerate(hidden, first - len(hidden)):
        for row in (HEADER_ROW - 1, HEADER_ROW):
            sheet.text(row, column, f"{CHECK_TAG}_{name}")
        sheet.width(column, _WIDTH, hidden=True)
    for column in range(first, last + 1):
        sheet.text(HEADER_ROW - 1, column, CHECK_TAG)
        if column < last:
            sheet.text(HEADER_ROW, column, CHECK_TAG)
        sheet.width(column, _WIDTH, hidden=column < last)
    sheet.text(HEADER_ROW, last, say("live.column.title"), table.draft.palette.header(required=False))


def _colours(table: Table, message: str, last: int) -> None:
    """Colour each cell that is wrong, and the row's first one, which stays in view, for all that is wrong beside it."""
    palette, (first, *others) = table.draft.palette, enumerate(table.schema.fields, 1)
    for column, field in others:
        area = _down(table, column)
        for sign, look in ((ERROR, palette.wrong()), (NOTICE, palette.noticed())):
            table.sheet.colour(area, has_item(message, field.label, sign), look)
    words = (palette.wrong(words=True), palette.noticed(words=True))
    for column, looks in ((first[0], palette.row_marks()), (last, words)):
        for sign, look in zip((ERROR, NOTICE), looks, strict=True):
            table.sheet.colour(_down(table, column), f'ISNUMBER(FIND("{sign}",{message}))', look)


def _down(table: Table, column: int) -> Area:
    return Area(FIRST_ROW, column, table.last_row, column)
