"""What would become of files if they were submitted now: the answers to the pre-check folder."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import pandas as pd

from pipeline.feedback.marked_copy import PreCheckSheet, Unmarked, findings_only
from pipeline.findings import MISPLACED, Finding, Verdict
from pipeline.forms import BY_NUMBER
from pipeline.intake.inbox import PRE_CHECK
from pipeline.judging import Candidate, Judged
from pipeline.ledger.tables import read_findings, read_submissions
from pipeline.night.answering import (
    Answer,
    answer_bytes,
    division_words,
    lists_in,
    verdict_words,
)
from pipeline.night.frame import Run
from pipeline.night.marking import Marking
from pipeline.night.owed_answers import answer_path, places_of
from pipeline.night.prechecking import Dropped
from pipeline.verdicts import ground_of, verdicts_on


@dataclass(frozen=True)
class Outcome:
    """A verdict that would be, or that was ``told`` (then when) because these very bytes were submitted already."""

    verdict: str
    findings: Sequence[Finding]
    form: str | None
    division: str | None
    period: str | None
    told: str = ""


def foretold(run: Run, dropped: Sequence[Dropped]) -> Iterator[tuple[Dropped, Outcome]]:
    """Each file with its outcome, judged against everything that is recorded by now, and each as if it came alone."""
    told = _told(run, {one.sha256 for one in dropped})
    fresh = [one for one in dropped if one.sha256 not in told]
    settings = run.loaded.settings
    candidates = [
        Candidate(key, one.copy, run.as_of, frozenset({settings.division_of_folder(one.folder)}))
        for key, one in enumerate(fresh)
    ]
    judged = iter(verdicts_on(candidates, settings, ground_of(run.ledger, settings), run.workers) if fresh else ())
    for one in dropped:
        yield one, told.get(one.sha256) or _would_be(next(judged))


def _told(run: Run, wanted: Collection[str]) -> Mapping[str, Outcome]:
    """What was told of ``wanted`` bytes that were submitted; those in a wrong folder count anew in a right one.

    Those that a fault of ours kept from being judged are judged.
    """
    submissions = read_submissions(run.ledger).reset_index()
    last = submissions[submissions["sha256"].isin(wanted)].drop_duplicates("sha256", keep="last")
    counts = last[~last["sha256"].isin(run.ledger.last_told(MISPLACED)) & (last["verdict"] != Verdict.INTERNAL_FAULT)]
    return {
        row["sha256"]: Outcome(
            verdict=row["verdict"],
            findings=read_findings(run.ledger, row["submission_id"]),
            form=_named(row["form"]),
            division=_named(row["division"]),
            period=_named(row["period"]),
            told=f"{row['judged_as_of']:%H:%M %d/%m/%Y}",
        )
        for row in counts.to_dict("records")
    }


def _named(value: str) -> str | None:
    return None if pd.isna(value) else value


def _would_be(judged: Judged) -> Outcome:
    return Outcome(
        str(judged.verdict),
        judged.findings,
        judged.form.number if judged.form else None,
        judged.division,
        str(judged.period) if judged.period else None,
    )


def answers_to(run: Run, one: Dropped, outcome: Outcome, marking: Marking) -> list[Answer]:
    """The answers to one file, one a place where its sender looks."""
    settings = run.loaded.settings
    sheet = PreCheckSheet(
        file_name=one.name,
        verdict=verdict_words(outcome.verdict),
        form=BY_NUMBER[outcome.form] if outcome.form else None,
        lists=lists_in(settings, outcome.period),
        division=division_words(settings, outcome.division),
        period=outcome.period or "",
        judged_at=f"{run.as_of:%H:%M %d/%m/%Y}",
        findings=outcome.findings,
        inbox=f"inbox/{outcome.division}" if outcome.division else "inbox",
        told=outcome.told,
    )
    content = cache(partial(answer_bytes, one.copy, sheet, marking=marking))
    plainer = cache(partial(findings_only, sheet, Unmarked.OURS))
    return [
        Answer(answer_path(one.name, one.sha256, f"{place}/{PRE_CHECK}"), one.sha256, content, plainer)
        for place in places_of(one.name, outcome.division, settings)
    ]
