"""The pre-check folder of the inbox: judged as a submission would be and answered, but recorded nowhere.

A run with nothing new there imports neither pandas nor the forms.
"""

import logging
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from pipeline.faults import OperatorError
from pipeline.intake.custody import UnreadableError, hash_of, original, take
from pipeline.intake.inbox import PRE_CHECK, InboxFile, look_at, scan_inbox
from pipeline.night.frame import Run
from pipeline.night.oversize import is_oversize, pre_check_oversize
from pipeline.night.walls import Stage
from pipeline.outbox import Outbox
from pipeline.workspace import VIETNAM

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Dropped:
    """One file of the pre-check folder, named relative to it, and the copy of it that is judged."""

    name: str
    sha256: str
    copy: Path

    @property
    def folder(self) -> str:
        """The first sub-folder in which it lies; empty when it lies in none."""
        parts = PurePosixPath(self.name).parts
        return parts[0] if len(parts) > 1 else ""


def pre_check(run: Run, outbox: Outbox) -> list[str]:
    """Answer what is new in the pre-check folder; gives the answers' paths. Call when this night's forms are recorded.

    An answer that cannot be made is replaced by the findings alone; what could not be answered is tried again.
    """
    with run.clock.stage(Stage.PRE_CHECK), run.walls.stage(Stage.PRE_CHECK):
        found = _found(run)
        outbox.drop_marks(f"{PRE_CHECK}/", but_below={f"{PRE_CHECK}/{file.name}" for file in found})
        fresh = _fresh(run, outbox, found)
        try:
            dropped = [one for one in _copied(run, fresh) if not _is_answered(run, outbox, one.name, one.sha256)]
            answers = list(dict.fromkeys(_answered(run, outbox, dropped)))
        finally:
            sweep(run.workspace.archive)
        return [*answers, *pre_check_oversize(run, outbox, found)]
    return []


def sweep(archive: Path) -> None:
    """Remove the copies, also those that a run that was killed left behind; call only while no other is at work."""
    shutil.rmtree(archive / PRE_CHECK, ignore_errors=True)


def _found(run: Run) -> tuple[InboxFile, ...]:
    folder = run.workspace.inbox / PRE_CHECK
    return scan_inbox(folder, VIETNAM, run.as_of).files if folder.is_dir() else ()


def _fresh(run: Run, outbox: Outbox, found: Iterable[InboxFile]) -> list[InboxFile]:
    """The files whose bytes were not answered under their name yet."""
    fresh = []
    for file in found:
        if is_oversize(run.loaded.settings, file.look.size):
            continue
        try:
            is_new = not _is_answered(run, outbox, file.name, hash_of(file.path))
        except UnreadableError as error:
            log.warning("not pre-checked: %s: %s", file.name, error)
            continue
        if is_new:
            fresh.append(file)
    return fresh


def _copied(run: Run, fresh: list[InboxFile]) -> Iterator[Dropped]:
    """Copies of what lies unchanged; what is still being written is left for the next run."""
    if not fresh:
        return
    time.sleep(run.loaded.settings.limits.settle_seconds)
    copies = run.workspace.archive / PRE_CHECK
    for file in fresh:
        try:
            taken = take(file.path, copies) if look_at(file.path) == file.look else None
        except UnreadableError as error:
            log.warning("not pre-checked: %s: %s", file.name, error)
            continue
        except OSError as error:
            raise OperatorError("E805", path="archive", reason=error) from error
        if taken is not None:
            yield Dropped(file.name, taken.sha256, original(copies, taken.sha256))


def _answered(run: Run, outbox: Outbox, dropped: list[Dropped]) -> Iterator[str]:
    if not dropped:
        return
    from pipeline.night.answering import give
    from pipeline.night.foretelling import answers_to, foretold
    from pipeline.night.marking import Marking

    outcomes = foretold(run, dropped)
    with Marking(run.loaded.settings, run.workers) as marking:
        for one, outcome in outcomes:
            folder = f"{PRE_CHECK}/{one.name}"
            answers = run.walls.attempt(Stage.PRE_CHECK, folder, partial(answers_to, run, one, outcome, marking)) or []
            given = [give(run, outbox, Stage.PRE_CHECK, answer) for answer in answers]
            yield from filter(None, given)
            if given and all(given):
                _remember(run, outbox, one, [answer.relative for answer in answers])


def _remember(run: Run, outbox: Outbox, one: Dropped, places: Sequence[str]) -> None:
    """Mark a file as answered: for good, or for the day when something plainer went out; not if its cause may pass."""
    if any(run.walls.may_pass(Stage.PRE_CHECK, place) for place in places):
        return
    is_whole = all(run.walls.error_of(Stage.PRE_CHECK, place) is None for place in places)
    outbox.mark(_memory(one.name, one.sha256), one.sha256 if is_whole else _until_tomorrow(run, one.sha256))


def _until_tomorrow(run: Run, sha256: str) -> str:
    """What was answered more plainly than it should be: that stands until the next day or another program."""
    return f"{sha256} {run.as_of:%Y-%m-%d} {run.scan.program}"


def _is_answered(run: Run, outbox: Outbox, name: str, sha256: str) -> bool:
    if outbox.is_marked(_memory(name, sha256), sha256):
        return True
    is_left = outbox.is_marked(_memory(name, sha256), _until_tomorrow(run, sha256))
    if is_left:
        run.walls.leave(Stage.PRE_CHECK)
    return is_left


def _memory(name: str, sha256: str) -> str:
    """Bytes that come back under a name that held others meanwhile were answered all the same."""
    return f"{PRE_CHECK}/{name}/{sha256}"
