"""The live checks of a table: the column *Kiểm tra*, the colours of mistakes, and what a report's checks lean on.

All of it is decoration: the reader passes over it (``parsing.layout``), no fingerprint holds it, and a report is judged
against the accepted BM-01, never against the hidden columns that say what was promised.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.excel.cells import Area
from pipeline.forms.results import RESULTS
from pipeline.formulas.evaluation import Plain, evaluated, serial_of
from pipeline.formulas.expressions import quoted
from pipeline.parsing.layout import CHECK_TAG
from pipeline.rules.achieved import ACHIEVED, COMMITTED
from pipeline.spreadsheet import column_name
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
    hidden = hidden_columns(schema, draft.issue)
    columns = [*(field.name for field in schema.fields), *hidden]
    cells = {name: f"${column_name(column)}{_ANY_ROW}" for column, name in enumerate(columns, 1)}
    any_row = LiveRow(draft.form, schema, TemplatePlaces(draft.names, draft.issue.lists, cells))
    parts = row_parts(any_row)
    first, last = len(columns) + 1, len(columns) + len(parts) + 1
    message = "&".join(f"${column_name(column)}{_ANY_ROW}" for column in range(first, last))
    promises = [_promise(any_row, draft.issue, str(row.get(schema.fields[0].name, ""))) for row in table.rows]
    rows = [_values(table, cells, row, promise) for row, promise in enumerate(promises)]
    today = draft.issue.made_on
    messages = [[str(evaluated(part, values, today, row)) for part in parts] for row, values in enumerate(rows)]
    for row, row_values in enumerate(messages, FIRST_ROW):
        for column, (part, value) in enumerate(zip(parts, row_values, strict=True), first):
            table.sheet.formula(row, column, f"={_in_row(part, row)}", value=value)
        words = evaluated(visible_formula("message"), {"message": "".join(row_values)}, today)
        look = draft.palette.checked(ruled=row - HEADER_ROW <= table.ruled)
        table.sheet.formula(row, last, f"={visible_formula(_in_row(message, row))}", value=words, look=look)
    _write_promises(table, hidden, promises, [{name: values[cells[name]] for name in hidden} for values in rows])
    _head(table, first, last)
    _colours(table, _in_row(message, FIRST_ROW), last)
    for column, field in enumerate(schema.fields, 1):
        draft.names.areas[name_of(schema.name, field.name)] = table.sheet, _down(table, column)
    for number, values in enumerate(zip(*messages, strict=True)):
        place = table.sheet, _down(table, first + number)
        draft.names.write_messages(name_of(schema.name, f"told_{number + 1}"), place, list(values))


def _promise(row: LiveRow, issue: Issue, code: str) -> Mapping[str, str]:
    """What the hidden columns hold in the row in which a code is printed, as formulas; nothing where none was promised.

    Whoever writes another code there is not held to the old one's commitment.
    """
    if not (hidden_columns(row.schema, issue) and code in issue.commitments):
        return {}
    is_code = f"TRIM({row.cell(row.schema.fields[0].name)})={quoted(code)}"
    committed = issue.commitments[code]
    promised = {name: f'IF({is_code},{_literal(committed.get(name))},"")' for name in COMMITTED}
    return {**promised, **{name: formula(row) for name, formula in ACHIEVED.items()}}


def _literal(value: object) -> str:
    if value is None or isinstance(value, str):
        return quoted(value or "")
    number = serial_of(value) if isinstance(value, dt.date) else value
    return f"{number:.10f}".rstrip("0").rstrip(".")


def _values(table: Table, cells: Mapping[str, str], row: int, promise: Mapping[str, str]) -> Mapping[str, Plain]:
    """What stands at every reference of the formulas of a row as it is issued."""
    draft = table.draft
    values: dict[str, Plain] = {**dict.fromkeys(cells.values()), **draft.names.values}
    for field in table.schema.fields:
        values[cells[field.name]] = plain_of(table.rows[row], field, draft.choices)
    for name, formula in promise.items():
        values[cells[name]] = evaluated(formula, values, draft.issue.made_on, row)
    return values


def _in_row(formula: str, row: int) -> str:
    return formula.replace(_ANY_ROW, str(row))


def _write_promises(
    table: Table, hidden: Sequence[str], promises: Sequence[Mapping[str, str]], values: Sequence[Mapping[str, Plain]]
) -> None:
    first = len(table.schema.fields) + 1
    for column, name in enumerate(hidden, first):
        for row in (HEADER_ROW - 1, HEADER_ROW):
            table.sheet.text(row, column, f"{CHECK_TAG}_{name}")
        table.sheet.width(column, _WIDTH, hidden=True)
    for row, (promise, row_values) in enumerate(zip(promises, values, strict=True), FIRST_ROW):
        for column, (name, formula) in enumerate(promise.items(), first):
            table.sheet.formula(row, column, f"={_in_row(formula, row)}", value=row_values[name])


def _head(table: Table, first: int, last: int) -> None:
    sheet = table.sheet
    for column in range(first, last + 1):
        sheet.text(HEADER_ROW - 1, column, CHECK_TAG)
        if column < last:
            sheet.text(HEADER_ROW, column, CHECK_TAG)
        sheet.width(column, _WIDTH, hidden=column < last)
    sheet.text(HEADER_ROW, last, say("live.column.title"), table.draft.palette.header(required=False))


def _colours(table: Table, message: str, last: int) -> None:
    palette = table.draft.palette
    for column, field in enumerate(table.schema.fields, 1):
        area = _down(table, column)
        for sign, look in ((ERROR, palette.wrong()), (NOTICE, palette.noticed())):
            table.sheet.colour(area, has_item(message, field.label, sign), look)
    area = _down(table, last)
    table.sheet.colour(area, f'ISNUMBER(FIND("{ERROR}",{message}))', palette.wrong(words=True))
    table.sheet.colour(area, f'ISNUMBER(FIND("{NOTICE}",{message}))', palette.noticed(words=True))


def _down(table: Table, column: int) -> Area:
    return Area(FIRST_ROW, column, table.last_row, column)
