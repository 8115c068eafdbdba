"""Reporting periods, written 2019-KH (the year's plan), 2019-6T (six months), 2019-CN (the whole year)."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from pipeline.wording import say

if TYPE_CHECKING:
    import pandas as pd

_WRITTEN = re.compile(r"(?P<year>20\d\d)-(?P<kind>KH|6T|CN)")


class PeriodKind(StrEnum):
    """The three stations of a year."""

    PLAN = "KH"
    SIX_MONTHS = "6T"
    WHOLE_YEAR = "CN"


_ORDER = tuple(PeriodKind)


@dataclass(frozen=True)
class Period:
    """One reporting period of one year."""

    year: int
    kind: PeriodKind

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period written as ``2019-6T``.

        Raises:
            ValueError: the text is not written so.
        """
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(text)
        return cls(int(match["year"]), PeriodKind(match["kind"]))

    @property
    def a_year_before(self) -> "Period":
        """The same period of the year before: what a period is compared with."""
        return Period(self.year - 1, self.kind)

    @property
    def half(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of the half of the year that the period reports on; the whole year for a plan."""
        first, last = dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)
        match self.kind:
            case PeriodKind.SIX_MONTHS:
                return first, dt.date(self.year, 6, 30)
            case PeriodKind.WHOLE_YEAR:
                return dt.date(self.year, 7, 1), last
            case PeriodKind.PLAN:
                return first, last

    @property
    def half_in_words(self) -> str:
        """As that half is read: *6 tháng cuối năm 2019*."""
        return say(f"settings.half.{self.kind}", year=self.year)

    @property
    def in_words(self) -> str:
        """As it is read everywhere: *6 tháng đầu năm 2019*."""
        return say(f"settings.period.{self.kind}", year=self.year)

    def __str__(self) -> str:
        return f"{self.year}-{self.kind}"

    def __lt__(self, other: Self) -> bool:
        return (self.year, _ORDER.index(self.kind)) < (other.year, _ORDER.index(other.kind))


def years_of(periods: "pd.Series") -> "pd.Series":
    """The years of a column of written periods, as text; missing where the period is."""
    return periods.str[:4]


def kinds_of(periods: "pd.Series") -> "pd.Series":
    """The kinds of a column of written periods, as text (``PeriodKind``); missing where the period is."""
    return periods.str[5:]


def shifted(periods: "pd.Series", years: int, kind: PeriodKind | None = None) -> "pd.Series":
    """The periods of a kind, else of their own, so many years later; no period may be missing."""
    later = (years_of(periods).astype("int64") + years).astype("str") + "-"
    return later + (kinds_of(periods) if kind is None else str(kind))
