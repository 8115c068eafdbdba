"""A task of the Windows Task Scheduler, as ``schtasks /Create /XML`` reads it. Pure."""

import codecs
import datetime as dt
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.settings import Schedule
from pipeline.wording import say

_NAMESPACE: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_SINCE: Final = "2019-01-01"
"""A day in the past: the trigger counts at once. Without an offset the times are the machine's own; with one, the Task
Scheduler would count working days in another zone than the clock on the wall."""
_AFTER_BOOT: Final = "PT2M"
_LONGEST: Final = "PT2H"
SOURCE: Final = "QMS"
"""The name under which the event log of Windows has a failed run."""
_WORKING_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_ATTRIBUTES: Final = {"Principal": {"id": "Author"}, "Actions": {"Context": "Author"}}
_SETTINGS: Final = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "AllowHardTerminate": "true",
    "StartWhenAvailable": "true",
    "RunOnlyIfNetworkAvailable": "false",
    "RunOnlyIfIdle": "false",
    "Enabled": "true",
    "WakeToRun": "false",
    "ExecutionTimeLimit": _LONGEST,
}

Element = tuple[str, "str | Sequence[Element]"]
"""The name of an element, and its text or its children."""


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
    it. So it reaches the PC's own disks only, no network drives.
    """
    account: list[Element] = [("UserId", job.account)] if job.account else []
    principal: list[Element] = [*account, ("LogonType", "S4U"), ("RunLevel", "LeastPrivilege")]
    parts: list[Element] = [
        ("RegistrationInfo", [("Description", say("schedule.description"))]),
        ("Triggers", _triggers(job.schedule)),
        ("Principals", [("Principal", principal)]),
        ("Settings", list(_SETTINGS.items())),
        ("Actions", [("Exec", _action(job.command))]),
    ]
    task = ET.Element("Task", {"version": "1.2", "xmlns": _NAMESPACE})
    _add(task, parts)
    ET.indent(task)
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{ET.tostring(task, encoding="unicode")}\n'


def task_bytes(job: Job) -> bytes:
    """The task in UTF-16 with its mark and the line ends of Windows: schtasks refuses Vietnamese in anything else."""
    return codecs.BOM_UTF16_LE + task_text(job).replace("\n", "\r\n").encode("utf-16-le")


def _add(parent: ET.Element, children: Sequence[Element]) -> None:
    for name, content in children:
        element = ET.SubElement(parent, name, _ATTRIBUTES.get(name, {}))
        if isinstance(content, str):
            element.text = content
        else:
            _add(element, content)


def _triggers(schedule: Schedule) -> list[Element]:
    times = working_times(schedule)
    days: list[Element] = [(day, ()) for day in _WORKING_DAYS]
    nightly: list[Element] = [
        ("StartBoundary", f"{_SINCE}T{schedule.nightly:%H:%M:%S}"),
        ("Enabled", "true"),
        ("ScheduleByDay", [("DaysInterval", "1")]),
    ]
    in_working_hours: list[Element] = [
        *_repetition(times, schedule.every_minutes),
        ("StartBoundary", f"{_SINCE}T{times[0]:%H:%M:%S}"),
        ("Enabled", "true"),
        ("ScheduleByWeek", [("WeeksInterval", "1"), ("DaysOfWeek", days)]),
    ]
    at_boot: list[Element] = [("Enabled", "true"), ("Delay", _AFTER_BOOT)]
    return [("CalendarTrigger", nightly), ("CalendarTrigger", in_working_hours), ("BootTrigger", at_boot)]


def _repetition(times: Sequence[dt.time], every_minutes: int) -> list[Element]:
    if len(times) == 1:
        return []
    # The minute more lets the last time of the day in.
    minutes = every_minutes * (len(times) - 1) + 1
    beat: list[Element] = [("Interval", f"PT{every_minutes}M"), ("Duration", f"PT{minutes}M")]
    return [("Repetition", [*beat, ("StopAtDurationEnd", "false")])]


def _action(command: Sequence[str]) -> list[Element]:
    """The run, through cmd, which tells of a failure even where the program itself is gone.

    ``/s`` takes away the outermost quotes and nothing else (cmd /?). The event log takes events of a source that is
    registered once; ``msg`` reaches the account's own session, where there is one. Neither may hide that it failed.
    """
    words = say("schedule.failed").replace('"', "'")
    event = f'eventcreate /T ERROR /ID 1 /L APPLICATION /SO {SOURCE} /D "{words}"'
    message = f'msg "%USERNAME%" /TIME:28800 "{words}"'
    run = " ".join(map(_quoted, command))
    arguments = f'/d /s /c "{run} || ({event} >nul 2>&1 & {message} >nul 2>&1 & exit 1)"'
    return [("Command", r"%SystemRoot%\System32\cmd.exe"), ("Arguments", arguments)]


def _quoted(argument: str) -> str:
    """As ``CommandLineToArgvW`` reads it: a plain word as it is, all else in quotes, as cmd obeys ``&`` outside."""
    if argument.replace("-", "").isalnum():
        return argument
    # list2cmdline gives quotes to what has a blank.
    return subprocess.list2cmdline([f" {argument}"]).replace('" ', '"', 1)
