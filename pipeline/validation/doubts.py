"""The cells that are in doubt: wrong in themselves, or not read. What leans on one of them is unknown, not broken.

Three values, as in SQL: a rule over a cell in doubt is neither kept nor broken until the cell is mended, so that one
wrong cell gives one finding. Judged here for all rules alike.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from pipeline.findings import Severity, entry_of
from pipeline.parsing import Frames, ParsedForm
from pipeline.validation.facts import Failure
from pipeline.vocabulary.fields import coded_column, unit_column
from pipeline.vocabulary.rows import pairs
from pipeline.vocabulary.rules import column_of
from pipeline.vocabulary.sheets import BLANK_REQUIRED

OfValues = tuple[Sequence[Failure], pd.DataFrame]
"""The failures of single values of a sheet, and by rule the rows whose cell is in doubt."""
_COVER = "cover"
_CONTEXT = {"division": ("division",), "year": ("year",), "period": ("period", "period_kind")}
"""The fields of the cover that stand beside every row, and what is made of them."""


_Place = tuple[int, int]
"""Submission and Excel row."""
_Cell = tuple[str, str, _Place]
"""Sheet, field and place."""


@dataclass(frozen=True)
class Doubts:
    """The cells in doubt, by sheet and field.

    ``wrong`` are to be left out of what is judged; ``unknown`` are these, the unread and the blank ones that must be
    filled.
    """

    wrong: Mapping[tuple[str, str], frozenset[_Place]]
    unknown: Mapping[tuple[str, str], frozenset[_Place]]

    @classmethod
    def of(cls, parsed: Mapping[int, ParsedForm], of_values: Mapping[str, OfValues]) -> Self:
        """The doubts that reading and the judging of single values leave."""
        unread = [(sheet, name, (key, row)) for key, read in parsed.items() for sheet, row, name in read.unreadable]
        plain, wrong = [*unread], []
        for sheet, (failures, rows) in of_values.items():
            plain += [cell for failure in failures for cell in _own_cell(sheet, failure)]
            wrong += [cell for failure in failures for cell in _wrong_cells(sheet, failure, rows)]
        return cls(_by_column(wrong), _by_column([*plain, *wrong]))

    def blanked(self, tables: Frames) -> Frames:
        """The frames with nothing where a value is wrong."""
        changed = dict(tables)
        for (sheet, name), places in self.wrong.items():
            frame = changed[sheet]
            there = pairs(frame, "submission_id", "excel_row").isin(list(places))
            own = [column for column in (name, coded_column(name), unit_column(name)) if column in frame]
            changed[sheet] = frame.assign(**{column: frame[column].mask(there) for column in own})
        return changed

    def without_wrong_covers(self, submissions: pd.DataFrame) -> pd.DataFrame:
        """What is known of each submission, without what its cover has wrong."""
        context = submissions
        for name, columns in _CONTEXT.items():
            keys = {key for key, _ in self.wrong.get((_COVER, name), ())}
            for column in columns if keys else ():
                context = context.assign(**{column: context[column].mask(context.index.isin(keys))})
        return context

    def allow(self, failure: Failure) -> bool:
        """Whether a rule may speak: nothing of what it looks at is in doubt."""
        return failure.rule is None or not self._is_unknown(failure, leave_out="")

    def causes(self, of_values: OfValues) -> Iterator[Failure]:
        """The failures of values that do not follow from another cell."""
        for failure in of_values[0]:
            if failure.rule is None or not self._is_unknown(failure, leave_out=failure.field.name):
                yield failure

    def _is_unknown(self, failure: Failure, leave_out: str) -> bool:
        rule, sheet = failure.rule, failure.schema.name
        place = _place_of(failure)
        leaned = [] if rule is None or failure.place else [*rule.leans_on(failure.schema.fields)]
        if any(place in self.unknown.get((sheet, name), ()) for name in leaned if name != leave_out):
            return True
        elsewhere = rule.elsewhere.items() if rule else ()
        return any(place[0] in self._somewhere(other or sheet, name) for other, names in elsewhere for name in names)

    def _somewhere(self, sheet: str, name: str) -> Collection[int]:
        """The submissions with a doubt anywhere in a column."""
        return {key for key, _ in self.unknown.get((sheet, name), ())}


def _place_of(failure: Failure) -> _Place:
    return int(failure.row["submission_id"]), int(failure.row["excel_row"])


def _own_cell(sheet: str, failure: Failure) -> Iterator[_Cell]:
    """The cell of a limit that is not kept, or that is blank."""
    if failure.rule is None or failure.code == BLANK_REQUIRED:
        yield sheet, failure.field.name, _place_of(failure)


def _wrong_cells(sheet: str, failure: Failure, rows: pd.DataFrame) -> Iterator[_Cell]:
    """The cells that an error of value puts in doubt."""
    if failure.code == BLANK_REQUIRED or failure.place or entry_of(failure.code).severity is not Severity.ERROR:
        return
    yield sheet, failure.field.name, _place_of(failure)
    if failure.rule:
        own = rows[(rows["submission_id"] == failure.row["submission_id"]) & rows[column_of(failure.rule)]]
        places = zip(own["submission_id"], own["excel_row"], strict=True)
        yield from ((sheet, failure.field.name, (int(key), int(row))) for key, row in places)


def _by_column(cells: Iterable[_Cell]) -> Mapping[tuple[str, str], frozenset[_Place]]:
    places: dict[tuple[str, str], set[_Place]] = defaultdict(set)
    for sheet, name, place in cells:
        places[sheet, name].add(place)
    return {column: frozenset(of) for column, of in places.items()}
