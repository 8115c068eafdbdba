"""What a clerk meets in a template: locks, paper, words; and what every office program must keep."""

import datetime as dt
import re

import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from workbook_samples import SETTINGS, issue, looked_into, parts, template_bytes

from pipeline.forms import DIRECTORY, FORMS
from pipeline.settings.model import Contact
from pipeline.templates import template
from pipeline.templates.examples import with_own_examples
from pipeline.vocabulary.fields import Kind
from pipeline.vocabulary.sheets import Form

EVERY_FORM = pytest.mark.parametrize("form", [*FORMS, DIRECTORY], ids=lambda form: form.number)
OBJECTIVES, RESULTS, POLICY = FORMS[:3]
PERSON = {"staff_code": "CB001", "full_name": "Trần Thị Mai", "position": "Chuyên viên", "category": "công chức"}


def shown_words(sheet: Worksheet) -> list[str]:
    """The words of a cover or guide, without the live checks beside it."""
    last = 5 if sheet.title == "Hướng dẫn" else 4
    return [str(cell.value) for row in sheet.iter_rows(max_col=last) for cell in row if cell.value is not None]


def cover_cell(form: Form, field: str, content: bytes) -> Cell:
    sheet = looked_into(content)[form.cover.title]
    (row,) = (row for row in range(1, 40) if sheet.cell(row, 1).value == field)
    return sheet.cell(row, 3)


# ── the whole workbook ────────────────────────────────────────────────────────────────────────────────────────────


@EVERY_FORM
def test_two_builds_give_the_same_bytes(form: Form) -> None:
    assert template.template_bytes(form, issue()) == template_bytes(form, issue())


def test_the_sheets_stand_in_their_order_and_the_lists_are_hidden() -> None:
    sheets = {sheet.title: sheet.sheet_state for sheet in looked_into(template_bytes(OBJECTIVES, issue())).worksheets}
    assert list(sheets.items()) == [
        ("Thông tin chung", "visible"),
        ("Mục tiêu", "visible"),
        ("Kế hoạch", "visible"),
        ("Hướng dẫn", "visible"),
        ("Danh mục", "veryHidden"),
        ("_qms", "veryHidden"),
    ]


@EVERY_FORM
def test_the_only_font_is_times_new_roman(form: Form) -> None:
    styles = parts(template_bytes(form, issue()))["xl/styles.xml"]
    assert set(re.findall(r'<name val="([^"]+)"', styles)) == {"Times New Roman"}
    assert "<scheme" not in styles


@EVERY_FORM
def test_nothing_is_newer_than_excel_2010(form: Form) -> None:
    content = "".join(parts(template_bytes(form, issue())).values())
    assert not re.findall(r"extLst|x14|_xlfn|_xlws|t=\"array\"|vbaProject", content)


@EVERY_FORM
def test_every_sheet_is_protected_without_a_password(form: Form) -> None:
    visible = [
        sheet for sheet in looked_into(template_bytes(form, issue())).worksheets if sheet.sheet_state == "visible"
    ]
    assert [(sheet.protection.sheet, sheet.protection.password) for sheet in visible] == [(True, None)] * len(visible)
    assert {(sheet.protection.formatColumns, sheet.protection.formatRows) for sheet in visible} == {(False, False)}


# Their tables are too broad to be read on one A4: they print two pages wide, the codes on both.
BROAD = {"BM-02": {"Kết quả"}, "BM-04": {"Công bố"}}


@EVERY_FORM
def test_every_sheet_prints_on_a4_one_page_wide_or_two_where_broad(form: Form) -> None:
    visible = [
        sheet for sheet in looked_into(template_bytes(form, issue())).worksheets if sheet.sheet_state == "visible"
    ]
    assert {s.page_setup.paperSize for s in visible} == {9}
    assert all(s.sheet_properties.pageSetUpPr.fitToPage for s in visible)
    wide = {s.title: s.page_setup.fitToWidth or 1 for s in visible}
    assert {title for title, pages in wide.items() if pages == 2} == BROAD.get(form.number, set())
    assert set(wide.values()) <= {1, 2}
    assert all(s.print_title_cols == "$A:$A" for s in visible if wide[s.title] == 2)


