"""Where live formulas find their cells in a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.formulas.expressions import array
from pipeline.templates.draft import Draft
from pipeline.vocabulary.fields import Field, Options
from pipeline.vocabulary.lists import options_of
from pipeline.vocabulary.live import NoPlaceError


@dataclass(frozen=True)
class TemplatePlaces:
    """The places of one row of one sheet; ``cells`` are its fields and contexts by name."""

    draft: Draft
    cells: Mapping[str, str]

    def cell(self, field: str) -> str:
        """The cell of a field in this row.

        Raises:
            NoPlaceError: the template carries no such context.
        """
        if field not in self.cells:
            raise NoPlaceError(field)
        return self.cells[field]

    def column(self, sheet: str, field: str) -> str:
        """The name of a column."""
        return self.draft.named.column(sheet, field)

    def cover(self, field: str) -> str:
        """The name of a cell of the cover."""
        return self.draft.named.column("cover", field)

    def options(self, field: Field) -> Options:
        """The choices that the drop-down offers."""
        return options_of(field, self.draft.issue.lists)

    def texts(self, items: Sequence[str]) -> str:
        """A list within the formula, or its name."""
        return self.draft.named.list_of(items) or array(items)
