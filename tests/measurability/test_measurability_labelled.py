"""Labelled sentences are read as labelled: measurable, comparator, targets, unit, deadline, vague terms."""

from collections import Counter

import pytest
from measurability_labels import LABELLED, Label

from pipeline.measurability import Basis, Conflict, Missing, Reading, read_objective


def _read(label: Label) -> tuple[object, ...]:
    reading = read_objective(label["text"])
    return reading.measurable, reading.comparator, list(reading.values), reading.unit, reading.deadline


def _labelled(label: Label) -> tuple[object, ...]:
    return label["measurable"], label["comparator"], label["targets"], label["unit"], label["deadline"]


def test_every_labelled_sentence_is_read_as_labelled() -> None:
    wrong = [(one["trap"], one["text"], _read(one)) for one in LABELLED if _read(one) != _labelled(one)]
    assert wrong == []


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
        ("Tổ chức 12 buổi tiếp công dân", False),
        ("Hoàn thành 12 cuộc thanh tra theo Kế hoạch năm 2019", False),
        ("Kiểm tra ít nhất 50 lượt cơ sở kinh doanh", False),
        ("Mở 02 lớp tập huấn nghiệp vụ thanh tra", True),
        ("Ít nhất 95% học viên lớp tập huấn đạt yêu cầu", False),
        ("Không có đơn thư khiếu nại vượt cấp", False),
    ],
)
def test_work_done_is_told_from_a_result_reached(sentence: str, *, activity: bool) -> None:
    assert read_objective(sentence).activity is activity


@pytest.mark.parametrize(
    ("sentence", "values", "unit"),
    [
        ("Thời gian chờ khám dưới 90 phút/lượt khám", (90.0,), "phút/lượt khám"),
        ("Diện tích nhà ở đạt 27,5 m2 sàn/người", (27.5,), "m2 sàn/người"),
        ("Định mức 120 lít/người/ngày đêm", (120.0,), "lít/người/ngày đêm"),
        ("Tỷ lệ nợ quá hạn dưới 0,2%/tổng dư nợ", (0.2,), "%"),
        ("Hướng dẫn 35 UBND xã", (35.0,), "UBND xã"),
        ("Cấp 1.200 thẻ căn cước", (1200.0,), "thẻ"),
        ("Trường cấp 3 đạt chuẩn quốc gia", (), "đạt/không đạt"),
        ("Thí điểm 3 tuyến phố đi bộ", (3.0,), "tuyến phố"),
        ("Trồng 500 ha rừng, trong đó keo 300, quế 150", (500.0, 300.0, 150.0), "ha"),
        ("Đào tạo 200 người, trong đó xã loại 1, loại 2", (200.0,), "người"),
        ("Giá trị sản xuất trên 01 ha canh tác đạt 120 triệu đồng", (120.0,), "triệu đồng"),
        ("Tỷ lệ phụ nữ khám thai ít nhất 4 lần đạt 85%", (85.0,), "%"),
        ("Kim ngạch xuất khẩu vượt 2 tỷ USD, đạt 105% kế hoạch", (2.0, 105.0), "tỷ USD"),
        ("Thời gian cấp phép còn 5 ngày (quy định 10 ngày)", (5.0,), "ngày"),
        ("Điểm hài lòng đạt 8,35/10 điểm", (8.35,), "điểm"),
        ("Đến năm 2025: có 50% số xã đạt chuẩn (8 xã)", (50.0, 8.0), "%"),
        ("Sáng kiến cấp cơ sở: 5; sáng kiến cấp tỉnh: 1", (5.0, 1.0), None),
        ("Không để hồ sơ quá hạn; tỷ lệ hài lòng đạt 95%", (0.0, 95.0), "hồ sơ"),
        ("100% yêu cầu khắc phục, phòng ngừa được thực hiện trong thời hạn 30 ngày", (100.0,), "%"),
        ("Hoàn thành trạm biến áp 110kV trước ngày 30/9/2025", (), "đã hoàn thành/chưa"),
    ],
)
def test_the_numbers_that_are_targets_and_their_unit(
    sentence: str, values: tuple[float, ...], unit: str | None
) -> None:
    reading = read_objective(sentence)
    assert (reading.values, reading.unit) == (values, unit)


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("Giải ngân đạt trên 95% kế hoạch", ">"),
        ("Thu ngân sách vượt 5% dự toán", "="),
        ("Xếp thứ 10 trở lên về chỉ số PAPI", "<="),
        ("Giữ vững vị trí thứ nhất khối thi đua", "="),
        ("Phấn đấu nhận Huân chương Lao động hạng Nhất", None),
        ("Quy chế được ban hành trước ngày 30/6/2025", "="),
        ("Hoàn thiện hồ sơ được phê duyệt", None),
        ("Hoàn thành thanh tra toàn diện Sở Y tế trước ngày 30/6/2025", "="),
        ("Hoàn thành toàn diện các chỉ tiêu năm 2025", None),
        ("Chủ động, không để bị động, bất ngờ", None),
        ("100% cơ sở Đoàn triển khai sâu rộng phong trào", None),
        ("100% khu dân cư tổ chức Ngày hội Đại đoàn kết toàn dân tộc", "="),
    ],
)
def test_the_sign_of_what_is_measurable(sentence: str, sign: str | None) -> None:
    assert read_objective(sentence).comparator == sign


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("Tỷ lệ tổn thất điện năng năm 2024 giảm còn 4,35%", "2024-12-31"),
        ("Tỷ lệ hộ nghèo từ 5,2% năm 2023 giảm còn 4,1%", None),
        ("Tỷ lệ hài lòng của khách hàng năm 2025 đạt 95%", "2025-12-31"),
        ("GRDP gấp 2 lần năm 2020", None),
        ("Đánh giá nội bộ 2 lần năm 2025", "2025-12-31"),
        ("Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều giai đoạn 2022-2025 còn 3,2%", None),
        ("Báo cáo quý được gửi trước ngày 25 tháng cuối quý", "trước ngày 25 tháng cuối quý"),
    ],
)
def test_which_times_are_deadlines(sentence: str, deadline: str | None) -> None:
    assert read_objective(sentence).deadline == deadline
