"""Opens and saves a sender's workbook with openpyxl, which knows less of Excel than the reader that judged it."""

import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.workbooks.saving import steady_bytes

# openpyxl checks little before it builds and writes its objects: a part that is missing, odd or damaged surfaces as one
# of these, at opening or only at saving.
# SyntaxError is the root of the XML parsers' own errors.
_BEYOND_OPENPYXL: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    EOFError,
)


def opened(original: Path, *, with_values: bool = False) -> Workbook | None:
    """The workbook, or None when openpyxl cannot open it. ``with_values`` gives stored values in place of formulas.

    Raises:
        OSError: the file cannot be read at all.
    """
    with warnings.catch_warnings():
        # What openpyxl will drop (2010 extensions) is said there and cannot be helped.
        warnings.simplefilter("ignore")
        try:
            return load_workbook(original, data_only=with_values)
        except _BEYOND_OPENPYXL:
            return None


def saved(workbook: Workbook) -> bytes | None:
    """The workbook's bytes, or None when openpyxl cannot write what it had opened."""
    try:
        return steady_bytes(workbook)
    except _BEYOND_OPENPYXL:
        return None
