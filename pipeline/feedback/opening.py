"""A sender's workbook through openpyxl, which knows less of Excel than the reader that judged it.

In the cells of the form formulas become the values that were seen, elsewhere they stay. openpyxl saves a formula
without its value (design 3): the values of those that stay are stored beside them again.
"""

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import unescape

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape as unescape_signs
from openpyxl.workbook.properties import CalcProperties

from pipeline.excel.saving import Beside, Stored
from pipeline.feedback.form_in_copy import FormInCopy
from pipeline.feedback.places import FORMULA, reference


class UnmarkableError(Exception):
    """The sender's workbook cannot be marked, and it is its content that keeps us from it; the argument says why."""


def opened(original: Path) -> ExcelReader:
    """The reader that has read the workbook, ``wb``; rich text within a cell is kept.

    Raises:
        UnmarkableError: openpyxl cannot open it.
        OSError: the file cannot be read at all.
    """
    # openpyxl believes the ending of a name, and our names do not always tell what a file is.
    content = io.BytesIO(original.read_bytes())
    with warnings.catch_warnings(), _openpyxl_at_work():
        # What openpyxl will drop (2010 extensions) is said there; the sheet of findings lists it.
        warnings.simplefilter("ignore")
        reader = ExcelReader(content, rich_text=True)
        reader.read()
    # Excel shall calculate the copy when it opens it, and while somebody types: openpyxl says so of its own workbooks,
    # but takes over what one that it opened says, which may be nothing (SheetJS). LibreOffice does not heed it: it
    # trusts the values stored by Excel, which openpyxl claims to be, and calculates a formula that has none.
    calculation = reader.wb.calculation = reader.wb.calculation or CalcProperties()
    calculation.fullCalcOnLoad = True
    calculation.calcMode = "auto"
    return reader


def saved(workbook: Workbook) -> bytes:
    """The bytes that openpyxl makes of a workbook that it had opened.

    Raises:
        UnmarkableError: it cannot write it.
    """
    stream = io.BytesIO()
    with _openpyxl_at_work():
        workbook.save(stream)
    return stream.getvalue()


def settle_formulas(copy: FormInCopy, sheets: Mapping[str, Beside]) -> tuple[str, ...]:
    """Replace the formulas of the form's own cells by the values stored beside them; gives the addresses that changed.

    A formula that was never calculated stays (its finding is T214): it has no value.
    """
    settled = []
    for worksheet in copy.workbook.worksheets:
        for name, stored in sheets[worksheet.title].values.items():
            cell = worksheet[name]
            if isinstance(cell, Cell) and cell.data_type == FORMULA and copy.is_input(worksheet.title, name):
                _settle(cell, stored)
                settled.append(reference(worksheet.title, name))
    return tuple(settled)


@contextmanager
def _openpyxl_at_work() -> Iterator[None]:
    """No code of ours runs within, so that a mistake of ours is never taken for an oddity of the sender's.

    openpyxl checks little before it builds and writes its objects: a part that is missing, odd, damaged or encrypted
    surfaces as whatever its code stumbles over.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as oddity:
        message = f"{type(oddity).__name__}: {oddity}"
        raise UnmarkableError(message) from oddity


def _settle(cell: Cell, stored: Stored) -> None:
    number_format, text = cell.number_format, unescape(stored.text)
    match stored.kind:
        case "n":
            number = float(text)
            cell.value = int(number) if number.is_integer() else number
        case "b":
            cell.value = text == "1"
        case kind:
            cell.value = unescape_signs(text)
            cell.data_type = {"e": "e", "str": "s"}.get(kind, cell.data_type)
    cell.number_format = number_format
