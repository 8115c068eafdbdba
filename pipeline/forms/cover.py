"""The cover *Thông tin chung* that every form shares, and what every cover must agree with."""

from collections.abc import Sequence

import pandera.pandas as pa

from pipeline.forms.choices import DIVISIONS, YEARS
from pipeline.forms.vocabulary import Layout, SheetPlan, choice, date, listed, rule, sheet, text
from pipeline.settings import PeriodKind

TITLE = "Thông tin chung"
PERIOD_WORDS = {
    PeriodKind.PLAN: "Kế hoạch năm",
    PeriodKind.SIX_MONTHS: "6 tháng",
    PeriodKind.WHOLE_YEAR: "Cả năm",
}


def cover(
    form: str,
    periods: Sequence[PeriodKind],
    main_sheet: str,
    extra: Sequence[pa.Column] = (),
    rules: Sequence[pa.Column] = (),
) -> pa.DataFrameSchema:
    """The cover of a form; ``main_sheet`` is the sheet that must not be empty."""
    return sheet(
        "cover",
        TITLE,
        [
            listed(
                "division",
                "Phòng, đơn vị",
                DIVISIONS,
                required=True,
                width=48,
                hint="Chọn tên Phòng, đơn vị trong danh sách.",
            ),
            listed("year", "Năm", YEARS, required=True, hint="Chọn năm của biểu mẫu.", example="2019"),
            choice(
                "period",
                "Kỳ báo cáo",
                {str(kind): PERIOD_WORDS[kind] for kind in periods},
                required=True,
                hint="Chọn kỳ báo cáo trong danh sách.",
                example=PERIOD_WORDS[periods[0]],
            ),
            text(
                "document_no",
                "Số văn bản gửi kèm",
                hint="Số, ký hiệu của văn bản giấy đã ký mà biểu mẫu này gửi kèm.",
                example="12/BC-VP",
            ),
            date("document_on", "Ngày văn bản", hint="Ngày ký văn bản, ghi dd/mm/yyyy.", example="05/06/2019"),
            text(
                "prepared_by",
                "Người lập biểu",
                required=True,
                hint="Họ và tên người lập biểu.",
                example="Trần Thị Mai",
            ),
            text(
                "telephone",
                "Điện thoại",
                hint="Số điện thoại để Thư ký ISO liên hệ khi cần.",
                example="0299 3821 234",
            ),
            text(
                "approved_by",
                "Người duyệt",
                required=True,
                hint="Họ và tên Trưởng phòng hoặc người được ủy quyền.",
                example="Nguyễn Văn Hòa",
            ),
            date(
                "signed_on",
                "Ngày duyệt",
                hint="Ngày Trưởng phòng duyệt, ghi dd/mm/yyyy.",
                example="05/06/2019",
            ),
            *extra,
        ],
        [
            rule("same_as_identity", "T204", "division", identity="identity_division"),
            rule("same_as_identity", "T204", "year", identity="identity_year"),
            rule("same_as_identity", "T204", "period", identity="identity_period"),
            rule("owes_form", "T212", "division", form=form),
            rule("has_due_date", "T213", "period", form=form),
            rule("has_rows", "C404", "division", sheet=main_sheet, place=main_sheet),
            *rules,
        ],
        SheetPlan(Layout.COVER, rows=1, intro="Đề nghị điền đủ các ô có dấu (*)."),
    )
