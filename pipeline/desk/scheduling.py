"""The run in the hands of the machine's own scheduler: what to give it, and what to do with that.

The secretary's machine is a Windows PC. Elsewhere there is a crontab for the night alone (docs/decisions/0040).
"""

import codecs
import datetime as dt
import getpass
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Final, assert_never
from xml.sax.saxutils import escape

from pipeline.settings import Schedule
from pipeline.wording import say
from pipeline.workspace import Workspace
from pipeline.writing import write_whole_or_fault

SOURCE: Final = "QMS"
"""The name under which the event log of Windows has a failed run."""


class Scheduler(StrEnum):
    """Whose language."""

    WINDOWS = "windows"
    CRON = "cron"


_USUAL_NAMES = {Scheduler.WINDOWS: "QMS.xml", Scheduler.CRON: "qms.cron"}


@dataclass(frozen=True)
class Job:
    """One command, its times, and the account under which it runs.

    ``command`` is the program and its arguments, unquoted; ``account`` as the system names it, empty when unknown.
    """

    command: tuple[str, ...]
    schedule: Schedule
    account: str = ""


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


def working_times(schedule: Schedule) -> list[dt.time]:
    """The times of one working day, first and last included when they fall on the beat."""
    first, last = (time.hour * 60 + time.minute for time in (schedule.begins, schedule.ends))
    return [dt.time(*divmod(at, 60)) for at in range(first, last + 1, schedule.every_minutes)]


def task_text(job: Job) -> str:
    """The task as ``schtasks /Create /XML`` reads it: every night, in working hours, when the PC starts; missed, later.

    It runs whether or not its user is logged on, without storing a password (S4U): a changed password does not stop
    it. So it reaches the PC's own disks only, no network drives. The triggers begin on a day in the past: they count at
    once. Their times bear no offset and are the machine's own; with one, the Task Scheduler would count working days
    in another zone than the clock on the wall.
    """
    times, beat = working_times(job.schedule), job.schedule.every_minutes
    # The minute more lets the last time of the day in.
    duration = beat * (len(times) - 1) + 1
    repetition = (
        "\n      <Repetition>"
        f"\n        <Interval>PT{beat}M</Interval>"
        f"\n        <Duration>PT{duration}M</Duration>"
        "\n        <StopAtDurationEnd>false</StopAtDurationEnd>"
        "\n      </Repetition>"
    )
    text = files(__package__).joinpath("windows_task.xml").read_text(encoding="utf-8")
    for name, value in {
        "DESCRIPTION": escape(say("schedule.description")),
        "NIGHTLY": f"{job.schedule.nightly:%H:%M:%S}",
        "BEGINS": f"{times[0]:%H:%M:%S}",
        "REPETITION": repetition if len(times) > 1 else "",
        "USER": f"\n      <UserId>{escape(job.account)}</UserId>" if job.account else "",
        "ARGUMENTS": escape(_arguments(job.command)),
    }.items():
        text = text.replace(f"@{name}@", value)
    return text


def task_bytes(job: Job) -> bytes:
    """The task in UTF-16 with its mark and the line ends of Windows: schtasks refuses Vietnamese in anything else."""
    return codecs.BOM_UTF16_LE + task_text(job).replace("\n", "\r\n").encode("utf-16-le")


def _arguments(command: Sequence[str]) -> str:
    """The run, through cmd, which tells of a failure even where the program itself is gone.

    ``/s`` takes away the outermost quotes and nothing else (cmd /?). The event log takes events of a source that is
    registered once; ``msg`` reaches the account's own session, where there is one. Neither may hide that it failed.
    """
    words = say("schedule.failed").replace('"', "'")
    event = f'eventcreate /T ERROR /ID 1 /L APPLICATION /SO {SOURCE} /D "{words}"'
    message = f'msg "%USERNAME%" /TIME:28800 "{words}"'
    run = " ".join(map(_quoted, command))
    return f'/d /s /c "{run} || ({event} >nul 2>&1 & {message} >nul 2>&1 & exit 1)"'


def _quoted(argument: str) -> str:
    """As ``CommandLineToArgvW`` reads it: a plain word as it is, all else in quotes, as cmd obeys ``&`` outside."""
    if argument.replace("-", "").isalnum():
        return argument
    # list2cmdline gives quotes to what has a blank.
    return subprocess.list2cmdline([f" {argument}"]).replace('" ', '"', 1)
