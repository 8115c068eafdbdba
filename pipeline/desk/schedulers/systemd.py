"""A systemd service and its timer."""

from collections.abc import Iterator

from pipeline.desk.schedulers.timetable import ZONE, Timetable, working_hours
from pipeline.wording import say

AFTER_BOOT = "2min"
"""Long enough for a network drive to be there, short enough to answer before the day begins."""
LONGEST = "2h"
FAILED = "-su-co"
"""What the name of the unit that tells of a failed run has more."""


def service_text(timetable: Timetable) -> str:
    """``qms.service``: one run. A run that lasts is not started a second time, which systemd sees to by itself."""
    program, *arguments = timetable.command
    lines = [
        _comment("service"),
        "[Unit]",
        f"Description={say('schedule.description')}",
        # %N: the name that this unit is saved under, without its ending (systemd.unit).
        f"OnFailure=%N{FAILED}.service",
        "",
        "[Service]",
        "Type=oneshot",
        *([f"User={timetable.account}"] if timetable.account else []),
        f"ExecStart={' '.join([_quoted(program), *map(_argument, arguments)])}",
        f"TimeoutStartSec={LONGEST}",
    ]
    return "\n".join([*lines, ""])


def failed_text() -> str:
    """``qms-su-co.service``: a failed run goes into the journal as an error, and to everyone who is logged on."""
    script = 'echo "<3>$1"; echo "$1" | wall || true'
    command = ["/bin/sh", "-c", script, "qms", say("schedule.failed")]
    lines = [
        _comment("failed"),
        "[Unit]",
        f"Description={say('schedule.description_failed')}",
        "",
        "[Service]",
        "Type=oneshot",
        f"ExecStart={' '.join(map(_argument, command))}",
    ]
    return "\n".join([*lines, ""])


def timer_text(timetable: Timetable) -> str:
    """``qms.timer``: every night, in working hours, and as soon as the machine is on again."""
    lines = [
        _comment("timer"),
        "[Unit]",
        f"Description={say('schedule.description')}",
        "",
        "[Timer]",
        *(f"OnCalendar={expression}" for expression in calendar_expressions(timetable)),
        f"OnBootSec={AFTER_BOOT}",
        "Persistent=true",
        # Otherwise systemd may wait a minute to bundle wake-ups.
        "AccuracySec=1s",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return "\n".join([*lines, ""])


def calendar_expressions(timetable: Timetable) -> Iterator[str]:
    """When, as ``systemd-analyze calendar`` reads it; the zone is named, whatever the machine's own is."""
    schedule = timetable.schedule
    yield f"*-*-* {schedule.nightly:%H:%M}:00 {ZONE}"
    for block in working_hours(schedule):
        hours = f"{block.first:02d}" if block.first == block.last else f"{block.first:02d}..{block.last:02d}"
        minutes = ",".join(f"{minute:02d}" for minute in block.minutes)
        yield f"Mon..Fri *-*-* {hours}:{minutes}:00 {ZONE}"


def _comment(key: str) -> str:
    return "\n".join(f"# {line}" for line in say(f"schedule.systemd.{key}").splitlines())


def _argument(text: str) -> str:
    """``$`` names a variable in arguments, though never in the program itself (systemd.service, Command lines)."""
    return _quoted(text.replace("$", "$$"))


def _quoted(text: str) -> str:
    """In double quotes with C escapes; ``%`` would be a specifier (systemd.unit)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
