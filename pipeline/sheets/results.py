"""The columns of BM-02: the result of an objective, what became of earlier corrective actions, and how far a task is."""

from pipeline.vocabulary import columns as column
from pipeline.vocabulary.choices import CODED, STAFF_NAMES, YES_NO, Effect, Status, TaskStatus, YesNo
from pipeline.vocabulary.fields import Columns

ACTUAL_CODES = (*CODED, *map(str, YES_NO))


class Results(Columns):
    """One objective of the accepted BM-01 a row."""

    code = column.printed(
        "Mã mục tiêu",
        prefix="MT",
        may_be_taken_over=True,
        width=9,
        hint="Mã mục tiêu đã đăng ký ở BM-01; nhận bàn giao từ Phòng đã giải thể thì có mã Phòng đó phía trước.",
        example="MT01",
    )
    statement = column.text(
        "Nội dung mục tiêu",
        printed=True,
        width=30,
        hint="Như đã đăng ký ở BM-01.",
        example="Giải quyết đúng hạn ít nhất 95% hồ sơ thủ tục hành chính",
    )
    commitment = column.text(
        "Chỉ tiêu", printed=True, width=11, hint="Mức phải đạt đã đăng ký ở BM-01.", example="ít nhất 95%"
    )
    six_months = column.text(
        "Kết quả 6 tháng",
        printed=True,
        width=15,
        hint="In sẵn ở kỳ báo cáo cả năm, theo báo cáo 6 tháng đã được chấp nhận; không phải ghi.",
        example="47/50 = 94% (31/05/2019) - Đạt",
    )
    numerator = column.count(
        "Tử số",
        whole=False,
        width=9,
        hint="Loại “tỷ lệ” mới ghi: số đạt yêu cầu (ví dụ số hồ sơ đúng hạn).",
        example="190",
    )
    denominator = column.count(
        "Mẫu số",
        whole=False,
        width=9,
        hint="Loại “tỷ lệ” mới ghi: tổng số. Không có trường hợp nào thì ghi 0, cột Kết quả thực hiện ghi “không phát sinh”.",
        example="200",
    )
    actual = column.measured(
        "Kết quả thực hiện",
        unit="objective_unit",
        coded=ACTUAL_CODES,
        answers=YesNo,
        required=True,
        width=10,
        hint="Ghi số; loại “có/không” thì ghi “có” hoặc “không”. Chưa có số thì ghi “chưa có số liệu”, “không phát sinh” hoặc “chưa thực hiện”.",
        example="95",
    )
    data_as_of = column.date(
        "Số liệu tính đến ngày",
        required=True,
        width=11,
        hint="Ngày chốt số liệu, ghi dd/mm/yyyy.",
        example="31/05/2019",
    )
    full_year_estimate = column.measured(
        "Ước thực hiện cả năm",
        unit="objective_unit",
        coded=tuple(map(str, YES_NO)),
        answers=YesNo,
        width=10,
        hint="Chỉ ở kỳ báo cáo cả năm, khi mục tiêu chưa đến hạn vào ngày chốt số liệu. Loại “có/không” thì ghi “có” hoặc “không”.",
        example="96",
    )
    self_assessment = column.choice(
        "Tự đánh giá", tuple(Status), required=True, width=10, hint="Chọn trong danh sách.", example="Đạt"
    )
    cause = column.text(
        "Nguyên nhân", width=18, hint="Bắt buộc khi không đạt.", example="Thiếu 01 công chức thụ lý từ tháng 3"
    )
    corrective_action = column.text(
        "Hành động khắc phục",
        width=18,
        hint="Bắt buộc khi không đạt.",
        example="Phân công lại người thụ lý, kiểm tra hằng tuần",
    )
    action_owner = column.text(
        "Người thực hiện khắc phục",
        identities=STAFF_NAMES,
        width=13,
        hint="Bắt buộc khi không đạt: họ và tên.",
        example="Trần Thị Mai",
    )
    action_due_on = column.date(
        "Thời hạn khắc phục", width=11, hint="Bắt buộc khi không đạt, ghi dd/mm/yyyy.", example="31/07/2019"
    )
    approving_document = column.text(
        "Văn bản cho phép ngừng áp dụng",
        width=11,
        hint="Bắt buộc khi tự đánh giá là “Không còn áp dụng”.",
        example="145/QĐ-SLĐTBXH ngày 15/4/2019",
    )
    evidence = column.text(
        "Minh chứng",
        width=16,
        hint="Báo cáo, sổ hoặc phần mềm chứng minh kết quả.",
        example="Báo cáo trích xuất phần mềm một cửa ngày 31/5/2019",
    )
    proposal = column.text("Kiến nghị", width=12, hint="Kiến nghị với Ban Chỉ đạo ISO, nếu có.")
    last_year_final = column.measured(
        "Số chính thức năm trước",
        unit="objective_unit",
        coded=YES_NO,
        width=9,
        hint="Chỉ ghi khi kết quả cả năm trước đã báo cáo khác số chính thức có sau đó; ghi số chính thức của cả năm trước. Không khác thì để trống.",
        example="95",
    )


