"""A task of the Windows Task Scheduler, as ``schtasks /Create /XML`` reads it: ``windows_task.xml`` filled in. Pure."""

import codecs
import datetime as dt
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final
from xml.sax.saxutils import escape

from pipeline.settings import Schedule
from pipeline.wording import say

SOURCE: Final = "QMS"
"""The name under which the event log of Windows has a failed run."""


@dataclass(frozen=True)
class Job:
    """One command, its times, and the account under which it runs.

    ``command`` is the program and its arguments, unquoted; ``account`` as the system names it, empty when unknown.
    """

    command: tuple[str, ...]
    schedule: Schedule
    account: str = ""


def working_times(schedule: Schedule) -> list[dt.time]:
    """The times of one working day, first and last included when they fall on the beat."""
    first, last = (time.hour * 60 + time.minute for time in (schedule.begins, schedule.ends))
    return [dt.time(*divmod(at, 60)) for at in range(first, last + 1, schedule.every_minutes)]


def task_text(job: Job) -> str:
    """The task: every night, in working hours, when the PC starts; a missed start is made up for.

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
