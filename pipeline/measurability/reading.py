"""What the reading of one objective sentence says. Every decision carries the span of text on which it rests."""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of the normalised sentence, ``Reading.text``."""

    start: int
    end: int


class Sign(StrEnum):
    """How the result is held against the target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"
    EXACTLY = "="
    RANGE = "range"


class Basis(StrEnum):
    """Why a sentence is measurable, or why it is not."""

    FIGURE = "figure"
    YES_NO = "yes_no"
    AGAINST_BEFORE = "against_before"
    UNCHECKABLE = "uncheckable"
    NO_FIGURE = "no_figure"


class Missing(StrEnum):
    """What a sentence leaves to be asked."""

    FIGURE = "figure"
    INDICATOR = "indicator"
    CHECKABLE_RESULT = "checkable_result"
    BASELINE = "baseline"
    TOLERANCE = "tolerance"
    DEADLINE = "deadline"
    POINTS_OR_PERCENT = "points_or_percent"


class Conflict(StrEnum):
    """What a sentence says against itself, or in two ways."""

    FLOOR_WITH_RANGE = "floor_with_range"
    AMBIGUOUS_NUMBER = "ambiguous_number"


@dataclass(frozen=True)
class Target:
    """One figure to be reached.

    ``upper`` is given for a range. ``sign_span`` is None for a bare figure. ``bare`` tells "đạt 95%" from "đúng bằng":
    a bare figure agrees with a floor. ``change`` is "up" or "down" when the figure is a change, else empty.
    ``readings`` are the possible values of an ambiguous numeral. ``baseline`` is the former value, if it is named.
    """

    value: float
    upper: float | None
    unit: str | None
    sign: Sign
    span: Span
    sign_span: Span | None = None
    bare: bool = False
    change: str = ""
    approximate: bool = False
    readings: tuple[float, ...] = ()
    baseline: float | None = None
    baseline_span: Span | None = None

    @property
    def values(self) -> tuple[float, ...]:
        """The figure, or both ends of the range."""
        return (self.value,) if self.upper is None else (self.value, self.upper)


class Stretch(StrEnum):
    """What a deadline names: a day, or the stretch of time at whose end it falls."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    WORDS = "words"


@dataclass(frozen=True)
class Deadline:
    """By when. ``number`` is the month, the quarter, or the last month of a part of a year.

    ``strict`` is "trước": a day before. ``words`` are those of the sentence.
    """

    stretch: Stretch
    words: str
    span: Span
    year: int | None = None
    number: int | None = None
    day: int | None = None
    strict: bool = False

    @property
    def text(self) -> str:
        """ISO when the year is named (a strict day stands for itself), else the words."""
        if self.year is None:
            return self.words
        named = self._named_day(self.year) if self.stretch is Stretch.DAY else self.last_day(self.year)
        return named.isoformat() if named else self.words

    def last_day(self, year: int) -> dt.date | None:
        """The last good day, in the year that the sentence names or else in the given one."""
        of_year = self.year or year
        if self.stretch is Stretch.DAY:
            named = self._named_day(of_year)
            return named - dt.timedelta(days=1) if named and self.strict else named
        months = self._months()
        if months is None:
            return None
        if self.strict:
            return dt.date(of_year, months[0], 1) - dt.timedelta(days=1)
        return dt.date(of_year, months[1], calendar.monthrange(of_year, months[1])[1])

    def _months(self) -> tuple[int, int] | None:
        match self.stretch:
            case Stretch.MONTH if self.number:
                return self.number, self.number
            case Stretch.QUARTER if self.number:
                return self.number * 3 - 2, self.number * 3
            case Stretch.YEAR:
                return 1, self.number or 12
            case _:
                return None

    def _named_day(self, year: int) -> dt.date | None:
        try:
            return dt.date(year, self.number or 0, self.day or 0)
        except ValueError:
            return None


@dataclass(frozen=True)
class Vague:
    """A word that cannot be measured, in the lexicon's spelling, and where it stands."""

    term: str
    span: Span


@dataclass(frozen=True)
class Phrase:
    """Words of the sentence, or words made of them, and where they come from."""

    words: str
    span: Span


@dataclass(frozen=True)
class Reading:
    """One objective sentence, read.

    ``result_unit`` is the unit of a yes/no result ("đã gửi/chưa"). ``frequency`` is how often ("quý"). ``subject`` is
    what or who is counted. ``activity`` tells work done from a result reached.
    """

    text: str
    measurable: bool
    basis: Basis
    basis_span: Span | None
    targets: tuple[Target, ...]
    sign: Sign | None
    unit: str | None
    deadlines: tuple[Deadline, ...]
    frequency: Phrase | None
    indicator: Phrase | None
    subject: Phrase | None
    vague: tuple[Vague, ...]
    activity: bool
    conflicts: tuple[Conflict, ...]
    missing: tuple[Missing, ...]

    @property
    def comparator(self) -> Sign | None:
        """The sign of the first target; None when the sentence is not measurable."""
        return self.sign

    @property
    def values(self) -> tuple[float, ...]:
        """Every figure in order, both ends of a range."""
        return tuple(value for target in self.targets for value in target.values)

    @property
    def deadline(self) -> str | None:
        """All deadlines as text, ISO where the year is named; None without one."""
        return "; ".join(deadline.text for deadline in self.deadlines) or None

    @property
    def vague_terms(self) -> tuple[str, ...]:
        """The vague terms as they stand in the lexicon."""
        return tuple(vague.term for vague in self.vague)
