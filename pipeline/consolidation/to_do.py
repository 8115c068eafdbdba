"""What the secretary must do after a day, many things of one kind from one sender as one. Pure."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Final, TypeVar

import pandas as pd

from pipeline.consolidation.changes import Changes
from pipeline.consolidation.committee import Committee
from pipeline.consolidation.controls import Controls
from pipeline.consolidation.receipts import Effect, Lines
from pipeline.consolidation.still_due import Outstanding
from pipeline.findings import MISPLACED, Finding, Verdict
from pipeline.obligations import OBLIGATION
from pipeline.wording import say

FEW: Final = 5
"""Up to so many of a kind have a line each."""
_LISTED: Final = 3
MANY: Final = 30
"""Up to so many are named one by one."""


@dataclass(frozen=True)
class Problem:
    """The first thing that was found in a file, in the catalogue's words; ``place`` is blank for the whole file."""

    code: str
    severity: str
    place: str
    problem: str


@dataclass(frozen=True)
class Came:
    """One file that was judged that day. ``sender``: the division it names, else its folder's; blank for nobody.

    ``is_judged_anew``: the same bytes were judged once more: they lay in a wrong folder, or met a fault of ours.
    ``explanations``: the place of each warning that the sender has explained, and the sender's words.
    """

    path: str
    sender: str
    form: str | None
    period: str | None
    version: int | None
    verdict: str
    effect: str
    first_problem: Problem | None
    answers: tuple[str, ...]
    is_judged_anew: bool = False
    explanations: tuple[tuple[str, str], ...] = ()


def failed_checks(committee: Committee) -> int:
    """How many checks of the workbook's sheet 10 fail."""
    return int((~committee.controls[Controls.holds].astype(bool)).sum())


@dataclass(frozen=True, eq=False)
class DaySources:
    """What a day is made from.

    Attributes:
        lines: as ``receipts.receipt_lines`` gives them.
        notes: those on several files of one night.
        findings: of what was judged that day, by submission_id.
        answers: the paths of the answers to it, by submission_id.
        waiting: path to reason.
        siblings: what was open elsewhere, to the dated file that stands in for it.
        oversize: the path of what is too large for custody to the facts that its words need.
        not_judged: path and folder of what came and has no whole original in custody.
        by_stamp: the facts of what was in time or late by a file's own stamp alone.
        faults: what our program could not make, as the ledger has it (code, stage, artefact, reason).
        outages: when nobody was answered before, a sentence each.
        failed_checks: how many checks fail in each workbook that speaks of that day, by period.
        outstanding: the forms that are overdue or returned, of whatever period that has a workbook.
        policies: the facts of each re-issued policy that is still to be told.
        taken_over: those of each report that tells of what a division left that was closed.
        successions: those of each closed division whose successor is not decided.
        moves: what moved since the day before, by period, as the workbooks have it.
        suspect_clocks: runs whose clock was wrong by itself and of which nothing is decided yet (first, until: the ids
            of the runs; since, last: what their clocks said).
        has_typed_time: a run of the day was dated by --as-of, more than an hour from the machine's clock.
    """

    day: dt.date
    lines: Annotated[pd.DataFrame, Lines]
    notes: Sequence[tuple[int, Finding]] = ()
    findings: Mapping[int, Sequence[Finding]] = field(default_factory=dict)
    answers: Mapping[int, Sequence[str]] = field(default_factory=dict)
    waiting: Mapping[str, str] = field(default_factory=dict)
    siblings: Mapping[str, str] = field(default_factory=dict)
    oversize: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    not_judged: Sequence[tuple[str, str]] = ()
    by_stamp: Sequence[Mapping[str, str]] = ()
    faults: Sequence[Mapping[str, str]] = ()
    outages: Sequence[str] = ()
    decisions: Sequence[Mapping[str, str]] = ()
    failed_checks: Mapping[str, int] = field(default_factory=dict)
    outstanding: Outstanding = field(default_factory=dict)
    policies: Sequence[Mapping[str, str]] = ()
    taken_over: Sequence[Mapping[str, str]] = ()
    successions: Sequence[Mapping[str, str]] = ()
    moves: Mapping[str, Annotated[pd.DataFrame, Changes]] = field(default_factory=dict)
    suspect_clocks: Sequence[Mapping[str, str]] = ()
    has_typed_time: bool = False


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
    OUTSTANDING = "owed"
    POLICY = "policy"
    TAKEN_OVER = "taken_over"
    HEIRS = "heirs"
    NO_HEIR = "no_heir"
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


