"""The times of the run, as set in qms.toml."""

import datetime as dt

import pytest
from pydantic import ValidationError

from pipeline.desk.scheduling import working_times
from pipeline.settings import Schedule


def test_without_a_table_it_is_five_past_midnight_and_every_quarter_hour_of_the_working_day() -> None:
    schedule = Schedule()
    assert schedule.nightly == dt.time(0, 5)
    times = working_times(schedule)
    assert (times[0], times[1], times[-1], len(times)) == (dt.time(7), dt.time(7, 15), dt.time(17), 41)


def test_the_table_of_the_settings_is_read() -> None:
    read = Schedule.model_validate({"nightly": "23:30", "every_minutes": 60, "from": "07:30", "to": "11:30"})
    assert read.nightly == dt.time(23, 30)
    assert working_times(read) == [dt.time(hour, 30) for hour in range(7, 12)]


def test_settings_read_back_from_the_archive_are_the_same() -> None:
    schedule = Schedule.model_validate({"from": "08:00", "to": "16:30"})
    assert Schedule.model_validate_json(schedule.model_dump_json()) == schedule


@pytest.mark.parametrize(
    "wrong", [{"from": "17:00", "to": "07:00"}, {"every_minutes": 0}, {"nightly": "25:00"}, {"nighly": "00:05"}]
)
def test_a_wrong_table_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Schedule.model_validate(wrong)


def test_a_beat_that_does_not_divide_the_hour_goes_on_over_it() -> None:
    uneven = Schedule.model_validate({"every_minutes": 25, "from": "07:00", "to": "09:00"})
    assert [f"{time:%H:%M}" for time in working_times(uneven)] == ["07:00", "07:25", "07:50", "08:15", "08:40"]