@EVERY_FORM
def test_the_header_of_a_table_repeats_on_every_page(form: Form) -> None:
    workbook = looked_into(template_bytes(form, issue()))
    assert {workbook[schema.title].print_title_rows for schema in form.sheets} == {"$5:$5"}


def test_a_page_bears_the_agency_its_number_and_the_form() -> None:
    header = looked_into(template_bytes(OBJECTIVES, issue()))["Mục tiêu"].oddHeader
    assert (header.left.text, header.center.text, header.right.text) == (
        "Sở Lao động - Thương binh và Xã hội tỉnh Sóc Trăng",
        "&P",
        "BM-01 - Mục tiêu chất lượng và Kế hoạch",
    )


def test_a_page_header_too_long_for_excel_goes_without_the_form() -> None:
    agency = SETTINGS.agency[0].model_copy(update={"name": "Sở " + "rất dài " * 20})
    header = looked_into(template_bytes(OBJECTIVES, issue(agency=agency)))["Mục tiêu"].oddHeader
    assert (header.center.text, header.right.text) == ("&P", None)


def test_the_header_and_the_code_stay_in_view() -> None:
    assert looked_into(template_bytes(OBJECTIVES, issue()))["Mục tiêu"].freeze_panes == "B6"


# ── locks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_blank_plan_has_its_codes_printed_and_the_rest_open() -> None:
    sheet = looked_into(template_bytes(OBJECTIVES, issue()))["Mục tiêu"]
    assert [sheet.cell(row, 1).value for row in (6, 7, 65)] == ["MT01", "MT02", "MT60"]
    assert {sheet.cell(row, 1).protection.locked for row in range(5, 66)} == {True}
    assert {sheet.cell(row, 3).protection.locked for row in range(6, 66)} == {False}
    assert sheet["C5"].protection.locked


def test_a_blank_report_has_no_codes_and_nothing_locked() -> None:
    sheet = looked_into(template_bytes(RESULTS, issue()))["Kết quả"]
    assert {sheet.cell(row, 1).value for row in range(6, 66)} == {None}
    assert {sheet.cell(row, column).protection.locked for row in range(6, 66) for column in range(1, 17)} == {False}


def test_printed_cells_are_locked_and_grey_and_a_further_row_is_open() -> None:
    sheet = looked_into(template_bytes(POLICY, issue(rows={"policy": [PERSON]})))["Phổ biến CSCL"]
    assert [sheet.cell(6, column).protection.locked for column in range(1, 6)] == [True] * 4 + [False]
    assert {sheet.cell(6, column).fill.fgColor.rgb for column in range(1, 5)} == {"FFEDEDED"}
    assert sheet["A7"].protection.locked is False


def test_what_the_issue_says_on_the_cover_is_locked() -> None:
    content = template_bytes(RESULTS, issue(division="VP", year="2019", period="6T"))
    cell = cover_cell(RESULTS, "division", content)
    assert (cell.value, cell.protection.locked) == ("VP - Văn phòng Sở", True)


def test_what_the_cover_is_pre_filled_with_can_be_changed() -> None:
    cell = cover_cell(RESULTS, "prepared_by", template_bytes(RESULTS, issue(cover={"prepared_by": "Trần Thị Mai"})))
    assert (cell.value, cell.protection.locked) == ("Trần Thị Mai", False)


def test_a_period_without_a_choice_is_printed() -> None:
    cell = cover_cell(OBJECTIVES, "period", template_bytes(OBJECTIVES, issue()))
    assert (cell.value, cell.protection.locked) == ("Kế hoạch năm", True)


# ── cells ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@EVERY_FORM
def test_numbers_are_general_and_days_day_first(form: Form) -> None:
    workbook = looked_into(template_bytes(form, issue()))
    expected = {Kind.NUMBER: "General", Kind.CHOICE: "General", Kind.DATE: "dd/mm/yyyy", Kind.TEXT: "@"}
    for schema in form.sheets:
        found = [workbook[schema.title].cell(6, column + 1).number_format for column in range(len(schema.fields))]
        assert found == [expected[field.kind] for field in schema.fields]


