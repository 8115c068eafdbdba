"""Where a live formula finds what it looks at, in a template as in somebody's moved-about copy of it."""

from collections.abc import Sequence
from typing import Protocol

from pipeline.forms import Field
from pipeline.forms.vocabulary import Options


class NoPlaceError(LookupError):
    """This workbook has no such cell, column or context: the rule cannot be held against it live."""


class Where(Protocol):
    """Turns the code's names into references of one workbook, seen from one row of one sheet.

    Every method raises :class:`NoPlaceError` where the workbook has no such place.
    """

    def cell(self, field: str) -> str:
        """The cell of a field, or of a context such as ``objective_measure``, in this row: ``$F7``."""

    def column(self, sheet: str, field: str) -> str:
        """The whole column of a field of a sheet, the same rows for each: a defined name, or a fixed reference."""

    def cover(self, field: str) -> str:
        """The cell of a field of the cover."""

    def options(self, field: Field) -> Options:
        """The choices of a field: stored value to shown words."""

    def texts(self, items: Sequence[str]) -> str:
        """A list of texts that a formula can hold a cell against: ``{"có","không"}``, or a name for it."""
