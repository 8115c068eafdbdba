"""The ledger's content as frames, and what of it the figures up to one period are held against."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Final

import pandas as pd

from pipeline.consolidation.frame import COUNT, DAY, TEXT, TRUTH, Frame
from pipeline.consolidation.frames import Faults
from pipeline.consolidation.judged import judged_results, with_origin
from pipeline.evidence.facts import Facts
from pipeline.obligations import (
    REPORT,
    duties,
    handed_over,
    in_force,
    obligation_states,
    period_order,
    plans_in_force,
    with_taken_over,
)
from pipeline.settings import Period, PeriodKind, Settings

FILE: Final = ["submission_id", "form", "division", "period"]


class Findings(Frame):
    """One row a finding of a submission, in the order in which they were given."""

    submission_id = COUNT
    code = severity = TEXT
    is_explained = TRUTH


class Recorded(Frame):
    """One row a recorded decision that stands (``ledger.contents.read_decisions``)."""

    decision_id = COUNT
    kind = form = division = period = reason = document = sha256 = TEXT
    until = document_on = as_of = DAY


@dataclass(frozen=True, eq=False)
class LedgerContent:
    """The ledger as frames, in its own types.

    Attributes:
        submissions: as ``ledger.contents.read_submissions`` gives them, indexed by submission_id.
        rows: table name to the accepted rows of every submission, every table present.
        changed_at: the last run that had something new; None stands for the last judging.
        before: the content as the run before that one had it; None where only submissions can say.
        facts: the same read apart by SQL, for sheet 10; bare where no workbook is made of it.
    """

    submissions: pd.DataFrame
    rows: Mapping[str, pd.DataFrame]
    findings: Annotated[pd.DataFrame, Findings] = field(default_factory=Findings.of)
    decisions: Annotated[pd.DataFrame, Recorded] = field(default_factory=Recorded.of)
    faults: Annotated[pd.DataFrame, Faults] = field(default_factory=Faults.of)
    changed_at: dt.datetime | None = None
    before: "LedgerContent | None" = None
    facts: Facts = field(default_factory=Facts)

    @property
    def last_change(self) -> pd.Timestamp:
        """When the last run was that had something new; NaT when there was none."""
        if self.changed_at is not None:
            return pd.Timestamp(self.changed_at)
        return pd.Timestamp(self.submissions["judged_as_of"].max())

    @cached_property
    def _by_settings(self) -> dict[int, "Basis"]:
        return {}

    def under(self, settings: Settings) -> "Basis":
        """The content under these settings, for everything that is made of both."""
        return self._by_settings.setdefault(id(settings), Basis(self, settings))

    def before_last_change(self) -> "LedgerContent":
        """The content before the last run that had something new; empty when there was only one."""
        if self.before is not None:
            return self.before
        judged = self.submissions["judged_as_of"]
        return replace(self, submissions=self.submissions[judged < judged.max()])


@dataclass(frozen=True, eq=False)
class Basis:
    """A content under settings: what the views of every period and day share, each computed once."""

    content: LedgerContent
    settings: Settings
    _held: dict[Period, "Held"] = field(default_factory=dict)
    _states: dict[dt.date, pd.DataFrame] = field(default_factory=dict)

    def of(self, period: Period) -> "Held":
        """What of it one period is held against."""
        return self._held.setdefault(period, Held(self, period))

    @cached_property
    def duties(self) -> pd.DataFrame:
        """Every obligation that the settings make."""
        return duties(self.settings)

    def states(self, day: dt.date) -> pd.DataFrame:
        """What has become of each by a day (``obligations.obligation_states``)."""
        if day not in self._states:
            self._states[day] = obligation_states(self.duties, self.content.submissions, self.content.decisions, day)
        return self._states[day]

    @cached_property
    def plans(self) -> pd.DataFrame:
        """Which BM-01 every period's figures are held against (``obligations.plans_in_force``)."""
        return plans_in_force(self.content.submissions, self.duties)

    @cached_property
    def handed(self) -> pd.DataFrame:
        """What dissolved divisions left to others (``obligations.handed_over``)."""
        return handed_over(self.settings, self.content.submissions, self.content.rows["objectives"])

    @cached_property
    def counting(self) -> pd.DataFrame:
        """What is in force, of every form and period."""
        return in_force(self.content.submissions).reset_index()[FILE]


@dataclass(frozen=True, eq=False)
class Held:
    """What the figures up to one period are held against, and how they are judged; the same on every day."""

    basis: Basis
    period: Period

    @cached_property
    def order(self) -> str:
        """The period as in ``obligations.period_order``."""
        return str(period_order(pd.Series([str(self.period)])).iloc[0])

    @cached_property
    def plans(self) -> pd.DataFrame:
        """Against which BM-01 each period up to this one is held: division, period, plan_id, former.

        ``former``: the division that made the BM-01 where another one reports on it, else blank. A division that has no
        report of the period to submit and no successor keeps the year's plan: its objectives do not vanish.
        """
        plans = self.basis.plans.rename(columns={"submission_id": "plan_id"}).assign(former="")
        of_year = plans[plans["period"] == str(plan_of(self.period))]
        handed = self._handed.rename(columns={"submission_id": "plan_id"})[plans.columns].drop_duplicates()
        left = handed.loc[handed["period"] == str(self.period), "former"]
        held = plans.loc[plans["period"] == str(self.period), "division"]
        kept = of_year[~of_year["division"].isin([*held, *left])].assign(period=str(self.period))
        return pd.concat([plans[period_order(plans["period"]) <= self.order], kept, handed], ignore_index=True)

    @property
    def _handed(self) -> pd.DataFrame:
        handed = self.basis.handed
        return handed[period_order(handed["period"]) <= self.order]

    def planned(self, table: str) -> pd.DataFrame:
        """The rows of these BM-01 with their origin (``judged.with_origin``), by division and period."""
        rows = self.basis.content.rows[table]
        own = self.plans[self.plans["former"] == ""].rename(columns={"plan_id": "submission_id"})
        return with_origin(with_taken_over(rows, own, self._handed), "plan")

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The BM-02 in force of every period up to this one: report_id, division, period."""
        counting = self.basis.counting
        past = period_order(counting["period"]) <= self.order
        reports = counting[past & (counting["form"] == REPORT)]
        return reports.drop(columns="form").rename(columns={"submission_id": "report_id"}).reset_index(drop=True)

    @cached_property
    def judged(self) -> pd.DataFrame:
        """Every objective up to the period beside what was reported on it (``judged.judged_results``)."""
        alike = self.basis.settings.thresholds.alike
        return judged_results(self.planned("objectives"), self.basis.content.rows["results"], self.reports, alike)


def plan_of(period: Period) -> Period:
    """The period of the year's plan."""
    return Period(period.year, PeriodKind.PLAN)
