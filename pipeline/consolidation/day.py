"""One day as the secretary is told of it: what came, what waits, what was decided, what moved, what she must do. Pure.

A day is a function of the ledger's content, the date, what waits and what was open elsewhere; never of how many runs
went over it, so a run with nothing new tells nothing new.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipeline.consolidation.changes import Subject
from pipeline.consolidation.committee import Committee
from pipeline.consolidation.receipts import Effect
from pipeline.consolidation.to_do import Matter, ToDo, things_to_do
from pipeline.findings import Finding, Severity, Verdict, explain


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


@dataclass(frozen=True)
class SeenAgain:
    """Known bytes under another name."""

    path: str
    same_as: str
    first_at: str


@dataclass(frozen=True)
class Moved:
    """What moved in one period's workbook since the day before: states, statuses as codes, blank where there was none.

    ``which`` names each obligation (``BM-02 VP``) or objective (``VP MT01``).
    """

    period: str
    subject: str
    before: str
    after: str
    which: tuple[str, ...]


@dataclass(frozen=True)
class Day:
    """Everything that is told of one day.

    ``waiting``: path to reason; ``decisions`` and ``faults`` (what our program could not make) as the ledger has them;
    ``has_typed_time``: a run was dated by --as-of, far from the machine's clock; ``outages``: when nobody was answered
    before, a sentence each.
    """

    day: dt.date
    to_do: tuple[ToDo, ...]
    received: tuple[Came, ...]
    seen_again: tuple[SeenAgain, ...]
    waiting: Mapping[str, str]
    decisions: tuple[Mapping[str, str], ...]
    moved: tuple[Moved, ...]
    faults: tuple[Mapping[str, str], ...] = ()
    has_typed_time: bool = False
    outages: tuple[str, ...] = ()

    @property
    def verdicts(self) -> dict[str, int]:
        """How many files got each verdict, every verdict named."""
        return {str(verdict): sum(one.verdict == verdict for one in self.received) for verdict in Verdict}


@dataclass(frozen=True, eq=False)
class DaySources:
    """What a day is made from.

    ``lines`` as ``receipts.receipt_lines`` gives them; ``notes`` the notes on several files of one night; by
    submission_id the ``findings`` of what was judged that day and the ``answers`` to it (paths); ``committees`` and
    ``moves`` (``committee.changes_since`` the day before) of the workbooks that speak of that day, by period;
    ``siblings``: what was open elsewhere to the dated file that stands in for it; ``faults`` as the ledger
    has them (code, stage, artefact, reason). ``oversize``: the path of what is too large for custody to the facts that
    its words ask for; ``not_judged``: path and folder of what came and has no whole original in custody;
    ``by_stamp``: the facts of what was in time or late by a file's own stamp alone. ``suspect_clocks``: runs whose
    clock was wrong by itself and of which nothing is decided yet (first, until: the ids of the runs; since, last: what
    their clocks said); ``has_typed_time``: a run of the day was dated by --as-of, more than an hour from the machine's
    clock. ``outages``: when nobody was answered before, a sentence each.
    """

    day: dt.date
    lines: pd.DataFrame
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
    committees: Mapping[str, Committee] = field(default_factory=dict)
    moves: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    suspect_clocks: Sequence[Mapping[str, str]] = ()
    has_typed_time: bool = False


def day_of(sources: DaySources) -> Day:
    """The day, from its sources."""
    judged = sources.lines[sources.lines["judged_as_of"].dt.date == sources.day]
    submissions = sources.lines[sources.lines["effect"] != Effect.RECOGNISED]
    last_of = submissions.groupby("sha256")["submission_id"].max().to_dict()
    in_order = judged.sort_values(["arrived_at", "sha256", "path"]).to_dict("records")
    came = [_came(line, sources, int(last_of[line["sha256"]])) for line in in_order]
    again = sources.lines[
        (sources.lines["effect"] == Effect.RECOGNISED) & (sources.lines["not_after"].dt.date == sources.day)
    ]
    return Day(
        day=sources.day,
        to_do=tuple(sorted(things_to_do(sources, came), key=lambda one: list(Matter).index(one.matter))),
        received=tuple(came),
        seen_again=tuple(
            SeenAgain(path, first_path, f"{first_at:%H:%M %d/%m/%Y}")
            for path, first_path, first_at in again[["path", "first_path", "first_at"]].itertuples(index=False)
        ),
        waiting=dict(sources.waiting),
        decisions=tuple(sources.decisions),
        moved=tuple(_moved(sources.moves)),
        faults=tuple(sources.faults),
        has_typed_time=sources.has_typed_time,
        outages=tuple(sources.outages),
    )


def _came(line: Mapping, sources: DaySources, last: int) -> Came:  # type: ignore[type-arg] # a frame's record
    """``last``: the last submission of the same bytes."""
    submission_id = int(line["submission_id"])
    known = {name: None if pd.isna(line[name]) else str(line[name]) for name in ("division", "form", "period")}
    return Came(
        path=line["path"],
        sender=known["division"] or line["folder"],
        form=known["form"],
        period=known["period"],
        version=None if pd.isna(line["version"]) else int(line["version"]),
        verdict=line["verdict"],
        effect=line["effect"],
        first_problem=_first_problem(sources.findings.get(submission_id, ())),
        answers=tuple(sources.answers.get(submission_id, ())),
        is_judged_anew=last > submission_id,
    )


def _first_problem(findings: Sequence[Finding]) -> Problem | None:
    """The first error, else the first warning; notes are no problem."""
    for severity in (Severity.ERROR, Severity.WARNING):
        for finding in findings:
            if finding.severity is severity:
                place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
                return Problem(finding.code, str(severity), place, explain(finding).problem)
    return None


def _moved(moves: Mapping[str, pd.DataFrame]) -> Iterator[Moved]:
    """New files are told one by one already."""
    for period, changes in moves.items():
        told = changes[changes["subject"] != Subject.FILE]
        for subject, before, after, which in told[["subject", "before", "after", "which"]].itertuples(index=False):
            yield Moved(period, subject, before, after, tuple(which.split(", ")))
