"""Which files a workbook must account for, and which days its register has."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from pipeline.evidence.duties import moment
from pipeline.evidence.facts import Row
from pipeline.evidence.holding import REGISTER, REPORT, Holding
from pipeline.settings import Period, PeriodKind, Settings
from pipeline.sheets.declaration import Checks, Declarations, Postings, ScopeChanges

_KINDS: Final = tuple(PeriodKind)
_STEPS: Final = (
    Declarations.internal_audit_on,
    Declarations.management_review_on,
    Declarations.effectiveness_confirmed_on,
    Declarations.decision_on,
    Declarations.notice_on,
    Declarations.posted_on,
    Declarations.published_on,
)
_PROOFS: Final = (
    Declarations.decision_on,
    Declarations.notice_on,
    Declarations.posted_on,
    Declarations.published_on,
)


def verdicts(holding: Holding, period: Period, today: dt.date) -> Mapping[str, int]:
    """How many files belong to the workbook of a period, by verdict."""
    return Counter(each["verdict"] for each in _belonging(holding, period, today))


def left_out(holding: Holding, period: Period, today: dt.date) -> int:
    """How many of them are neither counted nor compared with."""
    needed = _needed(holding, period, today)
    return sum(each["submission_id"] not in needed for each in _belonging(holding, period, today))


def _belonging(holding: Holding, period: Period, today: dt.date) -> Iterator[Row]:
    """The forms of the year up to the period, files without a period that came while it was collected, the needed."""
    needed = _needed(holding, period, today)
    for each in holding.facts.submissions:
        if each["submission_id"] in needed or _is_of(each, period, holding.settings):
            yield each


def _needed(holding: Holding, period: Period, today: dt.date) -> set[int]:
    """What is counted, and the earlier reports with the plans against which they were held."""
    return {*holding.counted(period, today), *_compared(holding, period)}


def _is_of(submission: Row, period: Period, settings: Settings) -> bool:
    if submission["period"] is None:
        day = moment(submission["arrived_at"]).date()
        still_due = (each for each in settings.periods if settings.due_on(each) >= day)
        return next(still_due, settings.periods[-1]) == period
    named = Period.parse(submission["period"])
    return named.year == period.year and _KINDS.index(named.kind) <= _KINDS.index(period.kind)


def _compared(holding: Holding, period: Period) -> Iterator[int]:
    for earlier in holding.reported_before(period):
        plans, reports = holding.plans(earlier), holding.last(REPORT, earlier)
        yield from reports.values()
        yield from (plan for division, plan in plans.items() if division in reports)
        yield from (plan for _, plan, _, taker in holding.handed(earlier) if taker in reports)


def timeline(holding: Holding, period: Period) -> int:
    """How many days the register that counts has: of its declarations, further postings, checks, changes of scope."""
    steps = sum(row.get(name) is not None for row in _of_register(holding, period, "declarations") for name in _STEPS)
    others = {"postings": Postings.done_on, "checks": Checks.checked_on, "scope_changes": ScopeChanges.effective_on}
    return steps + sum(
        row.get(name) is not None for table, name in others.items() for row in _of_register(holding, period, table)
    )


def _in_force(holding: Holding, period: Period) -> list[Row]:
    """The declarations that no other replaces; one may replace several, apart by a semicolon."""
    declared = _of_register(holding, period, "declarations")
    named = ";".join(row.get(Declarations.replaces) or "" for row in declared).split(";")
    replaced = {number.strip() for number in named}
    return [row for row in declared if row[Declarations.decision_no] not in replaced]


def proofs(holding: Holding, period: Period) -> list[bool]:
    """Whether each proof of a declaration in force is there: decision, notice, posting, portal, its further places."""
    in_force = _in_force(holding, period)
    numbers = {row[Declarations.decision_no] for row in in_force}
    further = [row for row in _of_register(holding, period, "postings") if row[Postings.of_decision] in numbers]
    own = [row.get(name) is not None for row in in_force for name in _PROOFS]
    return [*own, *(row.get(Postings.done_on) is not None for row in further)]


def unchecked(holding: Holding, period: Period, today: dt.date) -> int:
    """How many periods of the year have no check of what is declared though their BM-04 is due."""
    own = {duty.period: duty.due_on for duty in holding.duties if duty.form == REGISTER}
    due = [each for each, due_on in own.items() if each.year == period.year and due_on <= today]
    months = {int(row[Checks.checked_on][5:7]) for row in _checks_of_year(holding, period)}
    halves = {PeriodKind.SIX_MONTHS: range(1, 7), PeriodKind.WHOLE_YEAR: range(7, 13), PeriodKind.PLAN: range(1, 13)}
    up_to = _KINDS.index(period.kind)
    return sum(_KINDS.index(each.kind) <= up_to and months.isdisjoint(halves[each.kind]) for each in due)


def _checks_of_year(holding: Holding, period: Period) -> Iterator[Row]:
    for row in _of_register(holding, period, "checks"):
        if row[Checks.checked_on] is not None and row[Checks.checked_on].startswith(str(period.year)):
            yield row


def outdated(holding: Holding, period: Period, today: dt.date) -> int:
    """How many declarations in force are by a standard that the settings have and apply no more."""
    settings, day = holding.settings, min(today, holding.settings.due_on(period))
    applied = {each.designation for each in settings.standards if each.covers(day)}
    former = {each.designation for each in settings.standards} - applied
    return sum(row.get(Declarations.standard) in former for row in _in_force(holding, period))


def scope_waiting(holding: Holding, period: Period) -> int:
    """How many changes of scope are not declared anew."""
    return sum(row.get(ScopeChanges.declared_in) is None for row in _of_register(holding, period, "scope_changes"))


def _of_register(holding: Holding, period: Period, table: str) -> list[Row]:
    register = holding.register(period)
    return [row for row in holding.facts.rows.get(table, ()) if row["submission_id"] == register]
