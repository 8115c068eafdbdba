"""Opens and saves a sender's workbook with openpyxl, which knows less of Excel than the reader that judged it."""

import warnings
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.properties import CalcProperties

from pipeline.workbooks.saving import NOTHING, Beside, steady_bytes

# openpyxl checks little before it builds and writes its objects: a part that is missing, odd or damaged surfaces as one
# of these, at opening or only at saving.
# SyntaxError is the root of the XML parsers' own errors.
BEYOND_OPENPYXL: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,  # a date or a number that no type of Python holds
    RuntimeError,  # a part that claims to be encrypted, or compressed in a way that nobody knows (NotImplementedError)
    EOFError,
)


def opened(original: Path) -> Workbook | None:
    """The workbook, or None when openpyxl cannot open it. Letters set apart within a cell stay set apart.

    Raises:
        OSError: the file cannot be read at all.
    """
    with warnings.catch_warnings():
        # What openpyxl will drop (2010 extensions) is said there; the sheet of findings lists it.
        warnings.simplefilter("ignore")
        try:
            workbook = load_workbook(original, rich_text=True)
        except BEYOND_OPENPYXL:
            return None
    workbook.calculation = _to_be_calculated(workbook.calculation)
    return workbook


def _to_be_calculated(settings: CalcProperties | None) -> CalcProperties:
    """Have Excel calculate the copy when it opens it, and while somebody types, whatever the sender's copy said.

    openpyxl says so of its own workbooks, but takes over from one that it opened, which may have no such settings
    (SheetJS and many small writers leave them out: ECMA-376 18.2.2 asks for none). LibreOffice heeds no such word: it
    trusts the values stored by Excel, which openpyxl claims to be, and calculates a formula that has none
    (``saving.Beside``).
    """
    calculation = settings or CalcProperties()
    calculation.fullCalcOnLoad = True
    calculation.calcMode = "auto"
    return calculation


def saved(workbook: Workbook, beside: Mapping[str, Beside] = NOTHING) -> bytes | None:
    """The workbook's bytes, or None when openpyxl cannot write what it had opened."""
    try:
        return steady_bytes(workbook, beside)
    except BEYOND_OPENPYXL:
        return None
