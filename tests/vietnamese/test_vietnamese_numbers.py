"""Numbers that are read: one reading, or a question; never a guess."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.vietnamese import (
    numeral_readings,
    read_number,
    read_number_words,
)
from pipeline.vietnamese.numbers import NumberReading
from pipeline.vietnamese.numerals import Numeral


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("95", 95.0, 0),
        ("001", 1.0, 0),
        ("95,5", 95.5, 1),
        ("95,50", 95.5, 2),
        ("95,0", 95.0, 1),
        ("0,95", 0.95, 2),
        ("1.200", 1200.0, 0),
        ("1.200,5", 1200.5, 1),
        ("1.234,567", 1234.567, 3),
        ("1.234.567", 1234567.0, 0),
        ("95.5", 95.5, 1),
        ("0.95", 0.95, 2),
        ("0.500", 0.5, 3),
        ("0,500", 0.5, 3),
        ("1234,567", 1234.567, 3),
        ("1234.567", 1234.567, 3),
        ("1,200.5", 1200.5, 1),
        ("1,234,567", 1234567.0, 0),
        ("1 200", 1200.0, 0),
        ("1\u00a0234\u202f567", 1234567.0, 0),
        ("1 200,5", 1200.5, 1),
        ("-3,5", -3.5, 1),
        ("−3,5", -3.5, 1),
        ("–3,5", -3.5, 1),
        ("+2", 2.0, 0),
        ("-1.200", -1200.0, 0),
        ("１２，５", 12.5, 1),
        (" 95 \n", 95.0, 0),
    ],
)
def test_figures_are_read_in_the_vietnamese_style(text: str, value: float, decimals: int) -> None:
    assert read_number(text) == NumberReading(value, decimals)


def test_minus_zero_is_zero() -> None:
    value = read_number("-0").value

    assert value is not None
    assert math.copysign(1, value) == 1


@pytest.mark.parametrize("text", ["95,5%", "95,5 %", "95,5\u00a0%", "95,5％", "95,5 phần trăm", "95,5 (%)", "95,5%."])
def test_a_percent_sign_is_remembered(text: str) -> None:
    assert read_number(text) == NumberReading(95.5, 1, percent=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8tỷ", NumberReading(8, unit="tỷ")),
        ("5,2 triệu", NumberReading(5.2, 1, unit="triệu")),
        ("3 ngàn", NumberReading(3, unit="nghìn")),
        ("8 tỷ đồng", NumberReading(8, unit="tỷ đồng")),
        ("8tỷđ", NumberReading(8, unit="tỷ đồng")),
        ("1.184 tỷ", NumberReading(1184, unit="tỷ")),
        ("5 tr.đ", NumberReading(5, unit="triệu đồng")),
        ("8.000đ", NumberReading(8000, unit="đồng")),
        ("120 hồ sơ", NumberReading(120, unit="hồ sơ")),
        ("05 ngày làm việc", NumberReading(5, unit="ngày làm việc")),
        ("1,5 điểm %", NumberReading(1.5, 1, unit="điểm %")),
        ("3%/năm", NumberReading(3, unit="%/năm")),
        ("5,2 triệu lượt", NumberReading(5200000, unit="lượt")),
        ("8,3 nghìn người", NumberReading(8300, unit="người")),
        ("1,2345 nghìn người", NumberReading(1234.5, 1, unit="người")),
    ],
)
def test_a_trailing_unit_is_given_in_its_listed_spelling(text: str, expected: NumberReading) -> None:
    assert read_number(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,200", 1.2), ("12,345", 12.345), ("999,999", 999.999)],
)
def test_one_comma_before_three_digits_is_ambiguous(text: str, value: float) -> None:
    expected = NumberReading(readings=(value, round(value * 1000)))

    assert read_number(text) == expected


def test_the_readings_of_a_negative_ambiguity_are_in_order_too() -> None:
    assert read_number("-1,200").readings == (-1200.0, -1.2)


@pytest.mark.parametrize("text", ["1.200%", "1,200%", "1.200 phần trăm"])
def test_three_digits_before_a_percent_sign_are_ambiguous(text: str) -> None:
    expected = NumberReading(percent=True, readings=(1.2, 1200.0))

    assert read_number(text) == expected


def test_three_digits_before_percentage_points_are_ambiguous() -> None:
    expected = NumberReading(unit="điểm %", readings=(1.2, 1200.0))

    assert read_number("1.200 điểm %") == expected


def test_two_groups_before_a_percent_sign_leave_one_reading() -> None:
    assert read_number("1.234.567%") == NumberReading(1234567, percent=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "12.5.3",
        "1.2345.678",
        "0.500.000",
        "12 34",
        "95, 5",
        "95.",
        ",5",
        "~95",
        "khoảng 95",
        "≥95",
        "trên 95%",
        "95 trở lên",
        "9/10",
        "10/6/2019",
        "inf",
        "-inf",
        "nan",
        "1e5",
        "1_000",
        "0x10",
        "٣",
        "10²",
        "½",
        "- 5",
        "--5",
        "(95)",
        "95 con mèo",
        "95/năm",
        "95%%",
        "không áp dụng",
        "chưa có số liệu",
        "95-",
    ],
)
def test_anything_else_is_not_a_number(text: str) -> None:
    assert read_number(text) == NumberReading()


@pytest.mark.parametrize(
    "text",
    [
        "95-98",
        "3 – 5%",
        "96% ÷ 99%",
        "15.000 - 20.000",
        "95 đến 98",
        "từ 95% đến 98%",
        "10 - 15 bậc",
        "-3 - -1",
        "95; 98",
        "95\n98",
        "1,200 - 1,300",
    ],
)
def test_a_range_or_a_list_is_not_one_number(text: str) -> None:
    assert read_number(text) == NumberReading()


def test_a_number_beyond_the_floats_is_none() -> None:
    assert read_number("9" * 400 + "%") == NumberReading(percent=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("không", 0),
        ("Một", 1),
        ("năm", 5),
        ("mười", 10),
        ("mười lăm", 15),
        ("hai mươi", 20),
        ("hai mươi mốt", 21),
        ("hai mươi tư", 24),
        ("ba mươi lăm", 35),
        ("một trăm", 100),
        ("một trăm linh năm", 105),
        ("một trăm lẻ tư", 104),
        ("hai trăm mười", 210),
        ("chín trăm chín mươi chín", 999),
    ],
)
def test_number_words_are_read(text: str, value: int) -> None:
    assert read_number(text) == NumberReading(value)


@pytest.mark.parametrize("text", ["mươi", "trăm", "lăm", "tư", "hai trăm hai", "một trăm linh", "hai ba", "năm mười"])
def test_words_that_make_no_number_are_not_a_number(text: str) -> None:
    assert read_number(text) == NumberReading()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("một trăm phần trăm", NumberReading(100, percent=True)),
        ("Chín mươi lăm phần trăm", NumberReading(95, percent=True)),
        ("chín mươi%", NumberReading(90, percent=True)),
        ("ba lớp", NumberReading(3, unit="lớp")),
        ("hai mươi năm", NumberReading(20, unit="năm")),
        ("hai triệu", NumberReading(2, unit="triệu")),
        ("hai triệu lượt", NumberReading(2000000, unit="lượt")),
    ],
)
def test_number_words_carry_their_unit(text: str, expected: NumberReading) -> None:
    assert read_number(text) == expected


def test_number_words_tell_a_sentence_reader_how_far_they_reach() -> None:
    assert read_number_words(["chín", "mươi", "lăm", "phần", "trăm", "công", "chức"]) == (95, 3)


@pytest.mark.parametrize(
    ("words", "value", "used"),
    [
        ("một nghìn hai trăm lao động", 1200, 4),
        ("hai nghìn không trăm linh năm hộ", 2005, 6),
        ("mười ngàn năm trăm người", 10500, 4),
        ("hai nghìn tỷ đồng", 2, 1),
        ("một nghìn năm qua", 1, 1),
    ],
)
def test_thousands_are_read_with_the_hundreds_behind_them(words: str, value: int, used: int) -> None:
    assert read_number_words(words.split()) == (value, used)


def test_no_words_are_no_number() -> None:
    assert read_number_words([]) is None


def test_a_numeral_token_shows_both_its_readings() -> None:
    assert numeral_readings("1,200") == (Numeral(1.2, 3), Numeral(1200.0, 0))


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = read_number(text)

    assert reading.value is None or (reading.readings == () and math.isfinite(reading.value))


@given(st.text("0123456789.,- %đtỷ", max_size=12))
def test_a_reading_has_several_values_only_when_it_is_ambiguous(text: str) -> None:
    reading = read_number(text)

    assert len(reading.readings) != 1
    assert reading.value is None or not reading.readings
