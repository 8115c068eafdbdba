"""Which files count for a period: decision 0011, worked out a second time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pipeline.evidence.duties import Duty, duties, is_accepted, moment
from pipeline.evidence.facts import Facts, Row
from pipeline.evidence.succession import closed_before, taker_of
from pipeline.settings import Period, PeriodKind, Settings
from pipeline.settings.model import PolicyVersion
from pipeline.settings.succession import taken_over_code
from pipeline.sheets.objectives import Objectives, Tasks
from pipeline.sheets.policy import Policy

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

        A division without a report to submit, from which nobody takes over, is held to the plan that counts now.
        """
        year = Period(period.year, PeriodKind.PLAN)
        last = self.last(PLAN, year)
        registering = {duty.division for duty in self.duties if (duty.form, duty.period) == (PLAN, year)}
        reporting = {duty.division: duty.due_on for duty in self.duties if (duty.form, duty.period) == (REPORT, period)}
        left = {former for former, *_ in self.handed(period)}
        held = {division: last[division] for division in (registering - left) & last.keys()}
        for division, due_on in reporting.items():
            plan = self._plan_on(division, year, due_on)
            if plan is not None:
                held[division] = plan
        return held

    def _plan_on(self, division: str, year: Period, due_on: dt.date) -> int | None:
        """The last BM-01 of a division that had come by a due date, else the first."""
        every = [each for each in self._accepted.get((PLAN, str(year)), ()) if each["division"] == division]
        end = dt.datetime.combine(due_on + _A_DAY, dt.time())
        by_then = [each for each in every if moment(each["arrived_at"]) < end]
        return next((each["submission_id"] for each in [*by_then[-1:], *every[:1]]), None)

    def handed(self, period: Period) -> list[tuple[str, int, str, str]]:
        """What closed divisions left to others: whose, in which BM-01, which objective, and who reports on it."""
        handed = []
        for former in closed_before(self.settings, period):
            due_on = self.settings.due_dates(period)[REPORT]
            plan = self._plan_on(former.code, Period(period.year, PeriodKind.PLAN), due_on)
            rows = (row for row in self.facts.rows.get("objectives", ()) if row["submission_id"] == plan)
            codes = (row[Objectives.code] for row in rows)
            takers = ((code, taker_of(former, code, period, self.settings)) for code in codes)
            handed += [(former.code, plan, code, taker) for code, taker in takers if plan is not None and taker]
        return handed

    def planned(self, table: str, key: str, period: Period) -> list[tuple[str, str, Row]]:
        """The rows of the plans held, each with the division and the code under which it is reported on."""
        own = {plan: division for division, plan in self.plans(period).items()}
        handed = {(plan, code): (former, taker) for former, plan, code, taker in self.handed(period)}
        planned = []
        for row in self.facts.rows.get(table, ()):
            objective = row[Objectives.code] if table == "objectives" else row[Tasks.objective]
            if row["submission_id"] in own:
                planned.append((own[row["submission_id"]], row[key], row))
            if (row["submission_id"], objective) in handed:
                former, taker = handed[row["submission_id"], objective]
                planned.append((taker, taken_over_code(former, row[key]), row))
        return planned

    def policy(self, period: Period, today: dt.date) -> PolicyVersion:
        """The version of the policy in force on the day on which a period is read."""
        return self.settings.policy_on(min(today, self.settings.due_on(period)))

    def communicated(self, period: Period, today: dt.date) -> Files:
        """The BM-03 of each division that counts: the last of the year in which the version in force is told."""
        current, kinds = self.policy(period, today).version, tuple(PeriodKind)
        former = {each.version for each in self.settings.policy_versions} - {current}
        rows = self.facts.rows.get("policy", ())
        speaking = {row["submission_id"] for row in rows if row[Policy.policy_version] not in former}
        files: dict[str, int] = {}
        for kind in kinds[: kinds.index(period.kind) + 1]:
            last = self.last(POLICY, Period(period.year, kind))
            files |= {division: file for division, file in last.items() if file in speaking}
        return files

    def informing(self, period: Period) -> list[int]:
        """The BM-03 in force of the year up to a period, whatever version they tell."""
        kinds = tuple(PeriodKind)
        periods = [Period(period.year, kind) for kind in kinds[: kinds.index(period.kind) + 1]]
        return [file for each in periods for file in self.last(POLICY, each).values()]

    def register(self, until: Period) -> int | None:
        """The last BM-04 accepted for a period or an earlier one, of each its last version; else the year's first."""
        accepted = {
            each["submission_id"]: Period.parse(period)
            for (form, period), versions in self._accepted.items()
            if form == REGISTER
            for each in {version["division"]: version for version in versions}.values()
        }
        by_then = [file for file, period in accepted.items() if _place(period) <= _place(until)]
        of_year = [file for file, period in accepted.items() if period.year == until.year]
        return max(by_then) if by_then else min(of_year, default=None)

    def counted(self, period: Period, today: dt.date) -> frozenset[int]:
        """The files whose rows stand in the workbook of a period."""
        register, handed = self.register(period), [plan for _, plan, *_ in self.handed(period)]
        files = (self.plans(period), self.communicated(period, today), self.last(REPORT, period))
        registers = [] if register is None else [register]
        return frozenset([*(each for of_form in files for each in of_form.values()), *handed, *registers])


def _place(period: Period) -> tuple[int, int]:
    """Where a period stands in the order of time."""
    return period.year, tuple(PeriodKind).index(period.kind)
