"""Where a form's fields stand in a sender's workbook as openpyxl holds it, found as the reader finds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.parsing.layout import SheetMap, locate_sheet
from pipeline.spreadsheet import Position, RawCell, RawSheet, RawWorkbook, cell_position
from pipeline.vocabulary.sheets import Form, Layout

_HEAD_ROWS, _HEAD_COLUMNS = 60, 200
"""Where the reader looks for tags and headers; openpyxl makes every cell that it is asked for."""


@dataclass(frozen=True)
class LocatedForm:
    """The sheets of a form in one workbook; nothing is found without a form."""

    workbook: Workbook
    form: Form | None

    @cached_property
    def maps(self) -> Mapping[str, SheetMap]:
        """The form's name of a sheet to where it stands."""
        if self.form is None:
            return {}
        raw = RawWorkbook(tuple(map(_head, self.workbook.worksheets)))
        found = {schema.name: locate_sheet(raw, schema) for schema in self.form.all_sheets}
        return {name: located for name, located in found.items() if located is not None}

    def name_of(self, title: str) -> str:
        """The form's name of the sheet with that title; empty for the sender's own sheets."""
        return next((name for name, located in self.maps.items() if located.title == title), "")

    def is_input(self, title: str, cell: str) -> bool:
        """Whether the cell is one that the reader takes a value from."""
        name = self.name_of(title)
        if not name or self.form is None:
            return False
        row, column = cell_position(cell)
        located = self.maps[name]
        if self.is_cover(name):
            return (row, column) in located.places.values()
        return row >= located.first_row and column in {place[1] for place in located.places.values()}

    def is_header(self, title: str, cell: str) -> bool:
        """Whether the cell is the header of a column: a finding there is about the whole sheet."""
        name = self.name_of(title)
        if not name or self.is_cover(name):
            return False
        return cell_position(cell) in self.maps[name].places.values()

    def is_cover(self, name: str) -> bool:
        """Whether the form's sheet of that name is its cover."""
        return self.form is not None and self.form.sheet(name).plan.layout is Layout.COVER


def _head(worksheet: Worksheet) -> RawSheet:
    last_row = min(worksheet.max_row, _HEAD_ROWS)
    last_column = min(worksheet.max_column, _HEAD_COLUMNS)
    cells: dict[Position, RawCell] = {}
    for row in worksheet.iter_rows(max_row=last_row, max_col=last_column):
        for cell in row:
            if cell.value is not None:
                cells[cell.row, cell.column] = RawCell(str(cell.value))
    return RawSheet(worksheet.title, cells, last_row=last_row)
