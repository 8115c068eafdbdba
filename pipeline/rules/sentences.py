"""The sentence of an objective beside its columns: what the rules on it lean on, read once a sentence."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd

from pipeline.measurability import Reading, read_objective
from pipeline.measurability import advice as codes
from pipeline.measurability.advice import Advice, advise
from pipeline.measurability.contradiction import Against, Contradiction, contradictions
from pipeline.measurability.proposal import alternatives
from pipeline.measurability.rewording import agrees, as_stated, reworded
from pipeline.sheets.objectives import Objectives
from pipeline.vietnamese import format_date, format_number
from pipeline.vocabulary.placeholders import placeholder
from pipeline.vocabulary.rows import Rows
from pipeline.wording import say

COLUMNS = (
    Objectives.statement,
    Objectives.indicator,
    Objectives.measure,
    Objectives.comparator,
    Objectives.target,
    Objectives.target_upper,
    Objectives.unit,
    Objectives.baseline,
    Objectives.due_on,
)
"""The columns of a row that its sentence is held against."""
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
"""What a day can be made of (``vietnamese.dates``); any other is refused on the cover, and nothing leans on it."""
_LABELS = {field.name: field.label for field in Objectives.fields()}
LATEST = "said_due_on"
"""The joined column of the last good day by the sentence."""
DIFFERING = "differing_field"
"""The joined column that names the field which has the sentence's figure otherwise."""
_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")
_WAYS = 2
"""How many other sentences are proposed in place of one that cannot be measured."""


@lru_cache(maxsize=20_000)
def reading_of(sentence: str) -> Reading:
    """The reading of a sentence; the sentences of a whole night are read once each, whatever leans on them."""
    return read_objective(sentence)


@dataclass(frozen=True)
class Row:
    """One objective: its sentence as read, and its columns, blank ones left out."""

    reading: Reading
    columns: Mapping[str, object]
    year: int

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Where sentence and columns differ."""
        return contradictions(self.reading, self.columns)

    @cached_property
    def advice(self) -> Mapping[str, Advice]:
        """What is to be said of the sentence, the first of each code, where the columns do not make up for it."""
        return {one.code: one for one in reversed(advise(self.reading)) if not self._is_made_up_for(one.code)}

    def _is_made_up_for(self, code: str) -> bool:
        match code:
            case codes.NO_BASELINE:
                return Objectives.baseline in self.columns
            case codes.POINTS_OR_PERCENT:
                return self.columns.get(Objectives.unit) != "%"
            case _:
                return False

    def against(self, *kinds: Against) -> Contradiction | None:
        """The first contradiction of some kinds."""
        return next((one for one in self.contradictions if one.against in kinds), None)


def sentence_columns(rows: Rows) -> dict[str, pd.Series]:
    """What each sentence says against its row or leaves open, in its own words; blank where there is nothing to say.

    ``said_otherwise``, ``said_before``: what the columns have differently, and a deadline that the due date misses.
    ``not_checkable`` and the columns behind it quote what the advice on the sentence rests on. ``illustrated_…``
    are how it can be said instead, with placeholders. ``said_due_on`` is the last good day by the sentence.
    """
    names = [*COLUMNS, "year"]
    records = rows.frame[names].itertuples(index=False, name=None)
    read = [row_of(dict(zip(names, record, strict=True))) for record in records]
    index = rows.frame.index
    texts = {name: [say_of(row) if row else None for row in read] for name, say_of in _TEXTS.items()}
    days = [last_good_day(row) if row else None for row in read]
    return {
        **{name: pd.Series(words, index=index, dtype="str") for name, words in texts.items()},
        LATEST: pd.Series(days, index=index, dtype="datetime64[us]"),
    }


def row_of(values: Mapping[str, Any]) -> Row | None:
    """One row's sentence beside its columns; None without a sentence."""
    columns = {name: value for name in COLUMNS if not pd.isna(value := values[name])}
    sentence, year = columns.get(Objectives.statement), str(values["year"])
    if not isinstance(sentence, str):
        return None
    return Row(reading_of(sentence), columns, int(year) if _YEAR.fullmatch(year) else 0)