def things_to_do(sources: DaySources, came: Sequence[Came]) -> Iterator[ToDo]:
    """What the secretary must do something about, in no order; ``came``: the files that were judged that day."""
    yield from _by_sender([(to_do, file.answers) for file in came for to_do in _of_file(file)])
    yield from _together(sources)
    for span in sources.suspect_clocks:
        yield ToDo(Matter.CLOCK, span)
    for period, count in sources.failed_checks.items():
        yield from (ToDo(Matter.CONTROLS, {"period": period, "count": str(count)}),) if count else ()
    for period, forms in sources.outstanding.items():
        yield ToDo(Matter.OUTSTANDING, {"period": period, "count": str(len(forms)), "which": _which(forms)})
    yield from (ToDo(Matter.POLICY, facts) for facts in sources.policies)
    yield from (ToDo(Matter.TAKEN_OVER, facts) for facts in sources.taken_over)
    yield from (ToDo(Matter.HEIRS if facts["heirs"] else Matter.NO_HEIR, facts) for facts in sources.successions)
    yield from (ToDo(Matter.BY_STAMP, facts) for facts in sources.by_stamp)
    lost = [ToDo(Matter.NOT_JUDGED, {"path": path, "sender": folder}) for path, folder in sources.not_judged]
    waiting = [
        ToDo(Matter(reason), {"path": path, **sources.oversize.get(path, {})})
        for path, reason in sources.waiting.items()
    ]
    yield from _by_sender([(to_do, ()) for to_do in (*lost, *waiting)])
    for path, sibling in sources.siblings.items():
        yield ToDo(Matter.SIBLING, {"path": path, "sibling": sibling})


def _by_sender(answered: Sequence[tuple[ToDo, Sequence[str]]]) -> Iterator[ToDo]:
    """Each thing with the answers to its file; many of one kind from one sender, or of one folder, become one.

    So do very many of one kind, each from another sender.
    """
    singles, crowds = parted(answered, lambda each: (_kind(each[0]), _sender(each[0])))
    few_of_kind, every = parted(singles, lambda each: _of_anybody(each[0]), MANY)
    yield from (to_do for to_do, _ in few_of_kind)
    yield from (_as_one(crowd, _sender(crowd[0][0])) for crowd in crowds)
    for crowd in every:
        senders = len({_sender(to_do) for to_do, _ in crowd})
        yield _as_one(crowd, say("run_report.many.senders", count=senders))


def _as_one(crowd: Sequence[tuple[ToDo, Sequence[str]]], sender: str) -> ToDo:
    facts = {
        "sender": sender,
        "paths": some([to_do.facts["path"] for to_do, _ in crowd]),
        "answers": folders(answer for _, answers in crowd for answer in answers),
    }
    return ToDo(_kind(crowd[0][0]), facts, len(crowd))


def _of_anybody(to_do: ToDo) -> Matter | None:
    """The kind of a thing whose words can speak of several senders at once."""
    kind = _kind(to_do)
    return kind if kind in {Matter.RETURNED, Matter.MISPLACED, Matter.NOISE, Matter.INTERNAL_FAULT} else None


def _kind(to_do: ToDo) -> Matter:
    return Matter.NOISE if to_do.matter in {Matter.UNREADABLE, Matter.NOT_A_FORM} else to_do.matter


