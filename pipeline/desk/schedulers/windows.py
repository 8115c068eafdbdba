"""A task of the Windows Task Scheduler, as ``schtasks /Create /XML`` reads it."""

import codecs
import subprocess
import xml.etree.ElementTree as ET

from pipeline.desk.schedulers.timetable import Timetable, working_times
from pipeline.wording import say

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
# A day in the past: the trigger counts at once. Without an offset the times are the machine's own; with one, the Task
# Scheduler would count working days in another zone than the clock on the wall.
_SINCE = "2019-01-01"
_AFTER_BOOT = "PT2M"
_LONGEST = "PT2H"
SOURCE = "QMS"
"""The name under which the event log of Windows has a failed run."""
_WORKING_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def task_text(timetable: Timetable) -> str:
    """The task: every night, in working hours, when the PC starts; a missed start is made up for.

    It runs whether or not its user is logged on, without storing a password (S4U): a changed password does not stop
    it. So it reaches the PC's own disks only, no network drives.
    """
    task = ET.Element("Task", {"version": "1.2", "xmlns": _NAMESPACE})
    about = ET.SubElement(task, "RegistrationInfo")
    _leaf(about, "Description", say("schedule.description"))
    triggers = ET.SubElement(task, "Triggers")
    _nightly(triggers, timetable)
    _in_working_hours(triggers, timetable)
    _at_boot(triggers)
    _principal(task, timetable.account)
    _settings(task)
    _action(task, timetable.command)
    ET.indent(task)
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{ET.tostring(task, encoding="unicode")}\n'


def task_bytes(timetable: Timetable) -> bytes:
    """The task in UTF-16 with its mark and the line ends of Windows: schtasks refuses Vietnamese in anything else."""
    return codecs.BOM_UTF16_LE + task_text(timetable).replace("\n", "\r\n").encode("utf-16-le")


def _leaf(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _nightly(triggers: ET.Element, timetable: Timetable) -> None:
    trigger = ET.SubElement(triggers, "CalendarTrigger")
    _leaf(trigger, "StartBoundary", f"{_SINCE}T{timetable.schedule.nightly:%H:%M:%S}")
    _leaf(trigger, "Enabled", "true")
    _leaf(ET.SubElement(trigger, "ScheduleByDay"), "DaysInterval", "1")


def _in_working_hours(triggers: ET.Element, timetable: Timetable) -> None:
    times = working_times(timetable.schedule)
    trigger = ET.SubElement(triggers, "CalendarTrigger")
    if len(times) > 1:
        first, last = (time.hour * 60 + time.minute for time in (times[0], times[-1]))
        repetition = ET.SubElement(trigger, "Repetition")
        _leaf(repetition, "Interval", f"PT{timetable.schedule.every_minutes}M")
        # The minute more lets the last time of the day in.
        _leaf(repetition, "Duration", f"PT{last - first + 1}M")
        _leaf(repetition, "StopAtDurationEnd", "false")
    _leaf(trigger, "StartBoundary", f"{_SINCE}T{times[0]:%H:%M:%S}")
    _leaf(trigger, "Enabled", "true")
    weekly = ET.SubElement(trigger, "ScheduleByWeek")
    _leaf(weekly, "WeeksInterval", "1")
    days = ET.SubElement(weekly, "DaysOfWeek")
    for day in _WORKING_DAYS:
        ET.SubElement(days, day)


def _at_boot(triggers: ET.Element) -> None:
    trigger = ET.SubElement(triggers, "BootTrigger")
    _leaf(trigger, "Enabled", "true")
    _leaf(trigger, "Delay", _AFTER_BOOT)


def _principal(task: ET.Element, account: str) -> None:
    principal = ET.SubElement(ET.SubElement(task, "Principals"), "Principal", {"id": "Author"})
    if account:
        _leaf(principal, "UserId", account)
    _leaf(principal, "LogonType", "S4U")
    _leaf(principal, "RunLevel", "LeastPrivilege")


def _settings(task: ET.Element) -> None:
    settings = ET.SubElement(task, "Settings")
    for name, text in {
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
    }.items():
        _leaf(settings, name, text)


def _action(task: ET.Element, command: tuple[str, ...]) -> None:
    """The run, through cmd, which tells of a failure even where the program itself is gone.

    ``/s`` takes away the outermost quotes and nothing else (cmd /?). The event log takes events of a source that is
    registered once; ``msg`` reaches the account's own session, where there is one. Neither may hide that it failed.
    """
    words = say("schedule.failed").replace('"', "'")
    event = f'eventcreate /T ERROR /ID 1 /L APPLICATION /SO {SOURCE} /D "{words}"'
    message = f'msg "%USERNAME%" /TIME:28800 "{words}"'
    run = " ".join(map(_quoted, command))
    action = ET.SubElement(ET.SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    _leaf(action, "Command", r"%SystemRoot%\System32\cmd.exe")
    _leaf(action, "Arguments", f'/d /s /c "{run} || ({event} >nul 2>&1 & {message} >nul 2>&1 & exit 1)"')


def _quoted(argument: str) -> str:
    """As ``CommandLineToArgvW`` reads it: a plain word as it is, all else in quotes, as cmd obeys ``&`` outside."""
    if argument.replace("-", "").isalnum():
        return argument
    # list2cmdline gives quotes to what has a blank.
    return subprocess.list2cmdline([f" {argument}"]).replace('" ', '"', 1)
