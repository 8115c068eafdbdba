"""What our reader gives of a workbook beside what openpyxl gives: returned, equal, or where they differ."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from intake_plain_reader import plain_cells

from pipeline.intake.file_kinds import FileProblem, ReadFailure
from pipeline.intake.worker import read_workbook
from pipeline.second_reader import NotReadAgainError, read_again
from pipeline.spreadsheet import Position, RawCell, RawWorkbook

RETURNED, EQUAL, EQUAL_BY_LETTER = "returned", "equal", "equal by the letter"
_DAY = 86_400
_DIGITS = 4
_LEAP_DAY = 61
_OURS = {FileProblem.INTERNAL_FAULT, FileProblem.CRASHED}
_NOISE = 1e-9


def outcome_of(path: Path) -> str:
    """RETURNED, EQUAL, EQUAL_BY_LETTER where openpyxl does not read so, or the first differences."""
    read = read_workbook(path)
    if isinstance(read, ReadFailure):
        return f"fault: {read.facts}" if read.problem in _OURS else RETURNED
    content = path.read_bytes()
    try:
        first = difference(read, read_again(content))
    except NotReadAgainError as refusal:
        first = f"openpyxl: {refusal}"
    if first == EQUAL:
        return EQUAL
    second = plain_difference(read, plain_cells(content))
    return EQUAL_BY_LETTER if second == EQUAL else f"{first} | {second}"


def plain_difference(read: RawWorkbook, plain: Mapping[str, Mapping[Position, object]]) -> str:
    """EQUAL, or the first difference between a reading and what the parts say by the letter."""
    if [sheet.title for sheet in read.sheets] != list(plain):
        return f"sheets {list(plain)}"
    epoch = dt.datetime(1904, 1, 1) if read.date_1904 else dt.datetime(1899, 12, 30)
    for sheet in read.sheets:
        ours = {at: _serial(cell.value, epoch) for at, cell in _filled(sheet.cells).items()}
        theirs = {at: made for at, value in plain[sheet.title].items() if (made := _serial(value, epoch)) != ""}
        for position in sorted(ours.keys() | theirs.keys()):
            if ours.get(position) != theirs.get(position):
                return f"{sheet.title} {position}: {ours.get(position)!r} {theirs.get(position)!r}"
    return EQUAL


def _serial(value: object, epoch: dt.datetime) -> object:
    """A value as it is stored, rounded to some seconds; a text without its blanks."""
    match value:
        case dt.time() | dt.timedelta():
            return round(_seconds(value) / _DAY, _DIGITS)
        case dt.date():
            days = (_moment(value) - epoch).total_seconds() / _DAY
            # Lotus and Excel count a 29 February 1900: the serials before it are one less.
            return round(days - (epoch.year < 1904 and days < _LEAP_DAY), _DIGITS)
        case float() | int() if not isinstance(value, bool):
            return round(float(value), _DIGITS)
        case _:
            return _plain(value)


def difference(read: RawWorkbook, again: RawWorkbook) -> str:
    """EQUAL, or the first difference between two readings."""
    titles = [sheet.title for sheet in read.sheets]
    if titles != [sheet.title for sheet in again.sheets]:
        return f"sheets {titles} {[sheet.title for sheet in again.sheets]}"
    for sheet, other in zip(read.sheets, again.sheets, strict=True):
        ours, theirs = _filled(sheet.cells), _filled(other.cells)
        for position in sorted(ours.keys() | theirs.keys()):
            one, two = ours.get(position), theirs.get(position)
            if one is None or two is None or not _same(one, two):
                return f"{sheet.title} {position}: {one} {two}"
    return EQUAL if read.date_1904 == again.date_1904 else "date system"


def _filled(cells: Mapping[Position, RawCell]) -> dict[Position, RawCell]:
    """The cells that show something; a formula without a value is told by one of the readers only."""
    return {at: cell for at, cell in cells.items() if _plain(cell.value) != ""}


def _same(one: RawCell, other: RawCell) -> bool:
    ours, theirs = _plain(one.value), _plain(other.value)
    if one.is_error or other.is_error:
        return str(one.value).casefold() == str(other.value).casefold()
    if isinstance(ours, bool) or isinstance(theirs, bool) or type(ours) is not type(theirs):
        return ours is theirs
    if isinstance(ours, float) and isinstance(theirs, float):
        return abs(ours - theirs) <= _NOISE * max(1.0, abs(ours))
    return ours == theirs


def _plain(value: object) -> object:
    """A value as both readers can give it: blanks in texts do not count, a moment or a span is a number of seconds."""
    match value:
        case str():
            return "".join(value.split())
        case dt.time() | dt.timedelta():
            return _seconds(value)
        case dt.date():
            return round((_moment(value) - dt.datetime(1899, 12, 31)).total_seconds(), 1)
        case _:
            return value


def _moment(day: dt.date) -> dt.datetime:
    return day if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day)


def _seconds(span: dt.time | dt.timedelta) -> float:
    if isinstance(span, dt.time):
        span = dt.timedelta(hours=span.hour, minutes=span.minute, seconds=span.second)
    return round(span.total_seconds(), 1)
