"""ANSWER what is too large for custody: nothing of it is judged, its sender is told once by the findings alone."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from pipeline.intake.custody import UnreadableError, hash_of_start
from pipeline.intake.file_kinds import MEBIBYTE
from pipeline.intake.inbox import PRE_CHECK, InboxFile
from pipeline.ledger import Oversize, Waiting
from pipeline.night.frame import Run
from pipeline.night.walls import Stage
from pipeline.outbox import Outbox

if TYPE_CHECKING:
    from pipeline.night.answering import Answer
    from pipeline.settings import Settings


def is_oversize(settings: "Settings", size: int) -> bool:
    """Whether a file of so many bytes is too large for custody."""
    return size > settings.limits.max_custody_megabytes * MEBIBYTE


def pre_check_oversize(run: Run, outbox: Outbox, found: Iterable[InboxFile]) -> list[str]:
    """Answer what is too large in the pre-check folder and was not answered yet; gives the answers' paths.

    A file whose start cannot be read is left for the next run.
    """
    too_large = {}
    for file in found:
        if is_oversize(run.loaded.settings, file.look.size):
            with suppress(UnreadableError):
                start = hash_of_start(file.path, file.look.size)
                too_large[file.name] = str(Oversize(file.look.size, file.stamp, start))
    return _given(run, outbox, Stage.PRE_CHECK, oversize_answers(run, too_large, f"/{PRE_CHECK}"))


def answer_oversize(run: Run, outbox: Outbox, waiting: Mapping[str, str]) -> list[str]:
    """Answer what this look left as too large and was not answered yet; gives the answers' paths.

    ``waiting``: path to reason, as a look keeps it.
    """
    return _given(run, outbox, Stage.FEEDBACK, oversize_answers(run, waiting))


def _given(run: Run, outbox: Outbox, stage: Stage, answers: Iterable[tuple[str, "Answer"]]) -> list[str]:
    owed = [one for _, one in answers if not outbox.was_published(one.relative)]
    if not owed:
        return []
    from pipeline.night.answering import give

    return list(filter(None, (give(run, outbox, stage, one) for one in owed)))


def oversize_answers(run: Run, waiting: Mapping[str, str], folder: str = "") -> Iterator[tuple[str, "Answer"]]:
    """Each path that is too large with each answer to it, not yet made; ``folder``: where below a division's they lie.

    Finding F104 names the limit that a form must keep to, which is smaller than that of custody.
    """
    too_large = {path: reason for path, reason in waiting.items() if Waiting.of(reason) is Waiting.TOO_LARGE}
    if not too_large:
        return
    from pipeline.night.answering import Answer
    from pipeline.night.owed_answers import answer_path, places_of

    for path, reason in sorted(too_large.items()):
        oversize = Oversize.of(reason)
        for place in places_of(path, None, run.loaded.settings):
            relative = answer_path(path, oversize.start, f"{place}{folder}")
            content = partial(_content, run, path, oversize)
            yield path, Answer(relative, oversize.start, content, content)


def _content(run: Run, path: str, oversize: Oversize) -> bytes:
    from pipeline.feedback.marked_copy import FeedbackSheet, findings_only
    from pipeline.findings import Finding, Verdict
    from pipeline.night.answering import lists_in, verdict_words
    from pipeline.wording import say

    limits = run.loaded.settings.limits
    sizes = {
        "found": say("files.size.megabytes", size=-(-oversize.size // MEBIBYTE)),
        "limit": say("files.size.megabytes", size=limits.max_megabytes),
    }
    sheet = FeedbackSheet(
        file_name=path,
        verdict=verdict_words(str(Verdict.UNREADABLE)),
        form=None,
        lists=lists_in(run.loaded.settings, None),
        division="",
        period="",
        judged_at=f"{run.as_of:%H:%M %d/%m/%Y}",
        findings=(Finding("F104", facts=sizes),),
    )
    return findings_only(sheet)
