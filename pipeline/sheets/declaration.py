"""The columns of BM-04: declarations, further places of posting, checks, changes of scope."""

from pipeline.vocabulary import columns as column
from pipeline.vocabulary.choices import STANDARDS, Coded, DeclarationKind, PostedBy, ScopeChange
from pipeline.vocabulary.fields import Columns

NOT_DONE = (str(Coded.NOT_DONE),)
REGISTER_SHEETS = DECLARATIONS, POSTINGS, CHECKS, SCOPE_CHANGES = (
    "declarations",
    "postings",
    "checks",
    "scope_changes",
)
"""The sheets of the register, each a table of the ledger."""


class Declarations(Columns):
    """One declaration a row."""

    decision_no = column.text(
        "Số Quyết định công bố",
        required=True,
        width=18,
        hint="Số, ký hiệu Quyết định công bố HTQLCL.",
        example="215/QĐ-SLĐTBXH",
    )
    decision_on = column.date("Ngày Quyết định", required=True, width=11, hint="Ghi dd/mm/yyyy.", example="20/07/2018")
    kind = column.choice(
        "Loại công bố",
        tuple(DeclarationKind),
        required=True,
        width=11,
        hint="Lần đầu hay công bố lại.",
        example="công bố lại",
    )
    standard = column.listed(
        "Tiêu chuẩn",
        STANDARDS,
        any_other=True,
        required=True,
        width=18,
        hint="Tiêu chuẩn ghi trong Quyết định công bố.",
        example="TCVN ISO 9001:2015",
    )
    scope = column.text(
        "Phạm vi áp dụng",
        required=True,
        width=32,
        hint="Phạm vi áp dụng ghi trong Quyết định.",
        example="Giải quyết thủ tục hành chính lĩnh vực lao động, người có công và xã hội",
    )
    fields_count = column.count("Số lĩnh vực", required=True, width=8, hint="Số lĩnh vực trong phạm vi.", example="8")
    procedures_count = column.count(
        "Số TTHC", required=True, width=8, hint="Số thủ tục hành chính trong phạm vi.", example="112"
    )
    internal_audit_on = column.date(
        "Ngày đánh giá nội bộ", required=True, width=11, hint="Ghi dd/mm/yyyy.", example="15/06/2018"
    )
    management_review_on = column.date(
        "Ngày xem xét của lãnh đạo",
        required=True,
        width=11,
        hint="Không trước ngày đánh giá nội bộ.",
        example="29/06/2018",
    )
    effectiveness_confirmed_on = column.date(
        "Ngày xác nhận hiệu lực",
        required=True,
        width=11,
        hint="Không trước ngày xem xét của lãnh đạo.",
        example="10/07/2018",
    )
    recipient = column.text(
        "Nơi nhận thông báo",
        required=True,
        width=20,
        hint="Thường là Sở Khoa học và Công nghệ.",
        example="Sở Khoa học và Công nghệ",
    )
    notice_no = column.text(
        "Số văn bản thông báo",
        width=16,
        hint="Văn bản thông báo gửi Sở Khoa học và Công nghệ.",
        example="812/SLĐTBXH-VP",
    )
    notice_on = column.date(
        "Ngày thông báo",
        coded=NOT_DONE,
        required=True,
        width=12,
        hint="Ghi dd/mm/yyyy, hoặc “chưa thực hiện”.",
        example="25/07/2018",
    )
    posted_on = column.date(
        "Ngày niêm yết",
        coded=NOT_DONE,
        required=True,
        width=12,
        hint="Ghi dd/mm/yyyy, hoặc “chưa thực hiện”.",
        example="23/07/2018",
    )
    posted_at = column.text(
        "Nơi niêm yết",
        width=20,
        hint="Trụ sở chính; trụ sở khác ghi ở trang Niêm yết, đăng tải khác.",
        example="Bảng tin bộ phận một cửa",
    )
    published_on = column.date(
        "Ngày đăng tải",
        coded=NOT_DONE,
        required=True,
        width=12,
        hint="Ghi dd/mm/yyyy, hoặc “chưa thực hiện”.",
        example="24/07/2018",
    )
    published_url = column.text(
        "Địa chỉ đăng tải",
        width=26,
        hint="Địa chỉ trang trên Cổng thông tin điện tử; địa chỉ khác ghi ở trang Niêm yết, đăng tải khác.",
        example="sldtbxh.soctrang.gov.vn/iso/cong-bo-2018",
    )
    replaces = column.several(
        "Thay thế Quyết định số",
        width=18,
        hint="Bắt buộc khi công bố lại. Thay thế nhiều Quyết định (sáp nhập) thì ghi đủ các số, cách nhau dấu chấm phẩy.",
        example="98/QĐ-SLĐTBXH",
    )


