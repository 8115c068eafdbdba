"""What must be filled and what must be blank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.formulas.expressions import blank, every, filled, negated
from pipeline.vocabulary.entries import Entry
from pipeline.vocabulary.fields import coded_column
from pipeline.vocabulary.live import Live, LiveCase, LiveRow
from pipeline.vocabulary.rows import Join, Mask, Rows
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


def _must_be_filled(row: LiveRow, name: str, case: LiveCase) -> Live:
    nothing = blank(row.cell(name))
    return Live(every(nothing, case.holds), (every(nothing, negated(case.fails)),))


def _must_be_blank(row: LiveRow, name: str, case: LiveCase) -> Live:
    something = filled(row.cell(name))
    return Live(every(something, case.holds), (every(something, negated(case.fails)),))


def _decides(entry: Entry, case: Case, field: str) -> bool:
    """Whether the choice ``entry``, by its own value, decides a case that says something of another field."""
    return case.column == entry.name != field


@dataclass(frozen=True)
class FilledWhen(Rule):
    """Filled in the case ``when``."""

    when: Case

    @property
    def needs(self) -> tuple[Join, ...]:
        return self.when.needs

    def kept(self, rows: Rows) -> Mask:
        return is_given(rows, self.field) | ~self.when.holds(rows)

    def live(self, row: LiveRow) -> Live:
        """The cell is not blank in the case."""
        return _must_be_filled(row, self.field, self.when.live(row))

    def allows(self, entry: Entry) -> bool:
        """Whether the field is filled where the choice makes it the case."""
        speaks = _decides(entry, self.when, self.field) and self.when.holds_in(entry)
        return not speaks or entry.value(self.field) is not None


@dataclass(frozen=True)
class FilledUnless(Rule):
    """Filled but in the case ``unless``; a blank cell that would decide decides nothing."""

    unless: Case

    @property
    def needs(self) -> tuple[Join, ...]:
        return self.unless.needs

    def kept(self, rows: Rows) -> Mask:
        return is_given(rows, self.field) | self.unless.holds(rows) | self.unless.is_open(rows)

    def live(self, row: LiveRow) -> Live:
        """The cell is not blank outside of the case."""
        return _must_be_filled(row, self.field, self.unless.live(row).opposite)

    def allows(self, entry: Entry) -> bool:
        """Whether the field is filled where the choice makes it not the case."""
        speaks = _decides(entry, self.unless, self.field) and not self.unless.holds_in(entry)
        return not speaks or entry.value(self.field) is not None


@dataclass(frozen=True)
class BlankWhen(Rule):
    """Blank in the case ``when``."""

    when: Case

    @property
    def needs(self) -> tuple[Join, ...]:
        return self.when.needs

    def kept(self, rows: Rows) -> Mask:
        return rows[self.field].isna() | ~self.when.holds(rows)

    def live(self, row: LiveRow) -> Live:
        """The cell is blank in the case."""
        return _must_be_blank(row, self.field, self.when.live(row))

    def wants_blank(self, entry: Entry) -> bool:
        """Whether it is about the field, in the case."""
        return entry.name == self.field and self.when.holds_in(entry)

    def allows(self, entry: Entry) -> bool:
        """Whether the field is blank where the choice makes it the case."""
        speaks = _decides(entry, self.when, self.field) and self.when.holds_in(entry)
        return not speaks or entry.value(self.field) is None


@dataclass(frozen=True)
class BlankUnless(Rule):
    """Blank but in the case ``unless``; a blank cell that would decide decides nothing."""

    unless: Case

    @property
    def needs(self) -> tuple[Join, ...]:
        return self.unless.needs

    def kept(self, rows: Rows) -> Mask:
        return rows[self.field].isna() | self.unless.holds(rows) | self.unless.is_open(rows)

    def live(self, row: LiveRow) -> Live:
        """The cell is blank outside of the case."""
        return _must_be_blank(row, self.field, self.unless.live(row).opposite)

    def wants_blank(self, entry: Entry) -> bool:
        """Whether it is about the field, decidedly outside of the case."""
        is_decided = entry.value(self.unless.column) is not None
        return entry.name == self.field and is_decided and not self.unless.holds_in(entry)

    def allows(self, entry: Entry) -> bool:
        """Whether the field is blank where the choice makes it not the case."""
        speaks = _decides(entry, self.unless, self.field) and not self.unless.holds_in(entry)
        return not speaks or entry.value(self.field) is None


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
