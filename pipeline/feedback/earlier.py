"""What an earlier answer left in a copy that comes back, taken off before the next one marks it.

Copies made before 0.3.0 were marked by a fill of the cell itself; their sheet of findings keeps, in a hidden column,
the colour that each cell had.
"""

import re
from collections.abc import Iterator
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.feedback.marks import COLOURS, clear_marks
from pipeline.feedback.places import cell_of, worksheet_of
from pipeline.feedback.register import remove_register
from pipeline.findings import Finding
from pipeline.wording import say

_SHEET_COLUMN, _CELL_COLUMN, _COLOUR_COLUMN = 3, 4, 12
_COLOUR_TAG: Final = "_qms_colour"
_COLOUR: Final = re.compile(r"[0-9A-F]{8}")
_LAST_ROW: Final = 10_000


def clear_earlier(workbook: Workbook) -> None:
    """Take off the marks, the register and the sheet of findings of an earlier answer; nothing without one.

    A sheet of the sender's own that bears our title stays.
    """
    findings = worksheet_of(workbook, say("feedback.title"))
    colours = list(_former_colours(findings)) if findings is not None else []
    had_register = remove_register(workbook)
    if not had_register and not colours:
        return
    for title, name, colour in colours[1:]:
        _recolour(workbook, title, name, colour)
    if findings is not None and (colours or _is_headed(findings)):
        workbook.remove(findings)
    clear_marks(workbook)


def _is_headed(findings: Worksheet) -> bool:
    return findings["A1"].value in {say("feedback.heading"), say("feedback.pre_check.heading")}


def _former_colours(findings: Worksheet) -> Iterator[tuple[str, str, str]]:
    """The header, then sheet, cell and former colour of every row of a sheet of findings made before 0.3.0."""
    begun = False
    for row in findings.iter_rows(max_row=min(findings.max_row, _LAST_ROW), max_col=_COLOUR_COLUMN, values_only=True):
        title, name, colour = (str(row[column - 1] or "") for column in (_SHEET_COLUMN, _CELL_COLUMN, _COLOUR_COLUMN))
        begun = begun or colour == _COLOUR_TAG
        if begun:
            yield title, name, colour


def _recolour(workbook: Workbook, title: str, name: str, colour: str) -> None:
    cell = cell_of(workbook, Finding("", sheet=title, cell=name)) if title and name else None
    # Somebody may have coloured the cell anew: only our own colour goes.
    if cell is not None and _colour_of(cell) in COLOURS.values():
        cell.fill = PatternFill("solid", fgColor=colour) if _COLOUR.fullmatch(colour) else PatternFill()


def _colour_of(cell: Cell) -> str:
    """The plain colour of a cell; empty for none and for colours of the theme, which our forms do not use."""
    colour = cell.fill.fgColor
    plain = cell.fill.patternType == "solid" and colour.type == "rgb" and isinstance(colour.rgb, str)
    return colour.rgb if plain else ""
