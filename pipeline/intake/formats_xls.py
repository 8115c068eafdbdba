"""What calamine does not tell about an .xls: number formats, fonts, errors and the date system ([MS-XLS], BIFF8).

The records are walked once; a cell's format is that of its XF record. Older files (BIFF5 and before) are left alone:
their formats count as unknown.
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline.intake.compound_file import BrokenCompoundFileError, CompoundFile
from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits
from pipeline.intake.formats import FormatsUnreadableError, WorkbookFormats
from pipeline.intake.formats_kept import FormatsKept, Room, TooManyCellsError
from pipeline.intake.part_scans import BUILTIN_FORMATS

_STREAM = "workbook"
_BOF, _EOF, _BOUND_SHEET, _DATE_MODE = 0x0809, 0x000A, 0x0085, 0x0022
_FONT, _FORMAT, _XF = 0x0031, 0x041E, 0x00E0
_FORMULA, _NUMBER, _RK, _MUL_RK, _BOOL_ERROR = 0x0006, 0x0203, 0x027E, 0x00BD, 0x0205
_LABEL_SST, _LABEL, _RICH_STRING, _MERGED = 0x00FD, 0x0204, 0x00D6, 0x00E5
_BIFF8 = 0x0600
# Font number 4 does not exist: the fifth FONT record is number 5 ([MS-XLS] 2.5.129).
_MISSING_FONT = 4
_ERRORS: Mapping[int, str] = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_TEXT_RESULTS, _ERROR_RESULT, _NOT_A_NUMBER = (0, 3), 2, 0xFFFF


def number_formats(path: Path, limits: Limits = DEFAULT_LIMITS) -> WorkbookFormats:
    """Return number formats, fonts of whole cells, errors and the date system of an .xls.

    Every formula of an .xls stores a result, so that none counts as uncalculated.

    Raises:
        FormatsUnreadableError: the file is older than Excel 97, damaged, or has more cells than are carried back.
    """
    try:
        with path.open("rb") as file:
            stream = CompoundFile(file, path.stat().st_size).content(_STREAM)
        scan = _Scan(limits)
        for at, record, body in _records(stream):
            scan.hear(at, record, body)
    except (BrokenCompoundFileError, KeyError, struct.error, IndexError, TooManyCellsError) as damage:
        raise FormatsUnreadableError(repr(damage)) from damage
    return scan.found()


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        yield at, record, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _Scan:
    """Hears the records of the workbook's globals, then those of each sheet."""

    def __init__(self, limits: Limits) -> None:
        self._room = Room(limits)
        self._codes = dict(BUILTIN_FORMATS)
        self._fonts: list[str] = []
        self._cell_formats: list[tuple[int, int]] = []
        self._titles: dict[int, str] = {}
        self._sheets: dict[str, FormatsKept] = {}
        self._sheet: FormatsKept | None = None
        self._date_1904 = False
        self._depth = 0
        self._globals: Mapping[int, Callable[[bytes], None]] = {
            _BOUND_SHEET: self._keep_title,
            _DATE_MODE: self._keep_date_mode,
            _FONT: self._keep_font,
            _FORMAT: self._keep_code,
            _XF: self._keep_cell_format,
        }
        self._cells: Mapping[int, Callable[[FormatsKept, bytes], None]] = {
            _NUMBER: self._number,
            _RK: self._number,
            _MUL_RK: self._numbers,
            _FORMULA: self._formula,
            _BOOL_ERROR: self._boolean_or_error,
            _LABEL_SST: self._text,
            _LABEL: self._text,
            _RICH_STRING: self._text,
            _MERGED: _keep_merged,
        }

    def found(self) -> WorkbookFormats:
        return WorkbookFormats({title: kept.found() for title, kept in self._sheets.items()}, self._date_1904)

    def hear(self, at: int, record: int, body: bytes) -> None:
        if record == _BOF:
            self._begin(at, body)
        elif record == _EOF:
            self._depth -= 1
        elif self._depth != 1:  # an embedded chart has a stream of its own inside its sheet's
            return
        elif self._sheet is None:
            self._globals.get(record, _ignore)(body)
        elif record in self._cells:
            self._cells[record](self._sheet, body)

    def _begin(self, at: int, body: bytes) -> None:
        self._depth += 1
        if self._depth > 1:
            return
        (version,) = struct.unpack_from("<H", body)
        if version != _BIFF8:
            message = f"BIFF version {version:#x}"
            raise FormatsUnreadableError(message)
        if at in self._titles:
            self._sheet = self._sheets.setdefault(self._titles[at], FormatsKept(self._room))

    def _keep_title(self, body: bytes) -> None:
        (begins_at,) = struct.unpack_from("<I", body)
        self._titles[begins_at] = _string(body[7:], body[6])

    def _keep_date_mode(self, body: bytes) -> None:
        (mode,) = struct.unpack_from("<H", body)
        self._date_1904 = mode == 1

    def _keep_font(self, body: bytes) -> None:
        if len(self._fonts) == _MISSING_FONT:
            self._fonts.append("")
        self._fonts.append(_string(body[15:], body[14]))

    def _keep_code(self, body: bytes) -> None:
        number, length = struct.unpack_from("<HH", body)
        self._codes[number] = _string(body[4:], length)

    def _keep_cell_format(self, body: bytes) -> None:
        font, code = struct.unpack_from("<HH", body)
        self._cell_formats.append((font, code))

    def _number(self, sheet: FormatsKept, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        sheet.number((row + 1, column + 1), self._code_of(style))

    def _numbers(self, sheet: FormatsKept, body: bytes) -> None:
        row, first = struct.unpack_from("<HH", body)
        for place in range((len(body) - 6) // 6):
            (style,) = struct.unpack_from("<H", body, 4 + 6 * place)
            sheet.number((row + 1, first + place + 1), self._code_of(style))

    def _formula(self, sheet: FormatsKept, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        (mark,) = struct.unpack_from("<H", body, 12)
        if mark != _NOT_A_NUMBER:
            sheet.number((row + 1, column + 1), self._code_of(style))
        elif body[6] == _ERROR_RESULT:
            sheet.error((row + 1, column + 1), _ERRORS.get(body[8], "#N/A"))
        elif body[6] in _TEXT_RESULTS:
            sheet.text((row + 1, column + 1), self._font_of(style))

    def _boolean_or_error(self, sheet: FormatsKept, body: bytes) -> None:
        row, column, _, value, is_error = struct.unpack_from("<HHHBB", body)
        if is_error:
            sheet.error((row + 1, column + 1), _ERRORS.get(value, "#N/A"))
        else:
            sheet.reach(row + 1, column + 1)

    def _text(self, sheet: FormatsKept, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        sheet.text((row + 1, column + 1), self._font_of(style))

    def _code_of(self, style: int) -> str | None:
        return self._codes.get(self._cell_formats[style][1])

    def _font_of(self, style: int) -> str:
        font = self._cell_formats[style][0]
        return self._fonts[font] if font < len(self._fonts) else ""


def _keep_merged(sheet: FormatsKept, body: bytes) -> None:
    (count,) = struct.unpack_from("<H", body)
    for place in range(count):
        first_row, last_row, first, last = struct.unpack_from("<4H", body, 2 + 8 * place)
        sheet.join((first_row + 1, first + 1), (last_row + 1, last + 1))


def _ignore(_: bytes) -> None:
    """Hear a record that says nothing about formats."""


def _string(body: bytes, length: int) -> str:
    """Read characters behind their flags: one byte each, or two ([MS-XLS] 2.5.293)."""
    return (
        body[1 : 1 + 2 * length].decode("utf-16-le", "replace")
        if body[0] & 1
        else body[1 : 1 + length].decode("latin-1")
    )
