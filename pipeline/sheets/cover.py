"""The columns of the cover *Thông tin chung* that every form shares, and what a form adds to them."""

from collections.abc import Mapping
from typing import Final

from pipeline.settings import PeriodKind
from pipeline.vocabulary import columns as column
from pipeline.vocabulary.choices import DIVISIONS, YEARS
from pipeline.vocabulary.fields import Columns

PERIOD_WORDS: Final[Mapping[str, str]] = {
    PeriodKind.PLAN: "Kế hoạch năm",
    PeriodKind.SIX_MONTHS: "6 tháng",
    PeriodKind.WHOLE_YEAR: "Cả năm",
}


class Cover(Columns):
    """One submission; of ``period`` a form offers its own."""

    division = column.listed(
        "Phòng, đơn vị", DIVISIONS, required=True, width=48, hint="Chọn tên Phòng, đơn vị trong danh sách."
    )
    year = column.listed("Năm", YEARS, required=True, hint="Chọn năm của biểu mẫu.", example="2019")
    period = column.choice(
        "Kỳ báo cáo",
        PERIOD_WORDS,
        required=True,
        hint="Chọn kỳ báo cáo trong danh sách.",
    )
    document_no = column.text(
        "Số văn bản gửi kèm", hint="Số, ký hiệu của văn bản đã ký mà biểu mẫu này gửi kèm.", example="12/BC-VP"
    )
    document_on = column.date("Ngày văn bản", hint="Ngày ký văn bản, ghi dd/mm/yyyy.", example="05/06/2019")
    prepared_by = column.text("Người lập biểu", required=True, hint="Họ và tên người lập biểu.", example="Trần Thị Mai")
    telephone = column.text("Điện thoại", hint="Số điện thoại để Thư ký ISO liên hệ khi cần.", example="0299 3821 234")
    approved_by = column.text(
        "Người duyệt",
        required=True,
        hint="Họ và tên người đứng đầu Phòng, đơn vị hoặc người được ủy quyền.",
        example="Nguyễn Văn Hòa",
    )
    signed_on = column.date("Ngày duyệt", hint="Ngày người duyệt ký, ghi dd/mm/yyyy.", example="05/06/2019")


class PlanCover(Cover):
    """The cover of BM-01, which may be revised."""

    revision_reason = column.text(
        "Lý do sửa đổi",
        width=48,
        hint="Chỉ ghi khi nộp lại BM-01 sau hạn nộp để sửa mục tiêu đã được chấp nhận.",
        example="Điều chỉnh chỉ tiêu theo Quyết định giao bổ sung",
    )
    revision_document = column.text(
        "Văn bản cho phép sửa đổi", hint="Số, ngày văn bản cho phép sửa đổi.", example="145/QĐ-SLĐTBXH ngày 15/4/2019"
    )


class DirectoryCover(Columns):
    """The first page of danh_muc.xlsx."""

    maintained_by = column.text("Người cập nhật", example="Thư ký ISO")
