"""What the secretary must do after a day, many things of one kind from one sender as one. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.consolidation.committee import Committee
from pipeline.consolidation.crowds import folders, parted, some
from pipeline.consolidation.owed import OPEN_STATES, of_period
from pipeline.consolidation.receipts import Effect
from pipeline.findings import MISPLACED, Verdict
from pipeline.obligations import State

if TYPE_CHECKING:
    from pipeline.consolidation.day import Came, DaySources


class Matter(StrEnum):
    """What the secretary must do something about, what cannot wait first."""

    INTERNAL_FAULT = "internal_fault"
    CONTROLS = "controls"
    NO_LOOK = "no_look"
    NOT_JUDGED = "not_judged"
    CLOCK = "clock"
    MISPLACED = "misplaced"
    RETURNED = "returned"
    UNREADABLE = "unreadable"
    NOT_A_FORM = "not_a_form"
    NOISE = "noise"
    UNKNOWN_SENDER = "unknown_sender"
    TOGETHER = "together"
    BY_STAMP = "by_stamp"
    OWED = "owed"
    OPEN = "open"
    UNSETTLED = "unsettled"
    NOT_TAKEN = "not_taken"
    FOLDER = "folder"
    TOO_LARGE = "too_large"
    SIBLING = "sibling"


@dataclass(frozen=True)
class ToDo:
    """One thing to do; ``facts`` are those that its words ask for. ``count`` above 1: so many of one sender in one."""

    matter: Matter
    facts: Mapping[str, str]
    count: int = 1


def things_to_do(sources: "DaySources", came: Sequence["Came"]) -> Iterator[ToDo]:
    """What the secretary must do something about, in no order; ``came``: the files that were judged that day."""
    yield from _by_sender([(to_do, one.answers) for one in came for to_do in _of_file(one)])
    yield from _together(sources)
    for span in sources.suspect_clocks:
        yield ToDo(Matter.CLOCK, span)
    for period, committee in sources.committees.items():
        yield from _of_workbook(period, committee)
    yield from (ToDo(Matter.BY_STAMP, facts) for facts in sources.by_stamp)
    lost = [ToDo(Matter.NOT_JUDGED, {"path": path, "sender": folder}) for path, folder in sources.not_judged]
    waiting = [
        ToDo(Matter(reason), {"path": path, **sources.oversize.get(path, {})})
        for path, reason in sources.waiting.items()
    ]
    yield from _by_sender([(to_do, ()) for to_do in (*lost, *waiting)])
    for path, sibling in sources.siblings.items():
        yield ToDo(Matter.SIBLING, {"path": path, "sibling": sibling})


def _by_sender(told: Sequence[tuple[ToDo, Sequence[str]]]) -> Iterator[ToDo]:
    """Each thing with the answers to its file; many of one kind from one sender, or of one folder, become one."""
    singles, crowds = parted(told, lambda one: (_NOISE.get(one[0].matter, one[0].matter), _sender(one[0])))
    yield from (to_do for to_do, _ in singles)
    for crowd in crowds:
        first, _ = crowd[0]
        facts = {
            "sender": _sender(first),
            "paths": some([to_do.facts["path"] for to_do, _ in crowd]),
            "answers": folders(answer for _, answers in crowd for answer in answers),
        }
        yield ToDo(_NOISE.get(first.matter, first.matter), facts, len(crowd))


def _sender(to_do: ToDo) -> str:
    return to_do.facts.get("sender", to_do.facts["path"].rpartition("/")[0])


_NOISE = {Matter.UNREADABLE: Matter.NOISE, Matter.NOT_A_FORM: Matter.NOISE}
_BY_VERDICT = {
    Verdict.INTERNAL_FAULT: Matter.INTERNAL_FAULT,
    Verdict.UNREADABLE: Matter.UNREADABLE,
    Verdict.NOT_A_FORM: Matter.NOT_A_FORM,
}


def _of_file(one: "Came") -> Iterator[ToDo]:
    """What a file asks for, unless a later version has settled it."""
    told = {"path": one.path, "sender": one.sender, "answers": ", ".join(f"`{answer}`" for answer in one.answers)}
    verdict = Verdict(one.verdict)
    if verdict is Verdict.INTERNAL_FAULT:
        yield from () if one.is_judged_anew else (ToDo(Matter.INTERNAL_FAULT, told),)
    elif one.sender == "" and not verdict.is_accepted:
        yield ToDo(Matter.UNKNOWN_SENDER, told)
    elif verdict in _BY_VERDICT:
        yield ToDo(_BY_VERDICT[verdict], told)
    elif one.effect == Effect.RETURNED and not one.is_judged_anew:
        misplaced = one.first_problem is not None and one.first_problem.code == MISPLACED
        form = " ".join(filter(None, (one.form, one.period)))
        yield ToDo(Matter.MISPLACED if misplaced else Matter.RETURNED, {**told, "form": form})


def _together(sources: "DaySources") -> Iterator[ToDo]:
    lines = sources.lines[sources.lines["judged_as_of"].dt.date == sources.day]
    known = {int(line["submission_id"]): line for line in lines.to_dict("records")}
    facts = {
        (known[number]["form"], known[number]["division"], known[number]["period"], finding.facts["later"]): finding
        for number, finding in sources.notes
        if number in known
    }
    for (form, division, period, _), finding in facts.items():
        yield ToDo(Matter.TOGETHER, {**finding.facts, "sender": division, "form": f"{form} {period}"})


def _of_workbook(period: str, committee: Committee) -> Iterator[ToDo]:
    """A failed check of sheet 10; the forms of the period that are overdue or returned."""
    failed = int((~committee.controls["holds"].astype(bool)).sum())
    if failed:
        yield ToDo(Matter.CONTROLS, {"period": period, "count": str(failed)})
    owed = of_period(committee["obligations"], committee.period)
    answered_for = owed["state"].isin([str(State.RETURNED), str(State.EMPTY)])
    outstanding = owed[owed["state"].isin(OPEN_STATES) & ((owed["days_late"] > 0) | answered_for)]
    if len(outstanding):
        which = ", ".join(outstanding["form"] + " " + outstanding["division"])
        yield ToDo(Matter.OWED, {"period": period, "count": str(len(outstanding)), "which": which})
