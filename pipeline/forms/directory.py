"""danh_muc.xlsx: the divisions with their duties and the staff list, edited by the secretary, read by the same engine."""

from pipeline.forms.choices import YES_NO, Category, DivisionKind
from pipeline.forms.submitted import FORMS
from pipeline.forms.vocabulary import (
    Form,
    Layout,
    SheetPlan,
    choice,
    code,
    date,
    duty_column,
    rule,
    sheet,
    text,
)

DIVISIONS = sheet(
    "divisions",
    "Phòng, đơn vị",
    [
        code(
            "code",
            "Mã",
            pattern=r"[A-Z][A-Z0-9]{1,11}",
            required=True,
            width=11,
            hint="Chữ in hoa không dấu và số, từ 2 đến 12 ký tự.",
            example="VP",
        ),
        text("name", "Tên Phòng, đơn vị", required=True, width=46, hint="Tên đầy đủ.", example="Văn phòng Sở"),
        choice("kind", "Loại", tuple(DivisionKind), required=True, width=13, example="phòng"),
        text("head", "Người đứng đầu", width=24, example="Nguyễn Văn Hòa"),
        text("contact", "Liên hệ", width=38, hint="Điện thoại, thư điện tử.", example="0299 3821 234"),
        choice("in_scope", "Thuộc phạm vi HTQLCL", YES_NO, required=True, width=12, example="có"),
        *(
            choice(duty_column(form), f"Nộp {form.number}", YES_NO, required=True, width=9, example="có")
            for form in FORMS
        ),
        date(
            "valid_from",
            "Từ ngày",
            required=True,
            width=11,
            hint="Ngày thành lập hoặc bắt đầu theo dõi.",
            example="01/01/2018",
        ),
        date("valid_to", "Đến ngày", width=11, hint="Để trống khi còn hoạt động."),
        text("successor", "Đơn vị kế thừa", width=13, hint="Mã đơn vị kế thừa, nếu có."),
    ],
    [
        rule("unique_in_sheet", "R604", "code"),
        rule("not_before", "R601", "valid_to", other="valid_from"),
        rule("refers_to", "R639", "successor", sheet="divisions", key="code"),
    ],
    SheetPlan(Layout.TABLE, rows=100, intro="Mỗi Phòng, đơn vị một dòng. Không xóa dòng cũ: ghi Đến ngày."),
)

STAFF = sheet(
    "staff",
    "Cán bộ",
    [
        text(
            "staff_code",
            "Mã cán bộ",
            required=True,
            width=10,
            hint="Không đổi khi chuyển Phòng.",
            example="CB001",
        ),
        text("name", "Họ và tên", required=True, width=26, example="Trần Thị Mai"),
        text("division", "Mã Phòng", required=True, width=11, hint="Mã ở trang Phòng, đơn vị.", example="VP"),
        text("position", "Chức vụ", required=True, width=22, example="Chuyên viên"),
        choice("category", "Đối tượng", tuple(Category), required=True, width=16, example="công chức"),
        date("valid_from", "Từ ngày", required=True, width=11, example="01/01/2018"),
        date("valid_to", "Đến ngày", width=11, hint="Để trống khi còn công tác tại Phòng."),
    ],
    [
        rule("refers_to", "R640", "division", sheet="divisions", key="code"),
        rule("not_before", "R601", "valid_to", other="valid_from"),
    ],
    SheetPlan(
        Layout.TABLE,
        rows=1500,
        intro="Mỗi người một dòng; người chuyển Phòng có hai dòng nối tiếp nhau về thời gian.",
    ),
)

FORM = Form(
    form_id="directory",
    number="DM-01",
    title="Danh mục Phòng, đơn vị và cán bộ",
    short_title="Danh mục",
    file_name="DM-01_Danh_muc.xlsx",
    version=1,
    periods=(),
    cover=sheet(
        "about",
        "Thông tin chung",
        [text("maintained_by", "Người cập nhật", example="Thư ký ISO")],
        [],
        SheetPlan(Layout.COVER, rows=1, intro="Danh mục do Thư ký ISO cập nhật."),
    ),
    sheets=(DIVISIONS, STAFF),
)
