"""What the sentence of an objective says against its row, and what its other texts must name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.formulas.expressions import every, filled, negated
from pipeline.measurability.rewording import agrees, reworded, stated
from pipeline.rules.sentences import COLUMNS, DIFFERING, Row, row_of, sentence_columns
from pipeline.vietnamese import canonical_unit, fold
from pipeline.vocabulary.entries import Bound, Entry, typed_figure
from pipeline.vocabulary.limits import Length
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Join, Mask, Rows
from pipeline.vocabulary.rules import Case, NotLive, Rule


@dataclass(frozen=True)
class NothingAgainst(NotLive):
    """The sentence says nothing against its row: the words that would, in the joined column ``against``, are blank."""

    against: str

    @property
    def needs(self) -> tuple[Join, ...]:
        return (sentence_columns,)

    def kept(self, rows: Rows) -> Mask:
        return rows[self.against].isna()


@dataclass(frozen=True)
class SaidOtherwise(NothingAgainst):
    """As ``NothingAgainst``; how it can be said instead stands in the joined column ``illustrated_in``."""

    illustrated_in: str

    @property
    def facts(self) -> Mapping[str, str]:
        return {"illustration": self.illustrated_in}


@dataclass(frozen=True)
class TwoReadings(NothingAgainst):
    """As ``NothingAgainst``; how the figure can be read stands in the joined column ``readings``."""

    readings: str


@dataclass(frozen=True)
class DueAsStated(SaidOtherwise):
    """The due date ``due_on`` is not later than the sentence's deadline, in the joined column ``latest``."""

    due_on: str
    latest: str

    def bounds(self, entry: Entry) -> Iterator[Bound]:
        """The deadline that is named."""
        if entry.name == self.due_on:
            yield Bound(entry.value(self.latest), is_low=False)


@dataclass(frozen=True)
class SentenceAgrees(SaidOtherwise):
    """Sentence and columns say the same: number, unit and direction."""

    value: str
    upper: str
    unit: str
    comparator: str

    def beside(self, row: Mapping[str, Any]) -> str:
        """The field that has it otherwise."""
        return str(row[DIFFERING])

    def proposal(self, entry: Entry) -> str | None:
        """A value that agrees with the whole sentence; for the sentence itself one that agrees with its columns."""
        if entry.name == self.field:
            return self._statement(entry)
        row = _row(entry)
        if row is None or len(row.reading.targets) != 1:
            return None
        target = row.reading.targets[0]
        if entry.name == self.unit:
            return canonical_unit(target.unit) if target.unit else None  # of “chứng từ” the sentence gives “chứng”
        figure = {self.value: target.value, self.upper: target.upper}.get(entry.name)
        if figure is None or not entry.is_in_bounds(figure) or not _agrees_with(entry.holding(figure)):
            return None
        return typed_figure(figure)

    def allows(self, entry: Entry) -> bool:
        """Whether the sentence would contradict nothing under the comparator that is chosen."""
        return self.comparator != entry.name or _agrees_with(entry)

    def _statement(self, entry: Entry) -> str | None:
        """The sentence as its columns have it; for a blank one that is made of them."""
        target = entry.of(self.value)
        if target.typed is not None and not target.is_in_bounds(target.typed):
            return ""  # the figure is wrong, not the sentence
        row = _row(entry)
        columns = row.columns if row else {name: entry.value(name) for name in COLUMNS if entry.value(name) is not None}
        text = reworded(row.reading, columns) if row else stated(columns)
        return text if _is_good(entry, text, columns) else None


def _agrees_with(entry: Entry) -> bool:
    """Whether the row's sentence contradicts none of its columns."""
    row = _row(entry)
    return row is None or not row.contradictions


def _row(entry: Entry) -> Row | None:
    return row_of({name: entry.value(name) for name in (*COLUMNS, "year")})


def _is_good(entry: Entry, text: str, columns: Mapping[str, object]) -> bool:
    lengths = [limit for limit in entry.field.limits if isinstance(limit, Length)]
    has_room = all(limit.shortest <= len(text) <= limit.longest for limit in lengths)
    return has_room and text != entry.typed and agrees(text, columns)


@dataclass(frozen=True)
class NamesWhatIsMeasured(NotLive):
    """At least two words of letters."""

    def kept(self, rows: Rows) -> Mask:
        words = rows[self.field].fillna("").map(lambda text: sum(word.isalpha() for word in fold(text).split()))
        return rows[self.field].isna() | (words >= 2)


@dataclass(frozen=True)
class NamesBothParts(Rule):
    """In the case ``when`` the text names the numerator and the denominator."""

    when: Case

    def kept(self, rows: Rows) -> Mask:
        plain = rows[self.field].fillna("").map(fold)
        named = plain.str.contains("tu so") & plain.str.contains("mau so")
        return rows[self.field].isna() | named | ~self.when.holds(rows)

    def live(self, row: LiveRow) -> Live:
        """One of the words is missing, accents or not."""
        case, cell = self.when.live(row), row.cell(self.field)
        sure = every(*(_holds_one(cell, names) for names in (("tử số", "tu so"), ("mẫu số", "mau so"))))
        near = every(*(f"ISNUMBER(SEARCH({pattern},{cell}))" for pattern in ('"t?*s?"', '"m??*s?"')))
        missing = every(filled(cell), negated(sure))
        surely = every(missing, case.holds, negated(near), negated(row.in_pieces(self.field)))
        return Live(surely, (every(missing, negated(case.fails)),))


def _holds_one(cell: str, names: tuple[str, str]) -> str:
    return "OR(" + ",".join(f'ISNUMBER(SEARCH("{name}",TRIM({cell})))' for name in names) + ")"
