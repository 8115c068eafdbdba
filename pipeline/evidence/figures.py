"""What a workbook must show: each figure of sheet 10, worked out from the ledger's rows and the settings."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from pipeline.evidence.belonging import timeline, verdicts
from pipeline.evidence.duties import due_by, owes, states
from pipeline.evidence.facts import Facts, Row
from pipeline.evidence.finals import final_figures
from pipeline.evidence.holding import POLICY, REPORT, Files, Holding
from pipeline.evidence.judging import judged
from pipeline.settings import Period, PeriodKind, Settings
from pipeline.sheets.objectives import Objectives, Tasks
from pipeline.sheets.policy import Policy
from pipeline.sheets.results import Progress, Results
from pipeline.vocabulary.choices import Status, TaskStatus, YesNo


class Figure(StrEnum):
    """A count of the whole workbook.

    Of the plans in force registered objectives and tasks; of the objectives reported ones, and how many are in each
    status; of the people on the list how many are in each state of knowledge; of the tasks how many are in each status;
    actions: those for what was missed in the period.
    """

    REGISTERED = "registered"
    REPORTED = "reported"
    REACHED = "reached"
    MISSED = "missed"
    REACHED_BY_ESTIMATE = "reached_by_estimate"
    MISSED_BY_ESTIMATE = "missed_by_estimate"
    NOT_DUE = "not_due"
    NO_DATA = "no_data"
    NO_CASE = "no_case"
    NOT_APPLICABLE = "not_applicable"
    UNREPORTED = "unreported"
    INFORMED = "informed"
    NOT_UNDERSTOOD = "not_understood"
    ABSENT = "absent"
    NO_RECORD = "no_record"
    FORMER = "former"
    JOINED_LATER = "joined_later"
    TASKS = "tasks"
    TASKS_DONE = "tasks_done"
    TASKS_UNDER_WAY = "tasks_under_way"
    TASKS_NOT_STARTED = "tasks_not_started"
    TASKS_CANCELLED = "tasks_cancelled"
    TASKS_UNREPORTED = "tasks_unreported"
    TASKS_OVERDUE = "tasks_overdue"
    ACTIONS = "actions"


_OF_OBJECTIVES: Final = {
    Status.MET: Figure.REACHED,
    Status.NOT_MET: Figure.MISSED,
    Status.MET_BY_ESTIMATE: Figure.REACHED_BY_ESTIMATE,
    Status.NOT_MET_BY_ESTIMATE: Figure.MISSED_BY_ESTIMATE,
    Status.NOT_DUE: Figure.NOT_DUE,
    Status.NO_DATA: Figure.NO_DATA,
    Status.NO_CASE: Figure.NO_CASE,
    Status.NO_LONGER: Figure.NOT_APPLICABLE,
    None: Figure.UNREPORTED,
}
_OF_TASKS: Final = {
    TaskStatus.DONE: Figure.TASKS_DONE,
    TaskStatus.UNDER_WAY: Figure.TASKS_UNDER_WAY,
    TaskStatus.NOT_STARTED: Figure.TASKS_NOT_STARTED,
    TaskStatus.CANCELLED: Figure.TASKS_CANCELLED,
    None: Figure.TASKS_UNREPORTED,
}
_OF_PEOPLE: Final = (
    Figure.INFORMED,
    Figure.NOT_UNDERSTOOD,
    Figure.ABSENT,
    Figure.NO_RECORD,
    Figure.FORMER,
    Figure.JOINED_LATER,
)
STATES: Final = (
    "on_time", "accepted_after_due", "late", "returned", "empty", "withdrawn", "missing", "extended", "not_due",
    "exempt",
)  # fmt: skip
"""What may become of an obligation (decision 0015)."""


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
        figures = final_figures(self._holding, self.period)
        return Tally(len(figures), sum(figure or 0.0 for figure in figures.values()))

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
    def parts(self) -> Mapping[str, Tally]:
        """The divisions' objectives that serve one of the agency's, and the sum of both parts of their rates."""
        reports = self._holding.last(REPORT, self.period)
        results = {(division, row[Results.code]): row for division, row in self._rows("results", reports)}
        parts: dict[str, Tally] = {}
        for division, code, row in self._objectives:
            served, result = row.get(Objectives.agency_objective), results.get((division, code), {})
            if served:
                before = parts.get(served, Tally())
                total = sum(result.get(name) or 0.0 for name in (Results.numerator, Results.denominator))
                parts[served] = Tally(before.rows + 1, before.total + total)
        return parts

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

    @cached_property
    def figures(self) -> Mapping[Figure, int]:
        """Every figure."""
        reports = self._holding.last(REPORT, self.period)
        statuses = Counter(self._judged(reports))
        tasks = list(self._tasks(reports))
        progress, people = Counter(status for _, status in tasks), Counter(self._people())
        return {
            Figure.REGISTERED: statuses.total(),
            Figure.REPORTED: len(self._rows("results", reports)),
            **{figure: statuses[status] for status, figure in _OF_OBJECTIVES.items()},
            **{figure: people[figure] for figure in _OF_PEOPLE},
            Figure.TASKS: len(tasks),
            **{figure: progress[status] for status, figure in _OF_TASKS.items()},
            Figure.TASKS_OVERDUE: sum(self._is_overdue(*task) for task in tasks),
            Figure.ACTIONS: sum(statuses[status] for status in Status.not_met()),
        }

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
        last = self.settings.due_on(self.period) + dt.timedelta(days=self.settings.thresholds.reading_days)
        return bool(finish_on) and dt.date.fromisoformat(finish_on[:10]) < min(self.today, last)

    def _people(self) -> Iterator[Figure]:
        """What is recorded of each on the list of the due day, where BM-03 is asked for, and who came later."""
        due_on, staff = self._to_be_known_by(), self.settings.staff
        if due_on is None:
            return
        forms = self._rows("policy", self._holding.communicated(self.period, self.today))
        recorded = {(division, row[Policy.staff_code]): row for division, row in forms}
        knew = self._knew_a_former_version()
        having_to = {each.code for each in self.settings.divisions if owes(each, POLICY, due_on)}
        for each in staff:
            if each.division in having_to and each.covers(due_on):
                yield self._knowledge(recorded.get((each.division, each.staff_code)), knew=each.staff_code in knew)
        named = {code for _, code in recorded} | {each.staff_code for each in staff if each.covers(due_on)}
        until = min(self.today, dt.date(self.period.year, 12, 31))
        for each in staff:
            is_new = each.valid_from is not None and due_on < each.valid_from <= until
            if is_new and each.covers(until) and each.staff_code not in named:
                yield Figure.JOINED_LATER

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
