"""Dates: the day first, always."""

import math
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.vietnamese import format_date, read_date, read_serial, say_date
from pipeline.vietnamese.dates import DateReading

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "09/06/2019",
        "9/6/2019",
        "9/6/19",
        "09-06-2019",
        "9.6.2019",
        "9 / 6 / 2019",
        "2019-06-09",
        "2019/6/9",
        "2019-06-09T00:00:00",
        "2019-06-09 07:30:00.000",
        "2019-06-09T07:30:00+07:00",
        "09/06/2019 07:30",
        "ngày 9/6/2019",
        "Ngày 09/6/2019",
        "ngày 9 tháng 6 năm 2019",
        "Ngày 09 tháng 06 năm 2019",
        "9 tháng 6, 2019",
        "9 tháng 6 2019",
        "NGAY 9 THANG 6 NAM 2019",
        "nga\u0300y 9\u00a0tha\u0301ng 6 na\u0306m 2019",
        "０９/０６/２０１９",
    ],
)
def test_every_way_to_type_a_date_gives_that_date(text: str) -> None:
    assert read_date(text) == DateReading(date(2019, 6, 9))


@pytest.mark.parametrize(
    ("text", "year"),
    [("1/1/00", 2000), ("1/1/19", 2019), ("1/1/68", 2068), ("1/1/69", 1969), ("1/1/99", 1999)],
)
def test_two_digits_of_a_year_are_complete(text: str, year: int) -> None:
    assert read_date(text) == DateReading(date(year, 1, 1))


@pytest.mark.parametrize(
    "text", ["31/02/2019", "29/2/2019", "32/1/2019", "0/1/2019", "13/13/2019", "10/6/3019", "1/1/0019"]
)
def test_a_date_that_no_calendar_has_is_impossible(text: str) -> None:
    assert read_date(text) == DateReading()


@pytest.mark.parametrize("text", ["06/13/2019", "6/13/19", "2019-13-06"])
def test_a_month_before_its_day_is_impossible_with_the_swapped_date_as_a_hint(text: str) -> None:
    assert read_date(text) == DateReading(readings=(date(2019, 6, 13),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "6/2019",
        "10/6",
        "2019",
        "43625",
        "20190609",
        "9/6-2019",
        "9/6/219",
        "9//6/2019",
        "trước ngày 10/6/2019",
        "10/6/2019 - 12/6/2019",
        "tháng 6 năm 2019",
        "quý II",
        "chưa thực hiện",
        "٩/٦/٢٠١٩",
    ],
)
def test_anything_else_is_not_a_date(text: str) -> None:
    assert read_date(text) == DateReading()


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = read_date(text)

    assert reading.value is None or reading.readings == ()


@given(DAYS)
def test_a_written_date_is_read_back(day: date) -> None:
    assert read_date(format_date(day)) == DateReading(day)


@given(DAYS)
def test_a_said_date_is_read_back(day: date) -> None:
    assert read_date(say_date(day)) == DateReading(day)


@given(DAYS, st.times())
def test_the_text_of_a_timestamp_is_read_back(day: date, at: time) -> None:
    assert read_date(datetime.combine(day, at).isoformat()) == DateReading(day)


@pytest.mark.parametrize(
    ("day", "written", "said"),
    [
        (date(2019, 6, 10), "10/06/2019", "ngày 10/6/2019"),
        (date(2019, 6, 9), "09/06/2019", "ngày 09/6/2019"),
        (date(2019, 2, 1), "01/02/2019", "ngày 01/02/2019"),
        (date(2019, 1, 31), "31/01/2019", "ngày 31/01/2019"),
        (date(2019, 11, 10), "10/11/2019", "ngày 10/11/2019"),
    ],
)
def test_dates_are_written_for_cells_and_said_in_text(day: date, written: str, said: str) -> None:
    assert (format_date(day), say_date(day)) == (written, said)


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (43625, date(2019, 6, 9)),
        (43625.99, date(2019, 6, 9)),
        (109574, date(2199, 12, 31)),
    ],
)
def test_a_serial_of_the_1900_system_is_a_day(serial: float, day: date) -> None:
    assert read_serial(serial) == day


@pytest.mark.parametrize("serial", [0, 0.5, -1, 60, 60.5, 109575, 1e12, math.nan, math.inf])
def test_a_serial_outside_the_1900_system_is_no_day(serial: float) -> None:
    assert read_serial(serial) is None


@pytest.mark.parametrize(("serial", "day"), [(0, date(1904, 1, 1)), (60, date(1904, 3, 1)), (42163, date(2019, 6, 9))])
def test_a_serial_of_the_1904_system_is_a_day(serial: float, day: date) -> None:
    assert read_serial(serial, date_1904=True) == day


@pytest.mark.parametrize("serial", [-1, 108113])
def test_a_serial_outside_the_1904_system_is_no_day(serial: float) -> None:
    assert read_serial(serial, date_1904=True) is None


@given(st.dates(date(1904, 1, 1), date(2199, 12, 31)))
def test_both_systems_differ_by_four_years_and_a_day(day: date) -> None:
    serial = (day - date(1904, 1, 1)) // timedelta(days=1)

    assert read_serial(serial, date_1904=True) == read_serial(serial + 1462) == day
