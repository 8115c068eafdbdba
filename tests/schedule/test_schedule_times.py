"""The times of the run: as set in qms.toml, in as few blocks as a scheduler can say them."""

import datetime as dt

import pytest
from pydantic import ValidationError
from schedule_samples import timetable

from pipeline.desk.schedulers.cron import crontab_text
from pipeline.desk.schedulers.systemd import calendar_expressions
from pipeline.desk.schedulers.timetable import Hours, working_hours, working_times
from pipeline.settings import Schedule


def test_without_a_table_it_is_five_past_midnight_and_every_quarter_hour_of_the_working_day() -> None:
    schedule = Schedule()
    assert schedule.nightly == dt.time(0, 5)
    times = working_times(schedule)
    assert (times[0], times[1], times[-1], len(times)) == (dt.time(7), dt.time(7, 15), dt.time(17), 41)
    assert working_hours(schedule) == [Hours(7, 16, (0, 15, 30, 45)), Hours(17, 17, (0,))]


def test_the_table_of_the_settings_is_read() -> None:
    read = Schedule.model_validate({"nightly": "23:30", "every_minutes": 60, "from": "07:30", "to": "11:30"})
    assert read.nightly == dt.time(23, 30)
    assert working_hours(read) == [Hours(7, 11, (30,))]


def test_settings_read_back_from_the_archive_are_the_same() -> None:
    schedule = Schedule.model_validate({"from": "08:00", "to": "16:30"})
    assert Schedule.model_validate_json(schedule.model_dump_json()) == schedule


@pytest.mark.parametrize(
    "wrong", [{"from": "17:00", "to": "07:00"}, {"every_minutes": 0}, {"nightly": "25:00"}, {"nighly": "00:05"}]
)
def test_a_wrong_table_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Schedule.model_validate(wrong)


def test_a_beat_that_does_not_divide_the_hour_is_said_hour_by_hour() -> None:
    uneven = timetable(every_minutes=25, **{"from": "07:00", "to": "09:00"})
    assert working_hours(uneven.schedule) == [Hours(7, 7, (0, 25, 50)), Hours(8, 8, (15, 40))]
    assert list(calendar_expressions(uneven))[1:] == [
        "Mon..Fri *-*-* 07:00,25,50:00 Asia/Ho_Chi_Minh",
        "Mon..Fri *-*-* 08:15,40:00 Asia/Ho_Chi_Minh",
    ]
    assert [line[:23] for line in crontab_text(uneven).splitlines() if line.endswith("null")] == [
        "5 0 * * * /opt/qms/bin/",
        "0,25,50 7 * * 1-5 /opt/",
        "15,40 8 * * 1-5 /opt/qm",
        "@reboot /opt/qms/bin/py",
    ]
