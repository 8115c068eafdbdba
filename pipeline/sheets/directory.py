"""The columns of danh_muc.xlsx: the divisions, and the staff."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.vocabulary import columns as column
from pipeline.vocabulary.choices import YES_NO, Category, DivisionKind
from pipeline.vocabulary.fields import Columns, Field


class Divisions(Columns):
    """One division a row; which forms it owes stands between ``in_scope`` and ``valid_from`` (``forms.directory``)."""

    code = column.code(
        "Mã",
        pattern=r"[A-Z][A-Z0-9]{1,11}",
        required=True,
        width=11,
        hint="Chữ in hoa không dấu và số, từ 2 đến 12 ký tự.",
        example="VP",
    )
    name = column.text("Tên Phòng, đơn vị", required=True, width=46, hint="Tên đầy đủ.", example="Văn phòng Sở")
    kind = column.choice("Loại", tuple(DivisionKind), required=True, width=13, example="phòng")
    head = column.text("Người đứng đầu", width=24, example="Nguyễn Văn Hòa")
    head_title = column.text(
        "Chức danh người đứng đầu",
        width=22,
        hint="In ở chỗ ký của biểu mẫu. Để trống thì ghi theo tên đơn vị: Phòng thì Trưởng phòng, Văn phòng thì Chánh Văn phòng.",
        example="Chánh Văn phòng",
    )
    symbol = column.text("Ký hiệu", width=10, hint="Ký hiệu của đơn vị trong số văn bản: 12/BC-VP.", example="VP")
    contact = column.text("Liên hệ", width=38, hint="Điện thoại, thư điện tử.", example="0299 3821 234")
    in_scope = column.choice("Thuộc phạm vi HTQLCL", YES_NO, required=True, width=12, example="có")
    valid_from = column.date(
        "Từ ngày", required=True, width=11, hint="Ngày thành lập hoặc bắt đầu theo dõi.", example="01/01/2018"
    )
    valid_to = column.date("Đến ngày", width=11, hint="Để trống khi còn hoạt động.")
    successor = column.text(
        "Đơn vị kế thừa",
        width=18,
        hint="Mã đơn vị kế thừa; nhiều đơn vị cách nhau dấu phẩy, sau mã ghi mục tiêu giao riêng: LDVL, BTXH MT02.",
    )


class Staff(Columns):
    """One person a row."""

    staff_code = column.text("Mã cán bộ", required=True, width=10, hint="Không đổi khi chuyển Phòng.", example="CB001")
    name = column.text("Họ và tên", required=True, width=26, example="Trần Thị Mai")
    division = column.text("Mã Phòng", required=True, width=11, hint="Mã ở trang Phòng, đơn vị.", example="VP")
    position = column.text("Chức vụ", required=True, width=22, example="Chuyên viên")
    category = column.choice("Đối tượng", tuple(Category), required=True, width=16, example="công chức")
    valid_from = column.date("Từ ngày", required=True, width=11, example="01/01/2018")
    valid_to = column.date("Đến ngày", width=11, hint="Để trống khi còn công tác tại Phòng.")


def with_duties(duties: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of a division with one column a form, by its name and the form's number, before ``valid_from``."""
    return tuple(_with_duties(duties))


def _with_duties(duties: Mapping[str, str]) -> Iterator[Field]:
    for field in Divisions.fields():
        if field.name == Divisions.valid_from:
            for name, number in duties.items():
                duty = column.choice(f"Nộp {number}", YES_NO, required=True, width=9, example="có").field
                yield replace(duty, name=name)
        yield field
