"""What is to be started when, before any scheduler's language."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.settings import Schedule

ZONE = "Asia/Ho_Chi_Minh"
_MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True)
class Timetable:
    """One command, its times, and the account under which it runs.

    ``command`` is the program and its arguments, unquoted; ``account`` as the system names it, empty when unknown.
    """

    command: tuple[str, ...]
    schedule: Schedule
    account: str = ""


@dataclass(frozen=True)
class Hours:
    """Hours one after the other that share their minutes."""

    first: int
    last: int
    minutes: tuple[int, ...]


def working_times(schedule: Schedule) -> list[dt.time]:
    """The times of one working day, first and last included when they fall on the beat."""
    first, last = (time.hour * 60 + time.minute for time in (schedule.begins, schedule.ends))
    return [dt.time(*divmod(at, 60)) for at in range(first, last + 1, schedule.every_minutes)]


def working_hours(schedule: Schedule) -> list[Hours]:
    """The same times as few blocks: 07..16 at 0, 15, 30, 45, then 17 at 0."""
    by_hour = [
        (hour, tuple(time.minute for time in times))
        for hour, times in groupby(working_times(schedule), key=lambda time: time.hour)
    ]
    return list(_blocks(by_hour))


def _blocks(by_hour: list[tuple[int, tuple[int, ...]]]) -> Iterator[Hours]:
    # Hours that follow one another keep their distance to their place in the list.
    numbered = enumerate(by_hour)
    for (minutes, _), block in groupby(numbered, key=lambda each: (each[1][1], each[1][0] - each[0])):
        hours = [hour for _, (hour, _) in block]
        yield Hours(hours[0], hours[-1], minutes)
