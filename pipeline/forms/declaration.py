"""BM-04: Theo dõi công bố HTQLCL (dispatch, duties 1 to 4; QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3)."""

from pipeline.findings.codes import Code
from pipeline.forms.cover import cover
from pipeline.rules.cases import Is, IsCoded
from pipeline.rules.days import Done, NotAfterArrival, NotBefore, NotBeforeReferred
from pipeline.rules.filled import BlankWhen, FilledUnless, FilledWhen
from pipeline.rules.references import RefersTo, UniqueInSheet
from pipeline.rules.register import AsLastAccepted, KeepsRegister, ProceduresAddUp
from pipeline.rules.replacing import OnlyOneInForce, ReplacedOnce, ReplacesEarlier
from pipeline.rules.sheets import fields_of, sheet
from pipeline.rules.watching import CheckedInPeriod, StandardInForce
from pipeline.settings import PeriodKind
from pipeline.sheets.cover import Cover
from pipeline.sheets.declaration import CHECKS as CHECKS_SHEET
from pipeline.sheets.declaration import DECLARATIONS as DECLARATIONS_SHEET
from pipeline.sheets.declaration import NOT_DONE, Checks, Declarations, Postings, ScopeChanges
from pipeline.sheets.declaration import POSTINGS as POSTINGS_SHEET
from pipeline.sheets.declaration import SCOPE_CHANGES as SCOPE_CHANGES_SHEET
from pipeline.vocabulary.choices import DeclarationKind
from pipeline.vocabulary.sheets import Form, Layout, SheetPlan
from pipeline.vocabulary.versions import Earlier, Moved

FIRST = Is(Declarations.kind, (DeclarationKind.FIRST,))
AGAIN = Is(Declarations.kind, (DeclarationKind.AGAIN,))
NOT_NOTIFIED = IsCoded(Declarations.notice_on, NOT_DONE)
NOT_POSTED = IsCoded(Declarations.posted_on, NOT_DONE)
NOT_PUBLISHED = IsCoded(Declarations.published_on, NOT_DONE)

DECLARATIONS = sheet(
    DECLARATIONS_SHEET,
    "Công bố",
    Declarations.fields(),
    [
        UniqueInSheet(Code.R604, Declarations.decision_no),
        NotBefore(Code.R618, Declarations.management_review_on, other=Declarations.internal_audit_on),
        NotBefore(Code.R618, Declarations.effectiveness_confirmed_on, other=Declarations.management_review_on),
        NotBefore(Code.R618, Declarations.decision_on, other=Declarations.effectiveness_confirmed_on),
        NotAfterArrival(Code.R624, Declarations.decision_on),
        NotBefore(Code.R618, Declarations.notice_on, other=Declarations.decision_on),
        NotBefore(Code.R618, Declarations.posted_on, other=Declarations.decision_on),
        NotBefore(Code.R618, Declarations.published_on, other=Declarations.decision_on),
        FilledUnless(Code.C422, Declarations.notice_no, unless=NOT_NOTIFIED),
        FilledUnless(Code.C422, Declarations.posted_at, unless=NOT_POSTED),
        FilledUnless(Code.C422, Declarations.published_url, unless=NOT_PUBLISHED),
        BlankWhen(Code.C423, Declarations.notice_no, when=NOT_NOTIFIED),
        BlankWhen(Code.C423, Declarations.posted_at, when=NOT_POSTED),
        BlankWhen(Code.C423, Declarations.published_url, when=NOT_PUBLISHED),
        Done(Code.R635, Declarations.notice_on, since=Declarations.decision_on),
        Done(Code.R635, Declarations.posted_on, since=Declarations.decision_on),
        Done(Code.R635, Declarations.published_on, since=Declarations.decision_on),
        FilledWhen(Code.C421, Declarations.replaces, when=AGAIN),
        BlankWhen(Code.C424, Declarations.replaces, when=FIRST),
        ReplacesEarlier(Code.R619, Declarations.replaces, key=Declarations.decision_no, dated=Declarations.decision_on),
        ReplacedOnce(Code.R620, Declarations.replaces, key=Declarations.decision_no),
        OnlyOneInForce(
            Code.R621,
            Declarations.decision_no,
            replaces=Declarations.replaces,
            dated=Declarations.decision_on,
            again=AGAIN,
        ),
        ProceduresAddUp(Code.R622, Declarations.procedures_count),
        StandardInForce(Code.R647, Declarations.standard, dated=Declarations.decision_on),
        AsLastAccepted(Code.R623, Declarations.decision_no, register=DECLARATIONS_SHEET),
    ],
    SheetPlan(Layout.TABLE, intro="Toàn bộ các lần công bố từ trước đến nay, mỗi lần một dòng."),
)

