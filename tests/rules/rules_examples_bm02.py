"""Examples of the rules across the cells of BM-02: results and progress."""

import datetime as dt

from rules_examples import Line, copied, on_sheet
from rules_sheets import Edits

_CORRECTED: Edits = {
    "results.cause.2": "Thiếu chuyên gia đánh giá",
    "results.corrective_action.2": "Mời chuyên gia của Sở Khoa học và Công nghệ",
    "results.action_owner.2": "Nguyễn Văn Hòa",
    "results.action_due_on.2": dt.date(2019, 7, 31),
}
_UNMET: Edits = {"results.actual.2": "không", "results.self_assessment.2": "Không đạt", **_CORRECTED}

RESULTS = on_sheet(
    "BM-02",
    "results",
    (
        Line("UniqueInSheet:code:R604", copied("BM-02", "results.3", 4), "results.code.4"),
        Line("KnownInPlan:code:R609", copied("BM-02", "results.3", 4, {"code": "MT09"}), "results.code.4"),
        Line("FilledWhen:numerator:C413", {"results.numerator.1": None}, "results.numerator.1"),
        Line("FilledWhen:denominator:C413", {"results.denominator.1": None}, "results.denominator.1"),
        Line(
            "NotGreaterThan:numerator:R605",
            {"results.numerator.1": 210, "results.actual.1": 105},
            "results.numerator.1",
        ),
        Line(
            "WholeUnlessMoney:numerator:R636",
            {"results.numerator.1": 192.5, "results.actual.1": 96.25},
            "results.numerator.1",
        ),
        Line(
            "WholeUnlessMoney:denominator:R636",
            {"results.denominator.1": 200.5, "results.actual.1": 95.76},
            "results.denominator.1",
        ),
        Line("FitsMeasure:actual:V306", {"results.actual.2": 1}, "results.actual.2", "a number for có/không"),
        Line("FitsMeasure:actual:V306", {"results.actual.3": "có"}, "results.actual.3", "a word for a number"),
        Line("EqualsShare:actual:R606", {"results.actual.1": 95}, "results.actual.1", "another figure"),
        Line("EqualsShare:actual:R606", {"results.actual.1": 96.1}, "results.actual.1", "wrong in its last decimal"),
        Line(
            "EqualsShare:actual:R606",
            {"results.numerator.1": 0, "results.denominator.1": 0, "results.self_assessment.1": "Không phát sinh"},
            "results.actual.1",
            "no case, yet a figure",
        ),
        Line("InsideYear:data_as_of:V310", {"results.data_as_of.3": dt.date(2018, 12, 31)}, "results.data_as_of.3"),
        Line("NotAfterArrival:data_as_of:R624", {"results.data_as_of.3": dt.date(2019, 6, 30)}, "results.data_as_of.3"),
        Line(
            "NotClaimedMet:self_assessment:R607",
            {"results.actual.2": "không", **_CORRECTED},
            "results.self_assessment.2",
        ),
        Line(
            "AsComputed:self_assessment:R608",
            {"results.self_assessment.3": "Chưa đủ số liệu"},
            "results.self_assessment.3",
        ),
        Line(
            "AsComputed:self_assessment:R608",
            {"results.self_assessment.2": "Không đạt", **_CORRECTED},
            "results.self_assessment.2",
            "too strict with oneself",
        ),
        *(
            Line(f"FilledWhen:{field}:C415", {**_UNMET, f"results.{field}.2": None}, f"results.{field}.2")
            for field in ("cause", "corrective_action", "action_owner", "action_due_on")
        ),
        Line(
            "FilledWhen:approving_document:C416",
            {"results.actual.3": "không áp dụng", "results.self_assessment.3": "Không còn áp dụng"},
            "results.approving_document.3",
        ),
        Line("FilledUnless:evidence:C417", {"results.evidence.3": None}, "results.evidence.3"),
        Line("UnitAsDeclared:actual:V309", {"results.actual.3": "4,5 ngày"}, "results.actual.3"),
        *(
            Line(rule, {f"results.last_year_final.{row}": value}, f"results.last_year_final.{row}", note)
            for rule, row, value, note in (
                ("HasLastYear:last_year_final:R644", 3, 5, "goes on with none of last year (final)"),
                ("FitsMeasure:last_year_final:V306", 1, "có", "a word for a number (final)"),
                ("FitsMeasure:last_year_final:V306", 2, 1, "a number for có/không (final)"),
                ("InRangeOfMeasure:last_year_final:M506", 1, 105, "more than all (final)"),
                ("UnitAsDeclared:last_year_final:V309", 1, "94 hồ sơ", "(final)"),
                ("PlainlyPercent:last_year_final:V318", 1, 0.95, "(final)"),
            )
        ),
        Line(
            "LikeLastYear:last_year_final:R645",
            copied("BM-02", "results.3", 4, {"code": "MT05", "actual": 11, "last_year_final": 9}),
            "results.last_year_final.4",
            "last year it was a level in hours, this year classes are counted (final)",
        ),
    ),
)

_UNMET_RATE = {
    "results.self_assessment.1": "Không đạt",
    "results.cause.1": "Thiếu người thụ lý",
    "results.corrective_action.1": "Phân công lại",
    "results.action_owner.1": "Trần Thị Mai",
    "results.action_due_on.1": dt.date(2019, 12, 1),
}
_CLASSES: Edits = {"code": "MT05", "actual": 11, "full_year_estimate": 10, "self_assessment": "Đạt"}
_BEHIND: Edits = {"results.numerator.1": 376, "results.actual.1": 94}
"""Below the target of 95 % on the day of the figures, two months before the objective falls due."""

