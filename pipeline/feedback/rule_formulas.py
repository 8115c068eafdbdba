"""The formula of a finding's rule in the sender's own workbook: where it is true, the finding is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.feedback.located import LocatedForm
from pipeline.feedback.places import reference
from pipeline.findings import Finding
from pipeline.formulas.expressions import array, every
from pipeline.parsing.layout import SheetMap
from pipeline.rules.live import LONGEST_FORMULA, live_formula, own_checks
from pipeline.spreadsheet import Position, cell_name, cell_position, column_name
from pipeline.vocabulary.fields import Field, Options
from pipeline.vocabulary.lists import Lists, options_of
from pipeline.vocabulary.live import LiveRow, NoPlaceError
from pipeline.vocabulary.sheets import Form, SheetSchema

_MOST_ROWS = 500
"""As far down as a column is looked at; the form with the most rows has so many."""
_LONGEST = LONGEST_FORMULA - len("=NOT()")


@dataclass(frozen=True)
class RuleFormulas:
    """Writes the rules of a form as formulas over one workbook; ``lists`` are the settings' choices of its year."""

    located: LocatedForm
    lists: Lists

    def kept(self, finding: Finding) -> str | None:
        """The formula, without its equals sign, that is true where the finding's rule is kept; None without one."""
        place = self._placed(finding)
        if place is None or self.located.is_header(finding.sheet, finding.cell):
            return None
        form, name, schema = place
        row, _ = cell_position(finding.cell)
        cells = LiveRow(form, schema, _InCopy(self.located, self.lists, name, row))
        kept = live_formula(cells, finding.code, finding.field)
        if kept is None:
            return None
        # A blank cell that was filled with what cannot be read is not mended, though it is blank no more.
        others = [code for code in own_checks(schema.field(finding.field)) if code != finding.code]
        own = [live_formula(cells, code, finding.field) for code in others]
        whole = every(kept, *filter(None, own))
        return whole if len(whole) < _LONGEST else kept

    def beside(self, finding: Finding) -> tuple[str, ...]:
        """The other cells of the row that the finding's rule looks at: it may be mended there as well."""
        place = self._placed(finding)
        if place is None:
            return ()
        _, name, schema = place
        row, where = cell_position(finding.cell)[0], self.located.maps[name]
        rules = [rule for rule in schema.rules if (rule.code, rule.field) == (finding.code, finding.field)]
        fields = {field for rule in rules for field in rule.leans_on(schema.fields)}
        places = {field: where.places[field] for field in sorted(fields - {finding.field}) if field in where.places}
        is_cover = self.located.is_cover(name)
        return tuple(cell_name(place[0] if is_cover else row, place[1]) for place in places.values())

    def _placed(self, finding: Finding) -> tuple[Form, str, SheetSchema] | None:
        """The form, its name of the finding's sheet, and its schema; None where no field of it is meant.

        A finding may have a cell and no field: T208 is about the rows from there on.
        """
        name, form = self.located.name_of(finding.sheet), self.located.form
        if not name or form is None:
            return None
        schema = form.sheet(name)
        return (form, name, schema) if finding.field in schema.by_name else None


@dataclass(frozen=True)
class _InCopy:
    """Where the fields of a row stand in the sender's workbook (``live.Where``): fixed references, by sheet."""

    located: LocatedForm
    lists: Lists
    sheet: str
    row: int

    def cell(self, field: str) -> str:
        """The cell of a field or a context in this row."""
        where = self._map(self.sheet)
        row, column = self._place(where, field)
        return _fixed(where.title, row if self.located.is_cover(self.sheet) else self.row, column)

    def column(self, sheet: str, field: str) -> str:
        """The column of a field of a sheet, from its first row on."""
        where = self._map(sheet)
        letters = column_name(self._place(where, field)[1])
        return reference(where.title, f"${letters}${where.first_row}:${letters}${where.first_row + _MOST_ROWS - 1}")

    def cover(self, field: str) -> str:
        """The cell of a field of the cover."""
        where = self._map("cover")
        return _fixed(where.title, *self._place(where, field))

    def options(self, field: Field) -> Options:
        """The choices of a field."""
        return options_of(field, self.lists)

    def texts(self, items: Sequence[str]) -> str:
        """A list of texts, written out: a cell's formula may hold one."""
        return array(items)

    def _map(self, sheet: str) -> SheetMap:
        if sheet not in self.located.maps:
            raise NoPlaceError(sheet)
        return self.located.maps[sheet]

    def _place(self, where: SheetMap, field: str) -> Position:
        """A field's place; that of a context by its hidden tag."""
        place = where.places.get(field)
        tagged = (position for position, cell in where.raw.cells.items() if cell.value == field)
        place = place or next(tagged, None)
        if place is None:
            raise NoPlaceError(field)
        return place


def _fixed(title: str, row: int, column: int) -> str:
    return reference(title, f"${column_name(column)}${row}")
