"""The forms as a clerk sees them: each sheet of each template, of two pre-filled ones, and of one with mistakes.

A copy of the workbook is printed, each sheet on one page and with the column *Kiểm tra*, which never stands on paper.
"""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.demo.content import content_of
from pipeline.demo.filling import Filling, fill
from pipeline.desk.issuing import issue_period
from pipeline.desk.starting import blank_templates
from pipeline.excel.fitting import height_of, lines_of
from pipeline.forms import BY_NUMBER, FORMS
from pipeline.settings import Period, Settings
from pipeline.vocabulary.lists import lists_of
from pipeline.vocabulary.sheets import Form
from pipeline.workspace import Workspace, load_settings

SHOWN: Final[Mapping[str, Sequence[str]]] = {
    "bm-01": ("thong-tin-chung", "muc-tieu", "ke-hoach", "huong-dan"),
    "bm-02": ("thong-tin-chung", "ket-qua", "tien-do", "huong-dan"),
    "bm-03": ("thong-tin-chung", "pho-bien", "huong-dan"),
    "bm-04": ("thong-tin-chung", "cong-bo", "thay-doi", "huong-dan"),
    "bm-02-in-san": ("thong-tin-chung", "ket-qua", "tien-do"),
    "bm-03-in-san": ("thong-tin-chung", "pho-bien"),
    "bm-01-dang-dien": ("thong-tin-chung", "muc-tieu", "ke-hoach"),
}
"""Workbook to the names of its pictures, in the order of its sheets."""
_ISSUED: Final = {"bm-02-in-san": ("BM-02", "2019-6T"), "bm-03-in-san": ("BM-03", "2019-KH")}
_DIVISION, _YEAR = "KHTC", 2019
_NOW: Final = dt.datetime(2019, 6, 10, 0, 5)
_FIRST_ROW, _LAST_ROW, _LAST_OF_GUIDE = 6, 15, 32
"""Down to which row a table is shown, and how much of the guide."""
_BESIDE: Final = 5
_A3: Final = 8
_WHITE: Final = 255


def form_workbooks(demo: Workspace) -> Iterator[tuple[str, bytes]]:
    """Each workbook of ``SHOWN``, set up so that each sheet is one page."""
    settings = load_settings(demo).settings
    for name, content in _workbooks(demo, settings):
        yield name, _as_on_screen(content)


def trimmed(portable_pixmap: bytes) -> bytes:
    """A binary PPM without the white around what is drawn."""
    _, size, _, drawn = portable_pixmap.split(b"\n", 3)
    width, height = map(int, size.split())
    pixels = np.frombuffer(drawn, np.uint8).reshape(height, width, 3)
    is_drawn = (pixels < _WHITE).any(axis=2)
    rows, columns = (np.flatnonzero(is_drawn.any(axis=axis)) for axis in (1, 0))
    kept = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return b"P6\n%d %d\n255\n" % (kept.shape[1], kept.shape[0]) + kept.tobytes()


def _workbooks(demo: Workspace, settings: Settings) -> Iterator[tuple[str, bytes]]:
    blank = blank_templates(settings)
    for form in FORMS:
        yield form.number.lower(), blank[form.file_name]
    for name, (number, period) in _ISSUED.items():
        issue_period(demo, settings, Period.parse(period), _DIVISION, now=_NOW)
        yield name, (demo.outbox / "bieu_mau" / _DIVISION / f"{number}_{period}_{_DIVISION}.xlsx").read_bytes()
    yield "bm-01-dang-dien", _begun(BY_NUMBER["BM-01"], blank, settings)


def _begun(form: Form, blank: Mapping[str, bytes], settings: Settings) -> bytes:
    """A BM-01 that is half filled, with the mistakes that offices make."""
    content = content_of(_DIVISION)
    wrong: Sequence[Mapping[str, Any]] = (
        {},
        {"target": 1, "method": None},
        {"unit": None, "due_on": dt.date(2020, 1, 15)},
        {"measure": "tỷ lệ", "target": 120},
        {"baseline": "rất cao", "owner": None, "policy_point": None},
    )
    objectives = [{**row, **mistakes} for row, mistakes in zip(content["objectives"], wrong, strict=False)]
    tasks = [*content["tasks"][:2], {**content["tasks"][2], "finish_on": dt.date(2018, 12, 1), "evaluation": None}]
    cover = {"division": _DIVISION, "year": str(_YEAR), "prepared_by": content["prepared_by"]}
    typed = Filling(cover, {"objectives": objectives, "tasks": tasks})
    # A list of long words offers its codes alone.
    return fill(blank[form.file_name], form, typed, {**lists_of(settings, _YEAR), "policy_points": {}})


def _as_on_screen(content: bytes) -> bytes:
    workbook = load_workbook(io.BytesIO(content))
    for sheet in workbook.worksheets:
        _one_page(sheet)
    saved = io.BytesIO()
    workbook.save(saved)  # without the stored values: LibreOffice computes them anew
    return saved.getvalue()


def _lines(cell: Cell | MergedCell) -> int:
    """How many lines a typed text takes in its column."""
    is_typed = isinstance(cell.value, str) and cell.data_type != "f"
    width = cell.parent.column_dimensions[cell.column_letter].width
    return lines_of(str(cell.value), width) if is_typed else 1


def _one_page(sheet: Worksheet) -> None:
    """Without paper's header, footer and repeated rows; a table down to its first rows, with what stands beside it."""
    is_table = bool(sheet.print_title_rows)
    last_row = min(sheet.max_row, _LAST_ROW if is_table else _LAST_OF_GUIDE)
    sheet.print_title_rows = sheet.print_title_cols = None
    # What is told runs on to the right of its column; rows fit what was typed into them, as on the screen.
    last_column = sheet.max_column + (_BESIDE if is_table else 0)
    sheet.print_area = f"A1:{get_column_letter(last_column)}{last_row}"
    for row in range(_FIRST_ROW, last_row + 1) if is_table else ():
        sheet.row_dimensions[row].height = height_of(max(_lines(cell) for cell in sheet[row]))
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.page_setup.paperSize = _A3
    sheet.page_setup.orientation = "landscape" if is_table else "portrait"
    sheet.page_margins = PageMargins(left=0, right=0, top=0, bottom=0, header=0, footer=0)
    for words in (sheet.oddHeader, sheet.oddFooter):
        for part in (words.left, words.center, words.right):
            part.text = None
