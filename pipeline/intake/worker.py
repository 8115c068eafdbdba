"""Reading one workbook, meant to run in a worker process: calamine can abort the process on a hostile file.

The only module that imports python_calamine. It must start fast, so it imports no frame library.
"""

import contextlib
import datetime as dt
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import python_calamine as calamine

from pipeline.intake import formats_ods, formats_xls, formats_xlsx
from pipeline.intake.file_kinds import (
    DEFAULT_LIMITS,
    Facts,
    FileKind,
    FileProblem,
    Limits,
    RawWorkbook,
    ReadFailure,
)
from pipeline.intake.formats import FormatsUnreadableError, Room, SheetFormats, WorkbookFormats
from pipeline.intake.inspection import inspect, system_refusal
from pipeline.ooxml import HostileWorkbookError, WouldRepairError
from pipeline.ooxml.zip_layout import hold_zip
from pipeline.spreadsheet import CellValue, Position, RawCell, RawSheet, cell_name

# calamine lays a sheet out as one block from its first to its last filled cell (measured with 0.9: 24 to 32
# bytes a cell); a block of more than half of the memory is refused before calamine aborts over it.
_BYTES_PER_CELL = 32
_BLOCK_SHARE = 2
_ISO_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_LONGEST_REASON = 200
_FORMATS_OF: Mapping[FileKind, Callable[[Path, Limits], WorkbookFormats]] = {
    FileKind.XLSX: formats_xlsx.number_formats,
    FileKind.XLSM: formats_xlsx.number_formats,
    FileKind.XLS: formats_xls.number_formats,
    FileKind.ODS: formats_ods.number_formats,
}
"""An .xlsb has none of these, and an .xls older than Excel 97 tells nothing either: there formats are unknown."""
_NO_FORMATS = SheetFormats(Room(DEFAULT_LIMITS, 0))


