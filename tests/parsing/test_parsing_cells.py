"""One cell as clerks type it: the value it gives, or the code that says why it gives none."""

import datetime as dt
import unicodedata
from collections.abc import Mapping

import pytest
from rules_settings import SETTINGS

from pipeline.forms import BY_NUMBER
from pipeline.parsing.values import Parsed, parse_cell, visible_text
from pipeline.spreadsheet import CellValue, RawCell
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.lists import lists_of, options_of

LISTS = lists_of(SETTINGS, 2019)
JUNE_9 = dt.date(2019, 6, 9)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def field_of(name: str) -> Field:
    number, sheet, field = name.split(".")
    return BY_NUMBER[number].sheet(sheet).field(field)


def parsed(name: str, value: CellValue | RawCell, *, date_1904: bool = False) -> Parsed:
    cell = value if isinstance(value, RawCell) else RawCell(value, "General")
    wanted = field_of(name)
    return parse_cell(cell, wanted, options_of(wanted, LISTS), date_1904=date_1904)


def said(name: str, value: CellValue | RawCell) -> tuple[object, str | None, str]:
    """Value, coded answer and code of a cell."""
    made = parsed(name, value)
    return made.value, made.coded, made.code


TARGET, COUNT = "BM-01.objectives.target", "BM-02.results.numerator"
BASELINE, ACTUAL = "BM-01.objectives.baseline", "BM-02.results.actual"
DUE_ON, NOTICE_ON = "BM-01.objectives.due_on", "BM-04.declarations.notice_on"
MEASURE, UNIT, STATEMENT = "BM-01.objectives.measure", "BM-01.objectives.unit", "BM-01.objectives.statement"
DIVISION, YEAR = "BM-01.cover.division", "BM-01.cover.year"


@pytest.mark.parametrize(
    ("typed", "value", "unit", "decimals"),
    [
        (95.0, 95, None, 0),
        (95.5, 95.5, None, 1),
        (0.0, 0, None, 0),
        (-5.0, -5, None, 0),
        (RawCell(0.95, "0%"), 95, "%", 0),
        (RawCell(0.955, "0.0%"), 95.5, "%", 1),
        (RawCell(0.07, "0%"), 7, "%", 0),
        (RawCell(0.5700000000000001, "0.00%"), 57, "%", 0),
        (RawCell(1.195, "0.0%"), 119.5, "%", 1),
        (RawCell(0.95, None), 0.95, None, 2),
        ("95", 95, None, 0),
        ("95,5", 95.5, None, 1),
        ("95.5", 95.5, None, 1),
        ("95%", 95, "%", 0),
        ("95,50 %", 95.5, "%", 2),
        (" 95\u00a0%\u200b", 95, "%", 0),
        ("９５％", 95, "%", 0),
        ("95 phần trăm", 95, "%", 0),
        (nfd("chín mươi lăm phần trăm"), 95, "%", 0),
        ("1.200", 1200, None, 0),
        ("1 200", 1200, None, 0),
        ("8tỷ", 8, "tỷ", 0),
        ("5,2 triệu", 5.2, "triệu", 1),
        ("5,2 triệu lượt", 5_200_000, "lượt", 0),
        ("8 tỷ đồng", 8, "tỷ đồng", 0),
        ("15 ngày làm việc", 15, "ngày làm việc", 0),
        ("15 NLV", 15, "ngày làm việc", 0),
        ("−3", -3, None, 0),
    ],
)
def test_a_measured_number_keeps_its_value_its_unit_and_its_decimals(
    typed: CellValue | RawCell, value: float, unit: str | None, decimals: int
) -> None:
    made = parsed(TARGET, typed)
    assert (made.value, made.unit, made.decimals, made.code) == (value, unit, decimals, "")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("khoảng 95", "V301"),
        ("≥ 95", "V301"),
        ("95 - 98", "V301"),
        ("95 bông hoa", "V301"),
        ("như năm trước", "V301"),
        (True, "V301"),
        (JUNE_9, "V301"),
        ("1,200", "V307"),
        ("1.200%", "V307"),
        (RawCell("#DIV/0!", "General", is_error=True), "V311"),
        (RawCell("", "General", formula_without_value=True), "T214"),
    ],
)
def test_what_is_no_single_number_is_asked_about(typed: CellValue | RawCell, code: str) -> None:
    assert said(TARGET, typed) == (None, None, code)