def test_issued_text_that_looks_like_a_formula_is_text() -> None:
    rows = {"objectives": [{"code": "MT01", "method": "=A1"}]}
    cell = looked_into(template_bytes(OBJECTIVES, issue(rows=rows)))["Mục tiêu"]["K6"]
    assert (cell.value, cell.data_type) == ("=A1", "s")


def test_the_tags_stand_hidden_right_above_the_header() -> None:
    sheet = looked_into(template_bytes(POLICY, issue()))["Phổ biến CSCL"]
    assert (sheet["B4"].value, sheet["B5"].value) == ("full_name", "Họ và tên (*)")
    assert sheet.row_dimensions[4].hidden


def test_the_row_of_a_long_issued_text_shows_all_of_it_and_can_still_grow() -> None:
    statement = "Giải quyết đúng hạn ít nhất 95% hồ sơ thủ tục hành chính trong năm 2019 của toàn Sở"
    content = template_bytes(RESULTS, issue(rows={"results": [{"code": "MT01", "statement": statement}]}))
    (row,) = re.findall(r'<row r="6"[^>]*>', parts(content)["xl/worksheets/sheet2.xml"])
    assert 'ht="' in row
    assert "customHeight" not in row


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_cover_bears_the_head_of_an_administrative_document() -> None:
    content = template_bytes(RESULTS, issue(division="VP", year="2019", period="6T", due_on=dt.date(2019, 6, 10)))
    words = [" ".join(word.split()) for word in shown_words(looked_into(content)["Thông tin chung"])]
    assert words[:8] == [
        "ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI TỈNH SÓC TRĂNG",
        "Độc lập - Tự do - Hạnh phúc",
        "VĂN PHÒNG SỞ",
        "Sóc Trăng, ngày …… tháng …… năm ……",
        "Biểu mẫu BM-02",
        "BÁO CÁO KẾT QUẢ THỰC HIỆN MỤC TIÊU CHẤT LƯỢNG",
    ]
    assert "Đề nghị điền đủ các ô có dấu (*). Nộp trước ngày 10/6/2019." in words


def test_the_cover_ends_with_signatures_and_recipients() -> None:
    words = shown_words(looked_into(template_bytes(RESULTS, issue()))["Thông tin chung"])
    assert words[-7:] == [
        "NGƯỜI LẬP BIỂU",
        "NGƯỜI ĐỨNG ĐẦU ĐƠN VỊ",
        "(Ký, ghi rõ họ tên)",
        "(Ký, ghi rõ họ tên)",
        "Nơi nhận:",
        "- Ban Chỉ đạo ISO (qua Thư ký ISO);",
        "- Lưu: Hồ sơ HTQLCL của đơn vị.",
    ]


def test_the_directory_is_signed_by_nobody() -> None:
    words = shown_words(looked_into(template_bytes(DIRECTORY, issue()))[DIRECTORY.cover.title])
    assert words[-2:] == ["maintained_by", "Người cập nhật"]


def test_the_guide_says_whom_to_ask() -> None:
    contact = Contact(secretary="Lê Thị Cẩm Tú", telephone="0299 3800 110", email="iso@soctrang.gov.vn")
    words = shown_words(looked_into(template_bytes(RESULTS, issue(contact=contact)))["Hướng dẫn"])
    assert words[-1] == "- Liên hệ: Lê Thị Cẩm Tú, điện thoại 0299 3800 110, thư điện tử iso@soctrang.gov.vn."


@EVERY_FORM
def test_the_guide_explains_every_column_with_its_hint_and_example(form: Form) -> None:
    sheet = looked_into(template_bytes(form, issue()))["Hướng dẫn"]
    rows = {tuple(cell.value or "" for cell in row[:4]) for row in sheet.iter_rows()}
    wanted = {
        (field.label, "Có" if field.required else "", field.hint, field.example)
        for schema in with_own_examples(form, issue()).sheets
        for field in schema.fields
    }
    assert wanted - rows == set()


@EVERY_FORM
def test_the_guide_explains_every_coded_word(form: Form) -> None:
    words = shown_words(looked_into(template_bytes(form, issue()))["Hướng dẫn"])
    coded = {word for schema in form.sheets for field in schema.fields for word in field.coded}
    assert coded - set(words) == set()