class Postings(Columns):
    """A place of posting or an address on a portal beyond those of the declaration's own row, one a row."""

    of_decision = column.text(
        "Của Quyết định công bố số",
        required=True,
        width=20,
        hint="Số Quyết định ở trang Công bố.",
        example="215/QĐ-SLĐTBXH",
    )
    posted_by = column.choice(
        "Hình thức công khai",
        tuple(PostedBy),
        required=True,
        width=14,
        hint="Niêm yết hay đăng tải.",
        example="niêm yết",
    )
    place = column.text(
        "Trụ sở hoặc địa chỉ",
        required=True,
        width=40,
        hint="Trụ sở niêm yết, hoặc địa chỉ trang đăng tải.",
        example="Trụ sở 2, Bộ phận Tiếp nhận và Trả kết quả",
    )
    done_on = column.date(
        "Ngày thực hiện",
        coded=NOT_DONE,
        required=True,
        width=14,
        hint="Ghi dd/mm/yyyy, hoặc “chưa thực hiện”.",
        example="24/07/2018",
    )


class Checks(Columns):
    """One check of what is declared, posted and published a row (dispatch, duty 1)."""

    checked_on = column.date(
        "Ngày kiểm tra", required=True, width=14, hint="Ngày Tổ công tác ISO kiểm tra.", example="15/01/2019"
    )
    checked_by = column.text(
        "Người kiểm tra", required=True, width=26, hint="Họ và tên người kiểm tra.", example="Lê Thị Thu"
    )
    check_result = column.text(
        "Kết quả kiểm tra",
        required=True,
        width=60,
        hint="Việc công bố, thông báo, niêm yết, đăng tải: đủ hay thiếu, còn đúng hay phải sửa.",
        example="Đầy đủ, còn hiệu lực",
    )


class ScopeChanges(Columns):
    """One change of scope a row."""

    scope_change = column.choice(
        "Loại thay đổi",
        tuple(ScopeChange),
        required=True,
        width=12,
        hint="Điều chỉnh, mở rộng, thu hẹp phạm vi, hay đổi tiêu chuẩn.",
        example="mở rộng",
    )
    old_scope = column.text(
        "Phạm vi cũ",
        required=True,
        width=32,
        hint="Phạm vi trước khi thay đổi; đổi tiêu chuẩn thì ghi tiêu chuẩn cũ.",
        example="110 TTHC",
    )
    new_scope = column.text(
        "Phạm vi mới",
        required=True,
        width=32,
        hint="Phạm vi sau khi thay đổi; đổi tiêu chuẩn thì ghi tiêu chuẩn mới.",
        example="112 TTHC",
    )
    procedures_added = column.count("Số TTHC thêm", required=True, width=9, hint="Không thêm thì ghi 0.", example="2")
    procedures_removed = column.count("Số TTHC bớt", required=True, width=9, hint="Không bớt thì ghi 0.", example="0")
    legal_basis = column.text(
        "Căn cứ",
        required=True,
        width=28,
        hint="Văn bản là căn cứ thay đổi phạm vi (Quyết định công bố TTHC, Quyết định tổ chức lại…).",
        example="Quyết định số 1200/QĐ-UBND ngày 15/5/2018",
    )
    effective_on = column.date(
        "Ngày có hiệu lực", required=True, width=12, hint="Ghi dd/mm/yyyy.", example="01/06/2018"
    )
    declared_in = column.text(
        "Đã công bố lại tại Quyết định số",
        width=22,
        hint="Số Quyết định ở trang Công bố; chưa công bố lại thì để trống.",
        example="215/QĐ-SLĐTBXH",
    )
