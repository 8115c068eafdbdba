"""The columns of BM-01: an objective, and a task of its plan."""

from pipeline.vocabulary import columns as column
from pipeline.vocabulary.choices import (
    AGENCY_OBJECTIVES,
    CODED,
    POLICY_POINTS,
    STAFF_NAMES,
    UNITS,
    Comparator,
    Frequency,
    Measure,
    RangeBeaten,
    YesNo,
)
from pipeline.vocabulary.fields import Columns
from pipeline.vocabulary.limits import printed_code

BASELINE_CODES = (*CODED, str(YesNo.YES), str(YesNo.NO))
OBJECTIVE_CODES = tuple(printed_code("MT", position) for position in range(1, 61))


class Objectives(Columns):
    """One objective a row."""

    code = column.printed("Mã mục tiêu", prefix="MT", width=7, hint="Mã đã in sẵn, không sửa.", example="MT01")
    continues = column.text(
        "Tiếp nối mục tiêu năm trước",
        identities={code: code for code in OBJECTIVE_CODES},
        width=9,
        hint="Mã của mục tiêu năm trước mà mục tiêu này tiếp nối. Mục tiêu mới thì để trống.",
        example="MT02",
    )
    statement = column.text(
        "Nội dung mục tiêu",
        shortest=15,
        longest=500,
        required=True,
        width=36,
        hint="Một câu từ 15 đến 500 ký tự, cụ thể, rõ ràng và đo lường được; số liệu trong câu phải khớp với các cột bên phải.",
        example="Giải quyết đúng hạn ít nhất 95% hồ sơ thủ tục hành chính trong năm 2019",
    )
    indicator = column.text(
        "Chỉ số đo lường",
        shortest=5,
        required=True,
        width=19,
        hint="Nêu tên đại lượng được đếm hoặc đo.",
        example="Tỷ lệ hồ sơ giải quyết đúng hạn",
    )
    measure = column.choice(
        "Loại chỉ số",
        tuple(Measure),
        required=True,
        width=8,
        hint="Tỷ lệ: phần trăm trên tổng số (0–100). Tăng, giảm: mức thay đổi so với giá trị gốc. Số lũy kế: cộng dồn từ đầu năm. Mức: giá trị tại một thời điểm hoặc bình quân. Có/không: hoàn thành hay chưa.",
        example="tỷ lệ",
    )
    comparator = column.choice(
        "So sánh",
        tuple(Comparator),
        required=True,
        width=8,
        hint="Thế nào là đạt: kết quả “ít nhất”, “không quá”, “đúng bằng”… Giá trị mục tiêu. Loại “có/không” thì chọn “đúng bằng”.",
        example="ít nhất",
    )
    target = column.measured(
        "Giá trị mục tiêu",
        unit="unit",
        compared_by="comparator",
        width=8,
        hint="Chỉ ghi số; đơn vị ghi ở cột Đơn vị tính. Loại “có/không” thì để trống.",
        example="95",
    )
    target_upper = column.measured(
        "Cận trên",
        unit="unit",
        width=7,
        hint="Chỉ ghi khi cột So sánh là “trong khoảng”; phải lớn hơn Giá trị mục tiêu.",
        example="98",
    )
    unit = column.listed(
        "Đơn vị tính",
        UNITS,
        any_other=True,
        width=8,
        hint="Chọn trong danh sách hoặc ghi đơn vị khác. Loại “tỷ lệ” thì chọn “%”.",
        example="%",
    )
    baseline = column.measured(
        "Giá trị gốc (năm trước)",
        unit="unit",
        coded=BASELINE_CODES,
        required=True,
        width=9,
        hint="Kết quả năm trước. Không có thì ghi “không áp dụng” hoặc “chưa có số liệu”.",
        example="92,5",
    )
    method = column.text(
        "Cách tính",
        required=True,
        width=22,
        hint="Loại “tỷ lệ” thì nêu rõ tử số là gì, mẫu số là gì.",
        example="Tử số: hồ sơ trả đúng hạn; mẫu số: tổng hồ sơ đã trả",
    )
    data_source = column.text(
        "Nguồn số liệu",
        required=True,
        width=14,
        hint="Sổ, phần mềm hoặc báo cáo dùng để lấy số liệu.",
        example="Phần mềm một cửa điện tử",
    )
    frequency = column.choice(
        "Kỳ theo dõi", tuple(Frequency), required=True, width=8, hint="Tần suất cập nhật số liệu.", example="quý"
    )
    milestone = column.measured(
        "Mốc 6 tháng", unit="unit", width=8, hint="Giá trị dự kiến đạt tại kỳ báo cáo 6 tháng, nếu có.", example="94"
    )
    due_on = column.date(
        "Thời hạn",
        required=True,
        width=11,
        hint="Ngày phải đạt mục tiêu, trong năm kế hoạch, ghi dd/mm/yyyy.",
        example="31/12/2019",
    )
    owner = column.text(
        "Người chịu trách nhiệm",
        identities=STAFF_NAMES,
        required=True,
        width=13,
        hint="Họ và tên một người trong danh sách của Phòng.",
        example="Trần Thị Mai",
    )
    policy_point = column.listed(
        "Điểm CSCL liên quan",
        POLICY_POINTS,
        required=True,
        width=9,
        hint="Chọn điểm của Chính sách chất lượng mà mục tiêu này góp phần thực hiện.",
        example="CS1",
    )
    agency_objective = column.listed(
        "Mục tiêu chung của Sở",
        AGENCY_OBJECTIVES,
        width=8,
        hint="Chọn nếu mục tiêu này góp vào một mục tiêu chung của Sở.",
        example="MC1",
    )
    note = column.text("Ghi chú", width=10, hint="Nội dung cần giải thích thêm, nếu có.")
    range_beaten = column.choice(
        "Vượt khoảng",
        tuple(RangeBeaten),
        width=8,
        hint="Chỉ khi So sánh là “trong khoảng”: kết quả ngoài khoảng có khi nào vẫn đạt không. Để trống là “vượt vẫn đạt”.",
        example="vượt vẫn đạt",
    )