class Actions(Columns):
    """One corrective action of an earlier report a row, as long as it is open."""

    origin = column.text(
        "Kỳ phát sinh", required=True, printed=True, width=10, hint="Kỳ báo cáo đã nêu hành động.", example="2019-6T"
    )
    objective = column.text(
        "Mục tiêu không đạt",
        required=True,
        printed=True,
        width=10,
        hint="Mã mục tiêu ở kỳ báo cáo đó.",
        example="MT01",
    )
    action = column.text(
        "Hành động đã nêu",
        printed=True,
        width=40,
        hint="Như đã nêu ở báo cáo trước.",
        example="Phân công lại người thụ lý, kiểm tra hằng tuần",
    )
    owner = column.text(
        "Người thực hiện", printed=True, width=20, hint="Như đã nêu ở báo cáo trước.", example="Trần Thị Mai"
    )
    due_on = column.date("Hạn đã nêu", printed=True, width=11, hint="Như đã nêu ở báo cáo trước.", example="31/07/2019")
    finished_on = column.date(
        "Ngày làm xong", width=11, hint="Chưa xong thì để trống; ghi dd/mm/yyyy.", example="25/07/2019"
    )
    action_result = column.text(
        "Kết quả khắc phục",
        width=34,
        hint="Đã làm được gì; chưa xong thì nêu vì sao.",
        example="Đã phân công lại; từ tháng 8 không còn hồ sơ trễ",
    )
    checked_by = column.text(
        "Người kiểm tra",
        identities=STAFF_NAMES,
        width=20,
        hint="Họ và tên người đánh giá hiệu lực.",
        example="Nguyễn Văn Hòa",
    )
    is_effective = column.choice(
        "Có hiệu lực",
        tuple(Effect),
        width=14,
        hint="Nguyên nhân đã hết chưa. Chọn “có” thì hành động kết thúc.",
        example="có",
    )


class Progress(Columns):
    """One task of the accepted BM-01 a row."""

    task_code = column.printed(
        "Mã nhiệm vụ",
        prefix="NV",
        may_be_taken_over=True,
        width=12,
        hint="Mã nhiệm vụ đã đăng ký ở BM-01.",
        example="NV01",
    )
    task = column.text(
        "Nhiệm vụ", printed=True, width=50, hint="Như đã đăng ký ở BM-01.", example="Rà soát, đôn đốc hồ sơ sắp đến hạn"
    )
    planned_finish_on = column.date(
        "Thời hạn theo kế hoạch", printed=True, width=12, hint="Như đã đăng ký ở BM-01.", example="30/11/2019"
    )
    status = column.choice(
        "Tình trạng", tuple(TaskStatus), required=True, width=15, hint="Chọn trong danh sách.", example="Đang thực hiện"
    )
    finished_on = column.date(
        "Ngày hoàn thành",
        width=12,
        hint="Bắt buộc khi “Hoàn thành”; không sau ngày chốt số liệu.",
        example="20/05/2019",
    )
    obstacle = column.text(
        "Khó khăn, lý do",
        width=44,
        hint="Bắt buộc khi “Hủy” hoặc khi quá hạn mà chưa hoàn thành.",
        example="Chờ kinh phí được cấp trong quý III",
    )