class _RefusedError(Exception):
    """The reader will not or cannot read on."""

    def __init__(self, problem: FileProblem, **facts: str | int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.facts = facts


def read_workbook(path: Path, limits: Limits = DEFAULT_LIMITS) -> RawWorkbook | ReadFailure:
    """Return the filled cells of every worksheet, or why there are none.

    The file is inspected first, so this is safe to call on any file; within ``limits`` it carries back at
    most 3,000 rows and 200 columns of a sheet, 200,000 cells of a workbook. What a hostile file does to the
    whole process (abort, endless reading) is for ``ReaderPool`` to survive.
    """
    kind = inspect(path, limits)
    if isinstance(kind, ReadFailure):
        return kind
    try:
        return _read(path, kind, limits)
    except _RefusedError as refusal:
        return ReadFailure(refusal.problem, refusal.facts, kind)
    except WouldRepairError as refusal:
        facts: Facts = {"repair": str(refusal.repair), "where": refusal.where[:_LONGEST_REASON]}
        return ReadFailure(FileProblem.EXCEL_WOULD_REPAIR, facts, kind)
    except MemoryError:
        return ReadFailure(FileProblem.OUT_OF_MEMORY, {}, kind)
    except OSError as error:  # gone or locked since it was inspected
        return ReadFailure(*system_refusal(error), kind)


def _read(path: Path, kind: FileKind, limits: Limits) -> RawWorkbook:
    if kind is not FileKind.XLS:
        hold_zip(path)
    formats = _formats(path, kind, limits)
    of_sheets = formats.sheets if formats else {}
    for title, of_sheet in of_sheets.items():
        _refuse_far_cells(title, of_sheet, limits)
    content = (formats and formats.plain) or path.read_bytes()
    carrier = _Carrier(limits)
    sheets = tuple(
        carrier.carry(metadata, values, of_sheets.get(metadata.name, _NO_FORMATS))
        for metadata, values in _sheets(content, kind)
    )
    return RawWorkbook(
        sheets,
        formats_known=formats is not None and all(sheet.title in of_sheets for sheet in sheets),
        date_1904=formats is not None and formats.date_1904,
        kind=kind,
        fonts={title: of_sheet.fonts for title, of_sheet in of_sheets.items()},
    )


def _formats(path: Path, kind: FileKind, limits: Limits) -> WorkbookFormats | None:
    try:
        return _FORMATS_OF[kind](path, limits) if kind in _FORMATS_OF else None
    except FormatsUnreadableError:  # calamine forgives more: then the cells come without formats
        return None
    except HostileWorkbookError as hostile:
        raise _RefusedError(FileProblem.UNREADABLE, reason=str(hostile)) from hostile


def _refuse_far_cells(title: str, formats: SheetFormats, limits: Limits) -> None:
    block = formats.last_row * formats.last_column * _BYTES_PER_CELL
    if block > limits.memory_bytes // _BLOCK_SHARE:
        cell = cell_name(formats.last_row, formats.last_column)
        raise _RefusedError(FileProblem.OUT_OF_MEMORY, sheet=title, cell=cell)


@contextlib.contextmanager
def _calamine_at_work() -> Iterator[None]:
    """Turn what calamine raises into a refusal; a Rust panic arrives as a BaseException of its own."""
    try:
        yield
    except calamine.PasswordError as locked:
        raise _RefusedError(FileProblem.PASSWORD) from locked
    except (calamine.CalamineError, ValueError, OverflowError) as refused:
        raise _RefusedError(FileProblem.UNREADABLE, reason=str(refused)[:_LONGEST_REASON]) from refused
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        raise _RefusedError(FileProblem.UNREADABLE, reason=str(panic)[:_LONGEST_REASON]) from panic


def _sheets(content: bytes, kind: FileKind) -> Iterator[tuple[calamine.SheetMetadata, calamine.CalamineSheet]]:
    """Yield the worksheets. calamine gets the bytes: given a path, it believes the ending of the name."""
    with _calamine_at_work():
        workbook = _opened(content, kind)
        for metadata in workbook.sheets_metadata:
            if metadata.typ == calamine.SheetTypeEnum.WorkSheet:
                yield metadata, workbook.get_sheet_by_name(metadata.name)


def _opened(content: bytes, kind: FileKind) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(io.BytesIO(content))
    except calamine.CalamineError:
        if kind is not FileKind.ODS:
            raise
    return calamine.load_workbook(io.BytesIO(formats_ods.unindented(content)))


class _Carrier:
    """Carries sheets back until the bounds of the workbook are used up."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells_left = limits.max_cells
        self._characters_left = limits.max_characters

    def carry(
        self, metadata: calamine.SheetMetadata, values: calamine.CalamineSheet, formats: SheetFormats
    ) -> RawSheet:
        end = values.end or (-1, -1)
        last_row, last_column = max(end[0] + 1, formats.last_row), max(end[1] + 1, formats.last_column)
        truncated = last_row > self._limits.max_rows or last_column > self._limits.max_columns
        cells: dict[Position, RawCell] = {}
        cells_left, characters_left = self._cells_left, self._characters_left
        for position, cell in _cells(values, formats, self._limits):
            cells_left -= 1
            if isinstance(cell.value, str):
                characters_left -= len(cell.value)
            if cells_left < 0 or characters_left < 0:
                truncated = True
                break
            cells[position] = cell
        self._cells_left, self._characters_left = cells_left, characters_left
        hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
        return RawSheet(metadata.name, cells, hidden, last_row, truncated, tuple(formats.merged))


def _cells(values: calamine.CalamineSheet, formats: SheetFormats, limits: Limits) -> Iterator[tuple[Position, RawCell]]:
    """Yield the filled cells within the bounds; after them those that calamine gives as empty although they are not."""
    unseen = {position: RawCell(text, None, is_error=True) for position, text in formats.errors.items()}
    for position in formats.formulas_without_value:
        unseen[position] = RawCell("", None, formula_without_value=True)
    number_format, formulas = formats.number_formats.get, formats.formulas
    for position, value in _stored(values, limits):
        if position not in unseen:
            yield position, _raw_cell(value, number_format(position), has_formula=position in formulas)
    yield from sorted(unseen.items())


def _stored(values: calamine.CalamineSheet, limits: Limits) -> Iterator[tuple[Position, CellValue]]:
    """Yield the filled cells within the bounds, as calamine gives their values.

    iter_rows() begins at row 1 of the sheet, but each row at the first filled column.
    """
    first_column = values.start[1] + 1 if values.start else 1
    width = max(0, limits.max_columns - first_column + 1)
    with _calamine_at_work():
        for row, cells in enumerate(islice(values.iter_rows(), limits.max_rows), 1):
            places = enumerate(cells[:width], first_column)
            yield from [((row, column), value) for column, value in places if value != ""]


def _raw_cell(value: CellValue, number_format: str | None, *, has_formula: bool) -> RawCell:
    match value:
        case str():
            stored = _duration(value) if value.startswith("PT") else None
            return RawCell(stored or value, number_format, False, False, has_formula)  # noqa: FBT003 - most cells
        case bool():
            return RawCell(value, number_format, has_formula=has_formula)
        case int() | float() if math.isfinite(value):
            return RawCell(float(value), number_format, has_formula=has_formula)
        case int() | float():  # no program writes NaN or INF; a frame would take NaN for an empty cell
            return RawCell(str(value), number_format, is_error=True, has_formula=has_formula)
        case _:
            return RawCell(value, number_format, has_formula=has_formula)


def _duration(text: str) -> dt.timedelta | None:
    """Read the ISO duration that an .ods stores for more than a day and that calamine passes on as text."""
    match = _ISO_DURATION.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = map(int, match.groups())
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
