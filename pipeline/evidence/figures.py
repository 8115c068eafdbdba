"""What a workbook must show: each figure of sheet 10, worked out from the ledger's rows and the settings."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from pipeline.evidence.belonging import timeline, verdicts
from pipeline.evidence.duties import due_by, states
from pipeline.evidence.facts import Facts, Row
from pipeline.evidence.holding import POLICY, REPORT, Files, Holding
from pipeline.evidence.judging import Judged, judged
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
    NOT_DUE = "not_due"
    NO_DATA = "no_data"
    NO_CASE = "no_case"
    NOT_APPLICABLE = "not_applicable"
    UNREPORTED = "unreported"
    INFORMED = "informed"
    NOT_UNDERSTOOD = "not_understood"
    ABSENT = "absent"
    NO_RECORD = "no_record"
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
        return self._holding.counted(self.period)

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
    def files(self) -> Mapping[str, int]:
        """How many files the workbook accounts for, by verdict."""
        return verdicts(self._holding, self.period)

    @cached_property
    def timeline(self) -> int:
        """How many days the register of declarations has."""
        return timeline(self._holding, self.period)

    @cached_property
    def objectives(self) -> int:
        """How many objectives were registered or reported on for the period."""
        plans, reports = self._holding.plans(self.period), self._holding.last(REPORT, self.period)
        registered = {(division, row[Objectives.code]) for division, row in self._rows("objectives", plans)}
        return len(registered | {(division, row[Results.code]) for division, row in self._rows("results", reports)})

    @cached_property
    def parts(self) -> Mapping[str, Tally]:
        """The divisions' objectives that serve one of the agency's, and the sum of both parts of their rates."""
        plans, reports = self._holding.plans(self.period), self._holding.last(REPORT, self.period)
        results = {(division, row[Results.code]): row for division, row in self._rows("results", reports)}
        parts: dict[str, Tally] = {}
        for division, row in self._rows("objectives", plans):
            served, result = row.get(Objectives.agency_objective), results.get((division, row[Objectives.code]), {})
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
        plans, reports = self._holding.plans(self.period), self._holding.last(REPORT, self.period)
        statuses = Counter(each.status if each else None for each in self._judged(plans, reports))
        tasks = list(self._tasks(plans, reports))
        progress, people = Counter(status for _, status in tasks), Counter(self._people())
        return {
            Figure.REGISTERED: statuses.total(),
            Figure.REPORTED: len(self._rows("results", reports)),
            **{figure: statuses[status] for status, figure in _OF_OBJECTIVES.items()},
            **{figure: people[figure] for figure in _OF_PEOPLE},
            Figure.TASKS: len(tasks),
            **{figure: progress[status] for status, figure in _OF_TASKS.items()},
            Figure.TASKS_OVERDUE: sum(self._is_overdue(*task) for task in tasks),
            Figure.ACTIONS: statuses[Status.NOT_MET],
        }

    def _rows(self, table: str, files: Files) -> list[tuple[str, Row]]:
        """The accepted rows of a table in these files, each with its division."""
        divisions = {submission: division for division, submission in files.items()}
        rows = self.facts.rows.get(table, ())
        return [(divisions[row["submission_id"]], row) for row in rows if row["submission_id"] in divisions]

    def _judged(self, plans: Files, reports: Files) -> Iterator[Judged | None]:
        """Each objective of the plans held, judged by the report on it; None without one."""
        # What rests on an estimate is counted apart once its states have names (Judged.by_estimate).
        results = {(division, row[Results.code]): row for division, row in self._rows("results", reports)}
        for division, row in self._rows("objectives", plans):
            result = results.get((division, row[Objectives.code]))
            if self.period.kind is PeriodKind.PLAN:
                yield Judged(Status.NOT_DUE)
            else:
                yield judged(row, result, self.period.kind) if result else None

    def _tasks(self, plans: Files, reports: Files) -> Iterator[tuple[Row, str | None]]:
        """Each task of the plans held, and how far it is reported to be."""
        reported = {
            (division, row[Progress.task_code]): row[Progress.status]
            for division, row in self._rows("progress", reports)
        }
        for division, row in self._rows("tasks", plans):
            yield row, reported.get((division, row[Tasks.task_code]))

    def _is_overdue(self, task: Row, status: str | None) -> bool:
        """After its last day neither finished nor cancelled; the plan's own period takes no reports."""
        if self.period.kind is PeriodKind.PLAN or status in {TaskStatus.DONE, TaskStatus.CANCELLED}:
            return False
        finish_on = task[Tasks.finish_on]
        return bool(finish_on) and dt.date.fromisoformat(finish_on[:10]) < self.today

    def _people(self) -> Iterator[Figure]:
        """What is recorded of each on the list of the due day, where BM-03 is asked for, and who came later."""
        year = Period(self.period.year, PeriodKind.PLAN)
        due_on = self.settings.due_dates(year).get(POLICY)
        if due_on is None:
            return
        having_to = {duty.division for duty in self._holding.duties if (duty.form, duty.period) == (POLICY, year)}
        forms = self._rows("policy", self._holding.last(POLICY, year))
        recorded = {(division, row[Policy.staff_code]): row for division, row in forms}
        for each in self.settings.staff:
            if each.division in having_to and each.covers(due_on):
                yield _knowledge(recorded.get((each.division, each.staff_code)))
        named = {code for _, code in recorded} | {
            each.staff_code for each in self.settings.staff if each.covers(due_on)
        }
        until = min(self.today, dt.date(self.period.year, 12, 31))
        for each in self.settings.staff:
            is_new = each.valid_from is not None and due_on < each.valid_from <= until
            if is_new and each.covers(until) and each.staff_code not in named:
                yield Figure.JOINED_LATER


def _knowledge(row: Row | None) -> Figure:
    if row is None:
        return Figure.NO_RECORD
    if row[Policy.understood] == YesNo.YES:
        return Figure.INFORMED
    return Figure.ABSENT if row[Policy.absence] else Figure.NOT_UNDERSTOOD
