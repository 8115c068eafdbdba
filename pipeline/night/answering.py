"""FEEDBACK: the answers that are still due to the senders, each drawn in its own boundary."""

import datetime as dt
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from pipeline.feedback import marked_copy as feedback
from pipeline.feedback.marked_copy import FeedbackSheet
from pipeline.findings import Code, Finding, Severity, Verdict
from pipeline.forms import BY_NUMBER
from pipeline.intake.custody import original
from pipeline.judging.reading import megabytes
from pipeline.ledger import Oversize
from pipeline.ledger.contents import read_findings
from pipeline.ledger.hashing import digest
from pipeline.night.answers import Answer, Due, Recorded, Replaced, due_answers
from pipeline.night.frame import Run
from pipeline.night.marking import Marking
from pipeline.night.walls import Stage
from pipeline.seals import Seal
from pipeline.settings import Period, Settings
from pipeline.vocabulary.lists import lists_of
from pipeline.wording import say

_ANSWERS_A_WORKER = 8
_AHEAD_OF_EACH = 2
"""How many answers a worker may be ahead of whoever puts them into the outbox."""


def answer(run: Run) -> list[str]:
    """Write the answers that are still due, also those that a broken-off run left; gives their paths.

    An answer that cannot be drawn is replaced by the findings alone.
    """
    written = []
    stage = Stage.FEEDBACK
    with run.timed(stage), run.walls.stage(stage), Marking(run.settings, run.workers) as marking:
        due = list(_unanswered(run))
        count = sum(len(places) for _, places in due)
        # A second worker process is worth its start from a few answers on.
        drivers = min(run.workers.count, 1 + count // _ANSWERS_A_WORKER)
        for one in _begun_ahead(answers(run, marking, due), drivers):
            path = give(run, stage, one)
            if path is not None:
                written.append(path)
            run.progress("feedback", len(written), count)
    return written


def give(run: Run, stage: Stage, one: Answer) -> str | None:
    """Put an answer into the outbox, or the plainer one; gives its path, None when neither could be put there."""

    def put(content: Callable[[], bytes]) -> str:
        return f"outbox/{run.outbox.publish(one.relative, content(), one.sha256).relative}"

    return run.walls.attempt(stage, one.relative, partial(put, one.content), partial(put, one.plainer))


def _begun_ahead(due: Iterable[Answer], count: int) -> Iterator[Answer]:
    """The answers in their order, a few begun before their turn; what one raises, it raises when its turn comes.

    Only those few are in memory, with their findings: a night may owe thousands.
    """
    begun: deque[tuple[Answer, Future[bytes]]] = deque()
    with ThreadPoolExecutor(count, "answer") as drivers:
        for one in due:
            is_same = bool(begun) and begun[-1][0].content is one.content  # for another place
            begun.append((one, begun[-1][1] if is_same else drivers.submit(one.content)))
            if len(begun) > _AHEAD_OF_EACH * count:
                yield _drawn(*begun.popleft())
        while begun:
            yield _drawn(*begun.popleft())


def _drawn(one: Answer, content: Future[bytes]) -> Answer:
    return replace(one, content=content.result)


def answers(run: Run, marking: Marking, due: Iterable[tuple[Due, Sequence[str]]]) -> Iterator[Answer]:
    """The answers to what is due, one a place."""
    for (one, _, group), places in due:
        if group:
            yield from _shared(run, group, places)
        else:
            sheet = sheet_of(run, one, read_findings(run.ledger, one.submission_id))
            content = partial(_content, run, one.sha256, sheet, marking)
            plainer = cache(partial(feedback.findings_only, sheet, feedback.Unmarked.OURS))
            yield from (Answer(place, one.sha256, content, plainer) for place in places)


def _unanswered(run: Run) -> Iterator[tuple[Due, Sequence[str]]]:
    """What still waits for an answer, noise last, and the places where it waits."""
    begun: set[str] = set()
    for each in due_answers(run.ledger, run.settings):
        places = [place for place in each.places if not (place in begun or _was_answered(run, place))]
        begun.update(places)
        if places:
            yield each, places


def _was_answered(run: Run, relative: str) -> bool:
    """Whether an answer went out whole, or is left as it is by this run."""
    if run.walls.is_left(Stage.FEEDBACK, relative):
        return True
    return run.outbox.was_published(relative) and not run.walls.has_failed(Stage.FEEDBACK, relative)


def _content(run: Run, sha256: str, sheet: FeedbackSheet, marking: Marking) -> bytes:
    return answer_bytes(original(run.workspace.archive, sha256), sheet, marking=marking)


def answer_bytes(source: Path, sheet: FeedbackSheet, *, marking: Marking) -> bytes:
    """The answer's workbook: the sender's own, marked, where it is a form."""
    return marking.answer(source, sheet) if sheet.form else feedback.findings_only(sheet)


def sheet_of(run: Run, one: Recorded, findings: Sequence[Finding]) -> FeedbackSheet:
    """The words and findings of the answer to a submission, with the settings' choices in the year of its period."""
    settings = run.settings
    return FeedbackSheet(
        file_name=one.path,
        verdict=_verdict_words(one.verdict),
        form=BY_NUMBER[one.form] if one.form else None,
        lists=lists_of(settings, Period.parse(one.period).year if one.period else max(settings.years)),
        division=_division_words(settings, one.division),
        period=one.period or "",
        judged_at=minute(one.judged_as_of),
        findings=findings,
        seal=_seal_of(run, one),
    )


def _shared(run: Run, group: Replaced, relatives: Sequence[str]) -> Iterator[Answer]:
    """One answer to all versions that were replaced in the night in which they came."""
    form, division = BY_NUMBER[str(group.last.form)], _division_words(run.settings, group.last.division)
    sheet = feedback.SharedSheet(
        form=", ".join(filter(None, (form.title, division, group.last.period))),
        versions=[_version(run, one) for one in group.versions],
        last=_version(run, group.last),
        judged_at=minute(group.last.judged_as_of),
        seal=_seal_of(run, group.last),
    )
    content = cache(partial(feedback.shared_answer, sheet))
    made_from = digest([one.sha256 for one in (*group.versions, group.last)])
    yield from (Answer(relative, made_from, content, content) for relative in relatives)


def _seal_of(run: Run, one: Recorded) -> Seal:
    """The seal of the run that judged, whenever the answer is drawn."""
    return run.seal_at(dt.datetime.fromisoformat(one.judged_as_of))


def _version(run: Run, one: Recorded) -> feedback.ReplacedVersion:
    weights = Counter(finding.severity for finding in read_findings(run.ledger, one.submission_id))
    errors, warnings = weights[Severity.ERROR], weights[Severity.WARNING]
    return feedback.ReplacedVersion(one.path, minute(one.arrived_at), _verdict_words(one.verdict), errors, warnings)


def minute(moment: str) -> str:
    """A moment in ISO form as people read it, such as *08:15 10/06/2019*."""
    return f"{dt.datetime.fromisoformat(moment):%H:%M %d/%m/%Y}"


def _verdict_words(verdict: str) -> str:
    """A verdict as staff read it, such as *Hợp lệ* or *Trả lại*."""
    return say(f"run.verdict.{verdict}")


def _division_words(settings: Settings, code: str | None) -> str:
    """A division as staff know it, by code and name; empty for none that is known."""
    division = settings.division(code) if code else None
    return f"{division.code} - {division.name}" if division else ""


def oversize_answer(run: Run, path: str, kept: Oversize, relative: str) -> Answer:
    """F104 by the findings alone; it names the limit that a form must keep to, which is smaller than custody's."""

    def content() -> bytes:
        limit = say("files.size.megabytes", size=run.settings.limits.max_megabytes)
        finding = Finding(Code.F104, facts={"found": megabytes(kept.size), "limit": limit})
        at = run.as_of.isoformat()
        recorded = Recorded(0, "", path, "", str(Verdict.UNREADABLE), None, None, None, at, at)
        return feedback.findings_only(sheet_of(run, recorded, (finding,)))

    return Answer(relative, kept.start, content, content)
