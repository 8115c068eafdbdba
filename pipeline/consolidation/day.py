"""One day as the secretary reads of it: what came, what waits, what was decided, what moved, what she must do. Pure.

A day is a function of the ledger's content, the date, what waits and what was open elsewhere; never of how many runs
went over it, so a run with nothing new says nothing new.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.consolidation.changes import Subject
from pipeline.consolidation.receipts import Effect
from pipeline.consolidation.to_do import Came, DaySources, Matter, Problem, ToDo, things_to_do
from pipeline.findings import Finding, Severity, Verdict, explain


@dataclass(frozen=True)
class SeenAgain:
    """Bytes of the ledger under another name."""

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
    """Everything of one day.

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
        return {str(verdict): sum(file.verdict == verdict for file in self.received) for verdict in Verdict}


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
        to_do=tuple(sorted(things_to_do(sources, came), key=lambda to_do: list(Matter).index(to_do.matter))),
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


def _came(line: Mapping[Any, Any], sources: DaySources, last: int) -> Came:
    """``last``: the last submission of the same bytes."""
    submission_id = int(line["submission_id"])
    division, form, period = (
        None if pd.isna(line[name]) else str(line[name]) for name in ("division", "form", "period")
    )
    return Came(
        path=line["path"],
        sender=division or line["folder"],
        form=form,
        period=period,
        version=None if pd.isna(line["version"]) else int(line["version"]),
        verdict=line["verdict"],
        effect=line["effect"],
        first_problem=_first_problem(sources.findings.get(submission_id, ())),
        answers=tuple(sources.answers.get(submission_id, ())),
        is_judged_anew=last > submission_id,
        explanations=tuple(_explanations(sources.findings.get(submission_id, ()))),
    )


def _first_problem(findings: Sequence[Finding]) -> Problem | None:
    """The first error, else the first warning that is not explained; notes are no problem."""
    for severity in (Severity.ERROR, Severity.WARNING):
        for finding in findings:
            if finding.severity is severity and not finding.explanation:
                return Problem(finding.code, str(severity), _place(finding), explain(finding).problem)
    return None


def _explanations(findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    for finding in findings:
        if finding.explanation:
            yield f"{_place(finding)}, {finding.code}", finding.explanation


def _place(finding: Finding) -> str:
    return f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet


def _moved(moves: Mapping[str, pd.DataFrame]) -> Iterator[Moved]:
    """New files stand in the list of what came."""
    for period, changes in moves.items():
        moved = changes[changes["subject"] != Subject.FILE]
        for subject, before, after, which in moved[["subject", "before", "after", "which"]].itertuples(index=False):
            yield Moved(period, subject, before, after, tuple(which.split(", ")))
