"""What a template is issued with, as its formulas see it, so that each is written with the value that it has."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.formulas.evaluation import Cells
from pipeline.formulas.expressions import array
from pipeline.formulas.functions import Plain, serial_of
from pipeline.templates.drop_downs import DropDowns
from pipeline.templates.filling import filling_of
from pipeline.templates.issue import Issue, IssuedRow
from pipeline.templates.named import name_of
from pipeline.templates.rows import FIRST_ROW, laid_out
from pipeline.vocabulary.fields import Field, Options
from pipeline.vocabulary.lists import options_of
from pipeline.vocabulary.live import NoPlaceError
from pipeline.vocabulary.sheets import Form, SheetSchema

Written = Mapping[str, Cells]
"""Reference to what stands there."""


@dataclass(frozen=True)
class InThisRow:
    """The places of a row that is computed here: a cell goes by its field, a column or list by its name."""

    names: frozenset[str]
    issue: Issue

    def cell(self, field: str) -> str:
        """The cell of a field.

        Raises:
            NoPlaceError: the template carries no such context.
        """
        if field not in self.names:
            raise NoPlaceError(field)
        return f"${field}"

    def column(self, sheet: str, field: str) -> str:
        """The name of a column."""
        return name_of(sheet, field)

    def cover(self, field: str) -> str:
        """The name of a cell of the cover."""
        return name_of("cover", field)

    def options(self, field: Field) -> Options:
        """The choices that the drop-down offers."""
        return options_of(field, self.issue.lists)

    def texts(self, items: Sequence[str]) -> str:
        """A list within the formula."""
        return array(items)


def written(form: Form, issue: Issue, choices: DropDowns, fixed: Mapping[str, str]) -> Written:
    """Every column and cell of the cover by the name that formulas use; ``fixed`` is printed on the cover."""
    cover = {**issue.cover, **fixed}
    return {
        **{name_of("cover", f.name): Cells(_plain(cover, f, choices)) for f in form.cover.fields},
        **{name: cells for schema in form.sheets for name, cells in _columns(schema, issue, choices)},
    }


def row_of(schema: SheetSchema, issued: IssuedRow, row: int, choices: DropDowns) -> Written:
    """The cells of one row, as ``InThisRow`` calls them."""
    return {f"${field.name}": Cells(_plain(issued, field, choices), row) for field in schema.fields}


def _columns(schema: SheetSchema, issue: Issue, choices: DropDowns) -> Iterator[tuple[str, Cells]]:
    rows = tuple(laid_out(schema, issue.rows.get(schema.name, ())))
    for field in schema.fields:
        values = [_plain(row, field, choices) for row in rows]
        yield name_of(schema.name, field.name), Cells(values, FIRST_ROW)


def _plain(row: IssuedRow, field: Field, choices: DropDowns) -> Plain:
    filling = filling_of(row, field, choices)
    if isinstance(filling, dt.date):
        return serial_of(filling)
    return filling
