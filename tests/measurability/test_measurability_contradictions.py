"""A sentence contradicts its columns only by number, unit, opposite direction, or a date that is too late."""

import datetime as dt
from collections.abc import Mapping

import pytest

from pipeline.measurability import read_objective
from pipeline.measurability.contradiction import Against, contradictions

NUMBER, UNIT, DIRECTION, DEADLINE = Against.NUMBER, Against.UNIT, Against.DIRECTION, Against.DEADLINE
SHARE: Mapping[str, object] = {"target": 95.0, "unit": "%", "comparator": "ít nhất"}


@pytest.mark.parametrize(
    ("sentence", "columns", "against", "words"),
    [
        ("Giải quyết đúng hạn ít nhất 95% hồ sơ", {"target": 90.0}, NUMBER, "95%"),
        ("Giải quyết đúng hạn ít nhất 95% hồ sơ", {"unit": "hồ sơ"}, UNIT, "95%"),
        ("Giải quyết đúng hạn ít nhất 95% hồ sơ", {"comparator": "không quá"}, DIRECTION, "ít nhất"),
        ("Giải quyết đúng hạn 95% hồ sơ", {"comparator": "nhỏ hơn"}, DIRECTION, "95%"),
        ("Tỷ lệ hồ sơ trễ hạn còn 5%", {"target": 5.0, "comparator": "ít nhất"}, DIRECTION, "còn"),
        ("Hoàn thành 95% kế hoạch trước quý III", {"due_on": dt.date(2019, 12, 31)}, DEADLINE, "trước quý III"),
        ("Hoàn thành 95% kế hoạch trước ngày 10/6", {"due_on": dt.date(2019, 6, 10)}, DEADLINE, "trước ngày 10/6"),
        ("Thu hút 8 ÷ 10 tỷ đồng", {"target": 8.0, "target_upper": 12.0, "unit": "tỷ đồng"}, NUMBER, "8 ÷ 10 tỷ đồng"),
        ("Thời gian xử lý tối đa 5 ngày", {"target": 5.0, "unit": "giờ", "comparator": "không quá"}, NUMBER, "5 ngày"),
        ("Thu ngân sách đạt 1.250 tỷ đồng", {"target": 1250.0, "unit": "triệu đồng"}, NUMBER, "1.250 tỷ đồng"),
        ("Không có đơn khiếu nại", {"target": 2.0, "unit": "đơn", "comparator": "không quá"}, NUMBER, "Không có"),
    ],
)
def test_a_contradiction_is_found_and_quoted(
    sentence: str, columns: Mapping[str, object], against: Against, words: str
) -> None:
    found = contradictions(read_objective(sentence), {**SHARE, **columns})
    assert [(one.against, one.words) for one in found] == [(against, words)]


@pytest.mark.parametrize(
    ("sentence", "columns"),
    [
        ("Giải quyết đúng hạn 95% hồ sơ", {"comparator": "đúng bằng"}),
        ("Giải quyết đúng hạn 95% hồ sơ", {"comparator": "ít nhất"}),
        ("Tỷ lệ hồ sơ trễ hạn còn 5%", {"target": 5.0, "comparator": "đúng bằng"}),
        ("Tỷ lệ hồ sơ trễ hạn còn 5%", {"target": 5.0, "comparator": "không quá"}),
        ("Tỷ lệ hồ sơ đúng hạn trên 95%", {"comparator": "ít nhất"}),
        ("Tỷ lệ hộ nghèo giảm 2%", {"target": 2.0, "unit": "điểm %"}),
        ("Tỷ lệ hộ nghèo giảm ít nhất 2%", {"target": -2.0, "unit": "điểm %", "comparator": "không quá"}),
        ("Hồ sơ đúng hạn đạt 95%, hồ sơ trực tuyến đạt 40%", {"target": 40.0}),
        ("Thu ngân sách đạt 1.250 tỷ đồng", {"target": 1_250_000.0, "unit": "triệu đồng"}),
        ("Đào tạo nghề cho 300 lao động", {"target": 300.0, "unit": "người"}),
        ("Hoàn thành 95% kế hoạch trước quý III", {"due_on": dt.date(2019, 6, 30)}),
        ("Hoàn thành 95% kế hoạch đến năm 2025", {"due_on": dt.date(2019, 12, 31)}),
        ("Mở lớp cho 1,200 học viên", {"target": 1200.0, "unit": "học viên"}),
        ("Mở lớp cho 1,200 học viên", {"target": 1.2, "unit": "học viên"}),
        ("Nâng cao chất lượng phục vụ", {}),
        ("Ban hành Quy chế trước ngày 30/9", {"target": None, "due_on": dt.date(2019, 9, 29)}),
        ("Giải quyết đúng hạn ít nhất 95% hồ sơ", {"target": float("nan"), "unit": None, "comparator": None}),
        (
            "Thu hút 8 ÷ 10 tỷ đồng",
            {"target": 8.0, "target_upper": 10.0, "unit": "tỷ đồng", "comparator": "trong khoảng"},
        ),
    ],
)
def test_what_agrees_contradicts_nothing(sentence: str, columns: Mapping[str, object]) -> None:
    assert contradictions(read_objective(sentence), {**SHARE, **columns}) == ()
