"""BM-05: Đào tạo, tập huấn về HTQLCL, a form as a newcomer writes it by CONTRIBUTING: columns, one rule across them."""

from pipeline.rules.weekdays import NotOnWeekend

from pipeline.findings.codes import Code
from pipeline.forms.cover import cover
from pipeline.rules.references import UniqueInSheet
from pipeline.rules.sheets import sheet
from pipeline.settings import PeriodKind
from pipeline.vocabulary import columns as column
from pipeline.vocabulary.fields import Columns
from pipeline.vocabulary.sheets import Form, Layout, SheetPlan


class Courses(Columns):
    """One course a row."""

    subject = column.text(
        "Tên khóa", required=True, width=40, hint="Tên khóa đào tạo.", example="Nhận thức chung về ISO"
    )
    held_on = column.date("Ngày tổ chức", required=True, hint="Ghi dd/mm/yyyy.", example="05/03/2019")
    participants = column.count("Số người dự", required=True, hint="Số người thực dự.", example="12")
    note = column.text("Ghi chú", hint="Điều cần nói thêm, nếu có.")


COURSES = sheet(
    "courses",
    "Đào tạo",
    Courses.fields(),
    [UniqueInSheet(Code.R604, Courses.subject), NotOnWeekend(Code.R642, Courses.held_on)],
    SheetPlan(Layout.TABLE, rows=20, intro="Mỗi khóa một dòng."),
)

FORM = Form(
    form_id="courses",
    number="BM-05",
    title="Đào tạo, tập huấn về hệ thống quản lý chất lượng",
    short_title="Đào tạo HTQLCL",
    file_name="BM-05_Dao_tao.xlsx",
    version=1,
    periods=(PeriodKind.PLAN,),
    cover=cover("BM-05", (PeriodKind.PLAN,), COURSES),
    sheets=(COURSES,),
    judged_in=4,
)
