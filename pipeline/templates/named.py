"""The names that live formulas use: columns, cells of the cover and lists, each defined once when it is asked for.

Names, because a reference to another sheet in a validation or a colour becomes an extension that openpyxl drops.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.excel.cells import Area, Book, Sheet
from pipeline.formulas.evaluation import Cells

_INLINE = 60
"""Shorter lists stand in the formula itself."""


def name_of(sheet: str, field: str) -> str:
    """What the column of a field of a table, or its cell of the cover, is called in formulas."""
    return f"kt_{sheet}_{field}"


@dataclass(frozen=True)
class Named:
    """What was asked for so far, and where it lies once its sheet is laid out."""

    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    texts: dict[tuple[str, ...], str] = field(default_factory=dict)
    told: dict[str, Cells] = field(default_factory=dict)
    laid_out: dict[tuple[str, str], tuple[Sheet, Area]] = field(default_factory=dict)

    def column(self, sheet: str, name: str) -> str:
        """The name of a column of a table, or of a cell of the cover."""
        made = name_of(sheet, name)
        self.columns[made] = (sheet, name)
        return made

    def list_of(self, items: Sequence[str]) -> str:
        """The name of a list of texts; nothing for one that is short enough to stand in the formula."""
        if sum(map(len, items)) <= _INLINE:
            return ""
        return self.texts.setdefault(tuple(items), f"kt_chu_{len(self.texts) + 1}")

    def lies_at(self, sheet: str, name: str, place: tuple[Sheet, Area]) -> None:
        """Say where a column, or a cell of the cover, was laid out."""
        self.laid_out[sheet, name] = place

    def define(self, book: Book) -> None:
        """Define every name of a column or cell that was asked for.

        Raises:
            KeyError: a formula asks for a place that the workbook does not have.
        """
        for made, asked in self.columns.items():
            book.name(made, *self.laid_out[asked])