def _sender(to_do: ToDo) -> str:
    return to_do.facts.get("sender", to_do.facts["path"].rpartition("/")[0])


_BY_VERDICT = {Verdict.UNREADABLE: Matter.UNREADABLE, Verdict.NOT_A_FORM: Matter.NOT_A_FORM}


def _of_file(file: Came) -> Iterator[ToDo]:
    """What a file asks for, unless a later version has settled it."""
    answers = ", ".join(f"`{answer}`" for answer in file.answers)
    facts, verdict = {"path": file.path, "sender": file.sender, "answers": answers}, Verdict(file.verdict)
    if verdict is Verdict.INTERNAL_FAULT:
        yield from () if file.is_judged_anew else (ToDo(Matter.INTERNAL_FAULT, facts),)
    elif file.sender == "" and not verdict.is_accepted:
        yield ToDo(Matter.UNKNOWN_SENDER, facts)
    elif verdict in _BY_VERDICT:
        yield ToDo(_BY_VERDICT[verdict], facts)
    elif file.effect == Effect.RETURNED and not file.is_judged_anew:
        misplaced = file.first_problem is not None and file.first_problem.code == MISPLACED
        form = " ".join(filter(None, (file.form, file.period)))
        yield ToDo(Matter.MISPLACED if misplaced else Matter.RETURNED, {**facts, "form": form})


def _together(sources: DaySources) -> Iterator[ToDo]:
    lines = sources.lines[sources.lines["judged_as_of"].dt.date == sources.day]
    judged = {int(line["submission_id"]): line for line in lines.to_dict("records")}
    facts = {
        (*(judged[number][name] for name in OBLIGATION), finding.facts["later"]): finding
        for number, finding in sources.notes
        if number in judged
    }
    for (form, division, period, _), finding in facts.items():
        yield ToDo(Matter.TOGETHER, {**finding.facts, "sender": division, "form": f"{form} {period}"})


def _which(forms: Sequence[tuple[str, str]]) -> str:
    """Form and division of each; of many how many of each form."""
    named = forms if len(forms) <= MANY else ()
    return ", ".join(f"{form} {division}" for form, division in named) or _by_form(forms)


def _by_form(outstanding: Sequence[tuple[str, str]]) -> str:
    """How many divisions of each form, the first few by their codes."""
    divisions: dict[str, list[str]] = {}
    for form, division in outstanding:
        divisions.setdefault(form, []).append(division)
    return "; ".join(
        say("run_report.many.of_form", form=form, count=len(codes), divisions=few(codes))
        for form, codes in sorted(divisions.items())
    )


def few(names: Sequence[str]) -> str:
    """The first few names as one text, and that there are more."""
    return ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")


T = TypeVar("T")


def parted(
    things: Iterable[T], kind_of: Callable[[T], Hashable | None], most: int = FEW
) -> tuple[list[T], list[list[T]]]:
    """The things that have a line each, in their order, and the crowds of more than ``most`` of a kind.

    Noise must not bury what matters. What is of no kind (None) always has its own line.
    """
    kinds: dict[Hashable, list[T]] = {}
    sorted_out = [(kind_of(thing), thing) for thing in things]
    for kind, thing in sorted_out:
        kinds.setdefault(kind, []).append(thing)
    crowds = {kind: crowd for kind, crowd in kinds.items() if kind is not None and len(crowd) > most}
    return [thing for kind, thing in sorted_out if kind not in crowds], list(crowds.values())


def some(paths: Sequence[str]) -> str:
    """The first few paths as one text, and that there are more."""
    return few([f"`{path}`" for path in paths])


def folders(paths: Iterable[str]) -> str:
    """The folders in which paths lie, each once, as one text; of very many the first few."""
    named = [f"`{folder}`" for folder in sorted({path.rpartition("/")[0] for path in paths})]
    return few(named) if len(named) > MANY else ", ".join(named)
