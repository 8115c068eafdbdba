"""BM-01: Mục tiêu chất lượng và Kế hoạch thực hiện (TCVN ISO 9001:2015, 6.2.1 and 6.2.2; dispatch, duty 6)."""

from pipeline.findings.codes import Code
from pipeline.forms.cover import cover
from pipeline.rules.cases import Is
from pipeline.rules.days import InsideYear, NotAfterReferred, NotBefore
from pipeline.rules.figures import ExactOnPurpose, GreaterThan, MilestoneWithinTarget, TargetNotWeaker
from pipeline.rules.filled import BlankUnless, BlankWhen, FilledUnless, FilledWhen
from pipeline.rules.objective_words import (
    DueAsStated,
    NamesBothParts,
    NamesWhatIsMeasured,
    NothingAgainst,
    SaidOtherwise,
    SentenceAgrees,
    TwoReadings,
)
from pipeline.rules.people import OnStaffList
from pipeline.rules.plans import ContinuesKnown, LikeAgencyObjective
from pipeline.rules.references import ReferredToBy, RefersTo, UniqueInSheet
from pipeline.rules.sheets import sheet
from pipeline.rules.values import InRangeOfMeasure, OnlyWhen
from pipeline.settings import PeriodKind
from pipeline.sheets.cover import PlanCover
from pipeline.sheets.objectives import Objectives, Tasks
from pipeline.vocabulary.choices import Comparator, Measure, YesNo
from pipeline.vocabulary.sheets import Form, Layout, SheetPlan
from pipeline.vocabulary.versions import Earlier

YES_NO = Is(Objectives.measure, (Measure.YES_NO,))
RATE = Is(Objectives.measure, (Measure.RATE,))
BETWEEN = Is(Objectives.comparator, (Comparator.BETWEEN,))
REVISION = Is("is_revision", (YesNo.YES,))

