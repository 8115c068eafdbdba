"""The battery: what happens to a form in an office, and what must come of it (issue 4, item 5).

Each line: the form, what is done to it, and the exact findings. Where none of them is an error, the rows must be those
of the untouched form.
"""

import datetime as dt
import unicodedata
from dataclasses import dataclass

from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from parsing_desk import (
    HEADER,
    TAGS,
    Accident,
    both,
    cleared,
    column_copied,
    column_deleted,
    column_inserted,
    everywhere,
    header,
    headers,
    merged,
    private_sheet,
    put,
    removed,
    renamed,
    rows_inserted,
    sheet_copied,
    swapped,
    untag,
    without_tag_row,
    written,
)

from pipeline.parsing.recognition import IDENTITY_SHEET
from pipeline.vietnamese import strip_accents

GOALS, PLAN, RESULTS, PROGRESS = "Mục tiêu", "Kế hoạch", "Kết quả", "Tiến độ kế hoạch"
POLICY, DECLARED, SCOPE, COVER = "Phổ biến CSCL", "Công bố", "Thay đổi phạm vi", "Thông tin chung"


@dataclass(frozen=True)
class Line:
    """One accident: its name, the form, what is done, and (code, place) of every finding."""

    name: str
    form: str
    done: Accident
    expected: tuple[tuple[str, str], ...] = ()


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


TWO_SIGNATURES = {"C20": "NGƯỜI LẬP BIỂU", "K20": "TRƯỞNG PHÒNG", "C21": "(Ký, ghi rõ họ tên)", "K24": "Nguyễn Văn Hòa"}
SIGNED_BELOW = {
    "A20": "Nơi nhận:",
    "D20": "Sóc Trăng, ngày 05 tháng 6 năm 2019",
    "D21": "TRƯỞNG PHÒNG",
    "D25": "Lê Văn Tám",
}
T217_GOALS = (("T217", GOALS),)

