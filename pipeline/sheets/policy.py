"""The columns of BM-03: who has been told of the quality policy."""

from pipeline.vocabulary import columns as column
from pipeline.vocabulary.choices import (
    COMMUNICATION_CHANNELS,
    POLICY_VERSIONS,
    STAFF_CODES,
    STAFF_NAMES,
    YES_NO,
    Absence,
    Category,
    Understanding,
)
from pipeline.vocabulary.fields import Columns


class Policy(Columns):
    """One person a row."""

    staff_code = column.text(
        "Mã cán bộ",
        identities=STAFF_CODES,
        printed=True,
        width=9,
        hint="Mã in sẵn theo danh sách; chỉ để trống cho người chưa có trong danh sách.",
        example="CB001",
    )
    full_name = column.text(
        "Họ và tên", required=True, printed=True, width=24, hint="Họ và tên đầy đủ.", example="Trần Thị Mai"
    )
    position = column.text(
        "Chức vụ", required=True, printed=True, width=18, hint="Chức vụ hoặc chức danh.", example="Chuyên viên"
    )
    category = column.choice(
        "Đối tượng",
        tuple(Category),
        required=True,
        printed=True,
        width=14,
        hint="Công chức, viên chức hay người lao động.",
        example="công chức",
    )
    channel = column.choice(
        "Hình thức phổ biến",
        COMMUNICATION_CHANNELS,
        any_other=True,
        width=18,
        hint="Bắt buộc, trừ người vắng mặt.",
        example="Họp phòng",
    )
    communicated_on = column.date(
        "Ngày phổ biến", width=11, hint="Bắt buộc, trừ người vắng mặt; ghi dd/mm/yyyy.", example="05/03/2019"
    )
    communicator = column.text(
        "Người phổ biến",
        identities=STAFF_NAMES,
        width=20,
        hint="Bắt buộc, trừ người vắng mặt.",
        example="Nguyễn Văn Hòa",
    )
    understood = column.choice(
        "Đã hiểu", YES_NO, width=8, hint="Người này có hiểu nội dung, ý nghĩa của CSCL không.", example="có"
    )
    how_checked = column.choice(
        "Cách xác nhận", tuple(Understanding), width=15, hint="Xác nhận việc hiểu bằng cách nào.", example="ký nhận"
    )
    policy_version = column.listed(
        "Phiên bản CSCL",
        POLICY_VERSIONS,
        required=True,
        width=14,
        hint="Phiên bản CSCL đã phổ biến.",
        example="CSCL-2019/01",
    )
    absence = column.choice(
        "Vắng mặt",
        tuple(Absence),
        any_other=True,
        width=12,
        hint="Chỉ ghi khi chưa phổ biến được vì người này vắng mặt: chọn lý do trong danh sách hoặc ghi lý do khác.",
        example="thai sản",
    )
    note = column.text("Ghi chú", width=18, hint="Nội dung cần giải thích thêm, nếu có.")
