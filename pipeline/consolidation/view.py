"""The ledger's content as frames, and one period's view of it: what its workbook counts, compares and accounts for."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated

import pandas as pd

from pipeline.consolidation.frame import COUNT, DAY, TEXT, Frame
from pipeline.consolidation.frames import Faults
from pipeline.consolidation.judged import judged_results
from pipeline.obligations import (
    POLICY,
    REPORT,
    collecting_period,
    duties,
    in_force,
    obligation_states,
    period_order,
    plans_in_force,
    register_in_force,
)
from pipeline.settings import Period, PeriodKind, Settings, years_of

_FILE = ["submission_id", "form", "division", "period"]


class Findings(Frame):
    """One row a finding of a submission, in the order in which they were given."""

    submission_id = COUNT
    code = severity = TEXT


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
    """

    submissions: pd.DataFrame
    rows: Mapping[str, pd.DataFrame]
    findings: Annotated[pd.DataFrame, Findings] = field(default_factory=Findings.of)
    decisions: Annotated[pd.DataFrame, Recorded] = field(default_factory=Recorded.of)
    faults: Annotated[pd.DataFrame, Faults] = field(default_factory=Faults.of)
    changed_at: dt.datetime | None = None
    before: "LedgerContent | None" = None

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
    def counting(self) -> pd.DataFrame:
        """What is in force, of every form and period."""
        return in_force(self.content.submissions).reset_index()[_FILE]


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
        """Against which BM-01 each period up to this one is held: division, period, plan_id.

        A division that has no report of the period to submit (dissolved since, say) keeps the year's plan: its
        objectives do not vanish from the workbook.
        """
        plans = self.basis.plans.rename(columns={"submission_id": "plan_id"})
        of_year = plans[plans["period"] == str(plan_of(self.period))]
        held = plans.loc[plans["period"] == str(self.period), "division"]
        kept = of_year[~of_year["division"].isin(held)].assign(period=str(self.period))
        return pd.concat([plans[period_order(plans["period"]) <= self.order], kept], ignore_index=True)

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
        return judged_results(self.basis.content.rows, self.plans, self.reports, alike)


def plan_of(period: Period) -> Period:
    """The period of the year's plan, which also holds the year's BM-03."""
    return Period(period.year, PeriodKind.PLAN)


@dataclass(frozen=True, eq=False)
class View:
    """The ledger's content as the workbook of one period sees it on one day. What is needed twice is computed once."""

    content: LedgerContent
    settings: Settings
    period: Period
    today: dt.date

    @cached_property
    def _held(self) -> Held:
        return self.content.under(self.settings).of(self.period)

    @cached_property
    def _frames(self) -> dict[Callable[["View"], pd.DataFrame], pd.DataFrame]:
        return {}

    def once(self, frame_of: Callable[["View"], pd.DataFrame]) -> pd.DataFrame:
        """A frame of the view, made at the first call."""
        if frame_of not in self._frames:
            self._frames[frame_of] = frame_of(self)
        return self._frames[frame_of]

    @property
    def duties(self) -> pd.DataFrame:
        """Every obligation that the settings make."""
        return self._held.basis.duties

    @property
    def states(self) -> pd.DataFrame:
        """The same with what has become of each."""
        return self._held.basis.states(self.today)

    @property
    def order(self) -> str:
        """The period as in ``obligations.period_order``."""
        return self._held.order

    @property
    def plans(self) -> pd.DataFrame:
        """Against which BM-01 each period up to this one is held: division, period, plan_id."""
        return self._held.plans

    @property
    def reports(self) -> pd.DataFrame:
        """The BM-02 in force of every period up to this one: report_id, division, period."""
        return self._held.reports

    @property
    def judged(self) -> pd.DataFrame:
        """Every objective up to the period beside what was reported on it (``judged.judged_results``)."""
        return self._held.judged

    @property
    def plan_period(self) -> str:
        """The period of the year's plan, which also holds the year's BM-03."""
        return str(plan_of(self.period))

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The submissions whose accepted rows stand in the workbook: submission_id, form, division, period.

        The BM-01 against which the period is held, the year's BM-03, the period's BM-02, and the last register (BM-04)
        accepted for this year or before.
        """
        counting = self._held.basis.counting
        form, period = counting["form"], counting["period"]
        own = ((form == POLICY) & (period == self.plan_period)) | ((form == REPORT) & (period == str(self.period)))
        held = self.plans.loc[self.plans["period"] == str(self.period), "plan_id"]
        register = register_in_force(self.content.submissions, self.period.year)
        chosen = {*held, *counting.loc[own, "submission_id"], register}
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
        period, days = submissions["period"], submissions["arrived_at"].dt.date
        past = (years_of(period) == str(self.period.year)) & (period_order(period) <= self.order)
        collected = {day: str(collecting_period(self.settings, day)) for day in days.unique()}
        nameless = period.isna() & (days.map(collected) == str(self.period))
        needed = submissions.index.isin(self.compared | {*self.counted["submission_id"]})
        ids: pd.Index = submissions.index[past | nameless | needed]
        return ids

    def ids_of(self, form: str) -> pd.Series:
        """The submission_ids that count of one form."""
        return self.counted.loc[self.counted["form"] == form, "submission_id"]

    def places(self, divisions: pd.Series) -> pd.Series:
        """Each division's place in the settings' own order, for sorting; those that it lacks come last."""
        places = {division.code: place for place, division in enumerate(self.settings.divisions)}
        return divisions.map(places).fillna(len(places))

    def ordered(self, rows: pd.DataFrame, by: Mapping[str, bool]) -> pd.DataFrame:
        """The rows by these columns (True: ascending), equals as they stood; ``place`` is that of the division."""
        placed = rows.assign(place=self.places(rows["division"]))
        return placed.sort_values(list(by), ascending=list(by.values()), kind="stable").reset_index(drop=True)


def ranked(values: pd.Series, order: tuple[str, ...]) -> pd.Series:
    """The place of each value in an order, for sorting."""
    return values.map({value: place for place, value in enumerate(order)})
