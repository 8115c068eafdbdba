"""BM-02: Báo cáo kết quả thực hiện mục tiêu chất lượng (dispatch, duty 7; TCVN ISO 9001:2015, 9.1 and 10.2)."""

from pipeline.findings.codes import Code
from pipeline.forms.cover import cover
from pipeline.rules.actions import EarlierReport, RegisteredThen
from pipeline.rules.cases import Is, IsCoded
from pipeline.rules.days import InsideYear, NotAfterArrival, NotAfterLatest
from pipeline.rules.figures import NotGreaterThan, NotLessThan
from pipeline.rules.filled import FilledUnless, FilledWhen
from pipeline.rules.last_year import HasLastYear, LikeLastYear
from pipeline.rules.plans import PlanAccepted
from pipeline.rules.references import UniqueInSheet
from pipeline.rules.report_cases import (
    EstimateExpected,
    MayBeRate,
    ObstacleExpected,
    OnlyGrows,
    RateWithFigures,
    Unmet,
)
from pipeline.rules.results import AsComputed, EqualsShare, FitsMeasure, KnownInPlan, NotClaimedMet
from pipeline.rules.sheets import sheet
from pipeline.rules.values import InRangeOfMeasure, WholeUnlessMoney
from pipeline.settings import PeriodKind
from pipeline.sheets.cover import Cover
from pipeline.sheets.objectives import Objectives, committed
from pipeline.sheets.results import Actions, Progress, Results
from pipeline.vocabulary.choices import CODED, Effect, Status, TaskStatus
from pipeline.vocabulary.sheets import Form, Layout, SheetPlan
from pipeline.vocabulary.versions import Earlier, Former

RATE, UNMET = MayBeRate(), Unmet()
UNIT, MEASURE = committed(Objectives.unit), committed(Objectives.measure)

RESULTS = sheet(
    "results",
    "Kết quả",
    Results.fields(),
    [
        UniqueInSheet(Code.R604, Results.code),
        KnownInPlan(Code.R609, Results.code, among="objectives"),
        FilledWhen(Code.C413, Results.numerator, when=RateWithFigures()),
        FilledWhen(Code.C413, Results.denominator, when=RateWithFigures()),
        NotGreaterThan(Code.R605, Results.numerator, other=Results.denominator, when=RATE),
        WholeUnlessMoney(Code.R636, Results.numerator, unit=UNIT, when=RATE),
        WholeUnlessMoney(Code.R636, Results.denominator, unit=UNIT, when=RATE),
        FitsMeasure(Code.V306, Results.actual, measure=MEASURE),
        FitsMeasure(Code.V306, Results.full_year_estimate, measure=MEASURE),
        EqualsShare(Code.R606, Results.actual, numerator=Results.numerator, denominator=Results.denominator, when=RATE),
        InsideYear(Code.V310, Results.data_as_of),
        NotAfterArrival(Code.R624, Results.data_as_of),
        FilledWhen(Code.C414, Results.full_year_estimate, when=EstimateExpected()),
        NotLessThan(Code.R641, Results.full_year_estimate, other=Results.actual, when=OnlyGrows()),
        NotClaimedMet(Code.R607, Results.self_assessment),
        AsComputed(Code.R608, Results.self_assessment),
        FilledWhen(Code.C415, Results.cause, when=UNMET),
        FilledWhen(Code.C415, Results.corrective_action, when=UNMET),
        FilledWhen(Code.C415, Results.action_owner, when=UNMET),
        FilledWhen(Code.C415, Results.action_due_on, when=UNMET),
        FilledWhen(Code.C416, Results.approving_document, when=Is(Results.self_assessment, (Status.NO_LONGER,))),
        FilledUnless(Code.C417, Results.evidence, unless=IsCoded(Results.actual, CODED)),
        HasLastYear(Code.R644, Results.last_year_final),
        LikeLastYear(Code.R645, Results.last_year_final, measure=MEASURE, unit=UNIT),
        FitsMeasure(Code.V306, Results.last_year_final, measure=MEASURE),
        InRangeOfMeasure(Code.M506, Results.last_year_final, measure=MEASURE),
    ],
    SheetPlan(
        Layout.TABLE, intro="Mỗi dòng một mục tiêu đã đăng ký. Ô có dấu (*) là ô bắt buộc.", answers="objectives"
    ),
)

