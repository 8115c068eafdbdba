"""Decisions into the ledger: more time, an exemption, a form taken back, a workbook presented, a wrong clock."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from operator import attrgetter
from typing import Any, Final

import pandas as pd

from pipeline.desk.status import listed_division, listed_period, records
from pipeline.faults import OperatorError
from pipeline.findings import Code, DecisionKind
from pipeline.forms import BY_NUMBER
from pipeline.guards import alone, hold_to_the_clock
from pipeline.ledger import Decision, Ledger, Look
from pipeline.ledger.contents import read_decisions, read_submissions
from pipeline.obligations import duties
from pipeline.outbox import presented_place, workbook_place
from pipeline.settings import Period
from pipeline.vietnamese import say_date
from pipeline.wording import say
from pipeline.workspace import Workspace, create_ledger, ledger_faults, load_settings, open_ledger
from pipeline.writing import write_whole_or_fault

PRESENTED: Final = "presented"
"""The folder of the archive that keeps each presented workbook under its SHA-256."""
_SHORTEST: Final = 6
"""So many signs of a run's id name it: a run is never meant by a slip of two letters."""
_LISTED: Final = 5
_STAMPS: Final = ("%Y-%m-%dt%H:%M", "%Y-%m-%dt%H:%M:%S", "%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M")
"""How the time of a run may be written, in lower case."""


@dataclass(frozen=True)
class Duty:
    """One obligation as it is named on the command line."""

    form: str
    division: str
    period: str


@dataclass(frozen=True)
class Grounds:
    """When a decision is recorded, why it was taken, and the signed paper that it rests on.

    ``is_sure_of_clock``: whoever records it answers for ``as_of``, however far it is from all that is recorded.
    """

    as_of: dt.datetime
    reason: str = ""
    document: str = ""
    document_on: dt.date | None = None
    is_sure_of_clock: bool = True


@dataclass(frozen=True)
class Recorded:
    """A decision in the ledger under its number; ``revoked`` is the one that it takes back."""

    number: int
    decision: Decision
    revoked: Decision | None = None

    @property
    def sentence(self) -> str:
        """What was recorded, in one Vietnamese sentence."""
        revoked = "" if self.revoked is None else _decision_words(self.revoked)
        return say("decisions.recorded", number=self.number, what=_decision_words(self.decision, revoked))


def decide(
    workspace: Workspace, kind: DecisionKind, duty: Duty, grounds: Grounds, until: dt.date | None = None
) -> Recorded:
    """Record a decision about an obligation.

    EXTENDED gives it more time: ``until`` is its new due date, strict like every due date. EXEMPTED frees the division;
    its form that is accepted all the same is listed and its rows count. WITHDRAWN takes back what was handed in so far;
    the obligation stays due.

    Raises:
        OperatorError: E807, E808, E812 or E814, there is no such obligation; E804 or E828, something was recorded after
            as_of; E823, as_of is far from all that is recorded; E806, a run is at work; E815, nothing that was handed
            in stands; E816, the new date is not later than the first, or the paper is of a day to come; E817, no reason
            is given; E818, the very same stands already; E805 or E811, the ledger cannot be used.
    """
    due_on = _due_on(workspace, duty)
    if until is not None and until <= due_on:
        reason = say("decisions.wrong_day.until", until=say_date(until), due_on=say_date(due_on))
        raise OperatorError(Code.E816, reason=reason)
    decision = Decision(kind=kind, until=until, **asdict(duty), **_fields(grounds, needed="reason"))
    with _recording(workspace, grounds) as ledger:
        if kind is DecisionKind.WITHDRAWN and _rows_of(duty, read_submissions(ledger))["withdrawn"].all():
            raise OperatorError(Code.E815, **asdict(duty))
        return _written(ledger, decision)


def revoke(workspace: Workspace, number: int, grounds: Grounds) -> Recorded:
    """Take back an earlier decision: from now on it never was.

    Raises:
        OperatorError: E812, no decision of that number stands; and as :func:`decide`.
    """
    fields = _fields(grounds, needed="reason")
    with _recording(workspace, grounds) as ledger:
        standing = _standing(ledger)
        if number not in standing:
            numbers = ", ".join(map(str, standing)) or say("decisions.none_standing")
            raise OperatorError(Code.E812, name=say("decisions.by_number", number=number), listed=numbers)
        earlier = standing[number]
        duty = {name: getattr(earlier, name) for name in ("form", "division", "period")}
        return _written(ledger, Decision(kind=DecisionKind.REVOKED, revokes=number, **duty, **fields), earlier)


def present(workspace: Workspace, period: Period, grounds: Grounds) -> Recorded:
    """Write down that the period's workbook, as it stands in the outbox, was laid before the Steering Committee.

    Its bytes are kept in the archive, and beside it in the outbox: what comes later is a correction of them.

    ``grounds`` give the day (document_on) and the paper with which it was done.

    Raises:
        OperatorError: E809, there is no workbook of the period; and as :func:`decide`.
    """
    path = workspace.outbox / workbook_place(period)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise OperatorError(Code.E809, path=workspace.relative(path)) from error
    sha256, fields = hashlib.sha256(content).hexdigest(), _fields(grounds, needed="document")
    decision = Decision(kind=DecisionKind.PRESENTED, period=str(period), sha256=sha256, **fields)
    with _recording(workspace, grounds) as ledger:
        for kept in (
            workspace.archive / PRESENTED / f"{sha256}.xlsx",
            workspace.outbox / presented_place(period, sha256),
        ):
            write_whole_or_fault(kept, content)
        return _written(ledger, decision)


