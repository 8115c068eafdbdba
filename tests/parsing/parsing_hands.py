"""What a clerk's hands do to a form that takes more than one step of ``parsing_desk``."""

import datetime as dt
import unicodedata

from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from parsing_desk import HEADER, TAGS

from pipeline.parsing.recognition import IDENTITY_SHEET

GOALS, PLAN, RESULTS, PROGRESS = "Mục tiêu", "Kế hoạch", "Kết quả", "Tiến độ kế hoạch"
POLICY, DECLARED, SCOPE, COVER = "Phổ biến CSCL", "Công bố", "Thay đổi phạm vi", "Thông tin chung"


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def other_tones(text: str) -> str:
    """Hòa as hoà, and so on: the other school."""
    return text.replace("òa", "oà").replace("hoá", "hóa").replace("lũy", "luỹ").replace("ủy", "uỷ")


def broken_lines(text: str) -> str:
    return f"  {text.replace(' (*)', chr(10) + '(*)').replace(' ', '  ', 1)} "


def hide_rows_and_columns(workbook: Workbook) -> None:
    sheet = workbook[GOALS]
    sheet.auto_filter.ref = f"A{HEADER}:S12"
    sheet.row_dimensions[7].hidden = True
    for letter in "GHI":
        sheet.column_dimensions[letter].hidden = True


def hide_sheet(workbook: Workbook) -> None:
    workbook[PLAN].sheet_state = "hidden"


def show_identity(workbook: Workbook) -> None:
    workbook[IDENTITY_SHEET].sheet_state = "visible"


def reorder(workbook: Workbook) -> None:
    workbook._sheets.reverse()


def undress(workbook: Workbook) -> None:
    """Pasting clears validations, unlocks nothing that matters, and brings its own looks."""
    for sheet in workbook.worksheets:
        sheet.data_validations.dataValidation = []
        sheet.conditional_formatting = type(sheet.conditional_formatting)()
        sheet.protection.disable()
    for cell in workbook[GOALS][6]:
        cell.font, cell.fill = Font(name=".VnTime", size=20), PatternFill("solid", "FFFF00")
    for name in list(workbook.defined_names):
        del workbook.defined_names[name]


def sort_backwards(workbook: Workbook) -> None:
    sheet = workbook[RESULTS]
    swap = [[(cell.value, cell.number_format) for cell in sheet[row]] for row in (6, 8)]
    for row, values in zip((8, 6), swap, strict=True):
        for cell, (value, code) in zip(sheet[row], values, strict=True):
            cell.value, cell.number_format = value, code


def spread(workbook: Workbook) -> None:
    """Blank rows between the filled ones."""
    for row in (8, 7):
        workbook[POLICY].insert_rows(row, 2)


def repeat_header(workbook: Workbook) -> None:
    """The head copied above the third row, as for a second page, with its hidden tags."""
    sheet = workbook[GOALS]
    sheet.insert_rows(8, 2)
    for column in range(1, sheet.max_column + 1):
        sheet.cell(8, column).value = sheet.cell(TAGS, column).value
        sheet.cell(9, column).value = sheet.cell(HEADER, column).value


def number_columns(workbook: Workbook) -> None:
    sheet = workbook[RESULTS]
    sheet.insert_rows(6)
    for column in range(1, 18):
        sheet.cell(6, column).value = f"({column})" if column > 1 else 1


def letter_columns(workbook: Workbook) -> None:
    sheet = workbook[PROGRESS]
    sheet.insert_rows(6)
    for column, token in enumerate("AB1234", 1):
        sheet.cell(6, column).value = token


def transpose(workbook: Workbook) -> None:
    sheet = workbook[PROGRESS]
    cells = {(cell.column, cell.row): cell.value for row in sheet.iter_rows() for cell in row if cell.row >= TAGS}
    sheet.delete_rows(1, sheet.max_row)
    for (row, column), value in cells.items():
        sheet.cell(row, column).value = value


def behead(workbook: Workbook) -> None:
    workbook[SCOPE].delete_rows(TAGS, 2)


def date_from_1904(workbook: Workbook) -> None:
    workbook.epoch = dt.datetime(1904, 1, 1)


def add_chart_sheet(workbook: Workbook) -> None:
    workbook.create_chartsheet("Biểu đồ")


def formula(workbook: Workbook) -> None:
    workbook[RESULTS]["G6"].value = "=100*E6/F6"
