"""What must be filled and what must be blank."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from pipeline.formulas.expressions import blank, every, filled, negated
from pipeline.vocabulary.entries import Entry
from pipeline.vocabulary.fields import coded_column
from pipeline.vocabulary.live import Live, LiveCase, LiveRow
from pipeline.vocabulary.rows import Mask, Rows
from pipeline.vocabulary.rules import Case, Rule


def is_given(rows: Rows, field: str) -> Mask:
    """Where a value or a coded answer stands."""
    coded = coded_column(field)
    return rows[field].notna() | rows[coded].notna() if coded in rows.frame else rows[field].notna()


@dataclass(frozen=True)
class Answered(Rule):
    """A value or a coded answer stands there."""

    def kept(self, rows: Rows) -> Mask:
        return is_given(rows, self.field)

    def live(self, row: LiveRow) -> Live:
        """The cell is not blank."""
        return Live(blank(row.cell(self.field)))


class _InCase(Rule):
    """Filled, or blank, in one case of the row."""

    wants_value: ClassVar[bool]

    @abstractmethod
    def speaks(self, rows: Rows) -> Mask:
        """The rows of which it says something."""

    @abstractmethod
    def speaks_in(self, entry: Entry) -> bool:
        """Whether it says something of one row."""

    @abstractmethod
    def live_case(self, row: LiveRow) -> LiveCase:
        """Where it surely says something, and where it surely does not."""

    def kept(self, rows: Rows) -> Mask:
        right = is_given(rows, self.field) if self.wants_value else rows[self.field].isna()
        return right | ~self.speaks(rows)

    def live(self, row: LiveRow) -> Live:
        case = self.live_case(row)
        wrong = (blank if self.wants_value else filled)(row.cell(self.field))
        return Live(every(wrong, case.holds), (every(wrong, negated(case.fails)),))

    def wants_blank(self, entry: Entry) -> bool:
        return not self.wants_value and entry.name == self.field and self.speaks_in(entry)

    def allows(self, entry: Entry) -> bool:
        """Whether the field stands as it must where the choice ``entry``, by its own value, makes it the case."""
        (case,) = self.cases
        is_decided_here = case.column == entry.name != self.field
        has_value = entry.value(self.field) is not None
        return not is_decided_here or has_value == self.wants_value or not self.speaks_in(entry)


@dataclass(frozen=True)
class _When(_InCase):
    when: Case

    def speaks(self, rows: Rows) -> Mask:
        return self.when.holds(rows)

    def speaks_in(self, entry: Entry) -> bool:
        return self.when.holds_in(entry)

    def live_case(self, row: LiveRow) -> LiveCase:
        return self.when.live(row)


@dataclass(frozen=True)
class _Unless(_InCase):
    unless: Case

    def speaks(self, rows: Rows) -> Mask:
        return ~(self.unless.holds(rows) | self.unless.is_open(rows))

    def speaks_in(self, entry: Entry) -> bool:
        return entry.value(self.unless.column) is not None and not self.unless.holds_in(entry)

    def live_case(self, row: LiveRow) -> LiveCase:
        return self.unless.live(row).opposite


class FilledWhen(_When):
    """Filled in the case ``when``."""

    wants_value = True


class FilledUnless(_Unless):
    """Filled but in the case ``unless``; a blank cell that would decide decides nothing."""

    wants_value = True


class BlankWhen(_When):
    """Blank in the case ``when``."""

    wants_value = False


class BlankUnless(_Unless):
    """Blank but in the case ``unless``; a blank cell that would decide decides nothing."""

    wants_value = False


@dataclass(frozen=True)
class HasRows(Rule):
    """The sheet ``sheet`` of the submission has at least one used row; said at its header."""

    sheet: str

    @property
    def place(self) -> tuple[str, str | None]:
        return self.sheet, None

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        return {self.sheet: ()}

    def kept(self, rows: Rows) -> Mask:
        return rows.has_rows_in(self.sheet)

    def live(self, row: LiveRow) -> Live:
        """The count of used rows is not zero."""
        return Live(f"{row.count_of_used(self.sheet)}=0")
