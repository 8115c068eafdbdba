"""BM-03: Phổ biến chính sách chất lượng (dispatch, duty 5; TCVN ISO 9001:2015, 5.2.2 and 7.3)."""

from pipeline.findings.codes import Code
from pipeline.forms.cover import cover
from pipeline.rules.days import NotAfterArrival
from pipeline.rules.filled import FilledWhen
from pipeline.rules.people import (
    AfterApproval,
    HasStaffCode,
    ListsEveryone,
    OnListOrBlank,
    Present,
    Understood,
    VersionInForce,
)
from pipeline.rules.references import UniqueInSheet
from pipeline.rules.sheets import sheet
from pipeline.settings import PeriodKind
from pipeline.sheets.cover import Cover
from pipeline.sheets.policy import Policy
from pipeline.vocabulary.sheets import Form, Layout, SheetPlan

POLICY = sheet(
    "policy",
    "Phổ biến CSCL",
    Policy.fields(),
    [
        UniqueInSheet(Code.R604, Policy.staff_code),
        OnListOrBlank(Code.R628, Policy.staff_code),
        HasStaffCode(Code.R627, Policy.full_name, Policy.staff_code),
        FilledWhen(Code.C420, Policy.channel, when=Present()),
        FilledWhen(Code.C420, Policy.communicated_on, when=Present()),
        FilledWhen(Code.C420, Policy.communicator, when=Present()),
        FilledWhen(Code.C420, Policy.understood, when=Present()),
        FilledWhen(Code.C420, Policy.how_checked, when=Present()),
        AfterApproval(Code.R626, Policy.communicated_on),
        VersionInForce(Code.R629, Policy.policy_version),
        NotAfterArrival(Code.R624, Policy.communicated_on),
        Understood(Code.R634, Policy.understood),
    ],
    SheetPlan(
        Layout.TABLE,
        rows=60,
        most=500,
        intro="Mỗi người một dòng, kể cả người vắng mặt. Tỷ lệ phổ biến do hệ thống tự tính.",
    ),
)

FORM = Form(
    form_id="policy",
    number="BM-03",
    title="Phổ biến chính sách chất lượng",
    short_title="Phổ biến CSCL",
    file_name="BM-03_Pho_bien_chinh_sach.xlsx",
    version=1,
    periods=tuple(PeriodKind),
    cover=cover("BM-03", tuple(PeriodKind), POLICY, rules=[ListsEveryone(Code.C406, Cover.division, main="policy")]),
    sheets=(POLICY,),
    judged_in=2,
)
