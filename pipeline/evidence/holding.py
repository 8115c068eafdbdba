"""Which files count for a period: decision 0011, worked out a second time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pipeline.evidence.duties import Duty, duties, is_accepted, moment
from pipeline.evidence.facts import Facts, Row
from pipeline.settings import Period, PeriodKind, Settings

PLAN, REPORT, POLICY, REGISTER = "BM-01", "BM-02", "BM-03", "BM-04"
_A_DAY: Final = dt.timedelta(days=1)
Files = Mapping[str, int]
"""Division to the submission that counts."""


@dataclass(frozen=True, eq=False)
class Holding:
    """What was accepted, under the settings."""

    facts: Facts
    settings: Settings

    @cached_property
    def duties(self) -> Sequence[Duty]:
        """Every duty."""
        return list(duties(self.settings))

    @cached_property
    def _accepted(self) -> Mapping[tuple[str, str], Sequence[Row]]:
        """By form and period, in the order of judging."""
        accepted: dict[tuple[str, str], list[Row]] = {}
        for submission in filter(is_accepted, self.facts.submissions):
            accepted.setdefault((submission["form"], submission["period"]), []).append(submission)
        return accepted

    def last(self, form: str, period: Period) -> Files:
        """The last accepted version of each division."""
        return {each["division"]: each["submission_id"] for each in self._accepted.get((form, str(period)), ())}

    def reported_before(self, period: Period) -> list[Period]:
        """The earlier periods for which a report was accepted, in the order of time."""
        kinds = tuple(PeriodKind)
        periods = {Period.parse(name) for form, name in self._accepted if form == REPORT}
        order = {each: (each.year, kinds.index(each.kind)) for each in {*periods, period}}
        return sorted((each for each in periods if order[each] < order[period]), key=order.__getitem__)

    def plans(self, period: Period) -> Files:
        """The BM-01 against which a period is held: that of the report's due date, else the first that came.

        A division without a report to submit is held to the plan that counts now.
        """
        year = Period(period.year, PeriodKind.PLAN)
        every, last = self._accepted.get((PLAN, str(year)), ()), self.last(PLAN, year)
        registering = {duty.division for duty in self.duties if (duty.form, duty.period) == (PLAN, year)}
        reporting = {duty.division: duty.due_on for duty in self.duties if (duty.form, duty.period) == (REPORT, period)}
        held = {division: last[division] for division in registering & last.keys()}
        for division, due_on in reporting.items():
            of_division = [each for each in every if each["division"] == division]
            end = dt.datetime.combine(due_on + _A_DAY, dt.time())
            by_then = [each for each in of_division if moment(each["arrived_at"]) < end]
            if of_division:
                held[division] = (by_then[-1] if by_then else of_division[0])["submission_id"]
        return held

    def register(self, year: int) -> int | None:
        """The last BM-04 accepted for a year or an earlier one; of a period its last version."""
        accepted = [
            each
            for (form, period), versions in self._accepted.items()
            if form == REGISTER and Period.parse(period).year <= year
            for each in {version["division"]: version for version in versions}.values()
        ]
        return max((each["submission_id"] for each in accepted), default=None)

    def counted(self, period: Period) -> frozenset[int]:
        """The files whose rows stand in the workbook of a period."""
        year, register = Period(period.year, PeriodKind.PLAN), self.register(period.year)
        files = (self.plans(period), self.last(POLICY, year), self.last(REPORT, period))
        registers = [] if register is None else [register]
        return frozenset([*(each for of_form in files for each in of_form.values()), *registers])
