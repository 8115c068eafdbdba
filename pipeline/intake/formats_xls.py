"""What calamine does not tell about an .xls: number formats, fonts, errors and the date system ([MS-XLS], BIFF8).

The records are walked once; a cell's format is that of its XF record. Older files (BIFF5 and before) are left alone:
their formats count as unknown.
"""

import struct
from collections.abc import Iterator, Mapping
from enum import IntEnum
from pathlib import Path

from pipeline.intake.compound_file import BrokenCompoundFileError, CompoundFile
from pipeline.intake.file_kinds import DEFAULT_LIMITS, Limits
from pipeline.intake.formats import FormatsUnreadableError, Room, SheetFormats, WorkbookFormats
from pipeline.ooxml.shared import BUILTIN_FORMATS
from pipeline.spreadsheet import Position

_STREAM = "workbook"
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


class _Record(IntEnum):
    BOF = 0x0809
    EOF = 0x000A
    BOUND_SHEET = 0x0085
    DATE_MODE = 0x0022
    FONT = 0x0031
    FORMAT = 0x041E
    XF = 0x00E0
    FORMULA = 0x0006
    NUMBER = 0x0203
    RK = 0x027E
    MUL_RK = 0x00BD
    BOOL_ERROR = 0x0205
    LABEL_SST = 0x00FD
    LABEL = 0x0204
    RICH_STRING = 0x00D6
    MERGED = 0x00E5


def number_formats(path: Path, limits: Limits = DEFAULT_LIMITS) -> WorkbookFormats:
    """Return number formats, fonts of whole cells, errors and the date system of an .xls.

    Every formula of an .xls stores a result, so that none counts as uncalculated.

    Raises:
        FormatsUnreadableError: the file is older than Excel 97, damaged, or has more cells than are carried back.
    """
    scan = _Scan(limits)
    try:
        for at, record, body in _records(CompoundFile(path.read_bytes()).content(_STREAM)):
            scan.hear(at, record, body)
    except (BrokenCompoundFileError, KeyError, struct.error, IndexError) as damage:
        raise FormatsUnreadableError(repr(damage)) from damage
    return WorkbookFormats(scan.sheets, scan.date_1904)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        yield at, record, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _Scan:
    """Hears the records of the workbook's globals, then those of each sheet."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: dict[str, SheetFormats] = {}
        self.date_1904 = False
        self._room = Room(limits, limits.max_cells)
        self._codes = dict(BUILTIN_FORMATS)
        self._fonts: list[str] = []
        self._cell_formats: list[tuple[int, int]] = []
        self._titles: dict[int, str] = {}
        self._sheet: SheetFormats | None = None
        self._depth = 0

    def hear(self, at: int, record: int, body: bytes) -> None:
        if record == _Record.BOF:
            self._begin(at, body)
        elif record == _Record.EOF:
            self._depth -= 1
        elif self._depth != 1:  # an embedded chart has a stream of its own inside its sheet's
            return
        elif self._sheet is None:
            self._hear_global(record, body)
        elif record == _Record.MUL_RK:
            self._numbers(self._sheet, body)
        elif record == _Record.MERGED:
            _join(self._sheet, body)
        else:
            self._hear_cell(self._sheet, record, body)

    def _begin(self, at: int, body: bytes) -> None:
        self._depth += 1
        if self._depth > 1:
            return
        (version,) = struct.unpack_from("<H", body)
        if version != _BIFF8:
            message = f"BIFF version {version:#x}"
            raise FormatsUnreadableError(message)
        if at in self._titles:
            self._sheet = self.sheets.setdefault(self._titles[at], SheetFormats(self._room))

    def _hear_global(self, record: int, body: bytes) -> None:
        match record:
            case _Record.BOUND_SHEET:
                (begins_at,) = struct.unpack_from("<I", body)
                self._titles[begins_at] = _string(body[7:], body[6])
            case _Record.DATE_MODE:
                self.date_1904 = struct.unpack_from("<H", body) == (1,)
            case _Record.FONT:
                if len(self._fonts) == _MISSING_FONT:
                    self._fonts.append("")
                self._fonts.append(_string(body[15:], body[14]))
            case _Record.FORMAT:
                number, length = struct.unpack_from("<HH", body)
                self._codes[number] = _string(body[4:], length)
            case _Record.XF:
                font, code = struct.unpack_from("<HH", body)
                self._cell_formats.append((font, code))

    def _hear_cell(self, sheet: SheetFormats, record: int, body: bytes) -> None:
        match record:
            case _Record.NUMBER | _Record.RK:
                sheet.number(_position(body), self._code_of(body, 4))
            case _Record.LABEL_SST | _Record.LABEL | _Record.RICH_STRING:
                sheet.text(_position(body), self._font_of(body))
            case _Record.FORMULA:
                self._formula(sheet, body)
            case _Record.BOOL_ERROR if body[7]:
                sheet.error(_position(body), _ERRORS.get(body[6], "#N/A"))
            case _Record.BOOL_ERROR:
                sheet.reach(*_position(body))

    def _numbers(self, sheet: SheetFormats, body: bytes) -> None:
        row, first = _position(body)
        for place in range((len(body) - 6) // 6):
            sheet.number((row, first + place), self._code_of(body, 4 + 6 * place))

    def _formula(self, sheet: SheetFormats, body: bytes) -> None:
        (mark,) = struct.unpack_from("<H", body, 12)
        if mark != _NOT_A_NUMBER:
            sheet.number(_position(body), self._code_of(body, 4))
        elif body[6] == _ERROR_RESULT:
            sheet.error(_position(body), _ERRORS.get(body[8], "#N/A"))
        elif body[6] in _TEXT_RESULTS:
            sheet.text(_position(body), self._font_of(body))

    def _code_of(self, body: bytes, at: int) -> str | None:
        (style,) = struct.unpack_from("<H", body, at)
        return self._codes.get(self._cell_formats[style][1])

    def _font_of(self, body: bytes) -> str:
        (style,) = struct.unpack_from("<H", body, 4)
        font = self._cell_formats[style][0]
        return self._fonts[font] if font < len(self._fonts) else ""


def _position(body: bytes) -> Position:
    row, column = struct.unpack_from("<HH", body)
    return row + 1, column + 1


def _join(sheet: SheetFormats, body: bytes) -> None:
    (count,) = struct.unpack_from("<H", body)
    for place in range(count):
        first_row, last_row, first, last = struct.unpack_from("<4H", body, 2 + 8 * place)
        sheet.join((first_row + 1, first + 1), (last_row + 1, last + 1))


def _string(body: bytes, length: int) -> str:
    """Read characters behind their flags: one byte each, or two ([MS-XLS] 2.5.293)."""
    if body[0] & 1:
        return body[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return body[1 : 1 + length].decode("latin-1")