@pytest.mark.parametrize(
    ("typed", "value"), [(190.0, 190), ("190", 190), ("190 hồ sơ", 190), ("1.234", 1234), ("không", 0), ("mười", 10)]
)
def test_a_count_may_carry_the_name_of_what_is_counted(typed: CellValue, value: float) -> None:
    assert said(COUNT, typed) == (value, None, "")


@pytest.mark.parametrize("typed", ["95%", RawCell(0.95, "0%"), "8 tỷ", "5,2 triệu", "2 nghìn tỷ"])
def test_a_count_is_neither_a_percentage_nor_a_multiple(typed: CellValue | RawCell) -> None:
    assert said(COUNT, typed) == (None, None, "V301")


def test_both_readings_of_an_ambiguous_number_are_told() -> None:
    assert parsed(TARGET, "1,200").facts == {"readings": "1,2 hoặc 1.200"}


@pytest.mark.parametrize(
    ("name", "typed", "answer"),
    [
        (BASELINE, "không áp dụng", "không áp dụng"),
        (BASELINE, "Không áp dụng", "không áp dụng"),
        (BASELINE, "KHÔNG  ÁP DỤNG", "không áp dụng"),
        (BASELINE, "khong ap dung", "không áp dụng"),
        (BASELINE, nfd("chưa có số liệu"), "chưa có số liệu"),
        (BASELINE, "Chưa có số liệu.", "chưa có số liệu"),
        (BASELINE, "có", "có"),
        (ACTUAL, "Không phát sinh", "không phát sinh"),
        (ACTUAL, "không", "không"),
        (ACTUAL, "CÓ", "có"),
        (NOTICE_ON, "chưa thực hiện", "chưa thực hiện"),
        (NOTICE_ON, "chua thuc hien", "chưa thực hiện"),
    ],
)
def test_a_coded_answer_is_known_in_any_case_and_without_accents(name: str, typed: str, answer: str) -> None:
    assert said(name, typed) == (None, answer, "")


@pytest.mark.parametrize(("name", "code"), [(TARGET, "V301"), (COUNT, "V301"), (DUE_ON, "V302"), (NOTICE_ON, "V302")])
def test_a_coded_answer_stands_only_where_the_form_allows_it(name: str, code: str) -> None:
    assert said(name, "không áp dụng") == (None, None, code)


@pytest.mark.parametrize(
    "typed",
    [
        JUNE_9,
        dt.datetime(2019, 6, 9, 13, 5),
        43625.0,
        43625.75,
        "09/06/2019",
        "9/6/2019",
        "9/6/19",
        "09-06-2019",
        "9.6.2019",
        "2019-06-09",
        "09/06/2019 00:00:00",
        "ngày 9 tháng 6 năm 2019",
        nfd("Ngày 09 tháng 06 năm 2019"),
        " 09/06/2019\u00a0",
    ],
)
def test_a_day_is_read_in_every_way_it_is_typed(typed: CellValue) -> None:
    assert said(DUE_ON, typed) == (JUNE_9, None, "")


def test_a_serial_number_of_an_old_macintosh_workbook_counts_from_1904() -> None:
    assert parsed(DUE_ON, 42163.0, date_1904=True).value == JUNE_9


@pytest.mark.parametrize(
    "typed",
    [
        "cuối năm",
        "tháng 6/2019",
        "6/2019",
        "quý II",
        "31/02/2019",
        dt.date(1900, 1, 5),
        "9/6/2190",
        2019.0,
        30.0,
        True,
        dt.time(13, 5),
        dt.timedelta(days=1),
    ],
)
def test_what_is_no_day_is_asked_about(typed: CellValue) -> None:
    assert said(DUE_ON, typed) == (None, None, "V302")


