"""What happens to a workbook in an office, done in memory to a valid BM-01 with its guide and its lists."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from rules_bases import BASES
from rules_settings import SETTINGS
from rules_sheets import filled, form_of, read_bytes, template_content

from pipeline.intake.file_kinds import RawWorkbook
from pipeline.parsing import ParsedForm, parse_form
from pipeline.spreadsheet import CellValue, Position, RawCell, RawSheet
from pipeline.vocabulary.lists import lists_of

Move = Callable[[Position], Position | None]


@cache
def whole(name: str = "BM-01") -> RawWorkbook:
    """The valid form as it is received: with the sheets that nobody fills."""
    typed = {sheet.title: sheet for sheet in filled(name).sheets}
    received = read_bytes(template_content(name))
    return replace(received, sheets=tuple(typed.get(sheet.title, sheet) for sheet in received.sheets))


def parsed(workbook: RawWorkbook, name: str = "BM-01") -> ParsedForm:
    """The workbook as it is read."""
    return parse_form(workbook, form_of(BASES[name]), lists_of(SETTINGS, 2019))


def rows(workbook: RawWorkbook, name: str = "BM-01") -> Mapping[str, Sequence[Mapping[str, object]]]:
    """The rows by sheet, without where they stood."""
    return {
        sheet: [{field: value for field, value in row.items() if field != "excel_row"} for row in some]
        for sheet, some in parsed(workbook, name).rows.items()
    }


def moved(workbook: RawWorkbook, title: str, move: Move) -> RawWorkbook:
    """The workbook with the cells of one sheet moved; those that move to None are gone."""

    def changed(sheet: RawSheet) -> RawSheet:
        cells = {to: cell for at, cell in sheet.cells.items() if (to := move(at)) is not None}
        return replace(sheet, cells=cells, last_row=max((row for row, _ in cells), default=0))

    return with_sheet(workbook, title, changed)


def with_sheet(workbook: RawWorkbook, title: str, change: Callable[[RawSheet], RawSheet]) -> RawWorkbook:
    """The workbook with one sheet changed."""
    return replace(workbook, sheets=tuple(change(s) if s.title == title else s for s in workbook.sheets))


def renamed(workbook: RawWorkbook, titles: Mapping[str, str]) -> RawWorkbook:
    """The workbook with sheets renamed."""
    return replace(workbook, sheets=tuple(replace(s, title=titles.get(s.title, s.title)) for s in workbook.sheets))


def with_cells(workbook: RawWorkbook, title: str, typed: Mapping[Position, CellValue | None]) -> RawWorkbook:
    """The workbook with values typed into one sheet, or cleared."""

    def changed(sheet: RawSheet) -> RawSheet:
        cells = {**sheet.cells, **{at: RawCell(value, "General") for at, value in typed.items() if value is not None}}
        kept = {at: cell for at, cell in cells.items() if typed.get(at, "") is not None}
        return replace(sheet, cells=kept, last_row=max(row for row, _ in kept))

    return with_sheet(workbook, title, changed)


def decomposed(workbook: RawWorkbook) -> RawWorkbook:
    """The workbook as a Macintosh saves it: every text in NFD, sheet titles too."""

    def nfd(value: CellValue) -> CellValue:
        return unicodedata.normalize("NFD", value) if isinstance(value, str) else value

    return replace(
        workbook,
        sheets=tuple(
            replace(
                sheet,
                title=unicodedata.normalize("NFD", sheet.title),
                cells={at: cell._replace(value=nfd(cell.value)) for at, cell in sheet.cells.items()},
            )
            for sheet in workbook.sheets
        ),
    )
