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
        Line("unique_in_sheet:code:R604", copied("BM-02", "results.3", 4), "results.code.4"),
        Line("known_in_plan:code:R609", copied("BM-02", "results.3", 4, {"code": "MT09"}), "results.code.4"),
        Line("filled_when:numerator:C413", {"results.numerator.1": None}, "results.numerator.1"),
        Line("filled_when:denominator:C413", {"results.denominator.1": None}, "results.denominator.1"),
        Line(
            "not_greater_than:numerator:R605",
            {"results.numerator.1": 210, "results.actual.1": 105},
            "results.numerator.1",
        ),
        Line(
            "whole_unless_money:numerator:R636",
            {"results.numerator.1": 192.5, "results.actual.1": 96.25},
            "results.numerator.1",
        ),
        Line(
            "whole_unless_money:denominator:R636",
            {"results.denominator.1": 200.5, "results.actual.1": 95.76},
            "results.denominator.1",
        ),
        Line("fits_measure:actual:V306", {"results.actual.2": 1}, "results.actual.2", "a number for có/không"),
        Line("fits_measure:actual:V306", {"results.actual.3": "có"}, "results.actual.3", "a word for a number"),
        Line("equals_share:actual:R606", {"results.actual.1": 95}, "results.actual.1", "another figure"),
        Line("equals_share:actual:R606", {"results.actual.1": 96.1}, "results.actual.1", "wrong in its last decimal"),
        Line(
            "equals_share:actual:R606",
            {"results.numerator.1": 0, "results.denominator.1": 0, "results.self_assessment.1": "Không phát sinh"},
            "results.actual.1",
            "no case, yet a figure",
        ),
        Line("inside_year:data_as_of:V310", {"results.data_as_of.3": dt.date(2018, 12, 31)}, "results.data_as_of.3"),
        Line(
            "not_after_arrival:data_as_of:R624", {"results.data_as_of.3": dt.date(2019, 6, 30)}, "results.data_as_of.3"
        ),
        Line(
            "not_claimed_met:self_assessment:R607",
            {"results.actual.2": "không", **_CORRECTED},
            "results.self_assessment.2",
        ),
        Line(
            "as_computed:self_assessment:R608",
            {"results.self_assessment.3": "Chưa đủ số liệu"},
            "results.self_assessment.3",
        ),
        Line(
            "as_computed:self_assessment:R608",
            {"results.self_assessment.2": "Không đạt", **_CORRECTED},
            "results.self_assessment.2",
            "too strict with oneself",
        ),
        *(
            Line(f"filled_when:{field}:C415", {**_UNMET, f"results.{field}.2": None}, f"results.{field}.2")
            for field in ("cause", "corrective_action", "action_owner", "action_due_on")
        ),
        Line(
            "filled_when:approving_document:C416",
            {"results.actual.3": "không áp dụng", "results.self_assessment.3": "Không còn áp dụng"},
            "results.approving_document.3",
        ),
        Line("filled_unless:evidence:C417", {"results.evidence.3": None}, "results.evidence.3"),
        Line("unit_as_declared:actual:V309", {"results.actual.3": "4,5 ngày"}, "results.actual.3"),
    ),
)

WHOLE_YEAR = on_sheet(
    "BM-02-CN",
    "results",
    (
        Line(
            "filled_when:full_year_estimate:C414",
            {"results.full_year_estimate.1": None},
            "results.full_year_estimate.1",
        ),
        Line(
            "unit_as_declared:full_year_estimate:V309",
            {"results.full_year_estimate.1": "96,5 hồ sơ"},
            "results.full_year_estimate.1",
        ),
        Line(
            "fits_measure:full_year_estimate:V306",
            {"results.full_year_estimate.1": "có"},
            "results.full_year_estimate.1",
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
BELOW_ONE_PERCENT = (
    *on_sheet(
        "BM-02",
        "results",
        (
            Line(
                "plainly_percent:actual:V318",
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
                "plainly_percent:full_year_estimate:V318",
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
        (Line("surely_percent:actual:V308", {"results.actual.1": 0.96}, "results.actual.1"),),
        formats_known=False,
    ),
    *on_sheet(
        "BM-02-CN",
        "results",
        (
            Line(
                "surely_percent:full_year_estimate:V308",
                {"results.full_year_estimate.1": 0.965},
                "results.full_year_estimate.1",
            ),
        ),
        formats_known=False,
    ),
)

PROGRESS = on_sheet(
    "BM-02",
    "progress",
    (
        Line("unique_in_sheet:task_code:R604", copied("BM-02", "progress.3", 4), "progress.task_code.4"),
        Line(
            "known_in_plan:task_code:R609",
            copied("BM-02", "progress.3", 4, {"task_code": "NV09"}),
            "progress.task_code.4",
        ),
        Line("filled_when:finished_on:C418", {"progress.finished_on.2": None}, "progress.finished_on.2"),
        Line("not_after:finished_on:R625", {"progress.finished_on.2": dt.date(2019, 6, 3)}, "progress.finished_on.2"),
        Line(
            "filled_when:obstacle:C419",
            {"progress.status.2": "Đang thực hiện", "progress.finished_on.2": None},
            "progress.obstacle.2",
            "unfinished after its day",
        ),
        Line("filled_when:obstacle:C419", {"progress.status.3": "Hủy"}, "progress.obstacle.3", "cancelled"),
    ),
)

BM02_EXAMPLES = (*RESULTS, *WHOLE_YEAR, *BELOW_ONE_PERCENT, *FORMATS_UNKNOWN, *PROGRESS)
