"""Which files a workbook must account for, and which days its register has."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from pipeline.evidence.duties import moment
from pipeline.evidence.facts import Row
from pipeline.evidence.holding import REPORT, Holding
from pipeline.settings import Period, PeriodKind, Settings
from pipeline.sheets.declaration import Declarations, ScopeChanges

_KINDS: Final = tuple(PeriodKind)
_STEPS: Final = (
    Declarations.internal_audit_on,
    Declarations.management_review_on,
    Declarations.effectiveness_confirmed_on,
    Declarations.decision_on,
    Declarations.notice_on,
    Declarations.posted_on,
    Declarations.published_on,
    Declarations.checked_on,
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
    """How many days the register that counts has: steps of its declarations, changes of scope that took effect."""
    declared, changed = (_of_register(holding, period, table) for table in ("declarations", "scope_changes"))
    steps = sum(row.get(name) is not None for row in declared for name in _STEPS)
    return steps + sum(row.get(ScopeChanges.effective_on) is not None for row in changed)


def proofs(holding: Holding, period: Period) -> list[bool]:
    """Whether each proof of a declaration in force is there: decision, notice, posting, portal."""
    declared = _of_register(holding, period, "declarations")
    replaced = {row.get(Declarations.replaces) for row in declared}
    in_force = (row for row in declared if row[Declarations.decision_no] not in replaced)
    return [row.get(name) is not None for row in in_force for name in _PROOFS]


def scope_waiting(holding: Holding, period: Period) -> int:
    """How many changes of scope are not declared anew."""
    return sum(row.get(ScopeChanges.declared_in) is None for row in _of_register(holding, period, "scope_changes"))


def _of_register(holding: Holding, period: Period, table: str) -> list[Row]:
    register = holding.register(period)
    return [row for row in holding.facts.rows.get(table, ()) if row["submission_id"] == register]