ACCIDENTS: tuple[Line, ...] = (
    # Rows and columns move.
    Line("rows above everything", "BM-01", rows_inserted(GOALS, 1, 4)),
    Line("rows above the tags", "BM-02", rows_inserted(RESULTS, 4, 2)),
    Line("a row between tags and header", "BM-03", rows_inserted(POLICY, 5, 1)),
    Line("two rows between tags and header", "BM-04", rows_inserted(DECLARED, 5, 2)),
    Line("a blank row below the header", "BM-04", rows_inserted(SCOPE, 6, 1)),
    Line("rows above the cover's table", "BM-02", rows_inserted(COVER, 3, 5)),
    Line("a column left of the table", "BM-04", column_inserted(DECLARED, 1)),
    Line("a column of running numbers", "BM-01", column_inserted(GOALS, 1, "STT", (1, 2, 3))),
    Line("a private column in the middle", "BM-02", column_inserted(RESULTS, 8, "Ghi nhớ", ("hỏi lại", None, "xong"))),
    Line("a blank column in the middle", "BM-03", column_inserted(POLICY, 4)),
    Line("a column on the cover's left", "BM-01", lambda workbook: workbook[COVER].insert_cols(1)),
    Line("columns moved with their tags", "BM-01", swapped(GOALS, "target", "owner", range(TAGS, 18))),
    Line(
        "columns moved with their tags, of two kinds", "BM-04", swapped(DECLARED, "notice_on", "scope", range(TAGS, 18))
    ),
    Line("rows sorted otherwise", "BM-02", sort_backwards),
    Line("blank rows between the filled ones", "BM-03", spread),
    Line("filter, hidden rows, hidden columns", "BM-01", hide_rows_and_columns),
    # Sheets.
    Line("a sheet renamed", "BM-02", renamed(RESULTS, "KQ 6 tháng (cuối)")),
    Line("all sheets renamed", "BM-03", both(renamed(POLICY, "Sheet1"), renamed(COVER, "Sheet2"))),
    Line("sheets in another order", "BM-04", reorder),
    Line("a sheet hidden by the sender", "BM-01", hide_sheet),
    Line("the identity sheet made visible", "BM-02", show_identity),
    Line("the identity sheet deleted", "BM-03", removed(IDENTITY_SHEET), (("T201", ""),)),
    Line("guide and lists deleted", "BM-01", removed("Hướng dẫn", "Danh mục")),
    Line("a private sheet in front", "BM-04", private_sheet("Nháp", [["Việc", "Số"], ["x", 1]])),
    Line(
        "a private sheet with our words",
        "BM-01",
        private_sheet("Nháp", [["Mã mục tiêu", "Chỉ số đo lường", "Ghi chú"], [1, 2, 3]]),
    ),
    Line("a chart sheet added", "BM-02", add_chart_sheet),
    Line("a sheet deleted", "BM-01", removed(PLAN), (("T205", ""),)),
    Line(
        "an empty copy of a sheet",
        "BM-03",
        both(
            sheet_copied(POLICY),
            cleared(
                f"{POLICY} (2)",
                [
                    "channel",
                    "communicated_on",
                    "communicator",
                    "understood",
                    "how_checked",
                    "policy_version",
                    "staff_code",
                    "full_name",
                    "position",
                    "category",
                ],
            ),
        ),
    ),
    Line("a copy of a sheet with the same content", "BM-01", sheet_copied(GOALS)),
    Line(
        "a copy of a sheet that was filled further",
        "BM-01",
        both(sheet_copied(GOALS), put(GOALS, "note", 1, "mới")),
        (("T223", GOALS),),
    ),
    Line(
        "a hidden copy of a sheet with older figures",
        "BM-02",
        both(sheet_copied(RESULTS, hidden=True), put(RESULTS, "actual", 3, 4.4)),
        (("T223", RESULTS),),
    ),
    Line(
        "a copy of the cover with another year",
        "BM-04",
        both(sheet_copied(COVER), written(f"{COVER} (2)", {"C11": 2018})),
        (("T223", COVER),),
    ),
    Line(
        "the copy filled, the original emptied",
        "BM-02",
        both(sheet_copied(PROGRESS), cleared(PROGRESS, ["status", "finished_on"])),
    ),
    # Tags and headers.
    Line("the row of tags deleted", "BM-01", without_tag_row(GOALS), T217_GOALS),
    Line(
        "the row of tags deleted on every sheet",
        "BM-04",
        both(without_tag_row(DECLARED), without_tag_row(SCOPE)),
        (("T217", DECLARED), ("T217", SCOPE)),
    ),
    Line(
        "tags cleared, headers without accents",
        "BM-02",
        both(untag(RESULTS), headers(RESULTS, lambda t: strip_accents(t).upper())),
        (("T217", RESULTS),),
    ),
    Line(
        "tags cleared, headers with line breaks and spaces",
        "BM-03",
        both(untag(POLICY), headers(POLICY, broken_lines)),
        (("T217", POLICY),),
    ),
    Line("tags cleared, headers in NFD", "BM-01", both(untag(GOALS), headers(GOALS, nfd)), T217_GOALS),
    Line(
        "tags cleared, tones placed by the other school",
        "BM-04",
        both(untag(DECLARED), headers(DECLARED, other_tones)),
        (("T217", DECLARED),),
    ),
    Line(
        "tags cleared, (*) deleted",
        "BM-02",
        both(untag(PROGRESS), headers(PROGRESS, lambda t: t.replace("(*)", ""))),
        (("T217", PROGRESS),),
    ),
    Line(
        "tags cleared, headers numbered",
        "BM-03",
        both(untag(POLICY), headers(POLICY, lambda t: f"1. {t}")),
        (("T217", POLICY),),
    ),
    Line(
        "tags cleared, a remark behind a header",
        "BM-01",
        both(header(GOALS, "target", "Giá trị mục tiêu (ghi số)"), untag(GOALS)),
        T217_GOALS,
    ),
    Line(
        "tags cleared, columns moved",
        "BM-04",
        both(swapped(SCOPE, "legal_basis", "old_scope", range(TAGS, 18)), untag(SCOPE)),
        (("T217", SCOPE),),
    ),
    Line(
        "some tags cleared", "BM-02", header(RESULTS, "evidence", "Minh chứng (*)", untagged=True), (("T217", RESULTS),)
    ),
    Line("all headers cleared, tags left", "BM-03", headers(POLICY, lambda _: "")),
    Line("a header changed, its tag left", "BM-01", header(GOALS, "owner", "Ai làm?")),
    Line(
        "a slip in a header, its tag cleared",
        "BM-01",
        header(GOALS, "data_source", "Nguồn số liêuj", untagged=True),
        (("T218", f"{GOALS}!L5"),),
    ),
    Line(
        "two letters swapped in a header, its tag cleared",
        "BM-02",
        header(RESULTS, "evidence", "Minh chúgn", untagged=True),
        (("T218", f"{RESULTS}!P5"),),
    ),
    Line(
        "a header cleared with its tag",
        "BM-04",
        header(DECLARED, "recipient", None, untagged=True),
        (("T219", f"{DECLARED}!K5"),),
    ),
    Line(
        "a header replaced, its tag cleared",
        "BM-01",
        header(GOALS, "method", "Điện thoại", untagged=True),
        (("T220", f"{GOALS}!K5"),),
    ),
    Line(
        "the first header replaced, its tag cleared",
        "BM-03",
        header(POLICY, "staff_code", "Số", untagged=True),
        (("T206", POLICY),),
    ),
    Line(
        "two neighbours' headers cleared with their tags",
        "BM-03",
        both(header(POLICY, "channel", None, untagged=True), header(POLICY, "communicated_on", None, untagged=True)),
        (("T206", POLICY), ("T206", POLICY)),
    ),
    Line("a column deleted", "BM-02", column_deleted(RESULTS, "evidence"), (("T206", RESULTS),)),
    Line(
        "a column emptied with header and tag",
        "BM-01",
        both(cleared(GOALS, ["method"]), header(GOALS, "method", None, untagged=True)),
        (("T206", GOALS),),
    ),
    Line(
        "headers swapped above the hidden tags",
        "BM-02",
        swapped(RESULTS, "numerator", "denominator", [HEADER]),
        (("T221", f"{RESULTS}!E5"), ("T221", f"{RESULTS}!F5")),
    ),
    Line(
        "columns moved under the hidden tags",
        "BM-02",
        swapped(RESULTS, "numerator", "denominator", range(HEADER, 18)),
        (("T221", f"{RESULTS}!E5"), ("T221", f"{RESULTS}!F5")),
    ),
    Line(
        "cells moved, headers left",
        "BM-02",
        swapped(RESULTS, "numerator", "denominator", range(6, 18)),
        (("R605", f"{RESULTS}!E6"), ("R606", f"{RESULTS}!G6")),
    ),
    Line("a column copied", "BM-01", column_copied(GOALS, "statement")),
    Line(
        "a column copied without its tag, then changed",
        "BM-01",
        both(column_copied(GOALS, "target", tagged=False), put(GOALS, "target", 1, 96)),
        (("T222", f"{GOALS}!G5"),),
    ),
    Line(
        "the original of a copied column emptied",
        "BM-03",
        both(column_copied(POLICY, "note"), cleared(POLICY, ["note"])),
    ),
    Line("a table turned on its side", "BM-02", transpose, (("T205", ""),)),
    Line("tags and headers deleted", "BM-04", behead, (("T205", ""),)),
    Line("the cover's tags cleared", "BM-01", lambda workbook: workbook[COVER].delete_cols(1), (("T217", COVER),)),
    Line("a word of the cover changed, its tag left", "BM-02", written(COVER, {"B15": "Người làm"})),
    # Inside the table.
    Line("a signature block below", "BM-01", written(GOALS, TWO_SIGNATURES)),
    Line("place, day and title below", "BM-02", written(PROGRESS, SIGNED_BELOW)),
    Line(
        "a total below",
        "BM-04",
        written(DECLARED, {"A9": "Tổng cộng", "F9": 12, "G9": 174}),
        (("T224", f"{DECLARED}!A9"),),
    ),
    Line(
        "a total beside a printed code",
        "BM-02",
        written(RESULTS, {"B10": "TỔNG CỘNG:", "E10": 192, "F10": 200, "G10": "96,0"}),
        (("T224", f"{RESULTS}!A10"),),
    ),
    Line("the head printed again for a second page", "BM-01", repeat_header),
    Line("a row of column numbers", "BM-02", number_columns),
    Line("a row of letters and numbers", "BM-02", letter_columns),
    Line("a remark below, beside the codes", "BM-01", written(GOALS, {"A40": "Ghi chú: số liệu tạm tính"})),
    Line("sums beside the table", "BM-01", written(GOALS, {"Z6": 95, "Z7": "=SUM(Z6)", "AA5": "Tính thử"})),
    Line("blank cells joined down a column", "BM-01", merged(GOALS, "S6:S8")),
    Line(
        "filled cells joined down a column",
        "BM-01",
        both(put(GOALS, "note", 1, "như nhau"), merged(GOALS, "S6:S8")),
        (("T225", f"{GOALS}!S6"),),
    ),
    Line(
        "filled cells joined along a row",
        "BM-02",
        both(put(RESULTS, "proposal", 1, None), put(RESULTS, "evidence", 1, "Sổ"), merged(RESULTS, "P6:Q6")),
        (("T225", f"{RESULTS}!P6"),),
    ),
    Line("titles joined", "BM-03", both(merged(POLICY, "A1:F1"), merged(POLICY, "A2:F2"))),
    Line("a formula that no program has calculated", "BM-02", formula, (("T214", f"{RESULTS}!G6"),)),
    # Values.
    Line("drop-downs, names, protection and looks lost", "BM-01", undress),
    Line("everything in NFD", "BM-01", everywhere(nfd)),
    Line("no-break and zero-width spaces", "BM-03", everywhere(lambda t: t.replace(" ", "\u00a0") + "\u200b")),
    Line(
        "numbers as text",
        "BM-01",
        both(put(GOALS, "target", 1, "95 "), put(GOALS, "baseline", 1, "92,5"), put(GOALS, "target", 3, "\u00a05")),
    ),
    Line("a percentage as Excel keeps it", "BM-02", put(RESULTS, "actual", 1, 0.96, "0%")),
    Line(
        "a percent format put on afterwards", "BM-02", put(RESULTS, "actual", 1, 96, "0%"), (("R606", f"{RESULTS}!G6"),)
    ),
    Line(
        "a thousand in the other style", "BM-02", put(RESULTS, "denominator", 1, "1,200"), (("V307", f"{RESULTS}!F6"),)
    ),
    Line(
        "days as text",
        "BM-02",
        both(
            put(RESULTS, "data_as_of", 1, "31/5/2019"),
            put(RESULTS, "data_as_of", 2, "ngày 31 tháng 5 năm 2019"),
            put(RESULTS, "data_as_of", 3, "31.5.19"),
        ),
    ),
    Line("a day without its format", "BM-03", put(POLICY, "communicated_on", 1, 43529, "General")),
    Line("month before day", "BM-02", put(RESULTS, "data_as_of", 1, "05/31/2019"), (("V317", f"{RESULTS}!H6"),)),
    Line(
        "a number in a cell for days",
        "BM-02",
        put(PROGRESS, "finished_on", 2, dt.datetime(1900, 1, 5)),
        (("V302", f"{PROGRESS}!E7"),),
    ),
    Line("days count from 1904", "BM-04", date_from_1904),
    Line(
        "choices in capitals and without accents",
        "BM-01",
        both(
            put(GOALS, "measure", 1, "TY LE"),
            put(GOALS, "frequency", 1, "Quí"),
            put(GOALS, "comparator", 1, " Ít nhất"),
        ),
    ),
    Line("an error in a cell", "BM-02", put(RESULTS, "numerator", 1, "#REF!"), (("V311", f"{RESULTS}!E6"),)),
)
