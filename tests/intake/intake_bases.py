"""Small good workbooks of every kind of cell, as the two writers at hand save them: what mutations begin from."""

import datetime as dt
import io
from collections.abc import Mapping
from functools import cache

import openpyxl
import xlsxwriter
from openpyxl.styles import Font

_DAY = dt.date(2019, 6, 9)
_WORDS = ("Mục tiêu", "Đạt", "hồ sơ", "Trả kết quả đúng hạn", "95%", " có khoảng trắng ", "a<b&c", "hai\ndòng")


@cache
def bases() -> Mapping[str, bytes]:
    """The workbooks by the name of their writer."""
    return {
        "openpyxl": _openpyxl(),
        "xlsxwriter": _xlsxwriter(constant_memory=False),
        "xlsxwriter, inline texts": _xlsxwriter(constant_memory=True),
    }


def _openpyxl() -> bytes:
    workbook = openpyxl.Workbook()
    first = workbook.worksheets[0]
    first.title = "một"
    for row, word in enumerate(_WORDS, 1):
        first.append((word, row, row / 7, _DAY, row % 2 == 0))
    first["B2"].number_format = "0%"
    first["A1"].font = Font(name=".VnTime", bold=True)
    first["G4"] = "#REF!"
    first.merge_cells("A10:B11")
    workbook.create_sheet("hai").append(("Đạt", 7))
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def _xlsxwriter(*, constant_memory: bool) -> bytes:
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"constant_memory": constant_memory}) as workbook:
        first, second = workbook.add_worksheet("một"), workbook.add_worksheet("hai")
        day, share = (workbook.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "0%"))
        bold = workbook.add_format({"bold": True})
        for row, word in enumerate(_WORDS):
            first.write_string(row, 0, word)
            first.write_number(row, 1, row / 3, share if row % 2 else None)
            first.write_datetime(row, 3, _DAY, day)
            first.write_boolean(row, 4, row % 2 == 0)
            first.write_formula(row, 5, "=1+1", None, 2)
            first.write_formula(row, 6, "=1/0", None, "#DIV/0!")
            first.write_formula(row, 7, '="x"', None, word)
        first.write_rich_string(len(_WORDS), 0, "một ", bold, "hai", " ba")
        second.write_string(0, 0, "Đạt")
        second.write_number(0, 1, 7)
    return saved.getvalue()
