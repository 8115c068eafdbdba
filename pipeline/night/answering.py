"""What goes back to the senders: the answers that are still owed, each made in its own boundary."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from pipeline.feedback.marked_copy import (
    FeedbackSheet,
    ReplacedVersion,
    SharedSheet,
    Unmarked,
    findings_only,
    shared_answer,
)
from pipeline.findings import Severity
from pipeline.forms import BY_NUMBER
from pipeline.intake.custody import original
from pipeline.ledger.hashing import digest
from pipeline.ledger.tables import read_findings
from pipeline.night.frame import Run
from pipeline.night.marking import Marking
from pipeline.night.owed_answers import Replaced, Submission, owed_answers
from pipeline.night.walls import Stage
from pipeline.outbox import Outbox, dated_sibling
from pipeline.settings import Period, Settings
from pipeline.vocabulary.lists import Lists, lists_of
from pipeline.wording import say
from pipeline.workspace import Workspace

_ANSWERS_A_WORKER = 8


@dataclass(frozen=True)
class Answer:
    """One answer, not yet made: where it goes, to which original, how to make it, and what goes out if that fails."""

    relative: str
    sha256: str
    content: Callable[[], bytes]
    plainer: Callable[[], bytes]


def answer(run: Run, outbox: Outbox) -> list[str]:
    """Write the answers that are still owed, also those that a broken-off run owes; gives their paths.

    An answer that cannot be made is replaced by the findings alone.
    """
    written = []
    with run.clock.stage(Stage.FEEDBACK), run.walls.stage(Stage.FEEDBACK):
        is_answered = partial(was_answered, run, outbox)
        with Marking(run.loaded.settings, run.workers) as marking:
            owed = list(answers(run, marking, is_answered))
            for one in _begun_ahead(owed, run.workers):
                path = give(run, outbox, Stage.FEEDBACK, one)
                if path is not None:
                    written.append(path)
                run.progress("feedback", len(written), len(owed))
    return written


def _begun_ahead(owed: Sequence[Answer], workers: int) -> Iterator[Answer]:
    """The answers in their order, some of them begun before their turn; what one raises, it raises when its turn comes.

    A second worker process is worth its start from a few answers on.
    """
    threads = min(workers, 1 + len(owed) // _ANSWERS_A_WORKER)
    begun: dict[Callable[[], bytes], Future[bytes]] = {}
    with ThreadPoolExecutor(threads, "answer") as drivers:
        for place, one in enumerate(owed):
            for later in owed[place : place + 2 * threads]:
                if later.content not in begun:
                    begun[later.content] = drivers.submit(later.content)
            yield replace(one, content=begun[one.content].result)
            if place + 1 == len(owed) or owed[place + 1].content is not one.content:
                del begun[one.content]


def was_answered(run: Run, outbox: Outbox, relative: str) -> bool:
    """Whether an answer went out whole, or is left as it is by this run."""
    if run.walls.is_left(Stage.FEEDBACK, relative):
        return True
    return outbox.was_published(relative) and not run.walls.has_failed(Stage.FEEDBACK, relative)


def give(run: Run, outbox: Outbox, stage: Stage, one: Answer) -> str | None:
    """Put an answer into the outbox, or the plainer one; gives its path, None when neither could be put there."""

    def put(content: Callable[[], bytes]) -> str:
        published = outbox.publish(one.relative, content(), one.sha256, sibling=dated_sibling(run.as_of))
        return f"outbox/{published.relative}"

    return run.walls.attempt(stage, one.relative, partial(put, one.content), partial(put, one.plainer))


def answers(run: Run, marking: Marking, is_answered: Callable[[str], bool]) -> Iterator[Answer]:
    """The answers that are still owed, noise last."""
    owed = owed_answers(run.ledger, run.loaded.settings)
    begun: set[str] = set()
    for one in owed.in_order():
        relatives = [each for each in owed.places[one.submission_id] if not (is_answered(each) or each in begun)]
        begun.update(relatives)
        if not relatives:
            continue
        if one.submission_id in owed.replaced:
            yield from _shared(run, owed.replaced[one.submission_id], relatives)
            continue
        sheet = _sheet(run, one)
        content = partial(_content, run.workspace, one.sha256, sheet, marking)
        plainer = cache(partial(findings_only, sheet, Unmarked.OURS))
        yield from (Answer(relative, one.sha256, content, plainer) for relative in relatives)


def _sheet(run: Run, one: Submission) -> FeedbackSheet:
    settings = run.loaded.settings
    return FeedbackSheet(
        file_name=one.path,
        verdict=verdict_words(one.verdict),
        form=BY_NUMBER[one.form] if one.form else None,
        lists=lists_in(settings, one.period),
        division=division_words(settings, one.division),
        period=one.period or "",
        judged_at=_at(one.judged_as_of),
        findings=read_findings(run.ledger, one.submission_id),
    )


def _shared(run: Run, group: Replaced, relatives: Sequence[str]) -> Iterator[Answer]:
    """One answer to all versions that were replaced in the night in which they came."""
    form, division = BY_NUMBER[str(group.last.form)], division_words(run.loaded.settings, group.last.division)
    sheet = SharedSheet(
        form=", ".join(filter(None, (form.title, division, group.last.period))),
        versions=[_version(run, one) for one in group.versions],
        last=_version(run, group.last),
        judged_at=_at(group.last.judged_as_of),
    )
    content = cache(partial(shared_answer, sheet))
    made_from = digest([one.sha256 for one in (*group.versions, group.last)])
    yield from (Answer(relative, made_from, content, content) for relative in relatives)


def _version(run: Run, one: Submission) -> ReplacedVersion:
    weights = Counter(finding.severity for finding in read_findings(run.ledger, one.submission_id))
    errors, warnings = weights[Severity.ERROR], weights[Severity.WARNING]
    return ReplacedVersion(one.path, _at(one.arrived_at), verdict_words(one.verdict), errors, warnings)


def _at(moment: str) -> str:
    return f"{dt.datetime.fromisoformat(moment):%H:%M %d/%m/%Y}"


def lists_in(settings: Settings, period: str | None) -> Lists:
    """The settings' choices in the year of a period, or in the latest year where none is known."""
    return lists_of(settings, Period.parse(period).year if period else max(settings.years))


def verdict_words(verdict: str) -> str:
    """A verdict as staff read it, such as *Hợp lệ* or *Trả lại*."""
    return say(f"run.verdict.{verdict}")


def _content(workspace: Workspace, sha256: str, sheet: FeedbackSheet, marking: Marking) -> bytes:
    return answer_bytes(original(workspace.archive, sha256), sheet, marking=marking)


def answer_bytes(source: Path, sheet: FeedbackSheet, *, marking: Marking) -> bytes:
    """The answer's workbook: the sender's own, marked, where it is a form."""
    return marking.answer(source, sheet) if sheet.form else findings_only(sheet)


def division_words(settings: Settings, code: str | None) -> str:
    """A division as staff know it, by code and name; empty for none that is known."""
    division = settings.division(code) if code else None
    return f"{division.code} - {division.name}" if division else ""