class Tasks(Columns):
    """One task a row."""

    task_code = column.printed("Mã nhiệm vụ", prefix="NV", width=8, hint="Mã đã in sẵn, không sửa.", example="NV01")
    objective = column.choice(
        "Mã mục tiêu",
        OBJECTIVE_CODES,
        any_other=True,
        required=True,
        width=8,
        hint="Mã của mục tiêu ở trang Mục tiêu mà nhiệm vụ này phục vụ.",
        example="MT01",
    )
    task = column.text(
        "Nhiệm vụ",
        required=True,
        width=42,
        hint="Công việc, biện pháp sẽ thực hiện.",
        example="Rà soát, đôn đốc hồ sơ sắp đến hạn vào sáng thứ Hai hằng tuần",
    )
    resources = column.text(
        "Nguồn lực",
        required=True,
        width=24,
        hint="Nhân lực, kinh phí, phương tiện cần có.",
        example="02 chuyên viên; phần mềm một cửa điện tử",
    )
    owner = column.text(
        "Người chịu trách nhiệm",
        identities=STAFF_NAMES,
        required=True,
        width=17,
        hint="Họ và tên người thực hiện chính.",
        example="Trần Thị Mai",
    )
    coordinating_unit = column.text(
        "Đơn vị phối hợp", width=30, hint="Phòng, đơn vị cùng làm, nếu có.", example="Văn phòng Sở"
    )
    start_on = column.date("Ngày bắt đầu", required=True, width=11, hint="Ghi dd/mm/yyyy.", example="02/01/2019")
    finish_on = column.date(
        "Thời hạn hoàn thành",
        required=True,
        width=12,
        hint="Không trước ngày bắt đầu và không sau thời hạn của mục tiêu.",
        example="30/11/2019",
    )
    evaluation = column.text(
        "Cách đánh giá kết quả",
        required=True,
        width=30,
        hint="Kết quả được đánh giá thế nào, minh chứng là gì.",
        example="Báo cáo tuần; trích xuất số liệu trên phần mềm",
    )


def committed(field: str) -> str:
    """The column of a report's row that says what the accepted objective has in a field: ``objective_due_on``."""
    return f"objective_{field}"


COMMITMENT = (
    Objectives.measure,
    Objectives.comparator,
    Objectives.target,
    Objectives.target_upper,
    Objectives.unit,
    Objectives.milestone,
    Objectives.due_on,
    Objectives.baseline,
    Objectives.range_beaten,
)
"""What an objective promises, and from where it started."""
