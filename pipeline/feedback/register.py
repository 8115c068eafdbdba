"""The register of the marks: a hidden sheet that knows what is still to be mended, for colours and words to ask.

A conditional format asks it by a defined name: Excel would write a direct reference to another sheet as a 2010
extension, which openpyxl drops. Each task has its row, which stays where it is when the sheet of findings is sorted.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.saving import Beside, truth_stored
from pipeline.feedback.places import FORMULA, fixed_place, put_text, reference, worksheet_of
from pipeline.feedback.tasks import Task, Watch

SHEET: Final = "_qms_viec"
NAME: Final = "qms_viec"
"""The cells that say, a task a row, whether it is still open."""
_TAGS: Final = ("sheet", "cell", "open", "found")
_OPEN, _FOUND = 3, 4


def is_open(task: Task) -> str:
    """The formula that asks whether a task is still open."""
    return f"INDEX({NAME},{task.number})"


def write_register(workbook: Workbook, tasks: Sequence[Task]) -> Beside:
    """Add the register, last and hidden; gives the values to store beside its formulas. Every task is open yet."""
    sheet = workbook.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    for column, tag in enumerate(_TAGS, 1):
        put_text(sheet.cell(1, column), tag)
    for task in tasks:
        _row(sheet, task.number + 1, task)
    last = max(2, len(tasks) + 1)
    workbook.defined_names[NAME] = DefinedName(NAME, attr_text=f"{reference(SHEET, f'$C$2:$C${last}')}", hidden=True)
    return Beside(
        {f"C{task.number + 1}": truth_stored(truth=True) for task in tasks if task.watch is not Watch.NOTHING}
    )


def remove_register(workbook: Workbook) -> bool:
    """Take off an earlier register and its name; says whether there was one."""
    earlier = worksheet_of(workbook, SHEET)
    for name in [name for name in workbook.defined_names if name == NAME]:
        del workbook.defined_names[name]
    if earlier is None:
        return False
    workbook.remove(earlier)
    return True


def _row(sheet: Worksheet, row: int, task: Task) -> None:
    put_text(sheet.cell(row, 1), task.finding.sheet)
    put_text(sheet.cell(row, 2), task.finding.cell)
    state = sheet.cell(row, _OPEN)
    match task.watch:
        case Watch.RULE:
            state.value = f"=NOT({task.mended})"
        case Watch.CONTENT:
            same = [_same(sheet.cell(row, _FOUND + place), cell) for place, cell in enumerate(task.watched)]
            state.value = f"=AND({','.join(same)})"
        case Watch.NOTHING:
            state.value = True


def _same(found: Cell | MergedCell, watched: Cell) -> str:
    """Keep what a cell held; gives the formula that is true while it holds the same, an error being like any other."""
    _keep(found, watched)
    place = fixed_place(watched)
    return f'IFERROR(EXACT({place}&"",{found.coordinate}&""),ISERROR({place}))'


def _keep(found: Cell | MergedCell, watched: Cell) -> None:
    """In its own type, so that both read alike as text; the text of a formula is no value that it had."""
    value = watched.value
    if watched.data_type == FORMULA or value is None:
        return
    if isinstance(found, Cell) and isinstance(value, bool | int | float | dt.date | dt.time):
        found.value = value
        found.number_format = "General"
    else:
        put_text(found, str(value))
