"""The live checks of a template: the column *Kiểm tra*, the colours of mistakes, the count on the cover.

All of it is decoration: the reader passes over it (``parsing.layout``), and a form's fingerprint does not know of it.
"""

from dataclasses import dataclass
from typing import Final

import pandera.pandas as pa

from pipeline.forms import fields_of
from pipeline.parsing.layout import CHECK_TAG
from pipeline.spreadsheet import column_name
from pipeline.wording import say
from pipeline.workbooks.cells import Area, Sheet
from pipeline.workbooks.live.telling import ERROR, NOTICE, has_item, row_formulas, shown_formula
from pipeline.workbooks.template_parts.draft import Draft
from pipeline.workbooks.template_parts.places import TemplatePlaces

_WIDTH: Final = 44.0
_ANY_ROW: Final = "\x00"


@dataclass(frozen=True)
class Checked:
    """A table whose rows are checked, as far as ``last_row``; ``ruled`` of them show lines."""

    draft: Draft
    sheet: Sheet
    schema: pa.DataFrameSchema
    header_row: int
    last_row: int
    ruled: int

    @property
    def first_row(self) -> int:
        """The first row below the header."""
        return self.header_row + 1

    def formulas(self) -> tuple[str, ...]:
        """What tells the mistakes of a row, for any row: its number is left open, as they are long to make."""
        named = {field.name: f"${column_name(at)}{_ANY_ROW}" for at, field in enumerate(fields_of(self.schema), 1)}
        return row_formulas(self.schema, TemplatePlaces(self.draft, named))


def write_checks(table: Checked) -> None:
    """Write the column *Kiểm tra* right of a table, and colour the cells of which it tells."""
    after, formulas = len(fields_of(table.schema)) + 1, table.formulas()
    shown = after + len(formulas)
    told = "&".join(f"${column_name(column)}{_ANY_ROW}" for column in range(after, shown))
    words = shown_formula(told)
    for row in range(table.first_row, table.last_row + 1):
        for column, formula in enumerate(formulas, after):
            table.sheet.formula(row, column, f"={_in_row(formula, row)}", value="")
        look = table.draft.palette.checked(ruled=row - table.header_row <= table.ruled)
        table.sheet.formula(row, shown, f"={_in_row(words, row)}", value="", look=look)
    _head(table, after, shown)
    _colours(table, _in_row(told, table.first_row), shown)
    _name(table, after, shown)


def _in_row(formula: str, row: int) -> str:
    return formula.replace(_ANY_ROW, str(row))


def _head(table: Checked, after: int, shown: int) -> None:
    sheet = table.sheet
    for column in range(after, shown + 1):
        sheet.text(table.header_row - 1, column, CHECK_TAG)
        sheet.width(column, _WIDTH, hidden=column < shown)
    sheet.text(table.header_row, shown, say("live.column.title"), table.draft.palette.header(required=False))


def _colours(table: Checked, told: str, shown: int) -> None:
    palette = table.draft.palette
    for column, field in enumerate(fields_of(table.schema), 1):
        area = Area(table.first_row, column, table.last_row, column)
        for sign, look in ((ERROR, palette.wrong()), (NOTICE, palette.noticed())):
            table.sheet.colour(area, has_item(told, field.label, sign), look)
    area = Area(table.first_row, shown, table.last_row, shown)
    table.sheet.colour(area, f'ISNUMBER(FIND("{ERROR}",{told}))', palette.wrong())
    table.sheet.colour(area, f'ISNUMBER(FIND("{NOTICE}",{told}))', palette.noticed())


def _name(table: Checked, after: int, shown: int) -> None:
    sheet, named = str(table.schema.name), table.draft.named
    names = [field.name for field in fields_of(table.schema)]
    names += [f"told_{part}" for part in range(1, shown - after + 1)]
    for column, name in enumerate(names, 1):
        named.lies_at(sheet, name, (table.sheet, Area(table.first_row, column, table.last_row, column)))
    named.told.extend(named.column(sheet, name) for name in names if name.startswith("told_"))
