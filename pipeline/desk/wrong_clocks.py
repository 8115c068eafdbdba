"""The decision that the clock of some runs was wrong: which runs are meant, and its record (docs/decisions/0036)."""

from pipeline.desk.recorded import Recorded
from pipeline.desk.recording import Grounds, grounds_of, record, refuse_blank
from pipeline.faults import OperatorError
from pipeline.findings import DecisionKind
from pipeline.ledger import Decision, Look
from pipeline.wording import say
from pipeline.workspace import Workspace, open_ledger

_SHORTEST = 6
"""So many signs of a run's id name it: a run is never meant by a slip of two letters."""
_LISTED = 5


def record_wrong_clock(workspace: Workspace, wrong_from: str, wrong_until: str, grounds: Grounds) -> Recorded:
    """Write down that the clock of the runs from one to another, both included, was wrong.

    A run is named by its id, its first six signs or more, or by the time that its clock told.

    Raises:
        OperatorError: E812, there is no such run, or several bear that name; E816, the last one came before the first;
            E817, no reason is given; E818, the very same stands already; E804 or E828, something that stays right was
            recorded after as_of; E823, as_of is far from all that is known; E806, a run is at work.
    """
    refuse_blank(grounds.reason, "reason")
    with open_ledger(workspace) as ledger:
        looks = ledger.looks()
    first, last = (_named(looks, text) for text in (wrong_from, wrong_until))
    if last.scan_id < first.scan_id:
        facts = {"first": _words(first), "until": _words(last)}
        raise OperatorError("E816", reason=say("decisions.wrong_day.runs", **facts))
    span = (first.scan_id, last.scan_id)
    decision = Decision(
        kind=DecisionKind.CLOCK, period="", wrong_from=span[0], wrong_until=span[1], **grounds_of(grounds)
    )
    return record(workspace, grounds, lambda _: decision, wrong=span)


def _named(looks: list[Look], text: str) -> Look:
    """The look of the run that a text names."""
    wanted = text.strip().lower()
    found = [look for look in looks if _bears(look, wanted)]
    if len(found) == 1:
        return found[0]
    known = found or looks[-_LISTED:]
    listed = ", ".join(map(_words, known[:_LISTED])) or say("command_line.clock.nothing")
    raise OperatorError("E812", name=text, known=listed)


def _bears(look: Look, wanted: str) -> bool:
    times = {
        f"{look.as_of:{style}}" for style in ("%Y-%m-%dt%H:%M", "%Y-%m-%dt%H:%M:%S", "%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M")
    }
    return wanted in times or (len(wanted) >= _SHORTEST and look.run_id.startswith(wanted))


def _words(look: Look) -> str:
    return f"{look.run_id[:8]} ({look.as_of:%d/%m/%Y %H:%M})"