WHOLE_YEAR = on_sheet(
    "BM-02-CN",
    "results",
    (
        Line(
            "FilledWhen:full_year_estimate:C414",
            {**_BEHIND, "results.full_year_estimate.1": None, "results.self_assessment.1": "Chưa đến kỳ đánh giá"},
            "results.full_year_estimate.1",
        ),
        Line(
            "NotLessThan:full_year_estimate:R641",
            copied("BM-02-CN", "results.2", 3, _CLASSES),
            "results.full_year_estimate.3",
            "less than the number that only grows has already (d21)",
        ),
        Line(
            "NotClaimedMet:self_assessment:R607",
            {**_BEHIND, **_UNMET_RATE, "results.full_year_estimate.1": 94, "results.self_assessment.1": "Đạt"},
            "results.self_assessment.1",
            "the estimate falls short as well (d2)",
        ),
        Line(
            "AsComputed:self_assessment:R608",
            {**_BEHIND, "results.self_assessment.1": "Chưa đến kỳ đánh giá"},
            "results.self_assessment.1",
            "an estimate that reaches the target",
        ),
        Line(
            "UnitAsDeclared:full_year_estimate:V309",
            {"results.full_year_estimate.1": "96,5 hồ sơ"},
            "results.full_year_estimate.1",
        ),
        Line(
            "FitsMeasure:full_year_estimate:V306",
            {"results.full_year_estimate.1": "có"},
            "results.full_year_estimate.1",
        ),
    ),
)

BELOW_ONE_PERCENT = (
    *on_sheet(
        "BM-02",
        "results",
        (
            Line(
                "PlainlyPercent:actual:V318",
                {**_UNMET_RATE, "results.numerator.1": 1, "results.denominator.1": 200, "results.actual.1": 0.5},
                "results.actual.1",
            ),
        ),
    ),
    *on_sheet(
        "BM-02-CN",
        "results",
        (
            Line(
                "PlainlyPercent:full_year_estimate:V318",
                {**_UNMET_RATE, "results.full_year_estimate.1": 0.965},
                "results.full_year_estimate.1",
            ),
        ),
    ),
)

FORMATS_UNKNOWN = (
    *on_sheet(
        "BM-02",
        "results",
        (
            Line("SurelyPercent:actual:V308", {"results.actual.1": 0.96}, "results.actual.1"),
            Line(
                "SurelyPercent:last_year_final:V308", {"results.last_year_final.1": 0.94}, "results.last_year_final.1"
            ),
        ),
        formats_known=False,
    ),
    *on_sheet(
        "BM-02-CN",
        "results",
        (
            Line(
                "SurelyPercent:full_year_estimate:V308",
                {"results.full_year_estimate.1": 0.965},
                "results.full_year_estimate.1",
            ),
        ),
        formats_known=False,
    ),
)

ACTIONS = on_sheet(
    "BM-02",
    "actions",
    (
        Line("EarlierReport:origin:R642", {"actions.origin.1": "2018"}, "actions.origin.1", "no period (m4)"),
        Line("EarlierReport:origin:R642", {"actions.origin.1": "2019-6T"}, "actions.origin.1", "this report's own"),
        Line("EarlierReport:origin:R642", {"actions.origin.1": "2018-KH"}, "actions.origin.1", "a plan's period"),
        Line(
            "NotAfterArrival:finished_on:R624", {"actions.finished_on.1": dt.date(2019, 6, 30)}, "actions.finished_on.1"
        ),
        *(
            Line(f"FilledWhen:{field}:C425", {f"actions.{field}.1": None}, f"actions.{field}.1", "judged (m4)")
            for field in ("finished_on", "action_result", "checked_by")
        ),
    ),
)

ACTIONS_OF_THE_YEAR = on_sheet(
    "BM-02-CN",
    "actions",
    (
        Line("EarlierReport:origin:R642", {"actions.origin.1": "2019-CN"}, "actions.origin.1", "not earlier"),
        Line("RegisteredThen:objective:R643", {"actions.objective.1": "MT09"}, "actions.objective.1", "unknown (m4)"),
    ),
)

PROGRESS = on_sheet(
    "BM-02",
    "progress",
    (
        Line("UniqueInSheet:task_code:R604", copied("BM-02", "progress.3", 4), "progress.task_code.4"),
        Line(
            "KnownInPlan:task_code:R609",
            copied("BM-02", "progress.3", 4, {"task_code": "NV09"}),
            "progress.task_code.4",
        ),
        Line("FilledWhen:finished_on:C418", {"progress.finished_on.2": None}, "progress.finished_on.2"),
        Line(
            "NotAfterArrival:finished_on:R624",
            {"progress.finished_on.2": dt.date(2019, 6, 30)},
            "progress.finished_on.2",
        ),
        Line(
            "NotAfterLatest:finished_on:R625", {"progress.finished_on.2": dt.date(2019, 6, 3)}, "progress.finished_on.2"
        ),
        Line(
            "FilledWhen:obstacle:C419",
            {"progress.status.2": "Đang thực hiện", "progress.finished_on.2": None},
            "progress.obstacle.2",
            "unfinished after its day",
        ),
        Line("FilledWhen:obstacle:C419", {"progress.status.3": "Hủy"}, "progress.obstacle.3", "cancelled"),
    ),
)

BM02_EXAMPLES = (*RESULTS, *WHOLE_YEAR, *BELOW_ONE_PERCENT, *FORMATS_UNKNOWN, *ACTIONS, *ACTIONS_OF_THE_YEAR, *PROGRESS)
