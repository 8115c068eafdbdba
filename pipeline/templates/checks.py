"""The live checks of a template: the column *Kiểm tra*, the colours of mistakes, the count on the cover.

All of it is decoration: the reader passes over it (``parsing.decoration``), and no fingerprint knows of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from pipeline.excel.cells import Area, Sheet
from pipeline.formulas.evaluation import Cells, evaluated
from pipeline.parsing.decoration import CHECK_TAG
from pipeline.spreadsheet import column_name
from pipeline.templates.commitments import hidden_columns, hidden_formulas, hidden_values
from pipeline.templates.draft import Draft
from pipeline.templates.issue import IssuedRow
from pipeline.templates.places import TemplatePlaces
from pipeline.templates.rows import FIRST_ROW, HEADER_ROW
from pipeline.templates.telling import (
    ERROR,
    NOTICE,
    USED,
    Part,
    field_formula,
    has_item,
    row_parts,
    shown_formula,
    used_formula,
)
from pipeline.templates.written import InThisRow, Written, row_of
from pipeline.vocabulary.live import LiveRow, Where
from pipeline.vocabulary.sheets import SheetSchema
from pipeline.wording import say

_WIDTH: Final = 64.0
_ANY_ROW: Final = "\x00"


@dataclass(frozen=True)
class Checked:
    """A table whose rows are checked; ``ruled`` of them show lines."""

    draft: Draft
    sheet: Sheet
    schema: SheetSchema
    rows: Sequence[IssuedRow]
    ruled: int

    @property
    def last_row(self) -> int:
        """The last row that has room."""
        return HEADER_ROW + len(self.rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields, and what stands in hidden columns right of them."""
        return (*(field.name for field in self.schema.fields), *hidden_columns(self.schema, self.draft.issue))

    @property
    def any_row(self) -> LiveRow:
        """A row whose number is left open."""
        named = {name: f"${column_name(at)}{_ANY_ROW}" for at, name in enumerate(self.columns, 1)}
        return self._row_at(TemplatePlaces(self.draft, named))

    def _row_at(self, where: Where) -> LiveRow:
        return LiveRow(self.draft.form, self.schema, where)

    def parts(self) -> tuple[Part, ...]:
        """What tells the mistakes of a row, for any row, as they are long to make."""
        return row_parts(self.any_row)

    def issued(self, row: int) -> Written:
        """The cells of a row as it is issued."""
        cells = row_of(self.schema, self.rows[row - FIRST_ROW], row, self.draft.choices)
        return {
            **cells,
            **hidden_values(
                self.draft.form, self.schema, self.draft.issue, self.code(row), {**self.draft.written, **cells}
            ),
        }

    def code(self, row: int) -> str:
        """The identity that is printed in a row."""
        return str(self.rows[row - FIRST_ROW].get(self.schema.fields[0].name, ""))

    def told(self, parts: Sequence[Part], row: int) -> list[str]:
        """What each part gives in a row as it is issued."""
        of_row = self._row_at(InThisRow(frozenset(self.columns), self.draft.issue))
        places = {**self.draft.written, **self.issued(row)}
        told = partial(evaluated, places=places, today=self.draft.issue.made_on)
        if not told(used_formula(of_row)):
            return [""] * len(parts)
        said = ["".join(told(field_formula(of_row, of)) for of in part.fields) for part in parts]
        return [USED + said[0], *said[1:]]


def write_checks(table: Checked) -> None:
    """Write the column *Kiểm tra* right of a table, and colour the cells of which it tells."""
    after, parts = len(table.columns) + 1, table.parts()
    shown = after + len(parts)
    together = "&".join(f"${column_name(column)}{_ANY_ROW}" for column in range(after, shown))
    values = []
    for row in range(FIRST_ROW, table.last_row + 1):
        values.append(table.told(parts, row))
        for column, (part, value) in enumerate(zip(parts, values[-1], strict=True), after):
            table.sheet.formula(row, column, f"={_in_row(part.formula, row)}", value=value)
        _words(table, (row, shown), _in_row(together, row), "".join(values[-1]))
    _hidden(table)
    _head(table, after, shown)
    _colours(table, _in_row(together, FIRST_ROW), shown)
    _name(table, after, list(zip(*values, strict=True)))


def _words(table: Checked, place: tuple[int, int], together: str, told: str) -> None:
    row, column = place
    look = table.draft.palette.checked(ruled=row - HEADER_ROW <= table.ruled)
    words = evaluated(shown_formula("$told"), {"$told": Cells(told)}, table.draft.issue.made_on)
    table.sheet.formula(row, column, f"={shown_formula(together)}", value=words, look=look)


def _in_row(formula: str, row: int) -> str:
    return formula.replace(_ANY_ROW, str(row))


def _hidden(table: Checked) -> None:
    first = len(table.schema.fields) + 1
    for column, name in enumerate(table.columns[first - 1 :], first):
        for row in (HEADER_ROW - 1, HEADER_ROW):
            table.sheet.text(row, column, f"{CHECK_TAG}_{name}")
        table.sheet.width(column, _WIDTH, hidden=True)
    for row in range(FIRST_ROW, table.last_row + 1):
        formulas = hidden_formulas(table.any_row, table.draft.issue, table.code(row))
        issued = table.issued(row)
        for column, (name, formula) in enumerate(formulas.items(), first):
            table.sheet.formula(row, column, f"={_in_row(formula, row)}", value=issued[f"${name}"].values)


def _head(table: Checked, after: int, shown: int) -> None:
    sheet = table.sheet
    for column in range(after, shown + 1):
        sheet.text(HEADER_ROW - 1, column, CHECK_TAG)
        if column < shown:
            sheet.text(HEADER_ROW, column, CHECK_TAG)
        sheet.width(column, _WIDTH, hidden=column < shown)
    sheet.text(HEADER_ROW, shown, say("live.column.title"), table.draft.palette.header(required=False))


def _colours(table: Checked, told: str, shown: int) -> None:
    palette = table.draft.palette
    for column, field in enumerate(table.schema.fields, 1):
        area = _down(table, column)
        for sign, look in ((ERROR, palette.wrong()), (NOTICE, palette.noticed())):
            table.sheet.colour(area, has_item(told, field.label, sign), look)
    area = _down(table, shown)
    table.sheet.colour(area, f'ISNUMBER(FIND("{ERROR}",{told}))', palette.wrong_words())
    table.sheet.colour(area, f'ISNUMBER(FIND("{NOTICE}",{told}))', palette.noticed_words())


def _name(table: Checked, after: int, told: Sequence[Sequence[str]]) -> None:
    """Name the columns, those that tell with what they say."""
    sheet, named = table.schema.name, table.draft.named
    for column, field in enumerate(table.schema.fields, 1):
        named.lies_at(sheet, field.name, (table.sheet, _down(table, column)))
    for number, values in enumerate(told):
        name = f"told_{number + 1}"
        named.lies_at(sheet, name, (table.sheet, _down(table, after + number)))
        named.told[named.column(sheet, name)] = Cells(list(values))


def _down(table: Checked, column: int) -> Area:
    return Area(FIRST_ROW, column, table.last_row, column)
