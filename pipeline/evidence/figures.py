"""What a workbook must show: each figure of sheet 10, worked out from the ledger's rows and the settings."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.evidence.agency import Part, Pooled, of_year, pooled
from pipeline.evidence.belonging import left_out, outdated, proofs, scope_waiting, timeline, unchecked, verdicts
from pipeline.evidence.duties import due_by, owes, states
from pipeline.evidence.facts import Facts, Row
from pipeline.evidence.finals import corrections
from pipeline.evidence.holding import POLICY, REPORT, Files, Holding
from pipeline.evidence.judging import judged
from pipeline.evidence.names import OF_OBJECTIVES, OF_PEOPLE, OF_TASKS, STATES, Figure
from pipeline.evidence.shifts import shifts
from pipeline.evidence.threads import Threads
from pipeline.settings import Period, PeriodKind, Settings
from pipeline.sheets.objectives import Objectives, Tasks
from pipeline.sheets.policy import Policy
from pipeline.sheets.results import Progress, Results
from pipeline.vocabulary.choices import Status, TaskStatus, YesNo

LISTED = frozenset({Figure.INFORMED, Figure.NOT_UNDERSTOOD, Figure.ABSENT, Figure.NO_RECORD, Figure.FORMER})
"""Who is on the list of the due day."""


class Tally(NamedTuple):
    """How many accepted rows a file has in a table, and the control sum of some of their figures."""

    rows: int = 0
    total: float = 0.0


@dataclass(frozen=True, eq=False)
class Expected:
    """What the workbook of a period must show on a day."""

    facts: Facts
    settings: Settings
    period: Period
    today: dt.date

    @cached_property
    def _holding(self) -> Holding:
        return Holding(self.facts, self.settings)

    @cached_property
    def counted(self) -> frozenset[int]:
        """The files whose rows stand in the workbook."""
        return self._holding.counted(self.period, self.today)

    def tally(self, table: str, summed: Sequence[str]) -> Mapping[int, Tally]:
        """The accepted rows of each file in a table; ``summed``: the columns of the control sum."""
        tallies: dict[int, Tally] = {}
        for row in self.facts.rows.get(table, ()):
            before = tallies.get(row["submission_id"], Tally())
            figures = (row.get(name) or 0.0 for name in summed)
            tallies[row["submission_id"]] = Tally(before.rows + 1, before.total + sum(figures))
        return tallies

    @cached_property
    def history(self) -> Mapping[str, int]:
        """How many rows of results the reports in force of each earlier period have."""
        earlier = self._holding.reported_before(self.period)
        return {str(each): len(self._rows("results", self._holding.last(REPORT, each))) for each in earlier}

    @cached_property
    def finals(self) -> Tally:
        """How many results of a whole year a later report corrects by a final figure, and their sum."""
        rows = corrections(self._holding, self.period).values()
        return Tally(len(rows), sum(row.get(Results.last_year_final) or 0.0 for row in rows))

    @cached_property
    def files(self) -> Mapping[str, int]:
        """How many files the workbook accounts for, by verdict."""
        return verdicts(self._holding, self.period, self.today)

    @cached_property
    def timeline(self) -> int:
        """How many days the register of declarations has."""
        return timeline(self._holding, self.period)

    @cached_property
    def objectives(self) -> int:
        """How many objectives were registered or reported on for the period."""
        reports = self._holding.last(REPORT, self.period)
        registered = {(division, code) for division, code, _ in self._objectives}
        return len(registered | {(division, row[Results.code]) for division, row in self._rows("results", reports)})

    @cached_property
    def _served(self) -> Mapping[str, Sequence[Part]]:
        """By each of the agency's objectives of the year the divisions' objectives that serve it."""
        reports = self._holding.last(REPORT, self.period)
        results = {(division, row[Results.code]): row for division, row in self._rows("results", reports)}
        parts: dict[str, list[Part]] = {each.code: [] for each in of_year(self.settings, self.period)}
        for division, code, row in self._objectives:
            if row.get(Objectives.agency_objective) in parts:
                parts[row[Objectives.agency_objective]].append((division, row, results.get((division, code))))
        return parts

    @cached_property
    def parts(self) -> Mapping[str, Tally]:
        """The divisions' objectives that serve one of the agency's, and the sum of both parts of their rates."""
        halves = (Results.numerator, Results.denominator)
        return {
            code: Tally(len(parts), sum((result or {}).get(name) or 0.0 for *_, result in parts for name in halves))
            for code, parts in self._served.items()
        }

    @cached_property
    def pooled(self) -> Mapping[str, Pooled]:
        """What the agency's own objectives come to."""
        return {
            each.code: pooled(each, self._served[each.code], self.period)
            for each in of_year(self.settings, self.period)
        }

    @cached_property
    def threads(self) -> Threads:
        """The objectives over periods and years."""
        return Threads(self._holding, self.period)

    @cached_property
    def forms_due(self) -> Mapping[str, int]:
        """How many obligations of the year fall due by the period's due date, by form."""
        return Counter(duty.form for duty in due_by(self.settings, self.period))

    @cached_property
    def due_in(self) -> Mapping[str, int]:
        """How many obligations each period has."""
        return Counter(str(duty.period) for duty in self._holding.duties)

    @cached_property
    def states(self) -> Mapping[str, int]:
        """How many of the obligations due by the period's due date are in each state."""
        counts = Counter(states(self.facts, due_by(self.settings, self.period), self.today))
        return {state: counts[state] for state in STATES}

    def states_in(self, period: Period) -> Counter[str]:
        """The obligations of a period by their states."""
        own = [duty for duty in self._holding.duties if duty.period == period]
        return Counter(states(self.facts, own, self.today))

    @cached_property
    def divisions(self) -> int:
        """How many divisions have a registered objective."""
        return len({division for division, *_ in self._objectives})

    @cached_property
    def figures(self) -> Mapping[Figure, int]:
        """Every figure."""
        reports = self._holding.last(REPORT, self.period)
        statuses = Counter(self._judged(reports))
        tasks = list(self._tasks(reports))
        progress, people = Counter(status for _, status in tasks), Counter(self._people())
        proved = proofs(self._holding, self.period)
        return {
            Figure.REGISTERED: statuses.total(),
            Figure.REPORTED: len(self._rows("results", reports)),
            **{figure: statuses[status] for status, figure in OF_OBJECTIVES.items()},
            **{figure: people[figure] for figure in OF_PEOPLE},
            Figure.TASKS: len(tasks),
            **{figure: progress[status] for status, figure in OF_TASKS.items()},
            Figure.TASKS_OVERDUE: sum(self._is_overdue(*task) for task in tasks),
            Figure.ACTIONS: sum(statuses[status] for status in Status.not_met()),
            Figure.CARRIED: self.threads.carried,
            Figure.ACTIONS_OVERDUE: self.threads.overdue(self._read_on),
            Figure.FOLLOWED: self.threads.followed,
            Figure.ENDED: self.threads.ended,
            Figure.POLICY_DIVISIONS: len(self._having_to_inform()),
            Figure.POLICY_LISTED: sum(people[figure] for figure in LISTED),
            Figure.PROOFS: len(proved),
            Figure.PROOFS_DONE: sum(proved),
            Figure.SCOPE_WAITING: scope_waiting(self._holding, self.period),
            Figure.UNCHECKED: unchecked(self._holding, self.period, self.today),
            Figure.OUTDATED: outdated(self._holding, self.period, self.today),
            **shifts(self.threads),
            Figure.LEFT_OUT: left_out(self._holding, self.period, self.today),
        }

    @property
    def _read_on(self) -> dt.date:
        """The day up to which what is overdue counts: for some days after the period's due date, then no more."""
        last = self.settings.due_on(self.period) + dt.timedelta(days=self.settings.thresholds.reading_days)
        return min(self.today, last)

    @cached_property
    def _objectives(self) -> Sequence[tuple[str, str, Row]]:
        """Each objective that is held: who reports on it, under which code, its row."""
        return self._holding.planned("objectives", Objectives.code, self.period)

    def _rows(self, table: str, files: Files) -> list[tuple[str, Row]]:
        """The accepted rows of a table in these files, each with its division."""
        divisions = {submission: division for division, submission in files.items()}
        rows = self.facts.rows.get(table, ())
        return [(divisions[row["submission_id"]], row) for row in rows if row["submission_id"] in divisions]

    def _judged(self, reports: Files) -> Iterator[Status | None]:
        """Each objective of the plans held, judged by the report on it; None without one."""
        results = {(division, row[Results.code]): row for division, row in self._rows("results", reports)}
        for division, code, row in self._objectives:
            result = results.get((division, code))
            if self.period.kind is PeriodKind.PLAN:
                yield Status.NOT_DUE
            else:
                yield judged(row, result, self.period.kind) if result else None

    def _tasks(self, reports: Files) -> Iterator[tuple[Row, str | None]]:
        """Each task of the plans held, and how far it is reported to be."""
        reported = {
            (division, row[Progress.task_code]): row[Progress.status]
            for division, row in self._rows("progress", reports)
        }
        for division, code, row in self._holding.planned("tasks", Tasks.task_code, self.period):
            yield row, reported.get((division, code))

    def _is_overdue(self, task: Row, status: str | None) -> bool:
        """After its last day neither finished nor cancelled; the plan's own period takes no reports."""
        if self.period.kind is PeriodKind.PLAN or status in {TaskStatus.DONE, TaskStatus.CANCELLED}:
            return False
        finish_on = task[Tasks.finish_on]
        return bool(finish_on) and dt.date.fromisoformat(finish_on[:10]) < self._read_on

    def _people(self) -> Iterator[Figure]:
        """What is recorded of each on the list of the due day, where BM-03 is asked for, and who came later."""
        due_on, staff = self._to_be_known_by(), self.settings.staff
        if due_on is None:
            return
        forms = self._rows("policy", self._holding.communicated(self.period, self.today))
        recorded = {(division, row[Policy.staff_code]): row for division, row in forms}
        knew = self._knew_a_former_version()
        having_to = self._having_to_inform()
        for each in staff:
            if each.division in having_to and each.covers(due_on):
                yield self._knowledge(recorded.get((each.division, each.staff_code)), knew=each.staff_code in knew)
        named = {code for _, code in recorded} | {each.staff_code for each in staff if each.covers(due_on)}
        until = min(self.today, dt.date(self.period.year, 12, 31))
        for each in staff:
            is_new = each.valid_from is not None and due_on < each.valid_from <= until
            if is_new and each.covers(until) and each.staff_code not in named:
                yield Figure.JOINED_LATER

    def _having_to_inform(self) -> frozenset[str]:
        """The divisions that have to submit the BM-03 about the version in force."""
        due_on = self._to_be_known_by()
        return frozenset(each.code for each in self.settings.divisions if due_on and owes(each, POLICY, due_on))

    def _to_be_known_by(self) -> dt.date | None:
        """The due date of the BM-03 about the version in force: its own, else the year's."""
        version, year = self._holding.policy(self.period, self.today).version, self.period.year
        anew = (each.due_on for each in self.settings.reissues if (each.version, each.period.year) == (version, year))
        return next(anew, self.settings.due_dates(Period(year, PeriodKind.PLAN)).get(POLICY))

    def _former_versions(self) -> set[str]:
        current = self._holding.policy(self.period, self.today).version
        return {each.version for each in self.settings.policy_versions} - {current}

    def _knew_a_former_version(self) -> set[str]:
        former, files = self._former_versions(), {*self._holding.informing(self.period)}
        rows = (row for row in self.facts.rows.get("policy", ()) if row["submission_id"] in files)
        understood = (row for row in rows if row[Policy.understood] == YesNo.YES)
        return {row[Policy.staff_code] for row in understood if row[Policy.policy_version] in former}

    def _knowledge(self, row: Row | None, *, knew: bool) -> Figure:
        if knew and (row is None or row[Policy.policy_version] in self._former_versions()):
            return Figure.FORMER
        if row is None:
            return Figure.NO_RECORD
        if row[Policy.understood] == YesNo.YES:
            return Figure.INFORMED
        return Figure.ABSENT if row[Policy.absence] else Figure.NOT_UNDERSTOOD
