"""The corrective actions of earlier reports: which report named them, for which of its objectives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.formulas.expressions import every, filled, negated, some
from pipeline.rules.choosing import meant_or_left, nearest_text
from pipeline.rules.plans import PERIOD_CODE, period_code
from pipeline.rules.report_cases import whole_year
from pipeline.settings import Period, PeriodKind
from pipeline.settings.succession import own_code
from pipeline.sheets.objectives import Objectives
from pipeline.vocabulary.entries import Entry
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Join, Mask, Rows
from pipeline.vocabulary.rules import NotLive, Rule

_KINDS: Final = (PeriodKind.SIX_MONTHS, PeriodKind.WHOLE_YEAR)
_REPORT: Final = re.compile(rf"\d{{4}}-(?:{'|'.join(_KINDS)})")


@dataclass(frozen=True)
class EarlierReport(Rule):
    """A period of a report, as it is printed (2019-6T), before the form's own."""

    @property
    def needs(self) -> tuple[Join, ...]:
        return (period_code,)

    def kept(self, rows: Rows) -> Mask:
        both = zip(rows[self.field].fillna(""), rows[PERIOD_CODE], strict=True)
        earlier = [_is_earlier(origin, own) for origin, own in both]
        return rows[self.field].isna() | pd.Series(earlier, rows.frame.index, dtype="bool")

    def live(self, row: LiveRow) -> Live:
        """Another spelling, or a period that does not come before the one on the cover."""
        cell, year, whole = row.cell(self.field), row.where.cover("year"), whole_year(row)
        text = f"TRIM({cell})"
        kinds = some(*(f'EXACT(MID({text},5,3),"-{kind}")' for kind in _KINDS))
        spelled = every(f"LEN({text})=7", f"ISNUMBER(VALUE(LEFT({text},4)))", kinds)
        own = f"VALUE({year})*2+IF({whole.holds},1,0)"
        before = f'VALUE(LEFT({text},4))*2+IF(EXACT(MID({text},6,2),"{_KINDS[1]}"),1,0)<{own}'
        # A cover without a year or a period is told that alone.
        is_dated = every(f"ISNUMBER(VALUE({year}))", some(whole.holds, whole.fails))
        earlier = f"IFERROR({every(spelled, f'IF(IFERROR({is_dated},FALSE),{before},TRUE)')},FALSE)"
        wrong = every(filled(cell), negated(earlier))
        return Live(every(wrong, negated(row.in_pieces(self.field))), (wrong,))

    def proposal(self, entry: Entry) -> str | None:
        """The report before the form's own, where it is what was typed otherwise."""
        own = str(entry.value(PERIOD_CODE) or "")
        if entry.name != self.field or not _REPORT.fullmatch(own):
            return None
        period = Period.parse(own)
        is_half = period.kind is PeriodKind.SIX_MONTHS
        before = str(Period(period.year - is_half, _KINDS[is_half]))
        return nearest_text(entry.typed, [before]) or None


def _is_earlier(origin: str, own: str) -> bool:
    if not _REPORT.fullmatch(origin):
        return False
    return not _REPORT.fullmatch(own) or _place(origin) < _place(own)


def _place(period: str) -> tuple[str, int]:
    year, _, kind = period.partition("-")
    return year, _KINDS.index(PeriodKind(kind))


@dataclass(frozen=True)
class RegisteredThen(NotLive):
    """The code stands in the BM-01 against which the report of ``origin`` was held, where there is one."""

    origin: str

    def kept(self, rows: Rows) -> Mask:
        plans = rows.knowledge.objectives
        registered = {*zip(plans["division"], plans["period"], plans[Objectives.code], strict=True)}
        owners = {(division, period) for division, period, _ in registered}
        there = [key in registered or key[:2] not in owners for key in self._named(rows)]
        return rows[self.field].isna() | pd.Series(there, rows.frame.index, dtype="bool")

    def _named(self, rows: Rows) -> Iterator[tuple[str, str, str]]:
        """Division, period and code; what was taken over is looked up with the former division."""
        of_rows = (rows[name].fillna("") for name in ("division", self.origin, self.field))
        for division, period, code in zip(*of_rows, strict=True):
            former, own = own_code(code)
            yield former or division, period, own

    def proposal(self, entry: Entry) -> str | None:
        """The objective of that BM-01 that was meant; for a blank cell the only one that no other row names."""
        if entry.name != self.field:
            return None
        plans = entry.knowledge.objectives
        own = (plans["division"] == entry.value("division")) & (plans["period"] == entry.value(self.origin))
        codes = plans.loc[own, Objectives.code]
        used = {*entry.other_rows[self.field].dropna()}
        return meant_or_left(entry.typed, (code for code in codes if code not in used)) or None
