"""Two figures of one row beside each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.achievement import is_weaker
from pipeline.formulas.expressions import every, negated, some
from pipeline.vocabulary.choices import Comparator, Measure
from pipeline.vocabulary.entries import Bound, Entry
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Mask, Rows
from pipeline.vocabulary.rules import Case, Rule

_NOISE = "0.000000001"


@dataclass(frozen=True)
class Ordered(Rule):
    """Two columns of one row of which one may not lie beyond the other; each bounds the other."""

    other: str
    is_low: ClassVar[bool]
    """Whether ``other`` is the lower bound of the field."""
    is_open: ClassVar[bool] = False

    def bounds(self, entry: Entry) -> Iterator[Bound]:
        if entry.name == self.field:
            yield Bound(entry.value(self.other), self.is_low, self.is_open)
        elif entry.name == self.other:
            yield Bound(entry.value(self.field), not self.is_low, self.is_open)


@dataclass(frozen=True)
class _OrderedWhen(Ordered):
    """Two numbers of which, in the case ``when``, one may not lie beyond the other."""

    when: Case

    def kept(self, rows: Rows) -> Mask:
        value, other = rows[self.field], rows[self.other]
        return ~(value < other if self.is_low else value > other) | ~self.when.holds(rows)

    def live(self, row: LiveRow) -> Live:
        case, sign = self.when.live(row), "<" if self.is_low else ">"
        plain = row.both_read(self.field, self.other, f"{row.figure(self.field)}{sign}{row.figure(self.other)}")
        doubt = every(plain.broken, negated(case.fails), negated(case.holds))
        return Live(every(plain.broken, case.holds), (*plain.unsure, doubt))

    def bounds(self, entry: Entry) -> Iterator[Bound]:
        """Each bounds the other in the case."""
        return super().bounds(entry) if self.when.holds_in(entry) else iter(())


class NotGreaterThan(_OrderedWhen):
    """In the case ``when`` not greater than the number in the column ``other``."""

    is_low = False
    is_of_value: ClassVar[bool] = True


class NotLessThan(_OrderedWhen):
    """In the case ``when`` not less than the number in the column ``other``."""

    is_low = True


class GreaterThan(Ordered):
    """Greater than the number in the column ``other``."""

    is_low = True
    is_open = True

    def kept(self, rows: Rows) -> Mask:
        return ~(rows[self.field] <= rows[self.other])

    def live(self, row: LiveRow) -> Live:
        return row.both_read(self.field, self.other, f"{row.figure(self.field)}<={row.figure(self.other)}")


@dataclass(frozen=True)
class _Promise(Rule):
    """Two figures under one comparator, of which one may not ask less than the other."""

    than: str
    comparator: str
    is_harder: ClassVar[bool]
    """Whether the field is the one that asks no less."""

    def bounds(self, entry: Entry) -> Iterator[Bound]:
        """Each figure bounds the other, by the comparator from above or from below."""
        comparator = entry.value(self.comparator)
        if comparator not in {*Comparator.floors(), *Comparator.ceilings()}:
            return
        is_low = (comparator in Comparator.floors()) == self.is_harder
        if entry.name == self.field:
            yield Bound(entry.value(self.than), is_low)
        elif entry.name == self.than:
            yield Bound(entry.value(self.field), not is_low)

    def allows(self, entry: Entry) -> bool:
        """Whether the field lies within its bounds under the comparator that is chosen."""
        target = entry.of(self.field)
        return self.comparator != entry.name or target.typed is None or target.is_in_bounds(target.typed)


@dataclass(frozen=True)
class TargetNotWeaker(_Promise):
    """The target does not ask less than the baseline ``than``."""

    is_harder: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        return ~is_weaker(rows[self.comparator], rows[self.field], rows[self.than])

    def live(self, row: LiveRow) -> Live:
        """The target asks less."""
        weaker = _is_weaker(row, self.comparator, row.figure(self.field), row.figure(self.than))
        live = row.both_read(self.field, self.than, weaker)
        return Live(live.broken, (*live.unsure, row.unrecognised(self.comparator)))


@dataclass(frozen=True)
class MilestoneWithinTarget(_Promise):
    """The milestone does not ask more than the target ``than``.

    A number that grows over the year is lower at six months: under an upper bound that is no harder promise.
    """

    measure: str
    is_harder: ClassVar[bool] = False

    def kept(self, rows: Rows) -> Mask:
        grows = (rows[self.measure] == Measure.CUMULATIVE) & (rows[self.field] < rows[self.than])
        return ~is_weaker(rows[self.comparator], rows[self.than], rows[self.field]) | grows

    def live(self, row: LiveRow) -> Live:
        """The milestone asks more."""
        figure, target = row.figure(self.field), row.figure(self.than)
        grows = every(row.is_among(self.measure, (Measure.CUMULATIVE,)), f"{figure}<{target}")
        harder = every(_is_weaker(row, self.comparator, target, figure), negated(grows))
        live = row.both_read(self.field, self.than, harder)
        return Live(live.broken, (*live.unsure, *map(row.unrecognised, (self.comparator, self.measure))))


@dataclass(frozen=True)
class ExactOnPurpose(Rule):
    """*Đúng bằng* with a target other than 0 or 100 % is asked about; *có/không* has no other comparator."""

    measure: str
    value: str
    unit: str

    def kept(self, rows: Rows) -> Mask:
        figure = rows[self.value]
        hundred = (figure == 100) & (rows[self.unit] == "%")
        usual = (figure == 0) | hundred | (rows[self.measure] == Measure.YES_NO)
        return ~(rows[self.field] == Comparator.EXACTLY) | figure.isna() | usual

    def live(self, row: LiveRow) -> Live:
        """*Đúng bằng* beside an unusual target."""
        figure = row.figure(self.value)
        usual = some(
            f"{figure}=0",
            every(f"{figure}=100", row.is_among(self.unit, ("%",))),
            row.is_among(self.measure, (Measure.YES_NO,)),
        )
        exactly = row.is_among(self.field, (Comparator.EXACTLY,))
        broken = f"IF({row.is_read(self.value)},{every(exactly, negated(usual))},FALSE)"
        unsure = (every(exactly, row.unread(self.value)), *map(row.unrecognised, (self.field, self.measure)))
        return Live(broken, unsure)


def _is_weaker(row: LiveRow, comparator: str, figure: str, than: str) -> str:
    """A figure asks less than another, by the sign of their difference under a floor or a ceiling."""
    floor, ceiling = row.is_among(comparator, Comparator.floors()), row.is_among(comparator, Comparator.ceilings())
    return f"({figure}-{than})*({floor}-{ceiling})<-{_NOISE}"
