"""danh_muc.xlsx: the divisions with their duties and the staff, edited by the secretary, read by the same engine."""

from pipeline.findings.codes import Code
from pipeline.forms.submitted import FORMS
from pipeline.rules.days import NotBefore
from pipeline.rules.directory import AfterTheRowBefore, EndsWithReferred, OnePersonEach, TakesOverFromOthers
from pipeline.rules.references import NamesHeirs, RefersTo, UniqueInSheet
from pipeline.rules.sheets import sheet
from pipeline.sheets.cover import DirectoryCover
from pipeline.sheets.directory import Divisions, Staff, with_duties
from pipeline.vocabulary.sheets import Form, Layout, SheetPlan, duty_column
from pipeline.vocabulary.versions import Earlier

DIVISIONS = sheet(
    "divisions",
    "Phòng, đơn vị",
    with_duties({duty_column(form): form.number for form in FORMS}),
    [
        UniqueInSheet(Code.R604, Divisions.code),
        NotBefore(Code.R601, Divisions.valid_to, other=Divisions.valid_from),
        NamesHeirs(Code.R639, Divisions.successor, sheet="divisions", key=Divisions.code),
        TakesOverFromOthers(Code.R649, Divisions.successor, key=Divisions.code),
    ],
    SheetPlan(
        Layout.TABLE,
        rows=100,
        ruled=40,
        most=20_000,
        is_open=True,
        intro="Mỗi Phòng, đơn vị một dòng. Không xóa dòng cũ: ghi Đến ngày.",
    ),
)

STAFF = sheet(
    "staff",
    "Cán bộ",
    Staff.fields(),
    [
        RefersTo(Code.R640, Staff.division, sheet="divisions", key=Divisions.code),
        NotBefore(Code.R601, Staff.valid_to, other=Staff.valid_from),
        OnePersonEach(Code.R650, Staff.staff_code, named=Staff.name),
        AfterTheRowBefore(Code.R651, Staff.valid_from, key=Staff.staff_code, until=Staff.valid_to),
        EndsWithReferred(
            Code.R652,
            Staff.valid_to,
            other="division_valid_to",
            via=Staff.division,
            sheet="divisions",
            key=Divisions.code,
            day=Divisions.valid_to,
        ),
    ],
    SheetPlan(
        Layout.TABLE,
        rows=1500,
        ruled=150,
        most=100_000,
        is_open=True,
        intro="Mỗi người một dòng; người chuyển Phòng có hai dòng nối tiếp nhau về thời gian.",
    ),
)

FORM = Form(
    form_id="directory",
    number="DM-01",
    title="Danh mục Phòng, đơn vị và cán bộ",
    short_title="Danh mục",
    file_name="DM-01_Danh_muc.xlsx",
    version=2,
    periods=(),
    cover=sheet(
        "about",
        "Thông tin chung",
        DirectoryCover.fields(),
        [],
        SheetPlan(Layout.COVER, rows=1, intro="Danh mục do Thư ký ISO cập nhật."),
    ),
    sheets=(DIVISIONS, STAFF),
    earlier=(
        Earlier(
            version=1,
            fingerprint="a6b8121ea65439c3",
            lacks=(("divisions", Divisions.head_title), ("divisions", Divisions.symbol)),
        ),
    ),
)
