"""How the last run went, kept where a person and a program find it: outbox/nhat_ky/lan_chay_cuoi.json.

Beside it lies, after failed runs in a row, the page that says what stopped, since when and what to do, on the day of
the last of them. Times are the machine's own clock in Vietnam, without an offset; only ``as_of`` is the run's.
"""

import datetime as dt
import hashlib
import logging
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.faults import OperatorError
from pipeline.naming import visible
from pipeline.outbox import Folder
from pipeline.wording import say
from pipeline.workspace import Workspace, now_in_vietnam
from pipeline.writing import write_whole

RECORD = "lan_chay_cuoi.json"
_PAGE = "_SU_CO.md"
_LOG = logging.getLogger(__name__)


class Ending(StrEnum):
    """How a run ended. One that stays at ``running`` though no run is at work was broken off."""

    RUNNING = "running"
    DONE = "done"
    DONE_WITH_FAULTS = "done_with_faults"
    OPERATOR_ERROR = "operator_error"
    FAULT = "fault"


@dataclass(frozen=True)
class Outage:
    """A time in which nobody was answered: from the first run that failed to the start of the next good one.

    ``reason`` is that of the last failed run, in Vietnamese, its code in front.
    """

    since: dt.datetime
    until: dt.datetime
    failed_runs: int
    reason: str


@dataclass(frozen=True)
class LastRun:
    """One run, and the row of failed ones that it stands in.

    ``reason`` and ``code`` are those of the last failed run of the row; ``failing_since`` the start of its first.
    ``outages`` are those of the day page of ``as_of``.
    """

    state: Ending
    begun: dt.datetime
    as_of: dt.datetime
    program: str
    ended: dt.datetime | None = None
    exit_code: int | None = None
    code: str = ""
    reason: str = ""
    failing_since: dt.datetime | None = None
    failed_runs: int = 0
    faults: int = 0
    outages: tuple[Outage, ...] = ()


def is_workspace(root: Path) -> bool:
    """Whether something of a workspace stands there, so that a record of ours may be put beside it."""
    workspace = Workspace(root)
    return workspace.settings_file.is_file() or workspace.inbox.is_dir()


def folders(root: Path) -> list[Path]:
    """Where something about a failed run can be left, the best first: the last one is the system's own."""
    workspace = Workspace(root)
    own = [workspace.outbox / Folder.DAYS, workspace.archive] if is_workspace(root) else []
    # One folder for each workspace: a machine may have several.
    mark = hashlib.sha256(str(root.resolve()).encode(errors="surrogateescape")).hexdigest()[:8]
    return [*own, Path(tempfile.gettempdir()) / f"qms-{mark}"]


def keep(root: Path, last: LastRun) -> None:
    """Write the record."""
    from pydantic import TypeAdapter

    _put(root, RECORD, TypeAdapter(LastRun).dump_json(last, indent=2) + b"\n")


def last_run(root: Path) -> LastRun | None:
    """The latest record that can be read; None when there is none."""
    from pydantic import TypeAdapter

    records = []
    for folder in folders(root):
        # A record that somebody changed, or that another version wrote, is none.
        with suppress(OSError, ValueError):
            records.append(TypeAdapter(LastRun).validate_json((folder / RECORD).read_bytes()))
    return max(records, key=lambda record: record.begun, default=None)


def put_page(root: Path, last: LastRun) -> None:
    """Leave the page where a person looks in the morning, and take the one of an earlier day away."""
    name = f"{last.ended or last.begun:%Y-%m-%d}{_PAGE}"
    _put(root, name, _stopped_page(root, last).encode())
    take_page(root, but=name)


def take_page(root: Path, but: str = "") -> None:
    """The work goes on: no page stays, in no folder that can be read, ``but`` the one of that name."""
    pages = [path for folder in folders(root) if folder.is_dir() for path in folder.iterdir() if path.name != but]
    _remove([path for path in pages if re.fullmatch(rf"\d{{4}}-\d{{2}}-\d{{2}}{_PAGE}", path.name)])


def _stopped_page(root: Path, last: LastRun) -> str:
    """The page, in Vietnamese Markdown that reads as well in Notepad."""
    at = last.ended or last.begun
    blocks = [
        say("stopped.title", at=at),
        say("stopped.since", since=last.failing_since or last.begun, at=at, count=last.failed_runs),
        say("stopped.heading.reason"),
        visible(" ".join(last.reason.split())),
        say("stopped.heading.to_do"),
        say(f"stopped.to_do.{_ADVICE[last.state]}", workspace=visible(str(root.resolve()))),
        say("stopped.closing"),
    ]
    return "\n\n".join(blocks) + "\n"


