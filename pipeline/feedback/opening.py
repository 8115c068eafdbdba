"""Opens and saves a sender's workbook with openpyxl, which knows less of Excel than the reader that judged it."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.workbook.properties import CalcProperties


class UnmarkableError(Exception):
    """The sender's workbook cannot be marked, and it is its content that keeps us from it; the argument says why."""


def opened(original: Path) -> Workbook:
    """The workbook. Letters set apart within a cell stay set apart.

    Raises:
        UnmarkableError: openpyxl cannot open it.
        OSError: the file cannot be read at all.
    """
    # openpyxl believes the ending of a name, and our names do not always tell what a file is.
    content = io.BytesIO(original.read_bytes())
    with warnings.catch_warnings(), _openpyxl_at_work():
        # What openpyxl will drop (2010 extensions) is said there; the sheet of findings lists it.
        warnings.simplefilter("ignore")
        workbook = load_workbook(content, rich_text=True)
    _to_be_calculated(workbook)
    return workbook


def saved(workbook: Workbook) -> bytes:
    """The bytes that openpyxl makes of a workbook that it had opened.

    Raises:
        UnmarkableError: it cannot write it.
    """
    stream = io.BytesIO()
    with _openpyxl_at_work():
        workbook.save(stream)
    return stream.getvalue()


@contextmanager
def _openpyxl_at_work() -> Iterator[None]:
    """Nothing of ours happens within, so that a slip of ours is never taken for an oddity of the sender's.

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


def _to_be_calculated(workbook: Workbook) -> None:
    """Have Excel calculate the copy when it opens it, and while somebody types, whatever the sender's copy said.

    openpyxl says so of its own workbooks, but takes over from one that it opened, which may say nothing (SheetJS).
    LibreOffice heeds no such word: it trusts the values stored by Excel, which openpyxl claims to be, and calculates
    a formula that has none (``saving.Beside``).
    """
    if workbook.calculation is None:
        workbook.calculation = CalcProperties()
    workbook.calculation.fullCalcOnLoad = True
    workbook.calculation.calcMode = "auto"