def test_a_month_before_its_day_is_asked_about_with_the_day_that_may_be_meant() -> None:
    made = parsed(DUE_ON, "06/30/2019")
    assert (made.value, made.code, made.facts) == (
        None,
        "V319",
        {"readings": "30/06/2019", "proposal": "30/06/2019"},
    )


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        (MEASURE, "tỷ lệ", "tỷ lệ"),
        (MEASURE, "Tỷ lệ", "tỷ lệ"),
        (MEASURE, "TỶ LỆ ", "tỷ lệ"),
        (MEASURE, "ty le", "tỷ lệ"),
        (MEASURE, "tỉ lệ", "tỷ lệ"),
        (MEASURE, nfd("tỷ lệ"), "tỷ lệ"),
        (MEASURE, "số luỹ kế", "số lũy kế"),
        (MEASURE, "Có / Không", "có/không"),
        ("BM-01.objectives.frequency", "quí", "quý"),
        ("BM-02.progress.status", "Huỷ", "Hủy"),
        ("BM-01.cover.period", "Kế hoạch năm", "KH"),
        ("BM-01.cover.period", "KH", "KH"),
        ("BM-02.cover.period", "6 THÁNG", "6T"),
        (DIVISION, "VP - Văn phòng Sở", "VP"),
        (DIVISION, "VP – văn phòng sở", "VP"),
        (DIVISION, "vp", "VP"),
        (YEAR, 2019.0, "2019"),
        (YEAR, "2019", "2019"),
        ("BM-01.objectives.policy_point", "cs1", "CS1"),
        (UNIT, "Tỉ đồng", "tỷ đồng"),
        (UNIT, "phần trăm", "%"),
        (UNIT, "bộ hồ sơ", "hồ sơ"),
        (UNIT, "phiên chợ", "phiên chợ"),
    ],
)
def test_a_choice_is_known_in_any_case_and_spelling(name: str, typed: CellValue, stored: str) -> None:
    assert said(name, typed) == (stored, None, "")


def test_a_word_that_is_no_choice_is_kept_for_the_rule_on_the_list() -> None:
    assert said(MEASURE, "phần trăm") == ("phần trăm", None, "")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  Giải quyết  đúng hạn ", "Giải quyết đúng hạn"),
        (nfd("Giải quyết đúng hạn"), "Giải quyết đúng hạn"),
        ("Giải\u00a0quyết\u200b đúng hạn", "Giải quyết đúng hạn"),
        ("một\r\nhai", "một\nhai"),
        (12.0, "12"),
        (12.5, "12,5"),
    ],
)
def test_text_is_kept_with_one_spelling_of_its_spaces_and_letters(typed: CellValue, text: str) -> None:
    assert said(STATEMENT, typed) == (text, None, "")


@pytest.mark.parametrize("typed", [JUNE_9, dt.datetime(2019, 6, 9), True, dt.time(1, 2)])
def test_text_that_excel_changed_into_something_else_is_asked_for_again(typed: CellValue) -> None:
    assert said(STATEMENT, typed) == (None, None, "V316")


@pytest.mark.parametrize("name", [TARGET, COUNT, DUE_ON, MEASURE, STATEMENT, BASELINE, NOTICE_ON])
def test_a_cell_with_spaces_is_blank(name: str) -> None:
    assert said(name, " \u00a0 ") == (None, None, "")


@pytest.mark.parametrize("name", [TARGET, COUNT, DUE_ON, MEASURE, STATEMENT, BASELINE, NOTICE_ON])
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (RawCell("#REF!", "General", is_error=True), "V311"),
        (RawCell("", "General", formula_without_value=True), "T214"),
    ],
)
def test_an_error_or_an_uncalculated_formula_is_told_in_every_kind_of_cell(name: str, cell: RawCell, code: str) -> None:
    assert said(name, cell) == (None, None, code)


SHOWN: Mapping[str, tuple[RawCell | None, str]] = {
    "nothing": (None, ""),
    "a percentage": (RawCell(0.955, "0.0%"), "95,5%"),
    "a number": (RawCell(1234.5, "General"), "1.234,5"),
    "a day": (RawCell(JUNE_9, "dd/mm/yyyy"), "09/06/2019"),
    "a moment": (RawCell(dt.datetime(2019, 6, 9, 13, 5), None), "09/06/2019"),
    "true": (RawCell(value=True), "TRUE"),
    "text": (RawCell(" cuối  năm "), "cuối năm"),
}


@pytest.mark.parametrize(("cell", "words"), SHOWN.values(), ids=SHOWN)
def test_what_was_found_is_said_as_the_sender_sees_it(cell: RawCell | None, words: str) -> None:
    assert visible_text(cell) == words
