"""What an earlier answer left in a copy that comes back, taken off before the next one marks it.

Copies made before 0.3.0 were marked by a fill of the cell itself; their sheet of findings keeps, in a hidden column,
the colour that each cell had.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline.feedback.marks import COLOURS
from pipeline.feedback.places import Place, place_of, sheet_of
from pipeline.feedback.tasks import REGISTER, REGISTER_NAME
from pipeline.findings import Finding
from pipeline.parsing.explanations import is_findings_sheet
from pipeline.patching import Package
from pipeline.spreadsheet import RawSheet, RawWorkbook
from pipeline.wording import say

_SHEET_COLUMN, _CELL_COLUMN, _COLOUR_COLUMN = 3, 4, 12
_COLOUR_TAG: Final = "_qms_colour"
_COLOUR: Final = re.compile(r"[0-9A-F]{8}")


def clear_earlier(package: Package, workbook: RawWorkbook) -> RawWorkbook:
    """Take off the marks, the register and the sheet of findings of an earlier answer; gives what is left to read.

    A sheet of the sender's own that bears our title stays.

    Raises:
        PatchError: the package cannot be patched, or nothing but our sheets can be seen.
    """
    ours = {sheet.title for sheet in workbook.sheets if is_findings_sheet(sheet) or _tag_row(sheet)}
    _restore_fills(package, workbook)
    register = sheet_of(workbook, REGISTER)
    package.remove_name(REGISTER_NAME)
    for title in (*ours, *([register.title] if register else [])):
        package.remove_sheet(title)
        workbook = replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.title != title))
    for worksheet in package.worksheets:
        worksheet.remove_formats(lambda formula: REGISTER_NAME in formula)
        worksheet.cut_comments(say("feedback.comment.mark"))
    package.calculate_as_before()
    return workbook


def _restore_fills(package: Package, workbook: RawWorkbook) -> None:
    """Give back the colours of cells that were marked before 0.3.0; what somebody coloured anew since then stays."""
    former: dict[str, dict[str, str]] = {}
    for place, colour in _former_colours(workbook):
        former.setdefault(place.title, {}).setdefault(place.cell, colour)
    for title, colours in former.items():
        worksheet = package.worksheet(title)
        fills = worksheet.fills(colours)
        ours = {cell: colours[cell] for cell, fill in fills.items() if fill in COLOURS.values()}
        if ours:
            worksheet.fill({cell: colour if _COLOUR.fullmatch(colour) else None for cell, colour in ours.items()})


def _former_colours(workbook: RawWorkbook) -> Iterator[tuple[Place, str]]:
    for sheet in workbook.sheets:
        tag_row = _tag_row(sheet)
        for row in sorted({row for row, _ in sheet.cells if row > tag_row}) if tag_row else []:
            title, name, colour = (
                _text(sheet, row, column) for column in (_SHEET_COLUMN, _CELL_COLUMN, _COLOUR_COLUMN)
            )
            place = place_of(workbook, Finding("", sheet=title, cell=name))
            if place is not None:
                yield place, colour


def _tag_row(sheet: RawSheet) -> int:
    """The row of the head of the column of former colours; 0 without one."""
    rows = (row for row, column in sheet.cells if column == _COLOUR_COLUMN)
    return next((row for row in rows if _text(sheet, row, _COLOUR_COLUMN) == _COLOUR_TAG), 0)


def _text(sheet: RawSheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return cell.value if cell is not None and isinstance(cell.value, str) else ""