JUDGED = Is(Actions.is_effective, (Effect.EFFECTIVE, Effect.NOT_EFFECTIVE))

ACTIONS = sheet(
    "actions",
    "Khắc phục",
    Actions.fields(),
    [
        EarlierReport(Code.R642, Actions.origin),
        RegisteredThen(Code.R643, Actions.objective, origin=Actions.origin),
        NotAfterArrival(Code.R624, Actions.finished_on),
        FilledWhen(Code.C425, Actions.finished_on, when=JUDGED),
        FilledWhen(Code.C425, Actions.action_result, when=JUDGED),
        FilledWhen(Code.C425, Actions.checked_by, when=JUDGED),
    ],
    SheetPlan(
        Layout.TABLE,
        intro="In sẵn hành động khắc phục chưa hoàn thành của các báo cáo trước; chưa có gì mới thì để nguyên.",
    ),
)

PROGRESS = sheet(
    "progress",
    "Tiến độ kế hoạch",
    Progress.fields(),
    [
        UniqueInSheet(Code.R604, Progress.task_code),
        KnownInPlan(Code.R609, Progress.task_code, among="tasks"),
        FilledWhen(Code.C418, Progress.finished_on, when=Is(Progress.status, (TaskStatus.DONE,))),
        NotAfterArrival(Code.R624, Progress.finished_on),
        NotAfterLatest(
            Code.R625, Progress.finished_on, other="latest_data_as_of", sheet="results", day=Results.data_as_of
        ),
        FilledWhen(Code.C419, Progress.obstacle, when=ObstacleExpected()),
    ],
    SheetPlan(Layout.TABLE, intro="Mỗi dòng một nhiệm vụ của kế hoạch đã đăng ký.", answers="tasks"),
)

LACKED = (*((ACTIONS.name, field.name) for field in ACTIONS.fields), (RESULTS.name, Results.last_year_final))
"""What came with version 3."""

NAMED_OTHERWISE = (
    Former(RESULTS.name, Results.commitment, "Cam kết", Results.commitment),
    Former(RESULTS.name, Results.action_owner, "Người khắc phục", Results.action_owner),
    Former(RESULTS.name, Results.action_due_on, "Hạn khắc phục", Results.action_due_on),
    Former(RESULTS.name, Results.approving_document, "Văn bản cho phép thôi áp dụng", Results.approving_document),
)
"""What version 2 wrote above these fields."""

FORM = Form(
    form_id="results",
    number="BM-02",
    title="Báo cáo kết quả thực hiện mục tiêu chất lượng",
    short_title="Báo cáo kết quả MTCL",
    file_name="BM-02_Bao_cao_ket_qua.xlsx",
    version=3,
    periods=(PeriodKind.SIX_MONTHS, PeriodKind.WHOLE_YEAR),
    cover=cover(
        "BM-02",
        (PeriodKind.SIX_MONTHS, PeriodKind.WHOLE_YEAR),
        RESULTS,
        rules=[PlanAccepted(Code.R616, Cover.period, form="BM-02")],
    ),
    sheets=(RESULTS, ACTIONS, PROGRESS),
    judged_in=3,
    earlier=(
        Earlier(
            version=1,
            fingerprint="45fb85647e4f4e43",
            lacks=((RESULTS.name, Results.six_months), *LACKED),
            is_taken=False,
        ),
        Earlier(
            version=2,
            fingerprint="47e0c70674620d17",
            lacks=LACKED,
            renamed=NAMED_OTHERWISE,
        ),
    ),
)