OBJECTIVES = sheet(
    "objectives",
    "Mục tiêu",
    Objectives.fields(),
    [
        UniqueInSheet(Code.R604, Objectives.code),
        ContinuesKnown(Code.R617, Objectives.continues),
        SaidOtherwise(Code.M501, Objectives.statement, "not_checkable", "illustrated_sentence"),
        SentenceAgrees(
            Code.M512,
            Objectives.statement,
            against="said_otherwise",
            illustrated_in="illustrated_figure",
            value=Objectives.target,
            upper=Objectives.target_upper,
            unit=Objectives.unit,
            comparator=Objectives.comparator,
        ),
        DueAsStated(
            Code.M513,
            Objectives.statement,
            against="said_before",
            illustrated_in="illustrated_day",
            due_on=Objectives.due_on,
            latest="said_due_on",
        ),
        NothingAgainst(Code.M514, Objectives.statement, "vague_words"),
        NothingAgainst(Code.M515, Objectives.statement, "work_words"),
        NothingAgainst(Code.M516, Objectives.statement, "several_targets"),
        NothingAgainst(Code.M517, Objectives.baseline, "unknown_baseline"),
        TwoReadings(Code.M518, Objectives.statement, "unclear_figure", "figure_readings"),
        NothingAgainst(Code.M519, Objectives.statement, "floor_and_range"),
        NothingAgainst(Code.M520, Objectives.statement, "rough_figure"),
        NothingAgainst(Code.M521, Objectives.statement, "points_or_percent"),
        NamesWhatIsMeasured(Code.M502, Objectives.indicator),
        OnlyWhen(Code.M504, Objectives.comparator, when=YES_NO, only=(Comparator.EXACTLY,)),
        ExactOnPurpose(
            Code.M507, Objectives.comparator, measure=Objectives.measure, value=Objectives.target, unit=Objectives.unit
        ),
        FilledUnless(Code.M503, Objectives.target, unless=YES_NO),
        BlankWhen(Code.C403, Objectives.target, when=YES_NO),
        InRangeOfMeasure(Code.M506, Objectives.target, measure=Objectives.measure),
        InRangeOfMeasure(Code.M506, Objectives.target_upper, measure=Objectives.measure),
        InRangeOfMeasure(Code.M506, Objectives.baseline, measure=Objectives.measure),
        InRangeOfMeasure(Code.M506, Objectives.milestone, measure=Objectives.measure),
        FilledWhen(Code.C411, Objectives.target_upper, when=BETWEEN),
        BlankUnless(Code.C403, Objectives.target_upper, unless=BETWEEN),
        GreaterThan(Code.M510, Objectives.target_upper, other=Objectives.target),
        FilledWhen(Code.M522, Objectives.range_beaten, when=BETWEEN),
        BlankUnless(Code.C403, Objectives.range_beaten, unless=BETWEEN),
        FilledUnless(Code.C412, Objectives.unit, unless=YES_NO),
        OnlyWhen(Code.M505, Objectives.unit, when=RATE, only=("%",)),
        TargetNotWeaker(Code.M508, Objectives.target, than=Objectives.baseline, comparator=Objectives.comparator),
        MilestoneWithinTarget(
            Code.M509,
            Objectives.milestone,
            than=Objectives.target,
            comparator=Objectives.comparator,
            measure=Objectives.measure,
        ),
        NamesBothParts(Code.M511, Objectives.method, when=RATE),
        InsideYear(Code.V310, Objectives.due_on),
        OnStaffList(Code.R631, Objectives.owner),
        LikeAgencyObjective(Code.R633, Objectives.agency_objective, measure=Objectives.measure, unit=Objectives.unit),
        ReferredToBy(Code.C405, Objectives.code, sheet="tasks", by=Tasks.objective),
    ],
    SheetPlan(
        Layout.TABLE,
        codes="MT",
        intro="Mỗi dòng một mục tiêu, cụ thể, rõ ràng và đo lường được. Ô có dấu (*) là ô bắt buộc.",
        taken_over=Objectives.continues,
        decided=(Objectives.target, Objectives.target_upper, Objectives.milestone, Objectives.due_on, Objectives.note),
    ),
)

TASKS = sheet(
    "tasks",
    "Kế hoạch",
    Tasks.fields(),
    [
        UniqueInSheet(Code.R604, Tasks.task_code),
        RefersTo(Code.R603, Tasks.objective, sheet="objectives", key=Objectives.code),
        NotBefore(Code.R601, Tasks.finish_on, other=Tasks.start_on),
        NotAfterReferred(
            Code.R602,
            Tasks.finish_on,
            other="objective_due_on",
            via=Tasks.objective,
            sheet="objectives",
            key=Objectives.code,
            day=Objectives.due_on,
        ),
    ],
    SheetPlan(
        Layout.TABLE,
        codes="NV",
        ruled=20,
        intro="Mỗi dòng một nhiệm vụ; mục tiêu nào cũng phải có ít nhất một nhiệm vụ.",
    ),
)

FORM = Form(
    form_id="objectives",
    number="BM-01",
    title="Mục tiêu chất lượng và Kế hoạch thực hiện mục tiêu chất lượng",
    short_title="Mục tiêu chất lượng và Kế hoạch",
    file_name="BM-01_Muc_tieu_va_ke_hoach.xlsx",
    version=2,
    periods=(PeriodKind.PLAN,),
    cover=cover(
        "BM-01",
        (PeriodKind.PLAN,),
        OBJECTIVES,
        PlanCover,
        [
            FilledWhen(Code.C410, PlanCover.revision_reason, when=REVISION),
            FilledWhen(Code.C410, PlanCover.revision_document, when=REVISION),
        ],
    ),
    sheets=(OBJECTIVES, TASKS),
    judged_in=1,
    earlier=(Earlier(version=1, fingerprint="f9b0a15d595fc5e6", lacks=(("objectives", Objectives.range_beaten),)),),
)
