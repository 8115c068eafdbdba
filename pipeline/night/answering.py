"""What goes back to the senders: which submissions deserve an answer, and the answer's workbook."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path, PurePosixPath

from pipeline.findings import Verdict
from pipeline.forms import BY_NUMBER, Lists, lists_of
from pipeline.intake.custody import original
from pipeline.ledger import Ledger
from pipeline.ledger.tables import read_findings
from pipeline.naming import file_name
from pipeline.night.frame import Run
from pipeline.night.marking import Marking
from pipeline.night.walls import Stage
from pipeline.outbox import Outbox, dated_sibling
from pipeline.settings import NO_DIVISION, Period, Settings
from pipeline.wording import say
from pipeline.workbooks.feedback import FeedbackSheet, Unmarked, findings_only
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
            owed = list(answers(run.workspace, run.ledger, run.loaded.settings, marking, is_answered))
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


def answers(
    workspace: Workspace, ledger: Ledger, settings: Settings, marking: Marking, is_answered: Callable[[str], bool]
) -> Iterator[Answer]:
    """The answers that are still owed: to every submission of ``answer_times``."""
    times = answer_times(ledger)
    query = (
        "SELECT s.submission_id, a.sha256, a.path, s.verdict, s.form, s.division, s.period, s.judged_as_of"
        " FROM submission s JOIN arrival a USING (arrival_id) ORDER BY s.submission_id"
    )
    for row in ledger.connection.execute(query).fetchall():
        submission_id, sha256, path, verdict, form, division, period, judged_as_of = row
        if submission_id not in times:
            continue
        places = answer_paths((path, sha256, times[submission_id]), division, settings)
        owed = [relative for relative in places if not is_answered(relative)]
        if not owed:
            continue
        sheet = FeedbackSheet(
            file_name=path,
            verdict=verdict_words(verdict),
            form=BY_NUMBER[form] if form else None,
            lists=lists_in(settings, period),
            division=division_words(settings, division),
            period=period or "",
            judged_at=f"{judged_as_of[11:16]} {judged_as_of[8:10]}/{judged_as_of[5:7]}/{judged_as_of[:4]}",
            findings=read_findings(ledger, submission_id),
        )
        content = partial(_content, workspace, sha256, sheet, marking)
        plainer = cache(partial(findings_only, sheet, Unmarked.OURS))
        yield from (Answer(relative, sha256, content, plainer) for relative in owed)


def answer_times(ledger: Ledger) -> dict[int, int]:
    """The submissions that are answered, each with the number of its answer among those to the same bytes, from 1.

    What was accepted without a word is answered only where a fault of ours was told of it before; the same fault is
    told once.
    """
    query = "SELECT s.submission_id, a.sha256, s.verdict FROM submission s JOIN arrival a USING (arrival_id) ORDER BY 1"
    times: dict[int, int] = {}
    judged: Counter[str] = Counter()
    faulty: set[str] = set()
    for submission_id, sha256, verdict in ledger.connection.execute(query):
        is_fault = verdict == Verdict.INTERNAL_FAULT
        if is_fault and sha256 in faulty:
            continue
        judged[sha256] += 1
        if verdict != Verdict.ACCEPTED or sha256 in faulty:
            times[submission_id] = judged[sha256]
        if is_fault:
            faulty.add(sha256)
    return times


def answer_paths(file: tuple[str, str, int], division: str | None, settings: Settings) -> list[str]:
    """Where the answers to a file lie in the outbox, if it is one that is answered.

    ``file``: its path, its SHA-256, and the number of this answer to its bytes, from 1: what lay in a wrong folder and
    came again in the right one is answered again.
    """
    path, sha256, time = file
    return [answer_path(path, sha256, place, time) for place in places_of(path, division, settings)]


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


def answer_path(path: str, sha256: str, folder: str, time: int = 1) -> str:
    """Named after the sender's file, kept apart by content: two versions under one name get two answers.

    A long name is cut (``naming.file_name``); an ordinary one stays as it is.
    """
    again = f"_lan{time}" if time > 1 else ""
    return f"phan_hoi/{folder}/{file_name(PurePosixPath(path).stem, f'__{sha256[:8]}{again}.xlsx')}"


def places_of(path: str, division: str | None, settings: Settings) -> list[str]:
    """Who is answered: the division that the form names, and the one in whose folder it lay, when that is another."""
    lay_in = settings.division_of_folder(PurePosixPath(path).parts[0]) if "/" in path else ""
    return list(dict.fromkeys(filter(None, (division, lay_in)))) or [NO_DIVISION]


def division_words(settings: Settings, code: str | None) -> str:
    """A division as staff know it, by code and name; empty for none that is known."""
    division = settings.division(code) if code else None
    return f"{division.code} - {division.name}" if division else ""
