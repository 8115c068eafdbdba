"""A run on record: what is written before it begins and after it ended, however it ended."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.faults import OperatorError
from pipeline.night.last_run import Ending, LastRun, Outage, keep, last_run, put_page, take_page
from pipeline.wording import say
from pipeline.workspace import Workspace, now_in_vietnam

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
