"""BM-02: Báo cáo kết quả thực hiện mục tiêu chất lượng (dispatch, duty 7; TCVN ISO 9001:2015, 9.1 and 10.2)."""

from pipeline.forms.cover import cover
from pipeline.rules.cases import Is, IsCoded
from pipeline.rules.days import InsideYear, NotAfterArrival, NotAfterLatest
from pipeline.rules.figures import NotGreaterThan
from pipeline.rules.filled import FilledUnless, FilledWhen
from pipeline.rules.plans import PlanAccepted
from pipeline.rules.references import UniqueInSheet
from pipeline.rules.results import (
    AsComputed,
    EqualsShare,
    EstimateExpected,
    FitsMeasure,
    KnownInPlan,
    MayBeRate,
    NotClaimedMet,
    ObstacleExpected,
    RateWithFigures,
    Unmet,
)
from pipeline.rules.sheets import sheet
from pipeline.rules.values import WholeUnlessMoney
from pipeline.settings import PeriodKind
from pipeline.sheets.cover import Cover
from pipeline.sheets.objectives import Objectives, committed
from pipeline.sheets.results import Progress, Results
from pipeline.vocabulary.choices import CODED, Status, TaskStatus
from pipeline.vocabulary.sheets import Form, Layout, SheetPlan
from pipeline.vocabulary.versions import Earlier

RATE, UNMET = MayBeRate(), Unmet()
UNIT, MEASURE = committed(Objectives.unit), committed(Objectives.measure)

RESULTS = sheet(
    "results",
    "Kết quả",
    Results.fields(),
    [
        UniqueInSheet("R604", Results.code),
        KnownInPlan("R609", Results.code, among="objectives"),
        FilledWhen("C413", Results.numerator, when=RateWithFigures()),
        FilledWhen("C413", Results.denominator, when=RateWithFigures()),
        NotGreaterThan("R605", Results.numerator, other=Results.denominator, when=RATE),
        WholeUnlessMoney("R636", Results.numerator, unit=UNIT, when=RATE),
        WholeUnlessMoney("R636", Results.denominator, unit=UNIT, when=RATE),
        FitsMeasure("V306", Results.actual, measure=MEASURE),
        FitsMeasure("V306", Results.full_year_estimate, measure=MEASURE),
        EqualsShare("R606", Results.actual, numerator=Results.numerator, denominator=Results.denominator, when=RATE),
        InsideYear("V310", Results.data_as_of),
        NotAfterArrival("R624", Results.data_as_of),
        FilledWhen("C414", Results.full_year_estimate, when=EstimateExpected()),
        NotClaimedMet("R607", Results.self_assessment),
        AsComputed("R608", Results.self_assessment),
        FilledWhen("C415", Results.cause, when=UNMET),
        FilledWhen("C415", Results.corrective_action, when=UNMET),
        FilledWhen("C415", Results.action_owner, when=UNMET),
        FilledWhen("C415", Results.action_due_on, when=UNMET),
        FilledWhen("C416", Results.approving_document, when=Is(Results.self_assessment, (Status.NO_LONGER,))),
        FilledUnless("C417", Results.evidence, unless=IsCoded(Results.actual, CODED)),
    ],
    SheetPlan(Layout.TABLE, intro="Mỗi dòng một mục tiêu đã đăng ký. Ô có dấu (*) là ô bắt buộc."),
)

PROGRESS = sheet(
    "progress",
    "Tiến độ kế hoạch",
    Progress.fields(),
    [
        UniqueInSheet("R604", Progress.task_code),
        KnownInPlan("R609", Progress.task_code, among="tasks"),
        FilledWhen("C418", Progress.finished_on, when=Is(Progress.status, (TaskStatus.DONE,))),
        NotAfterLatest(
            "R625", Progress.finished_on, other="latest_data_as_of", sheet="results", day=Results.data_as_of
        ),
        FilledWhen("C419", Progress.obstacle, when=ObstacleExpected()),
    ],
    SheetPlan(Layout.TABLE, intro="Mỗi dòng một nhiệm vụ của kế hoạch đã đăng ký."),
)

FORM = Form(
    form_id="results",
    number="BM-02",
    title="Báo cáo kết quả thực hiện mục tiêu chất lượng",
    short_title="Báo cáo kết quả MTCL",
    file_name="BM-02_Bao_cao_ket_qua.xlsx",
    version=2,
    periods=(PeriodKind.SIX_MONTHS, PeriodKind.WHOLE_YEAR),
    cover=cover(
        "BM-02",
        (PeriodKind.SIX_MONTHS, PeriodKind.WHOLE_YEAR),
        RESULTS,
        rules=[PlanAccepted("R616", Cover.period, form="BM-02")],
    ),
    sheets=(RESULTS, PROGRESS),
    judged_in=3,
    earlier=(Earlier(version=1, fingerprint="45fb85647e4f4e43", lacks=(("results", Results.six_months),)),),
)