def last_good_day(row: Row) -> pd.Timestamp | None:
    """The last good day by the sentence, in the form's year where it names none; None without a deadline."""
    days = [day for one in row.reading.deadlines if row.year and (day := one.last_day(row.year))]
    return pd.Timestamp(max(days)) if days else None


def ways_to_measure(row: Row) -> Iterator[str]:
    """Sentences that can be measured, of the same subject, as the columns have the figure."""
    if not row.year:
        return
    for way in alternatives(row.reading, row.year):
        text = reworded(reading_of(way), row.columns)
        if text and agrees(text, row.columns):
            yield text


_OF_FIGURES = (Against.NUMBER, Against.UNIT, Against.DIRECTION)


def _otherwise(row: Row) -> str | None:
    contradiction = row.against(*_OF_FIGURES)
    return contradiction.words if contradiction else None


def _differing_field(row: Row) -> str | None:
    contradiction = row.against(*_OF_FIGURES)
    if contradiction is None:
        return None
    same_number = row.columns.get(Objectives.target) in [target.value for target in row.reading.targets]
    is_unit = contradiction.against is Against.NUMBER and same_number and Objectives.unit in row.columns
    return Objectives.unit if is_unit else contradiction.fields[0]


def _before(row: Row) -> str | None:
    contradiction = row.against(Against.DEADLINE)
    return contradiction.words if contradiction else None


def _illustrate_otherwise(row: Row) -> str | None:
    """The columns as the sentence has them: to be typed there, not in its cell."""
    contradiction = row.against(*_OF_FIGURES)
    return _as_cells(as_stated(row.reading, contradiction, row.year or 1)) if contradiction else None


def _illustrate_before(row: Row) -> str | None:
    due_on = last_good_day(row) if row.against(Against.DEADLINE) else None
    return _as_cells({Objectives.due_on: due_on}) if due_on is not None and due_on.year == row.year else None


def _illustrate_checkable(row: Row) -> str | None:
    """One way a line; the figures of each are placeholders, but for the year."""
    if codes.NOT_MEASURABLE not in row.advice:
        return None
    ways = [*ways_to_measure(row)][:_WAYS]
    return f"\n{say('coach.or_else')}".join(_without_figures(way, row) for way in ways)


def _without_figures(way: str, row: Row) -> str:
    """The sentence with placeholders for its figures; all of it is one where it has none."""
    text = _FIGURE.sub(lambda figure: _unless_year(figure[0], row), way)
    return text if text != way else placeholder(way)


def _unless_year(figure: str, row: Row) -> str:
    return figure if figure in {str(row.year), str(row.year - 1)} else placeholder(figure)


def _as_cells(columns: Mapping[str, object]) -> str:
    """“‹Giá trị mục tiêu: 95›”, a column a piece."""
    cells = (say("coach.cell", label=_LABELS[name], value=_typed(value)) for name, value in columns.items())
    return "; ".join(map(placeholder, cells))


def _typed(value: object) -> str:
    if isinstance(value, float):
        return format_number(value)
    return value if isinstance(value, str) else format_date(value)  # type: ignore[arg-type]


def _words_of(code: str) -> Callable[[Row], str | None]:
    return lambda row: row.advice[code].words if code in row.advice else None


def _readings(row: Row) -> str | None:
    return row.advice[codes.TWO_READINGS].readings if codes.TWO_READINGS in row.advice else None


_TEXTS: Mapping[str, Callable[[Row], str | None]] = {
    "said_otherwise": _otherwise,
    "said_before": _before,
    DIFFERING: _differing_field,
    "not_checkable": _words_of(codes.NOT_MEASURABLE),
    "vague_words": _words_of(codes.VAGUE),
    "work_words": _words_of(codes.ACTIVITY),
    "several_targets": _words_of(codes.SEVERAL),
    "unknown_baseline": _words_of(codes.NO_BASELINE),
    "unclear_figure": _words_of(codes.TWO_READINGS),
    "floor_and_range": _words_of(codes.FLOOR_WITH_RANGE),
    "rough_figure": _words_of(codes.ROUGH),
    "points_or_percent": _words_of(codes.POINTS_OR_PERCENT),
    "figure_readings": _readings,
    "illustrated_figure": _illustrate_otherwise,
    "illustrated_day": _illustrate_before,
    "illustrated_sentence": _illustrate_checkable,
}
