"""One period's view of the ledger: which submissions its workbook counts, compares with, and must account for."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pipeline.consolidation.content import LedgerContent
from pipeline.obligations import collecting_period, duties, in_force, plans_in_force
from pipeline.settings import Period, PeriodKind, Settings

_FILE = ["submission_id", "form", "division", "period"]
_KIND_ORDER = {str(kind): str(place) for place, kind in enumerate(PeriodKind)}


def period_order(periods: pd.Series) -> pd.Series:
    """Periods as texts that sort in the order of time: 2019-6T is "20191"; missing stays missing."""
    return periods.str[:4] + periods.str[5:].map(_KIND_ORDER)


@dataclass(frozen=True, eq=False)
class View:
    """The ledger's content as the workbook of one period sees it on one day. What is asked for twice is made once."""

    content: LedgerContent
    settings: Settings
    period: Period
    today: dt.date

    @property
    def decisions(self) -> pd.DataFrame:
        """The recorded decisions that stand."""
        return self.content.decisions

    @property
    def order(self) -> str:
        """The period as in :func:`period_order`."""
        return f"{self.period.year}{_KIND_ORDER[str(self.period.kind)]}"

    @property
    def plan_period(self) -> str:
        """The period of the year's plan, which also holds the year's BM-03."""
        return str(Period(self.period.year, PeriodKind.PLAN))

    @cached_property
    def _counting(self) -> pd.DataFrame:
        """What is in force, of every form and period."""
        return in_force(self.content.submissions).reset_index()[_FILE]

    @cached_property
    def plans(self) -> pd.DataFrame:
        """Against which BM-01 each period up to this one is held: division, period, plan_id.

        A division that owes no report of the period (dissolved since, say) keeps the year's plan: its objectives do not
        vanish from the workbook.
        """
        owed = duties(self.settings)
        plans = plans_in_force(self.content.submissions, owed).rename(columns={"submission_id": "plan_id"})
        of_year = plans[plans["period"] == self.plan_period]
        held = plans.loc[plans["period"] == str(self.period), "division"]
        kept = of_year[~of_year["division"].isin(held)].assign(period=str(self.period))
        return pd.concat([plans[period_order(plans["period"]) <= self.order], kept], ignore_index=True)

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The BM-02 in force of every period up to this one: report_id, division, period."""
        past = period_order(self._counting["period"]) <= self.order
        reports = self._counting[past & (self._counting["form"] == "BM-02")]
        return reports.drop(columns="form").rename(columns={"submission_id": "report_id"}).reset_index(drop=True)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The submissions whose accepted rows stand in the workbook: submission_id, form, division, period.

        The BM-01 against which the period is held, the year's BM-03, the period's BM-02, and the last register (BM-04)
        accepted for this year or before: it tells the whole history, so the latest counts (forms.md, BM-04).
        """
        form, period = self._counting["form"], self._counting["period"]
        told = ((form == "BM-03") & (period == self.plan_period)) | ((form == "BM-02") & (period == str(self.period)))
        held = self.plans.loc[self.plans["period"] == str(self.period), "plan_id"]
        by_now = period.str[:4] <= str(self.period.year)
        register = self._counting.loc[by_now & (form == "BM-04"), "submission_id"].tail(1)
        chosen = {*held, *self._counting.loc[told, "submission_id"], *register}
        everything = self.content.submissions.reset_index()[_FILE]
        return everything[everything["submission_id"].isin(chosen)].reset_index(drop=True)

    @cached_property
    def compared(self) -> frozenset[int]:
        """What only earlier figures rest on: the earlier reports and the BM-01 against which they are held."""
        earlier = self.reports[self.reports["period"] != str(self.period)]
        held = self.plans.merge(earlier[["division", "period"]], on=["division", "period"])
        return frozenset({*earlier["report_id"], *held["plan_id"]})

    @cached_property
    def belonging(self) -> pd.Index:
        """The submission_ids of every file that the workbook must account for.

        Forms of the year up to the period; files that name no period, by the period collected when they arrived; and
        what is counted or compared with from before.
        """
        submissions = self.content.submissions
        of_year = submissions["period"].str[:4] == str(self.period.year)
        past = period_order(submissions["period"]) <= self.order
        days = submissions["arrived_at"].dt.date
        collected = {day: str(collecting_period(self.settings, day)) for day in days.unique()}
        nameless = submissions["period"].isna() & (days.map(collected) == str(self.period))
        needed = submissions.index.isin(self.compared | {*self.counted["submission_id"]})
        ids: pd.Index = submissions.index[(of_year & past) | nameless | needed]
        return ids

    def ids_of(self, form: str) -> pd.Series:
        """The submission_ids that count of one form."""
        return self.counted.loc[self.counted["form"] == form, "submission_id"]

    def places(self, divisions: pd.Series) -> pd.Series:
        """Each division's place in the settings' own order, for sorting; unknown ones come last."""
        places = {division.code: place for place, division in enumerate(self.settings.divisions)}
        return divisions.map(places).fillna(len(places))


def with_origin(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    """Accepted rows with their origin under the names ``<source>_id`` and ``<source>_row`` (its Excel row)."""
    return rows.rename(columns={"submission_id": f"{source}_id", "excel_row": f"{source}_row"})