def record_wrong_clock(workspace: Workspace, wrong_from: str, wrong_until: str, grounds: Grounds) -> Recorded:
    """Write down that the clock of the runs from one to another, both included, was wrong (docs/decisions/0036).

    A run is named by its id, its first six signs or more, or by the time that its clock gave.

    Raises:
        OperatorError: E812, there is no such run, or several bear that name; E816, the last one came before the first;
            and as :func:`decide`.
    """
    fields = _fields(grounds, needed="reason")
    with open_ledger(workspace) as ledger:
        looks = ledger.looks()
    first, last = (_look(looks, text) for text in (wrong_from, wrong_until))
    if last.scan_id < first.scan_id:
        reason = say("decisions.wrong_day.runs", first=_look_words(first), until=_look_words(last))
        raise OperatorError(Code.E816, reason=reason)
    fields |= {"wrong_from": first.scan_id, "wrong_until": last.scan_id}
    with _recording(workspace, grounds, wrong=(first.scan_id, last.scan_id)) as ledger:
        return _written(ledger, Decision(kind=DecisionKind.CLOCK, period="", **fields))


def _due_on(workspace: Workspace, duty: Duty) -> dt.date:
    """The due date that the settings give an obligation.

    Raises:
        OperatorError: E807, E808, E812 or E814, there is no such obligation.
    """
    settings = load_settings(workspace).settings
    if duty.form not in BY_NUMBER:
        raise OperatorError(Code.E812, name=duty.form, listed=", ".join(BY_NUMBER))
    listed_division(settings, duty.division)
    listed_period(settings, duty.period)
    match = _rows_of(duty, duties(settings))
    if match.empty:
        raise OperatorError(Code.E814, **asdict(duty))
    due_on: dt.date = match["due_on"].iloc[0].date()
    return due_on


def _rows_of(duty: Duty, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows about one obligation."""
    return rows[(rows["form"] == duty.form) & (rows["division"] == duty.division) & (rows["period"] == duty.period)]


def _fields(grounds: Grounds, *, needed: str) -> dict[str, Any]:
    """The grounds by the fields of the decision.

    Raises:
        OperatorError: E817, the text that is ``needed`` is blank; E816, the paper is of a day to come.
    """
    if not getattr(grounds, needed).strip():
        raise OperatorError(Code.E817, missing=say(f"decisions.blank.{needed}"))
    if grounds.document_on is not None and grounds.document_on > grounds.as_of.date():
        day, as_of = say_date(grounds.document_on), f"{grounds.as_of:%d/%m/%Y %H:%M}"
        raise OperatorError(Code.E816, reason=say("decisions.wrong_day.document_on", day=day, as_of=as_of))
    texts = {"reason": grounds.reason.strip(), "document": grounds.document.strip()}
    return {"as_of": grounds.as_of, "document_on": grounds.document_on, **texts}


@contextmanager
def _recording(workspace: Workspace, grounds: Grounds, wrong: tuple[int, int] | None = None) -> Iterator[Ledger]:
    """The ledger, alone with it. ``wrong``: first and last look whose clock the decision is about to call wrong.

    Raises:
        OperatorError: as :func:`decide`.
    """
    settings = load_settings(workspace).settings
    with ledger_faults(workspace), alone(workspace), create_ledger(workspace) as ledger:
        hold_to_the_clock(ledger, settings, grounds.as_of, is_sure=grounds.is_sure_of_clock, wrong=wrong)
        yield ledger


def _written(ledger: Ledger, decision: Decision, revoked: Decision | None = None) -> Recorded:
    """The decision in the ledger. Of one kind about one thing the last counts: the very same again says nothing.

    Raises:
        OperatorError: E818, the very same stands already.
    """
    subject = attrgetter("kind", "form", "division", "period")
    same = [(number, each) for number, each in _standing(ledger).items() if subject(each) == subject(decision)]
    for number, last in same[-1:]:
        if replace(last, as_of=decision.as_of) == decision:
            raise OperatorError(Code.E818, number=number, as_of=f"{last.as_of:%d/%m/%Y %H:%M}")
    with ledger.writing():
        return Recorded(ledger.record_decision(decision), decision, revoked)


def _standing(ledger: Ledger) -> dict[int, Decision]:
    """The decisions that stand, by their numbers, in the order of recording."""
    decisions = read_decisions(ledger)
    return dict(zip(decisions["decision_id"].tolist(), records(decisions, Decision), strict=True))


def _decision_words(decision: Decision, revoked: str = "") -> str:
    """A decision as a sentence names it: what it does for whom."""
    until, day = decision.until, decision.document_on
    days = {
        "until": say_date(until) if until else "",
        "last_day": say_date(until - dt.timedelta(days=1)) if until else "",
        "day": say_date(day) if day else "",
    }
    facts = {**asdict(decision), **days, "number": decision.revokes, "revoked": revoked}
    return say(f"decisions.named.{decision.kind}", **facts)


def _look(looks: list[Look], text: str) -> Look:
    """The look of the run that a text names.

    Raises:
        OperatorError: E812, it names none, or several.
    """
    name = text.strip().lower()
    matches = [look for look in looks if _bears(look, name)]
    if len(matches) == 1:
        return matches[0]
    listed = matches[:_LISTED] or looks[-_LISTED:]
    raise OperatorError(
        Code.E812, name=text, listed=", ".join(map(_look_words, listed)) or say("command_line.clock.nothing")
    )


def _bears(look: Look, name: str) -> bool:
    is_id = len(name) >= _SHORTEST and look.run_id.startswith(name)
    return is_id or name in {f"{look.as_of:{stamp}}" for stamp in _STAMPS}


def _look_words(look: Look) -> str:
    return f"{look.run_id[:8]} ({look.as_of:%d/%m/%Y %H:%M})"
