"""Lines of a crontab."""

import shlex
from collections.abc import Iterator

from pipeline.desk.schedulers.timetable import ZONE, Timetable, working_hours
from pipeline.wording import say


def crontab_text(timetable: Timetable) -> str:
    """The lines: every night, in working hours, and when the machine starts. cron makes up for no missed time."""
    command = _command(timetable.command)
    comments = [f"# {line}" for line in say("schedule.cron.comment").splitlines()]
    # MAILTO without a name would keep every failure quiet.
    mail = [f"MAILTO={timetable.account}"] if timetable.account else []
    return "\n".join([*comments, *mail, f"CRON_TZ={ZONE}", *(f"{when} {command}" for when in _times(timetable)), ""])


def _times(timetable: Timetable) -> Iterator[str]:
    schedule = timetable.schedule
    yield f"{schedule.nightly.minute} {schedule.nightly.hour} * * *"
    for block in working_hours(schedule):
        hours = f"{block.first}" if block.first == block.last else f"{block.first}-{block.last}"
        yield f"{','.join(map(str, block.minutes))} {hours} * * 1-5"
    yield "@reboot"


def _command(command: tuple[str, ...]) -> str:
    """Quoted for the shell; cron itself makes a bare ``%`` the end of the line, before the shell sees any quote.

    What a run prints is in the day's report already; what went wrong (stderr) is left for cron to mail.
    """
    return shlex.join(command).replace("%", "\\%") + " >/dev/null"