_ADVICE = {Ending.OPERATOR_ERROR: "operator", Ending.FAULT: "fault", Ending.RUNNING: "broken_off"}


def _put(root: Path, name: str, content: bytes) -> None:
    """Write a file into the first folder that takes it, and take older ones of that name from the others.

    Never raises for the disk: what this says is less than what it speaks of.
    """
    for place, folder in enumerate(every := folders(root)):
        try:
            write_whole(folder / name, content)
        except OSError as error:
            _LOG.warning("cannot write %s: %s", folder / name, error)
            continue
        _remove([other / name for other in every[place + 1 :]])
        return


def _remove(paths: list[Path]) -> None:
    """Remove files, where they are there and let themselves be removed."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _LOG.warning("cannot remove %s: %s", path, error)


OPERATOR, OUR_FAULT = 3, 70
"""The exit codes as the command line has them."""


@dataclass
class Watch:
    """What the run is handed, ``outages`` for its day page, and what it hands back, its number of faults."""

    outages: tuple[Outage, ...] = ()
    faults: int = 0


@contextmanager
def on_record(root: Path, as_of: dt.datetime, trace: Callable[[], str]) -> Iterator[Watch]:
    """Keep the record of the run inside, and the page of a row of failed ones; ``trace`` says where the trace lies.

    What the run raises goes on unchanged; a record that cannot be written is logged. While another run is at work,
    the record is that one's, and this run leaves it alone.
    """
    with _alone(Workspace(root).archive) as is_ours:
        if not is_ours:
            yield Watch()
            return
        before = last_run(root)
        begun = _begun(before, as_of)
        if before is not None and before.state is Ending.RUNNING:
            # The one that was broken off could leave no page itself, and this one may come to the same end.
            put_page(root, begun)
        keep(root, begun)
        watch = Watch(begun.outages)
        if begun.failing_since is not None:
            # What the day page says if this run ends well.
            outage = Outage(begun.failing_since, begun.begun, begun.failed_runs, begun.reason)
            watch.outages = (*begun.outages, outage)
        try:
            yield watch
        except OperatorError as error:
            _fail(root, begun, Ending.OPERATOR_ERROR, error.line, error.finding.code)
            raise
        except KeyboardInterrupt:
            _fail(root, begun, Ending.OPERATOR_ERROR, say("command_line.aborted"))
            raise
        except Exception as error:
            reason = say("command_line.our_fault", kind=type(error).__name__, log=trace())
            _fail(root, begun, Ending.FAULT, reason)
            raise
        state = Ending.DONE_WITH_FAULTS if watch.faults else Ending.DONE
        done = LastRun(state, begun.begun, as_of, begun.program, now_in_vietnam(), exit_code=0)
        keep(root, replace(done, faults=watch.faults, outages=watch.outages))
        take_page(root)


@contextmanager
def _alone(archive: Path) -> Iterator[bool]:
    """Whether no other run keeps its record here; the system lets go of the lock when a process dies."""
    if not archive.is_dir():
        yield True
        return
    lock = FileLock(archive / "last_run.lock", timeout=0)
    is_ours = True
    try:
        lock.acquire()
    except Timeout:
        is_ours = False
    except OSError:
        # On a disk that takes no lock, no run can do anything; the record is then kept elsewhere.
        pass
    try:
        yield is_ours
    finally:
        with suppress(OSError):
            lock.release()


def _begun(before: LastRun | None, as_of: dt.datetime) -> LastRun:
    """The run that begins; it goes on with the row of failed runs, if there is one, and with the outages of its day."""
    begun = LastRun(Ending.RUNNING, now_in_vietnam(), as_of, version("qms-pipeline"))
    if before is None:
        return begun
    was_broken_off = before.state is Ending.RUNNING
    return replace(
        begun,
        code="" if was_broken_off else before.code,
        reason=say("stopped.broken_off", begun=before.begun) if was_broken_off else before.reason,
        failing_since=before.failing_since or (before.begun if was_broken_off else None),
        failed_runs=before.failed_runs + was_broken_off,
        outages=before.outages if before.as_of.date() == as_of.date() else (),
    )


def _fail(root: Path, begun: LastRun, state: Ending, reason: str, code: str = "") -> None:
    failed = replace(
        begun,
        state=state,
        ended=now_in_vietnam(),
        exit_code=OUR_FAULT if state is Ending.FAULT else OPERATOR,
        code=code,
        reason=reason,
        failing_since=begun.failing_since or begun.begun,
        failed_runs=begun.failed_runs + 1,
    )
    keep(root, failed)
    put_page(root, failed)
