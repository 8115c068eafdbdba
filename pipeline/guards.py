"""Before anything is written: the workspace's lock is held, and the clock is held to what is written already.

A clock may be wrong: a time far from all that is recorded is confirmed by hand, none goes back (decision 0036).
"""

import datetime as dt
import getpass
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from pipeline.faults import OperatorError
from pipeline.findings.codes import Code
from pipeline.ledger import FAR, Ledger, Years
from pipeline.wording import say
from pipeline.workspace import VIETNAM, Workspace, ledger_so_far, now_in_vietnam
from pipeline.writing import make_folder

if TYPE_CHECKING:
    from pipeline.settings import Settings

TYPED = dt.timedelta(hours=1)
"""A time further than this from the machine's clock was typed (``--as-of``)."""


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace while the work inside is done.

    The system lets the lock go when a process dies, so there is nothing to clean up; the holder's line that stays
    behind means nothing by itself.

    Raises:
        OperatorError: E806, somebody else holds it: who, on which machine, in which process, since when; E805, the
            archive is read-only or full.
    """
    archive = workspace.archive
    lock, holder = FileLock(archive / "run.lock", timeout=0), archive / "run.holder"
    try:
        try:
            make_folder(archive)
            lock.acquire()
            holder.write_text(_ourselves(), encoding="utf-8")
        except Timeout as error:
            raise OperatorError(Code.E806, holder=_holder_words(holder)) from error
        except OSError as error:
            raise OperatorError(Code.E805, path=archive.name, reason=error) from error
        yield
    finally:
        lock.release()


def _ourselves() -> str:
    now = dt.datetime.now(VIETNAM)
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A service account may have no name in the environment and no entry among the users.
        user = "?"
    return say("run.holder", user=user, machine=platform.node() or "?", process=os.getpid(), time=now)


def _holder_words(holder: Path) -> str:
    """What the holder wrote about itself, which may be just being written."""
    try:
        return holder.read_text(encoding="utf-8").strip() or "?"
    except (OSError, UnicodeDecodeError):
        return "?"


def hold_to_the_clock(
    ledger: Ledger,
    settings: "Settings",
    as_of: dt.datetime,
    *,
    is_sure: bool = True,
    wrong: tuple[int, int] | None = None,
) -> None:
    """Let nothing be dated before what is written, nor far from all that is recorded unless the caller is sure.

    From here on the ledger is read with right times. ``wrong``: the first and the last look whose clock is about to
    be recorded as wrong.

    Raises:
        OperatorError: E804 or E828, something was recorded after ``as_of`` by a clock not recorded as wrong;
            E823, ``as_of`` is far from everything that is recorded.
    """
    ledger.read_right_times(as_of, wrong)
    last = ledger.last_recorded()
    if last is not None and as_of < last:
        code = Code.E828 if abs(now_in_vietnam() - as_of) < TYPED else Code.E804
        looks = [look.run_id[:8] for look in ledger.looks() if look.as_of > as_of and not ledger.is_wrong(look.scan_id)]
        first, until = (looks[0], looks[-1]) if looks else ("", "")
        raise OperatorError(code, as_of=_words(as_of), last=_words(last), first=first, until=until)
    if not is_sure:
        _refuse_far(settings, as_of, last)


def refuse_far_clock(workspace: Workspace, settings: "Settings", as_of: dt.datetime) -> None:
    """As :func:`hold_to_the_clock` for what only reads: the past is no mistake there.

    Raises:
        OperatorError: E823, ``as_of`` is far from everything that is recorded.
    """
    with ledger_so_far(workspace) as ledger:
        last = ledger.last_recorded()
    _refuse_far(settings, as_of, last)


def _refuse_far(settings: "Settings", as_of: dt.datetime, last: dt.datetime | None) -> None:
    years = Years(min(settings.years), max(settings.years))
    if years.cover(as_of) and (last is None or not years.cover(last) or as_of - last <= FAR):
        return
    facts = {
        "last": say("command_line.clock.nothing") if last is None else _words(last),
        "years": f"{years.first}" if years.first == years.last else f"{years.first}-{years.last}",
    }
    raise OperatorError(Code.E823, as_of=_words(as_of), **facts)


def _words(moment: dt.datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M}"
