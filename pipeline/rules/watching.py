"""What the ISO working group watches: that what is declared is checked each period, and by which standard it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.rules.register import OfSheet
from pipeline.settings import Period
from pipeline.sheets.cover import Cover
from pipeline.sheets.declaration import SCOPE_CHANGES, ScopeChanges
from pipeline.vocabulary.choices import ScopeChange
from pipeline.vocabulary.rows import Join, Mask, Rows
from pipeline.vocabulary.rules import NotLive

_SPAN = "checked_in"


@dataclass(frozen=True)
class CheckedInPeriod(OfSheet):
    """A check was made in the half of the year for which the register is."""

    @property
    def needs(self) -> tuple[Join, ...]:
        return (self._span,)

    @property
    def looks_at(self) -> tuple[str, ...]:
        return (Cover.year,)

    @property
    def facts(self) -> Mapping[str, str]:
        return {"span": _SPAN}

    def _span(self, rows: Rows) -> dict[str, pd.Series]:
        """The half of the year in words."""
        spans = [period and Period.parse(period).half_in_words for period in self._periods(rows)]
        return {_SPAN: pd.Series(spans, index=rows.frame.index, dtype="str")}

    def _periods(self, rows: Rows) -> Sequence[str]:
        """The period of each form; blank where its year or kind is in doubt."""
        both = rows["year"] + "-" + rows["period_kind"]
        return [period if _is_period(period) else "" for period in both.fillna("")]

    def kept(self, rows: Rows) -> Mask:
        checks = rows.tables[self.sheet]
        is_checked = [
            period == "" or self._is_within(Period.parse(period), checks.loc[checks["submission_id"] == number])
            for number, period in zip(rows["submission_id"], self._periods(rows), strict=True)
        ]
        return pd.Series(is_checked, index=rows.frame.index) | ~rows.has_rows_in(self.main)

    def _is_within(self, period: Period, checks: pd.DataFrame) -> bool:
        first, last = period.half
        return bool(checks[self.header].between(pd.Timestamp(first), pd.Timestamp(last)).any())


@dataclass(frozen=True)
class StandardInForce(NotLive):
    """The standard of the newest declaration is applied on the day when the register arrives; each day must be known.

    Nothing is said of a standard that the settings do not have, nor where the change of standard is listed already and
    not declared yet: the committee hears of that.
    """

    dated: str

    def kept(self, rows: Rows) -> Mask:
        of_each = rows.frame.groupby("submission_id")[self.dated]
        in_force = (rows[self.dated] == of_each.transform("max")) & (
            of_each.transform("count") == of_each.transform("size")
        )
        changes = rows.tables[SCOPE_CHANGES]
        is_new = (changes[ScopeChanges.scope_change] == ScopeChange.STANDARD) & changes[ScopeChanges.declared_in].isna()
        is_listed = rows["submission_id"].isin(changes.loc[is_new, "submission_id"])
        return ~(in_force & is_outdated(rows[self.field], rows["arrived_on"], rows.knowledge.standards)) | is_listed


def _is_period(text: str) -> bool:
    try:
        return bool(Period.parse(text))
    except ValueError:
        return False


def is_outdated(standards: pd.Series, days: pd.Series, dated: pd.DataFrame) -> Mask:
    """Which standards the settings have and do not apply on the day beside them."""
    rows = pd.DataFrame({"designation": standards, "day": days, "at": range(len(standards))})
    both = rows.merge(dated, on="designation")
    applies = both[(both["begins_on"] <= both["day"]) & (both["day"] <= both["ends_on"])]
    outdated = rows["at"].isin(both["at"]) & ~rows["at"].isin(applies["at"]) & rows["day"].notna()
    return pd.Series(outdated.to_numpy(), index=standards.index)
