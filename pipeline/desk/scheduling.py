"""The run in the hands of the machine's own scheduler: what to give it, and what to do with that.

The secretary's machine is a Windows PC. Elsewhere there is a crontab for the night alone (docs/decisions/0040).
"""

import getpass
import os
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from pipeline.desk.windows_task import Job, task_bytes, task_text
from pipeline.settings import Schedule
from pipeline.wording import say
from pipeline.workspace import Workspace
from pipeline.writing import write_whole_or_fault


class Scheduler(StrEnum):
    """Whose language."""

    WINDOWS = "windows"
    CRON = "cron"


_USUAL_NAMES = {Scheduler.WINDOWS: "QMS.xml", Scheduler.CRON: "qms.cron"}


@dataclass(frozen=True)
class Proposal:
    """What to give the scheduler, where it lies or may lie, and in Vietnamese what to do with it, a line a step."""

    scheduler: Scheduler
    path: Path
    text: str
    steps: tuple[str, ...]


def scheduler_here() -> Scheduler:
    """The scheduler of the machine that this runs on."""
    return Scheduler.WINDOWS if sys.platform == "win32" else Scheduler.CRON


def propose(workspace: Workspace, schedule: Schedule, scheduler: Scheduler, output: Path | None = None) -> Proposal:
    """What to give the scheduler, written to ``output`` where one is named.

    Raises:
        OperatorError: E805, the file cannot be written.
    """
    # The steps name whole paths: an administrator's window opens in another folder.
    path = (output or workspace.root / _USUAL_NAMES[scheduler]).resolve()
    command = (sys.executable, "-m", "pipeline", "run", "--workspace", str(workspace.root.resolve()))
    job = Job(command, schedule, _account())
    match scheduler:
        case Scheduler.WINDOWS:
            text, content = task_text(job), task_bytes(job)
        case Scheduler.CRON:
            text = crontab_line(job)
            content = text.encode()
        case _:
            assert_never(scheduler)
    if output is not None:
        write_whole_or_fault(path, content)
    return Proposal(scheduler, path, text, tuple(_steps(scheduler, path, is_written=output is not None)))


def _account() -> str:
    domain = os.environ.get("USERDOMAIN", "")
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A container may run under a number that no one has named.
        return ""
    return f"{domain}\\{name}" if domain else name


def crontab_line(job: Job) -> str:
    """The nightly run as a line of a crontab, with the end of the line.

    What a run prints is in the day's report already; what went wrong (stderr) is left for cron to mail. cron makes a
    bare ``%`` the end of the line, before the shell sees any quote.
    """
    nightly = job.schedule.nightly
    command = shlex.join(job.command).replace("%", "\\%")
    return f"{nightly.minute} {nightly.hour} * * * {command} >/dev/null\n"


def _steps(scheduler: Scheduler, path: Path, *, is_written: bool) -> Iterator[str]:
    """What to do, a line each, without what has been done already."""
    keys = ("title", "write", "steps", "notes")
    words = {key: say(f"schedule.{scheduler}.{key}", path=path).splitlines() for key in keys}
    yield from words["title"]
    steps = words["steps"] if is_written else [*words["write"], *words["steps"]]
    yield from (say("schedule.step", number=number, words=step) for number, step in enumerate(steps, 1))
    yield from words["notes"]
