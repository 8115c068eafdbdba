"""Days and times as Excel counts them."""

import datetime as dt
from typing import Final

from pipeline.spreadsheet import CellValue

_DAY: Final = dt.timedelta(days=1)
_EPOCH: Final = dt.datetime(1899, 12, 30)
_NO_LEAP_DAY: Final = 60
"""Excel counts a 29 February 1900 that there never was: days before it are one less (18.17.4.1)."""
_TO_1904: Final = 1_462


def as_counted(value: CellValue, *, date_1904: bool = False) -> str | float | bool:
    """Days and times in days, by the calendar of 1900 or of 1904; all else as it is."""
    match value:
        case dt.timedelta():
            return value / _DAY
        case dt.time():
            return (dt.datetime.combine(_EPOCH, value) - _EPOCH) / _DAY
        case dt.date():
            moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
            days = (moment.replace(tzinfo=None) - _EPOCH) / _DAY
            if date_1904:
                return days - _TO_1904
            return days if days > _NO_LEAP_DAY else days - 1
        case _:
            return value
