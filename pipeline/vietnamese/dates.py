"""Dates as Vietnamese offices type them: the day always comes first."""

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.vietnamese.text import halfwidth, normalise, strip_accents

_YEARS = range(1900, 2200)


@dataclass(frozen=True)
class DateReading:
    """What a text says as a date.

    Attributes:
        value: the date, None when the text, read day first, is none.
        readings: dates that may have been meant instead, as a hint.
    """

    value: date | None = None
    readings: tuple[date, ...] = ()


_DAY, _MONTH = "(?P<day>[0-9]{1,2})", "(?P<month>[0-9]{1,2})"
_YEAR = "(?P<year>[0-9]{4}|[0-9]{2})"
_TIME = r"(?:[t ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?)?"
_FORMS = (  # text, not compiled: re compiles each at first use and keeps it, and importing stays cheap
    rf"(?:ngay )?{_DAY} ?(?P<sep>[/.-]) ?{_MONTH} ?(?P=sep) ?{_YEAR}{_TIME}",
    rf"(?P<year>[0-9]{{4}})(?P<sep>[/.-]){_MONTH}(?P=sep){_DAY}{_TIME}",
    rf"(?:ngay )?{_DAY} thang {_MONTH}(?: nam |, ?| ){_YEAR}",
)


def read_date(text: str) -> DateReading:
    """Read a cell's text as one date between 1900 and 2199; a time of day behind it is dropped.

    Reads dd/mm/yyyy (also with "-" or ".", with two digits of the year: 00 to 68 are 20xx), yyyy-mm-dd, and
    "ngày 9 tháng 6 năm 2019". Where a date that no calendar has exists with day and month swapped, that
    date is the hint.
    """
    typed = strip_accents(halfwidth(normalise(text)).casefold())
    written = next((match for form in _FORMS if (match := re.fullmatch(form, typed))), None)
    if written is None:
        return DateReading()
    year, month, day = _full_year(written["year"]), int(written["month"]), int(written["day"])
    value = _calendar_date(year, month, day)
    if value:
        return DateReading(value)
    swapped = _calendar_date(year, day, month)
    return DateReading(readings=(swapped,) if swapped else ())


def _full_year(digits: str) -> int:
    # The same split as POSIX and the C library make.
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) <= 68 else 1900)


def _calendar_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def read_serial(number: float, *, date_1904: bool = False) -> date | None:
    """Return the day of an Excel serial number, None when it is none from 1900 to 2199.

    A fraction, the time of day, is dropped. In the 1900 system day 1 is 1/1/1900 and day 60 is 29/2/1900,
    which never was (ECMA-376 part 1, 18.17.4.1); in the 1904 system, of old Macintosh workbooks, day 0 is
    1/1/1904.
    """
    if not math.isfinite(number) or not 0 <= number < 110_000:
        return None
    days = math.floor(number)
    if date_1904:
        return _within_years(date(1904, 1, 1) + timedelta(days))
    if days in (0, 60):
        return None
    return _within_years(date(1899, 12, 31 if days < 60 else 30) + timedelta(days))


def _within_years(day: date) -> date | None:
    return day if day.year in _YEARS else None


def format_date(day: date) -> str:
    """Write a date for a cell: dd/mm/yyyy."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def say_date(day: date) -> str:
    """Write a date for running text: "ngày 10/6/2019", "ngày 09/6/2019", "ngày 01/02/2019".

    Days under 10 and the months 1 and 2 take a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """
    month = f"{day.month:02}" if day.month <= 2 else f"{day.month}"
    return f"ngày {day.day:02}/{month}/{day.year}"
