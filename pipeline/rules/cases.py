"""The cases in which a rule speaks, by one column of the row."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from pipeline.formulas.expressions import is_one, some
from pipeline.vocabulary.entries import Entry
from pipeline.vocabulary.fields import coded_column
from pipeline.vocabulary.live import LiveCase, LiveRow, NoPlaceError
from pipeline.vocabulary.rows import Join, Mask, Rows
from pipeline.vocabulary.rules import Case


class _OneOf(Case):
    """A column holds one of some values."""

    def holds(self, rows: Rows) -> Mask:
        return rows[self.column].isin(list(self.matching))

    def holds_in(self, entry: Entry) -> bool:
        return entry.value(self.column) in self.matching


@dataclass(frozen=True)
class Is(_OneOf):
    """A choice is one of some words."""

    of: str
    words: tuple[str, ...]

    @property
    def column(self) -> str:
        return self.of

    @property
    def matching(self) -> tuple[str, ...]:
        return self.words

    def live(self, row: LiveRow) -> LiveCase:
        """Decided by the cell's word.

        Raises:
            NoPlaceError: the sheet has no such field.
        """
        if self.of not in row.fields:
            raise NoPlaceError(self.of)
        return LiveCase(row.is_among(self.of, self.words), row.is_other(self.of, self.words))


@dataclass(frozen=True)
class IsCoded(_OneOf):
    """A field holds one of some words in place of its number or day."""

    of: str
    words: tuple[str, ...]

    @property
    def column(self) -> str:
        return coded_column(self.of)

    @property
    def matching(self) -> tuple[str, ...]:
        return self.words

    def live(self, row: LiveRow) -> LiveCase:
        """Decided by the word in the field's cell."""
        cell, coded = row.cell(self.of), row.fields[self.of].coded
        others = [word for word in coded if word not in self.words]
        return LiveCase(is_one(cell, self.words), some(f"ISNUMBER({cell})", is_one(cell, others)))


class Derived(Case):
    """A case that more than one field decides; it stands in a joined boolean column."""

    name: ClassVar[str]
    """The joined column."""
    leans_on: ClassVar[tuple[Join, ...]] = ()
    """What must be joined before it."""

    @property
    def column(self) -> str:
        """The joined column."""
        return self.name

    @abstractmethod
    def computed(self, rows: Rows) -> Mask:
        """The rows in which it is the case, from other columns."""

    @property
    def needs(self) -> tuple[Join, ...]:
        """Its column."""
        return (*self.leans_on, self._joined)

    def _joined(self, rows: Rows) -> dict[str, Mask]:
        return {self.column: self.computed(rows).fillna(value=False).astype(bool)}

    def holds(self, rows: Rows) -> Mask:
        """The rows in which it is."""
        return rows[self.column]

    def holds_in(self, entry: Entry) -> bool:
        """Whether it is in one row."""
        return bool(entry.value(self.column))
