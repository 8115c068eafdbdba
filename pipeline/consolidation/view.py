"""One period's view of the ledger's content: what its workbook counts, compares and accounts for."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pipeline.consolidation.content import FILE, Held, LedgerContent
from pipeline.obligations import POLICY, REPORT, collecting_period, period_order, register_in_force
from pipeline.settings import Period, Settings, years_of
from pipeline.settings.model import PolicyVersion
from pipeline.sheets.policy import Policy


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
        """Against which BM-01 each period up to this one is held: division, period, plan_id, former."""
        return self._held.plans

    def planned(self, table: str) -> pd.DataFrame:
        """The objectives or tasks of these BM-01, those of former divisions under the one that reports on them."""
        return self._held.planned(table)

    @property
    def reports(self) -> pd.DataFrame:
        """The BM-02 in force of every period up to this one: report_id, division, period."""
        return self._held.reports

    @property
    def judged(self) -> pd.DataFrame:
        """Every objective up to the period beside what was reported on it (``judged.judged_results``)."""
        return self._held.judged

    @property
    def day(self) -> dt.date:
        """The day on which the period is read: today, and once all of it was due its last due date."""
        return min(self.today, self.settings.due_on(self.period))

    @property
    def read_on(self) -> dt.date:
        """The day up to which overdue tasks and actions are counted: today, for some days after the last due date.

        A workbook of the past is not rewritten night after night: what is overdue later, a later period tells.
        """
        last = self.settings.due_on(self.period) + dt.timedelta(days=self.settings.thresholds.reading_days)
        return min(self.today, last)

    @property
    def policy(self) -> PolicyVersion:
        """The version of the quality policy in force on the period's day."""
        return self.settings.policy_on(self.day)

    @property
    def former_policies(self) -> tuple[str, ...]:
        """Every other version."""
        return tuple(v.version for v in self.settings.policy_versions if v.version != self.policy.version)

    @cached_property
    def informed(self) -> pd.DataFrame:
        """Each division's BM-03 in force, of the year up to the period: submission_id, division, is_current.

        ``is_current``: the last one in which the version of the policy that is in force is told to anybody.
        """
        counting = self._held.basis.counting
        order = period_order(counting["period"])
        is_own = (counting["form"] == POLICY) & (years_of(counting["period"]) == str(self.period.year))
        forms = counting.assign(order=order)[is_own & (order <= self.order)].sort_values(["order", "submission_id"])
        rows = self.content.rows["policy"]
        # A row without a version, or with one that nobody issued, is another rule's business.
        speaking = rows.loc[~rows[Policy.policy_version].isin(self.former_policies), "submission_id"]
        current = forms[forms["submission_id"].isin(speaking)].drop_duplicates("division", keep="last")
        is_current = forms["submission_id"].isin(current["submission_id"])
        return forms.assign(is_current=is_current)[["submission_id", "division", "is_current"]].reset_index(drop=True)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The submissions whose accepted rows stand in the workbook: submission_id, form, division, period.

        The BM-01 against which the period is held, the BM-03 about the policy in force, the period's BM-02, and the
        last register (BM-04) accepted for this period or before.
        """
        counting = self._held.basis.counting
        own = (counting["form"] == REPORT) & (counting["period"] == str(self.period))
        held = self.plans.loc[self.plans["period"] == str(self.period), "plan_id"]
        register = register_in_force(self.content.submissions, self.order)
        informed = self.informed.loc[self.informed["is_current"], "submission_id"]
        chosen = {*held, *informed, *counting.loc[own, "submission_id"], register}
        everything = self.content.submissions.reset_index()[FILE]
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
