"""Decisions into the ledger: more time, an exemption, a form taken back, a workbook laid before the committee."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.alone import alone
from pipeline.clock import hold_to_the_clock
from pipeline.desk.recorded import Recorded
from pipeline.faults import OperatorError
from pipeline.findings import DecisionKind
from pipeline.forms import BY_NUMBER
from pipeline.ledger import Decision, Ledger
from pipeline.ledger.tables import read_decisions, read_submissions
from pipeline.obligations import duties
from pipeline.settings import Period
from pipeline.vietnamese import say_date
from pipeline.wording import say
from pipeline.workspace import Workspace, create_ledger, ledger_faults, load_settings


@dataclass(frozen=True)
class Duty:
    """One obligation as it is named on the command line."""

    form: str
    division: str
    period: str


@dataclass(frozen=True)
class Grounds:
    """When a decision is recorded, why it was taken, and the signed paper that it rests on.

    ``is_sure_of_clock``: whoever records it answers for ``as_of``, however far it is from all that is known.
    """

    as_of: dt.datetime
    reason: str = ""
    document: str = ""
    document_on: dt.date | None = None
    is_sure_of_clock: bool = True


def extend(workspace: Workspace, duty: Duty, until: dt.date, grounds: Grounds) -> Recorded:
    """Give an obligation more time: ``until`` is its new due date, strict like every due date.

    Raises:
        OperatorError: E807, E808, E812 or E814, there is no such obligation; E816, the new date is not later than the
            first; and as :func:`exempt`.
    """
    due_on = _due_on(workspace, duty)
    if until <= due_on:
        reason = say("decisions.wrong_day.until", until=say_date(until), due_on=say_date(due_on))
        raise OperatorError("E816", reason=reason)
    decision = _decision(DecisionKind.EXTENDED, duty, grounds, until)
    return record(workspace, grounds, lambda _: decision)


def exempt(workspace: Workspace, duty: Duty, grounds: Grounds) -> Recorded:
    """Free a division from an obligation; a form of it that is accepted all the same is shown and its rows count.

    Raises:
        OperatorError: E807, E808, E812 or E814, there is no such obligation; E804 or E828, something was recorded
            after as_of; E823, as_of is far from all that is known; E806, a run is at work; E817, no reason
            is given; E818, the very same stands already; E816, the paper is of a day to come;
            E805 or E811, the ledger cannot be used.
    """
    _due_on(workspace, duty)
    decision = _decision(DecisionKind.EXEMPTED, duty, grounds)
    return record(workspace, grounds, lambda _: decision)


def withdraw(workspace: Workspace, duty: Duty, grounds: Grounds) -> Recorded:
    """Take back what a division handed in so far for an obligation, which stays owed.

    Raises:
        OperatorError: E815, nothing that was handed in stands; and as :func:`exempt`.
    """
    _due_on(workspace, duty)
    decision = _decision(DecisionKind.WITHDRAWN, duty, grounds)

    def decide(ledger: Ledger) -> Decision:
        if _about(read_submissions(ledger), duty)["withdrawn"].all():
            raise OperatorError("E815", form=duty.form, division=duty.division, period=duty.period)
        return decision

    return record(workspace, grounds, decide)


def revoke(workspace: Workspace, number: int, grounds: Grounds) -> Recorded:
    """Take back an earlier decision: from now on it never was.

    Raises:
        OperatorError: E812, no decision of that number stands; and as :func:`exempt`.
    """
    refuse_blank(grounds.reason, "reason")
    earlier: list[Decision] = []

    def decide(ledger: Ledger) -> Decision:
        earlier.append(_standing(ledger, number))
        return Decision(
            kind=DecisionKind.REVOKED,
            form=earlier[0].form,
            division=earlier[0].division,
            period=earlier[0].period,
            revokes=number,
            **grounds_of(grounds),
        )

    recorded = record(workspace, grounds, decide)
    return Recorded(recorded.number, recorded.decision, earlier[0])


def present(workspace: Workspace, period: Period, grounds: Grounds) -> Recorded:
    """Write down that the period's workbook, as it stands in the outbox, was laid before the Steering Committee.

    ``grounds`` give the day (document_on) and the paper with which it was done.

    Raises:
        OperatorError: E809, there is no workbook of the period; and as :func:`exempt`.
    """
    path = workspace.outbox / "tong_hop" / f"{period}.xlsx"
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise OperatorError("E809", path=workspace.relative(path)) from error
    refuse_blank(grounds.document, "document")
    decision = Decision(kind=DecisionKind.PRESENTED, period=str(period), sha256=sha256, **grounds_of(grounds))
    return record(workspace, grounds, lambda _: decision)


def _due_on(workspace: Workspace, duty: Duty) -> dt.date:
    """The due date that the settings give an obligation.

    Raises:
        OperatorError: E807, E808, E812 or E814, there is no such obligation.
    """
    settings = load_settings(workspace).settings
    if duty.form not in BY_NUMBER:
        raise OperatorError("E812", name=duty.form, known=", ".join(BY_NUMBER))
    if settings.division(duty.division) is None:
        raise OperatorError("E808", division=duty.division, known=", ".join(d.code for d in settings.divisions))
    if duty.period not in map(str, settings.periods):
        raise OperatorError("E807", period=duty.period, known=", ".join(map(str, settings.periods)))
    found = _about(duties(settings), duty)
    if found.empty:
        raise OperatorError("E814", form=duty.form, division=duty.division, period=duty.period)
    due_on: dt.date = found["due_on"].iloc[0].date()
    return due_on


def _about(rows: pd.DataFrame, duty: Duty) -> pd.DataFrame:
    """The rows about one obligation."""
    named = (rows["form"] == duty.form) & (rows["division"] == duty.division) & (rows["period"] == duty.period)
    return rows[named]


def _decision(kind: DecisionKind, duty: Duty, grounds: Grounds, until: dt.date | None = None) -> Decision:
    refuse_blank(grounds.reason, "reason")
    return Decision(
        kind=kind, form=duty.form, division=duty.division, period=duty.period, until=until, **grounds_of(grounds)
    )


def grounds_of(grounds: Grounds) -> Mapping[str, Any]:
    """The grounds by the fields of the decision.

    Raises:
        OperatorError: E816, the paper is of a day to come.
    """
    if grounds.document_on is not None and grounds.document_on > grounds.as_of.date():
        day, as_of = say_date(grounds.document_on), f"{grounds.as_of:%d/%m/%Y %H:%M}"
        raise OperatorError("E816", reason=say("decisions.wrong_day.document_on", day=day, as_of=as_of))
    return {
        "as_of": grounds.as_of,
        "reason": grounds.reason.strip(),
        "document": grounds.document.strip(),
        "document_on": grounds.document_on,
    }


def refuse_blank(text: str, name: str) -> None:
    """Refuse grounds that lack what they need.

    Raises:
        OperatorError: E817, the text is blank.
    """
    if not text.strip():
        raise OperatorError("E817", missing=say(f"decisions.blank.{name}"))


def record(
    workspace: Workspace,
    grounds: Grounds,
    decide: Callable[[Ledger], Decision],
    *,
    wrong: tuple[int, int] | None = None,
) -> Recorded:
    """Write what is decided, alone with the ledger, unless the very same stands already.

    ``wrong``: the first and the last look whose clock the decision tells wrong.

    Raises:
        OperatorError: as :func:`exempt`.
    """
    settings = load_settings(workspace).settings
    with ledger_faults(workspace), alone(workspace), create_ledger(workspace) as ledger:
        hold_to_the_clock(ledger, settings, grounds.as_of, is_sure=grounds.is_sure_of_clock, wrong=wrong)
        decision = decide(ledger)
        _refuse_repetition(ledger, decision)
        with ledger.writing():
            return Recorded(ledger.record_decision(decision), decision)


_TEXTS = ("form", "division", "period", "reason", "document", "sha256")
_LOOKS = ("wrong_from", "wrong_until")
_SAME = ("until", "reason", "document", "document_on", "sha256", *_LOOKS)


def _refuse_repetition(ledger: Ledger, decision: Decision) -> None:
    """Of one kind for one obligation (or period) the last decision counts; to say it again says nothing."""
    named = [("kind", str(decision.kind)), ("form", decision.form), ("division", decision.division)]
    standing = read_decisions(ledger)
    for name, value in (*named, ("period", decision.period)):
        standing = standing[standing[name] == value] if value is not None else standing[standing[name].isna()]
    if standing.empty:
        return
    number = int(standing["decision_id"].iloc[-1])
    last = _standing(ledger, number)
    if all(getattr(last, name) == getattr(decision, name) for name in _SAME):
        raise OperatorError("E818", number=number, as_of=f"{last.as_of:%d/%m/%Y %H:%M}")


def _standing(ledger: Ledger, number: int) -> Decision:
    """The decision of that number.

    Raises:
        OperatorError: E812, none of that number stands.
    """
    decisions = read_decisions(ledger)
    found = decisions[decisions["decision_id"] == number]
    if found.empty:
        known = ", ".join(map(str, decisions["decision_id"])) or say("decisions.none_standing")
        raise OperatorError("E812", name=say("decisions.by_number", number=number), known=known)
    row = found.astype(object).where(found.notna(), None).to_dict("records")[0]
    days: dict[str, Any] = {name: row[name] and row[name].date() for name in ("until", "document_on")}
    texts: dict[str, Any] = {name: row[name] for name in _TEXTS}
    looks: dict[str, Any] = {name: row[name] and int(row[name]) for name in _LOOKS}
    return Decision(kind=DecisionKind(row["kind"]), as_of=row["as_of"].to_pydatetime(), **texts, **days, **looks)
