"""Days beside each other, in the form's year, and not after the form itself."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from pipeline.formulas.expressions import every, is_one, is_text, looked_up
from pipeline.rules.figures import Ordered
from pipeline.sheets.cover import Cover
from pipeline.vocabulary.entries import Bound, Entry
from pipeline.vocabulary.fields import coded_column
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Join, Mask, Rows
from pipeline.vocabulary.rules import Rule


class NotBefore(Ordered):
    """Not before the day in the column ``other``."""

    is_low = True

    def kept(self, rows: Rows) -> Mask:
        return ~(rows[self.field] < rows[self.other])

    def live(self, row: LiveRow) -> Live:
        earlier = f"INT({row.cell(self.field)})<INT({row.cell(self.other)})"
        return row.both_read(self.field, self.other, earlier)


@dataclass(frozen=True)
class _NotAfter(Ordered):
    """Not after a ``day`` of another ``sheet``, which stands in the joined column ``other``."""

    sheet: str
    day: str
    is_low: ClassVar[bool] = False

    @property
    def needs(self) -> tuple[Join, ...]:
        return (self.joined,)

    @abstractmethod
    def joined(self, rows: Rows) -> dict[str, pd.Series]:
        """That day, as the column ``other``."""

    def kept(self, rows: Rows) -> Mask:
        return ~(rows[self.field] > rows[self.other])

    def _unless_later(self, row: LiveRow, later: str, unknown: str) -> Live:
        return Live(f"IF({row.is_read(self.field)},{later},FALSE)", (row.unread(self.field), unknown))


@dataclass(frozen=True)
class NotAfterReferred(_NotAfter):
    """Not after the ``day`` of the row on another ``sheet`` whose ``key`` stands in the column ``via``."""

    via: str
    key: str

    def joined(self, rows: Rows) -> dict[str, pd.Series]:
        keyed = rows.tables[self.sheet][["submission_id", self.key, self.day]]
        keyed = keyed.drop_duplicates(["submission_id", self.key])
        named = keyed.rename(columns={self.key: self.via, self.day: self.other})
        own = rows.frame[["submission_id", self.via]]
        return {self.other: own.merge(named, how="left")[self.other].set_axis(own.index)}

    def live(self, row: LiveRow) -> Live:
        day = looked_up(row.column(self.key, self.sheet), row.column(self.day, self.sheet), row.cell(self.via))
        later = f"IF(ISNUMBER({day}),INT({row.cell(self.field)})>INT({day}),FALSE)"
        return self._unless_later(row, later, is_text(day))


class NotBeforeReferred(NotAfterReferred):
    """Not before that day."""

    is_low: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        return ~(rows[self.field] < rows[self.other])

    def live(self, row: LiveRow) -> Live:
        day = looked_up(row.column(self.key, self.sheet), row.column(self.day, self.sheet), row.cell(self.via))
        earlier = f"IF(ISNUMBER({day}),INT({row.cell(self.field)})<INT({day}),FALSE)"
        return self._unless_later(row, earlier, is_text(day))


def latest_day(rows: Rows, sheet: str, day: str) -> pd.Series:
    """The latest ``day`` of the submission's rows on another sheet; missing where there is none."""
    return rows["submission_id"].map(rows.tables[sheet].groupby("submission_id")[day].max())


class NotAfterLatest(_NotAfter):
    """Not after the latest ``day`` of another ``sheet``."""

    def joined(self, rows: Rows) -> dict[str, pd.Series]:
        return {self.other: latest_day(rows, self.sheet, self.day)}

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        return {self.sheet: (self.day,)}

    def live(self, row: LiveRow) -> Live:
        """Later than the latest day, where each of them is read."""
        days = row.column(self.day, self.sheet)
        typed = f'SUMPRODUCT(ISTEXT({days})*(TRIM({days})<>""))'
        later = every(f"COUNT({days})>0", f"{typed}=0", f"INT({row.cell(self.field)})>INT(MAX({days}))")
        return self._unless_later(row, later, f"{typed}>0")


@dataclass(frozen=True)
class InsideYear(Rule):
    """The day lies in the form's year."""

    is_of_value: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        year = pd.to_numeric(rows["year"], errors="coerce")
        inside: pd.Series = rows[self.field].dt.year.astype("float64") == year
        return rows[self.field].isna() | year.isna() | inside

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        return {"cover": (Cover.year,)}

    def live(self, row: LiveRow) -> Live:
        """A day of another year; a cover without a year is told that alone."""
        year = row.where.cover("year")
        other = f"IF(ISNUMBER(VALUE({year})),YEAR({row.cell(self.field)})<>VALUE({year}),FALSE)"
        return Live(f"IF({row.is_read(self.field)},IFERROR({other},FALSE),FALSE)", (row.unread(self.field),))

    def bounds(self, entry: Entry) -> Iterator[Bound]:
        """The first and the last day of the year."""
        if entry.name == self.field and entry.year.isdecimal():
            yield Bound(pd.Timestamp(int(entry.year), 1, 1), is_low=True)
            yield Bound(pd.Timestamp(int(entry.year), 12, 31), is_low=False)


@dataclass(frozen=True)
class NotAfterArrival(Rule):
    """The day is not after the day on which the form arrived."""

    is_of_value: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        return rows[self.field].isna() | (rows[self.field] <= rows["arrived_on"])

    def live(self, row: LiveRow) -> Live:
        """The day is after today: whoever sends the form in today is asked that."""
        later = f"IF({row.is_read(self.field)},INT({row.cell(self.field)})>TODAY(),FALSE)"
        return Live(later, (row.unread(self.field),))

    def bounds(self, entry: Entry) -> Iterator[Bound]:
        """The day of arrival."""
        if entry.name == self.field:
            yield Bound(entry.value("arrived_on"), is_low=False)


@dataclass(frozen=True)
class Done(Rule):
    """The duty has been carried out: a day stands there, not *chưa thực hiện*. It is due from the day ``since`` on."""

    since: str

    def kept(self, rows: Rows) -> Mask:
        return rows[coded_column(self.field)].isna()

    def live(self, row: LiveRow) -> Live:
        """A word stands there."""
        return Live(is_one(row.cell(self.field), row.fields[self.field].coded), (row.unread(self.field),))
