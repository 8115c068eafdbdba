"""What would become of files if they were submitted now: the answers to the pre-check folder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from pipeline.feedback import marked_copy as feedback
from pipeline.findings import Finding
from pipeline.intake.inbox import PRE_CHECK
from pipeline.judging import Submission, ground_of, judged_alone
from pipeline.night.answering import answer_bytes, sheet_of
from pipeline.night.answers import Answer, Dropped, Recorded, answer_path, division_of, places_of
from pipeline.night.frame import Run
from pipeline.night.judged_before import judged_before
from pipeline.night.marking import Marking


@dataclass(frozen=True)
class Outcome:
    """The verdict that a file would get, or that it got (then ``submitted_at``): these very bytes were submitted.

    ``counting`` says of those which version counts now.
    """

    of: Recorded
    findings: Sequence[Finding]
    submitted_at: str = ""
    counting: str = ""


def foretold(run: Run, dropped: Sequence[Dropped]) -> Iterator[tuple[Dropped, Outcome]]:
    """Each file with its outcome, judged against everything that is recorded by now, and each as if it came alone."""
    past = judged_before(run.ledger, frozenset(one.sha256 for one in dropped))
    fresh = [one for one in dropped if one.sha256 not in past]
    judged = _judged(run, fresh) if fresh else {}
    for one in dropped:
        if one.sha256 in past:
            before = past[one.sha256]
            yield one, Outcome(before.of, before.findings, before.told_at, before.counting)
        else:
            yield one, judged[one.name]


def _judged(run: Run, fresh: Sequence[Dropped]) -> Mapping[str, Outcome]:
    """What each file would get, by its name."""
    unread = [
        Submission(key, one.copy, run.as_of, frozenset({division_of(one.name, run.settings)}))
        for key, one in enumerate(fresh)
    ]
    at, outcomes = run.as_of.isoformat(), {}
    judged = judged_alone(unread, run.settings, ground_of(run.ledger, run.settings), run.workers)
    for one, verdict in zip(fresh, judged, strict=True):
        form = verdict.form.number if verdict.form else None
        period = str(verdict.period) if verdict.period else None
        of = Recorded(0, one.sha256, one.name, "", str(verdict.verdict), form, verdict.division, period, at, at)
        outcomes[one.name] = Outcome(of, verdict.findings)
    return outcomes


def answers_to(run: Run, one: Dropped, outcome: Outcome, marking: Marking) -> list[Answer]:
    """The answers to one file, one a place where its sender looks."""
    verdict = outcome.of._replace(path=one.name, judged_as_of=run.as_of.isoformat())
    sheet = feedback.PreCheckSheet(
        **vars(sheet_of(run, verdict, outcome.findings)),
        inbox=f"inbox/{verdict.division}" if verdict.division else "inbox",
        submitted_at=outcome.submitted_at,
        counting=outcome.counting,
    )
    content = cache(partial(answer_bytes, one.copy, sheet, marking=marking))
    plainer = cache(partial(feedback.findings_only, sheet, feedback.Unmarked.OURS))
    return [
        Answer(answer_path(one.name, one.sha256, f"{place}/{PRE_CHECK}"), one.sha256, content, plainer)
        for place in places_of(one.name, verdict.division, run.settings)
    ]
