"""What was accepted so far, as the forms that are issued read it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.consolidation.actions import missed
from pipeline.consolidation.judged import judged_results, with_origin
from pipeline.obligations import (
    REPORT,
    in_force,
    period_order,
    register_in_force,
    taken_over,
    with_taken_over,
)
from pipeline.settings import Period


@dataclass(frozen=True)
class Accepted:
    """What was accepted so far: the ledger's submissions, which BM-01 counts for a period, and the accepted rows.

    ``rows`` are by the ledger's table; ``plans`` as ``obligations.plans_in_force``, ``handed`` as
    ``obligations.handed_over``.
    """

    submissions: pd.DataFrame
    plans: pd.DataFrame
    rows: Mapping[str, pd.DataFrame]
    handed: pd.DataFrame

    def plan(self, division: str, period: Period) -> int | None:
        """The BM-01 against which a period is held."""
        is_of_both = (self.plans["division"] == division) & (self.plans["period"] == str(period))
        return next(map(int, self.plans.loc[is_of_both, "submission_id"]), None)

    def report(self, division: str, period: Period) -> int | None:
        """The BM-02 that counts for a period."""
        return self._reports.get((division, str(period)))

    def promised(self, division: str, period: Period) -> pd.DataFrame:
        """The objectives on which a division reports for a period, those that it took over under their new codes."""
        handed = self.handed[(self.handed["division"] == division) & (self.handed["period"] == str(period))]
        own = self.of("objectives", self.plan(division, period))
        return pd.concat([own, taken_over(self.rows["objectives"], handed)[own.columns]], ignore_index=True)

    @cached_property
    def _reports(self) -> Mapping[tuple[str, str], int]:
        """The BM-02 in force by division and period."""
        reports = in_force(self.submissions[self.submissions["form"] == REPORT])
        return dict(zip(zip(reports["division"], reports["period"], strict=True), map(int, reports.index), strict=True))

    def register(self) -> int | None:
        """The BM-04 that counts: the last accepted, of whatever period (forms.md, BM-04)."""
        return register_in_force(self.submissions)

    def sha256(self, submission_id: int) -> str:
        """The content of a submission."""
        return str(self.submissions.loc[submission_id, "sha256"])

    def of(self, table: str, submission_id: int | None) -> pd.DataFrame:
        """The accepted rows of one submission; none without one."""
        own: pd.DataFrame = self.rows[table].iloc[self._places[table].get(submission_id, [])]
        return own

    def missed_before(self, period: Period) -> pd.DataFrame:
        """Every result in force of earlier periods that missed its objective, with what was reported of its action."""
        if period not in self._missed:
            reports = in_force(self.submissions[self.submissions["form"] == REPORT]).reset_index()
            reports = reports.rename(columns={"submission_id": "report_id"})[["report_id", "division", "period"]]
            before = period_order(pd.Series([str(period)])).iloc[0]
            every = (self.plans.assign(former=""), self.handed, reports)
            plans, handed, reports = (each[period_order(each["period"]) < before] for each in every)
            planned = with_origin(with_taken_over(self.rows["objectives"], plans, handed), "plan")
            self._missed[period] = missed(judged_results(planned, self.rows["results"], reports), self.rows, reports)
        return self._missed[period]

    @cached_property
    def _missed(self) -> dict[Period, pd.DataFrame]:
        return {}

    @cached_property
    def _places(self) -> Mapping[str, Mapping[Hashable, Any]]:
        """The places of each submission's rows in its table."""
        return {table: rows.groupby("submission_id").indices for table, rows in self.rows.items()}
