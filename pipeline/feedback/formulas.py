"""A sender's formulas: in the cells of the form they become the values that were seen, elsewhere they stay.

openpyxl saves a formula without its value (design 3): the values of those that stay are stored beside them again.
"""

from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import unescape

from openpyxl.cell import Cell
from openpyxl.utils.escape import unescape as unescape_signs
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.excel.saving import Beside, Stored
from pipeline.feedback.located import LocatedForm
from pipeline.feedback.original_parts import SheetSeen
from pipeline.feedback.places import FORMULA, reference

_ERROR: Final = "e"


def settle_formulas(located: LocatedForm, seen: Mapping[str, SheetSeen]) -> tuple[str, ...]:
    """Replace the formulas of the form's own cells by the values stored beside them; gives the addresses that changed.

    A formula that was never calculated stays (T214 tells of it), for its cell has no value that could stand there.
    """
    settled = []
    for worksheet in located.workbook.worksheets:
        for name, stored in seen.get(worksheet.title, SheetSeen()).formulas.items():
            if stored is not None and located.is_input(worksheet.title, name) and _settle(worksheet, name, stored):
                settled.append(reference(worksheet.title, name))
    return tuple(settled)


def values_beside(located: LocatedForm, seen: Mapping[str, SheetSeen]) -> dict[str, Beside]:
    """What the saved copy shall hold beside openpyxl's own, by sheet: the values of formulas that stay, fixed rows."""
    return {
        worksheet.title: Beside(
            {name: stored for name, stored in of_sheet.formulas.items() if stored is not None},
            frozenset(of_sheet.fixed_rows),
        )
        for worksheet in located.workbook.worksheets
        if (of_sheet := seen.get(worksheet.title)) is not None
    }


def _settle(worksheet: Worksheet, name: str, stored: Stored) -> bool:
    cell = worksheet[name]
    if not isinstance(cell, Cell) or cell.data_type != FORMULA:
        return False
    number_format = cell.number_format
    cell.value = _value(stored)
    cell.number_format = number_format
    if stored.kind == _ERROR:
        cell.data_type = _ERROR
    elif stored.kind == "str":
        cell.data_type = "s"
    return True


def _value(stored: Stored) -> str | float | bool:
    text = unescape(stored.text)
    match stored.kind:
        case "n":
            number = float(text)
            return int(number) if number.is_integer() else number
        case "b":
            return text == "1"
        case _:
            return unescape_signs(text)