POSTINGS = sheet(
    POSTINGS_SHEET,
    "Niêm yết, đăng tải khác",
    Postings.fields(),
    [
        RefersTo(Code.R637, Postings.of_decision, sheet=DECLARATIONS_SHEET, key=Declarations.decision_no),
        NotBeforeReferred(
            Code.R648,
            Postings.done_on,
            other="declared_on",
            via=Postings.of_decision,
            sheet=DECLARATIONS_SHEET,
            key=Declarations.decision_no,
            day=Declarations.decision_on,
        ),
        Done(Code.R635, Postings.done_on, since="declared_on"),
        AsLastAccepted(Code.R623, Postings.place, register=POSTINGS_SHEET),
    ],
    SheetPlan(
        Layout.TABLE,
        intro="Chỉ ghi trụ sở và địa chỉ ngoài nơi đã ghi ở trang Công bố, mỗi nơi một dòng; không có thì để trống.",
    ),
)

CHECKS = sheet(
    CHECKS_SHEET,
    "Kiểm tra công bố",
    Checks.fields(),
    [
        NotAfterArrival(Code.R624, Checks.checked_on),
        AsLastAccepted(Code.R623, Checks.checked_on, register=CHECKS_SHEET),
    ],
    SheetPlan(
        Layout.TABLE,
        intro="Mỗi lần kiểm tra việc công bố, thông báo, niêm yết, đăng tải một dòng mới, giữ các dòng cũ; "
        "mỗi kỳ ít nhất một lần.",
    ),
)

SCOPE_CHANGES = sheet(
    SCOPE_CHANGES_SHEET,
    "Thay đổi phạm vi",
    ScopeChanges.fields(),
    [
        RefersTo(Code.R637, ScopeChanges.declared_in, sheet=DECLARATIONS_SHEET, key=Declarations.decision_no),
        AsLastAccepted(Code.R623, ScopeChanges.effective_on, register=SCOPE_CHANGES_SHEET),
    ],
    SheetPlan(Layout.TABLE, intro="Mỗi lần điều chỉnh, mở rộng, thu hẹp phạm vi hoặc đổi tiêu chuẩn một dòng."),
)

FORM = Form(
    form_id="declaration",
    number="BM-04",
    title="Theo dõi công bố hệ thống quản lý chất lượng",
    short_title="Theo dõi công bố HTQLCL",
    file_name="BM-04_Theo_doi_cong_bo.xlsx",
    version=2,
    periods=(PeriodKind.SIX_MONTHS, PeriodKind.WHOLE_YEAR),
    cover=cover(
        "BM-04",
        (PeriodKind.SIX_MONTHS, PeriodKind.WHOLE_YEAR),
        DECLARATIONS,
        rules=[
            KeepsRegister(Code.R638, Cover.division, DECLARATIONS_SHEET, Declarations.decision_no, DECLARATIONS_SHEET),
            KeepsRegister(Code.R638, Cover.year, SCOPE_CHANGES_SHEET, ScopeChanges.scope_change, DECLARATIONS_SHEET),
            KeepsRegister(Code.R638, Cover.period, POSTINGS_SHEET, Postings.of_decision, DECLARATIONS_SHEET),
            KeepsRegister(Code.R638, Cover.prepared_by, CHECKS_SHEET, Checks.checked_on, DECLARATIONS_SHEET),
            CheckedInPeriod(Code.R646, Cover.period, CHECKS_SHEET, Checks.checked_on, DECLARATIONS_SHEET),
        ],
    ),
    sheets=(DECLARATIONS, POSTINGS, CHECKS, SCOPE_CHANGES),
    judged_in=0,
    is_register=True,
    earlier=(
        Earlier(
            version=1,
            fingerprint="ea562e5dee1c3252",
            lacks=fields_of(POSTINGS, CHECKS),
            moved=(Moved(CHECKS_SHEET, stood_on=DECLARATIONS_SHEET, before=Declarations.replaces),),
        ),
    ),
)
