"""The names by which live formulas refer to columns, cells of the cover and lists of texts, and what stands there.

Names, because a reference to another sheet in a validation or a colour becomes an extension that openpyxl drops.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.excel.cells import Area, Book, Sheet
from pipeline.formulas.evaluation import Plain
from pipeline.formulas.expressions import array
from pipeline.vocabulary.fields import Field, Options
from pipeline.vocabulary.lists import Lists, options_of
from pipeline.vocabulary.live import NoPlaceError

_INLINE = 60
"""Shorter lists stand in the formula itself."""


def name_of(sheet: str, field: str) -> str:
    """What the column of a field of a table, or its cell of the cover, is called in formulas."""
    return f"kt_{sheet}_{field}"


@dataclass(frozen=True)
class Names:
    """The names of one workbook. Only those that a formula uses are defined in it.

    Attributes:
        values: what stands at each name as the form is issued: a value, or the list of those of a column.
        messages: the names of the columns with the messages of rows, in the order in which they were written.
        used: the names of columns and cells in formulas so far.
        texts: the name of each list of texts in formulas so far.
        areas: where each column and cell was laid out.
    """

    values: dict[str, Plain] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    used: dict[str, None] = field(default_factory=dict)
    texts: dict[tuple[str, ...], str] = field(default_factory=dict)
    areas: dict[str, tuple[Sheet, Area]] = field(default_factory=dict)

    def column(self, sheet: str, name: str) -> str:
        """The name of a column of a table, or of a cell of the cover, to be used in a formula."""
        self.used[name_of(sheet, name)] = None
        return name_of(sheet, name)

    def listed(self, items: Sequence[str]) -> str:
        """A list of texts as a formula refers to it: a short one in full, a longer one by its name."""
        if sum(map(len, items)) <= _INLINE:
            return array(items)
        name = self.texts.setdefault(tuple(items), f"kt_chu_{len(self.texts) + 1}")
        self.values[name] = list(items)
        return name

    def write_messages(self, name: str, place: tuple[Sheet, Area], values: list[str]) -> None:
        """Note a column of messages that was written, and what they are as the form is issued."""
        self.messages.append(name)
        self.used[name] = None
        self.areas[name], self.values[name] = place, values

    def define(self, book: Book) -> None:
        """Define every name of a column or cell that a formula uses.

        Raises:
            KeyError: a formula refers to a place that the workbook does not have.
        """
        for name in self.used:
            book.name(name, *self.areas[name])


@dataclass(frozen=True)
class TemplatePlaces:
    """The places of one row of one sheet (``live.Where``); ``cells`` are its fields and contexts by name."""

    names: Names
    lists: Lists
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
        return self.names.column(sheet, field)

    def cover(self, field: str) -> str:
        """The name of a cell of the cover."""
        return self.names.column("cover", field)

    def options(self, field: Field) -> Options:
        """The choices that the drop-down offers."""
        return options_of(field, self.lists)

    def texts(self, items: Sequence[str]) -> str:
        """A list within the formula, or its name."""
        return self.names.listed(items)
