"""The pre-check folder of the inbox: judged as a submission would be and answered, but recorded nowhere.

A run with nothing new there imports neither pandas nor the forms.
"""

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import sleep

from pipeline.faults import disk_faults
from pipeline.intake.custody import UnreadableError, hash_of, hash_of_start, original, take
from pipeline.intake.inbox import PRE_CHECK, InboxFile, look_at, scan_inbox
from pipeline.ledger import Oversize
from pipeline.night.answers import Dropped
from pipeline.night.frame import Run
from pipeline.night.replying import answer_oversize
from pipeline.night.walls import Stage
from pipeline.workspace import VIETNAM

log = logging.getLogger(__name__)


def pre_check(run: Run) -> list[str]:
    """Answer what is new in the pre-check folder; gives the answers' paths. Call when this night's forms are recorded.

    An answer that cannot be drawn is replaced by the findings alone; what could not be answered is tried again.
    """
    with run.timed(Stage.PRE_CHECK), run.walls.stage(Stage.PRE_CHECK):
        folder = run.workspace.inbox / PRE_CHECK
        files = scan_inbox(folder, VIETNAM, run.as_of).files if folder.is_dir() else ()
        run.outbox.drop_marks(f"{PRE_CHECK}/", but_below={f"{PRE_CHECK}/{file.name}" for file in files})
        usual = [file for file in files if not run.is_oversize(file.look.size)]
        try:
            dropped = [one for one in _copied(run, usual) if not _is_answered(run, one.name, one.sha256)]
            answers = list(dict.fromkeys(_answered(run, dropped))) if dropped else []
        finally:
            sweep(run.workspace.archive)
        return answers + _oversize(run, [file for file in files if run.is_oversize(file.look.size)])
    return []


def sweep(archive: Path) -> None:
    """Remove the copies, also those that a run that was killed left behind; call only while no other is at work."""
    shutil.rmtree(archive / PRE_CHECK, ignore_errors=True)


def _copied(run: Run, files: Sequence[InboxFile]) -> Iterator[Dropped]:
    """Copies of what is new and lies unchanged; what is still being written is left for the next run."""
    fresh = [file for file in files if _is_new(run, file)]
    if fresh:
        sleep(run.settings.limits.settle_seconds)
    copies = run.workspace.archive / PRE_CHECK
    for file in fresh:
        taken = None
        with _left_where_unreadable(file), disk_faults("archive"):
            taken = take(file.path, copies) if look_at(file.path) == file.look else None
        if taken is not None:
            yield Dropped(file.name, taken.sha256, original(copies, taken.sha256))


def _is_new(run: Run, file: InboxFile) -> bool:
    """Whether the bytes of a file were not answered under its name yet; not so of one that cannot be read."""
    with _left_where_unreadable(file):
        return not _is_answered(run, file.name, hash_of(file.path))
    return False


@contextmanager
def _left_where_unreadable(file: InboxFile) -> Iterator[None]:
    try:
        yield
    except UnreadableError as error:
        log.warning("not pre-checked: %s: %s", file.name, error)


def _answered(run: Run, dropped: Sequence[Dropped]) -> Iterator[str]:
    from pipeline.night.answering import give
    from pipeline.night.foretelling import answers_to, foretold
    from pipeline.night.marking import Marking

    outcomes = foretold(run, dropped)
    with Marking(run.settings, run.workers) as marking:
        for one, outcome in outcomes:
            artefact = f"{PRE_CHECK}/{one.name}"
            work = partial(answers_to, run, one, outcome, marking)
            answers = run.walls.attempt(Stage.PRE_CHECK, artefact, work) or []
            given = [give(run, Stage.PRE_CHECK, answer) for answer in answers]
            yield from filter(None, given)
            if given and all(given):
                _remember(run, one, [answer.relative for answer in answers])


def _remember(run: Run, one: Dropped, places: Sequence[str]) -> None:
    """Mark a file as answered: for good, or for the day when something plainer went out; not if its cause may pass."""
    if any(run.walls.may_pass(Stage.PRE_CHECK, place) for place in places):
        return
    is_whole = all(run.walls.error_of(Stage.PRE_CHECK, place) is None for place in places)
    run.outbox.mark(_memory(one.name, one.sha256), one.sha256 if is_whole else _until_tomorrow(run, one.sha256))


def _until_tomorrow(run: Run, sha256: str) -> str:
    """What was answered more plainly than it should be: that stands until the next day or another program."""
    return f"{sha256} {run.as_of:%Y-%m-%d} {run.scan.program}"


def _is_answered(run: Run, name: str, sha256: str) -> bool:
    if run.outbox.is_marked(_memory(name, sha256), sha256):
        return True
    is_left = run.outbox.is_marked(_memory(name, sha256), _until_tomorrow(run, sha256))
    if is_left:
        run.walls.leave(Stage.PRE_CHECK)
    return is_left


def _memory(name: str, sha256: str) -> str:
    """Bytes that come back under a name that held others meanwhile were answered all the same."""
    return f"{PRE_CHECK}/{name}/{sha256}"


def _oversize(run: Run, files: Sequence[InboxFile]) -> list[str]:
    """Answers to what is too large; a file whose start cannot be read is left for the next run."""
    waiting = {}
    for file in files:
        with suppress(UnreadableError):
            start = hash_of_start(file.path, file.look.size)
            waiting[file.name] = str(Oversize(file.look.size, file.stamp, start))
    return answer_oversize(run, Stage.PRE_CHECK, waiting, f"/{PRE_CHECK}")
