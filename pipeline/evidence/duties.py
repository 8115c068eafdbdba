"""What the divisions have to submit by the settings, and what became of it: decision 0015, worked out a second time."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pipeline.evidence.facts import Facts, Row
from pipeline.findings import DecisionKind, Verdict
from pipeline.settings import Division, Period, Settings

_A_DAY: Final = dt.timedelta(days=1)
_ACCEPTED: Final = frozenset(str(verdict) for verdict in Verdict if verdict.is_accepted)
_KEY: Final = ("form", "division", "period")


class Duty(NamedTuple):
    """A form that a division has to submit for a period, before a day."""

    form: str
    division: str
    period: Period
    due_on: dt.date

    @property
    def key(self) -> tuple[str, str, str]:
        """What names it in the ledger."""
        return self.form, self.division, str(self.period)


def duties(settings: Settings) -> Iterator[Duty]:
    """Each duty of every period."""
    for period in settings.periods:
        for form, due_on in settings.due_dates(period).items():
            yield from (
                Duty(form, each.code, period, due_on) for each in settings.divisions if owes(each, form, due_on)
            )


def owes(division: Division, form: str, due_on: dt.date) -> bool:
    """Whether it is in scope, has the duty, and is there on the day before the due date."""
    return division.in_scope and form in division.owes and division.covers(due_on - _A_DAY)


def due_by(settings: Settings, period: Period) -> list[Duty]:
    """The duties of the period's year that fall due by the period's own due date."""
    last = settings.due_on(period)
    return [duty for duty in duties(settings) if duty.period.year == period.year and duty.due_on <= last]


def is_accepted(submission: Row) -> bool:
    """Whether its rows count."""
    return submission["verdict"] in _ACCEPTED and not submission["withdrawn"]


def states(facts: Facts, every: Sequence[Duty], today: dt.date) -> list[str]:
    """The state of each duty on a day, by the names of README, JSON."""
    versions: dict[object, list[Row]] = {}
    for submission in facts.submissions:
        versions.setdefault(tuple(submission[name] for name in _KEY), []).append(submission)
    decided = {
        (decision["kind"], *(decision[name] for name in _KEY)): decision["until"] for decision in facts.decisions
    }
    outcomes = []
    for duty in every:
        until = decided.get((str(DecisionKind.EXTENDED), *duty.key))
        due_on = max(duty.due_on, dt.date.fromisoformat(until[:10])) if until else duty.due_on
        is_exempt = (str(DecisionKind.EXEMPTED), *duty.key) in decided
        outcomes.append("exempt" if is_exempt else _state(versions.get(duty.key, ()), duty.due_on, due_on, today))
    return outcomes


def _state(versions: Sequence[Row], agreed_on: dt.date, due_on: dt.date, today: dt.date) -> str:
    if not versions:
        waiting = "not_due" if due_on == agreed_on else "extended"
        return "missing" if today >= due_on else waiting
    standing = [version for version in versions if not version["withdrawn"]]
    accepted = [version for version in standing if is_accepted(version)]
    if accepted:
        in_time = [version for version in standing if not version["is_empty"] and _came_in_time(version, due_on)]
        if _came_in_time(accepted[0], due_on):
            return "on_time"
        return "accepted_after_due" if in_time else "late"
    if not standing:
        return "withdrawn"
    return "empty" if standing[-1]["is_empty"] else "returned"


def _came_in_time(version: Row, due_on: dt.date) -> bool:
    """By the looks between which it came where they agree, else by the file's own stamp."""
    due = dt.datetime.combine(due_on, dt.time())
    before, after, stamp = (
        version[name] and moment(version[name]) for name in ("not_before", "not_after", "arrived_at")
    )
    return after < due or ((before is None or before < due) and stamp < due)


def moment(text: str) -> dt.datetime:
    """A local time as the ledger writes it."""
    return dt.datetime.fromisoformat(text)
