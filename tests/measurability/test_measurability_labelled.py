"""Labelled sentences are read as labelled: measurable, comparator, targets, unit, deadline, vague terms."""

from collections import Counter

import pytest
from measurability_labels import LABELLED, Label

from pipeline.measurability import Basis, Conflict, Missing, Reading, read_objective


def _text(label: Label) -> str:
    return f"{label['trap']}: {label['text'][:50]}"


@pytest.mark.parametrize("label", LABELLED, ids=_text)
def test_a_labelled_sentence_is_read_as_labelled(label: Label) -> None:
    reading = read_objective(label["text"])
    read = (reading.measurable, reading.comparator, list(reading.values), reading.unit, reading.deadline)
    wanted = (label["measurable"], label["comparator"], label["targets"], label["unit"], label["deadline"])
    assert read == wanted


def test_both_sides_are_tried_and_every_sentence_once() -> None:
    sides = Counter(label["measurable"] for label in LABELLED)
    assert sides[True] >= 100
    assert sides[False] >= 100
    assert len({label["text"] for label in LABELLED}) == len(LABELLED)


def test_nearly_every_vague_term_is_quoted() -> None:
    wanted = [(label["text"], term) for label in LABELLED for term in label["vague_terms"]]
    found = {(label["text"], term) for label in LABELLED for term in read_objective(label["text"]).vague_terms}
    assert sum(pair in found for pair in wanted) >= 0.9 * len(wanted)


@pytest.mark.parametrize(
    ("sentence", "basis", "words"),
    [
        ("Giải quyết đúng hạn ít nhất 95% hồ sơ", Basis.FIGURE, "95%"),
        ("Ban hành Quy chế làm việc trước ngày 30/9/2019", Basis.YES_NO, "Ban hành"),
        ("Tỷ lệ hồ sơ trễ hạn thấp hơn năm 2018", Basis.AGAINST_BEFORE, "thấp hơn năm"),
        ("100% đơn vị triển khai có hiệu quả phong trào thi đua", Basis.UNCHECKABLE, "có hiệu quả"),
    ],
)
def test_a_decision_rests_on_words_of_the_sentence(sentence: str, basis: Basis, words: str) -> None:
    reading = read_objective(sentence)
    assert reading.basis_span is not None
    assert (reading.basis, sentence[slice(*reading.basis_span)]) == (basis, words)


def test_a_sentence_without_anything_to_check_rests_on_no_words() -> None:
    reading = read_objective("Nâng cao chất lượng phục vụ")
    assert (reading.basis, reading.basis_span) == (Basis.NO_FIGURE, None)


def _asked(reading: Reading) -> tuple[Missing, ...]:
    return reading.missing


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Nâng cao chất lượng phục vụ năm 2019", (Missing.FIGURE, Missing.INDICATOR)),
        ("Nâng tỷ lệ hồ sơ trực tuyến năm 2019", (Missing.FIGURE,)),
        ("100% công chức hiểu rõ chính sách chất lượng năm 2019", (Missing.CHECKABLE_RESULT,)),
        ("Giảm 4% số vụ tai nạn năm 2019", (Missing.BASELINE,)),
        ("Tỷ lệ hộ nghèo giảm 2% năm 2019", (Missing.BASELINE, Missing.POINTS_OR_PERCENT)),
        ("Khoảng 20% hồ sơ nộp qua mạng năm 2019", (Missing.TOLERANCE,)),
        ("Ít nhất 20% hồ sơ nộp qua mạng", (Missing.DEADLINE,)),
        ("Ít nhất 20% hồ sơ nộp qua mạng trong quý II", ()),
    ],
)
def test_what_is_missing_is_asked(sentence: str, missing: tuple[Missing, ...]) -> None:
    assert _asked(read_objective(sentence)) == missing


@pytest.mark.parametrize(
    ("sentence", "conflicts"),
    [
        ("Cắt giảm ít nhất 30-50% kinh phí hội nghị", (Conflict.FLOOR_WITH_RANGE,)),
        ("Mở lớp cho 1,200 học viên", (Conflict.AMBIGUOUS_NUMBER,)),
        ("Cắt giảm từ 30 đến 50% kinh phí hội nghị", ()),
    ],
)
def test_what_a_sentence_says_in_two_ways_is_told(sentence: str, conflicts: tuple[Conflict, ...]) -> None:
    assert read_objective(sentence).conflicts == conflicts


def test_points_out_of_a_hundred_are_points() -> None:
    reading = read_objective("Chỉ số cải cách hành chính đạt 85/100 điểm")
    assert (reading.values, reading.unit) == ((85.0,), "điểm")


def test_the_former_value_is_kept_beside_the_target() -> None:
    (target,) = read_objective("Rút thời gian cấp giấy phép từ 10 ngày xuống còn 07 ngày").targets
    assert (target.value, target.baseline, target.unit) == (7.0, 10.0, "ngày")


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("Giải quyết đúng hạn ít nhất 95% hồ sơ đất đai", "Tỷ lệ hồ sơ đất đai được giải quyết đúng hạn"),
        ("Đến năm 2025, tỷ lệ hộ nghèo còn 2%", "Tỷ lệ hộ nghèo"),
        ("98% hộ dân dùng nước sạch", "Tỷ lệ hộ dân dùng nước sạch"),
        ("Giảm 10% số vụ cháy so với năm 2018", "Mức giảm số vụ cháy"),
        ("Không để xảy ra tai nạn lao động", "Số vụ tai nạn lao động"),
        ("Mở 03 lớp tập huấn nghiệp vụ", "Số lớp tập huấn nghiệp vụ"),
        ("Ban hành Quy chế làm việc trước ngày 30/9", "Kết quả ban hành Quy chế làm việc"),
        ("Tăng cường kỷ cương hành chính", None),
    ],
)
def test_the_indicator_is_named_in_the_words_of_the_sentence(sentence: str, indicator: str | None) -> None:
    named = read_objective(sentence).indicator
    assert (named and named.words) == indicator


@pytest.mark.parametrize(
    ("sentence", "activity"),
    [
        ("Mở 03 lớp tập huấn nghiệp vụ", True),
        ("Tổ chức 12 buổi tiếp công dân", True),
        ("Ít nhất 95% học viên lớp tập huấn đạt yêu cầu", False),
        ("Không có đơn thư khiếu nại vượt cấp", False),
    ],
)
def test_work_done_is_told_from_a_result_reached(sentence: str, *, activity: bool) -> None:
    assert read_objective(sentence).activity is activity
