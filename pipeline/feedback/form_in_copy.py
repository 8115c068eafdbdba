"""A form in a sender's workbook as the reader saw it: where its fields stand, and its rules as formulas there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.feedback.places import fixed_reference
from pipeline.findings import Finding
from pipeline.formulas.expressions import array, every
from pipeline.parsing import Addresses, SheetMap, locate_form
from pipeline.rules.live import LONGEST_FORMULA, live_formula, own_checks
from pipeline.spreadsheet import Position, RawWorkbook, cell_position
from pipeline.vocabulary.fields import Field, Options
from pipeline.vocabulary.lists import Lists, options_of
from pipeline.vocabulary.live import LiveRow, NoPlaceError
from pipeline.vocabulary.sheets import Form, SheetSchema

_MOST_ROWS = 500
"""As far down as a column is looked at; the form with the most rows has so many."""
_LONGEST = LONGEST_FORMULA - len("=NOT()")


@dataclass(frozen=True)
class FormInCopy:
    """The sheets of a form in one workbook, none without a form; ``lists`` are the settings' choices of its year."""

    workbook: RawWorkbook
    form: Form | None
    lists: Lists

    @cached_property
    def addresses(self) -> Addresses:
        """Where the form's fields stand, as the reader locates them."""
        if self.form is None:
            return Addresses({}, frozenset())
        return locate_form(self.workbook, self.form)

    def is_header(self, finding: Finding) -> bool:
        """Whether a finding points at the header of a column: it is about the whole sheet."""
        name = self._name_of(finding.sheet)
        if not name or name in self.addresses.covers:
            return False
        return cell_position(finding.cell) in self.addresses.maps[name].places.values()

    def kept(self, finding: Finding) -> str | None:
        """The formula, without its equals sign, that is true where the finding's rule is kept; None without one."""
        schema = self._schema(finding)
        if self.form is None or schema is None or self.is_header(finding):
            return None
        places = _RowInCopy(self.addresses, self.lists, schema.name, cell_position(finding.cell)[0])
        cells = LiveRow(self.form, schema, places)
        kept = live_formula(cells, finding.code, finding.field)
        if kept is None:
            return None
        # A blank cell that was filled with what cannot be read is not mended, though it is blank no more.
        others = [code for code in own_checks(schema.field(finding.field)) if code != finding.code]
        whole = every(kept, *filter(None, (live_formula(cells, code, finding.field) for code in others)))
        return whole if len(whole) < _LONGEST else kept

    def beside(self, finding: Finding) -> tuple[str, ...]:
        """The other cells of the row that the finding's rule looks at: it may be mended there as well."""
        schema = self._schema(finding)
        if schema is None:
            return ()
        row = cell_position(finding.cell)[0]
        rules = [rule for rule in schema.rules if (rule.code, rule.field) == (finding.code, finding.field)]
        fields = {field for rule in rules for field in rule.leans_on(schema.fields)} - {finding.field}
        return tuple(filter(None, (self.addresses.cell(schema.name, field, row) for field in sorted(fields))))

    def _name_of(self, title: str) -> str:
        """The form's name of the sheet with that title; empty for the sender's own sheets."""
        return next((name for name, located in self.addresses.maps.items() if located.title == title), "")

    def _schema(self, finding: Finding) -> SheetSchema | None:
        """The sheet of the form that a finding is on; None where no field of it is meant.

        A finding may have a cell and no field: T208 is about the rows from there on.
        """
        name = self._name_of(finding.sheet)
        schema = self.form.sheet(name) if self.form is not None and name else None
        return schema if schema is not None and finding.field in schema.by_name else None


@dataclass(frozen=True)
class _RowInCopy:
    """Where the fields of a row stand in the sender's workbook (``live.Where``): fixed references, by sheet."""

    addresses: Addresses
    lists: Lists
    sheet: str
    row: int

    def cell(self, field: str) -> str:
        where, (row, column) = self._place(self.sheet, field)
        place = row if self.sheet in self.addresses.covers else self.row, column
        return fixed_reference(where.title, place, place)

    def column(self, sheet: str, field: str) -> str:
        where, (_, column) = self._place(sheet, field)
        first, last = (where.first_row, column), (where.first_row + _MOST_ROWS - 1, column)
        return fixed_reference(where.title, first, last)

    def cover(self, field: str) -> str:
        where, place = self._place("cover", field)
        return fixed_reference(where.title, place, place)

    def options(self, field: Field) -> Options:
        return options_of(field, self.lists)

    def texts(self, items: Sequence[str]) -> str:
        return array(items)

    def _place(self, sheet: str, field: str) -> tuple[SheetMap, Position]:
        where = self.addresses.maps.get(sheet)
        if where is None or field not in where.places:
            raise NoPlaceError(sheet, field)
        return where, where.places[field]
