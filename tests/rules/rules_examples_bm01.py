"""Examples of the rules across the cells of BM-01: objectives and tasks."""

import datetime as dt

from rules_examples import Line, copied, on_sheet
from rules_sheets import Edits

_BETWEEN: Edits = {
    "objectives.statement.1": "Giải quyết đúng hạn từ 95% đến 98% hồ sơ thủ tục hành chính trong năm 2019",
    "objectives.comparator.1": "trong khoảng",
    "objectives.target_upper.1": 98,
    "objectives.range_beaten.1": "vượt vẫn đạt",
}
_HOURS_BETWEEN: Edits = {
    "objectives.statement.3": "Thời gian phân phối văn bản đến bình quân từ 5 đến 7 giờ làm việc",
    "objectives.comparator.3": "trong khoảng",
    "objectives.range_beaten.3": "thấp hơn vẫn đạt",
}
_UNSAID: Edits = {"objectives.statement.1": "Tỷ lệ hồ sơ giải quyết đúng hạn không thấp hơn năm trước"}
"""A sentence that is measured against last year and names no figure, so that a wrong one contradicts nothing."""
_CLASSES: Edits = {
    "objectives.statement.3": "Mở ít nhất 5 lớp tập huấn nghiệp vụ cho công chức",
    "objectives.measure.3": "số lũy kế",
    "objectives.comparator.3": "ít nhất",
    "objectives.unit.3": "lớp",
    "objectives.baseline.3": 4,
}
_FEWER: Edits = {
    "objectives.statement.3": "Giảm ít nhất 5% số hồ sơ quá hạn so với năm trước",
    "objectives.measure.3": "tăng, giảm",
    "objectives.comparator.3": "ít nhất",
    "objectives.unit.3": "%",
    "objectives.baseline.3": 3,
}
_WITHOUT_FIGURE: Edits = {
    "objectives.statement.1": "Tỷ lệ hồ sơ giải quyết đúng hạn không thấp hơn năm trước",
    "objectives.baseline.1": "không áp dụng",
    "objectives.milestone.1": None,
}

OBJECTIVES = on_sheet(
    "BM-01",
    "objectives",
    (
        Line(
            "str_length:statement:V304", {"objectives.statement.1": "Đúng hạn"}, "objectives.statement.1", "too short"
        ),
        Line("str_length:indicator:V304", {"objectives.indicator.3": "Số a"}, "objectives.indicator.3", "too short"),
        Line("UniqueInSheet:code:R604", copied("BM-01", "objectives.3", 4), "objectives.code.4"),
        Line("ContinuesKnown:continues:R617", {"objectives.continues.3": "MT09"}, "objectives.continues.3"),
        Line(
            "SaidOtherwise:statement:M501",
            {"objectives.statement.2": "Nâng cao chất lượng hệ thống quản lý chất lượng năm 2019"},
            "objectives.statement.2",
            "yes/no without a result",
        ),
        Line(
            "SaidOtherwise:statement:M501",
            {"objectives.statement.1": "95% hồ sơ thủ tục hành chính được giải quyết tận tình, chu đáo"},
            "objectives.statement.1",
            "a share of what nobody can check",
        ),
        Line(
            "SaidOtherwise:statement:M501",
            {"objectives.statement.1": "Nâng cao tỷ lệ hồ sơ giải quyết đúng hạn"},
            "objectives.statement.1",
            "the columns hold a target (d14)",
        ),
        Line(
            "SentenceAgrees:statement:M512",
            {"objectives.statement.1": "Giải quyết đúng hạn ít nhất 90% hồ sơ thủ tục hành chính"},
            "objectives.statement.1",
            "number",
        ),
        Line(
            "SentenceAgrees:statement:M512",
            {"objectives.statement.1": "Giải quyết đúng hạn không quá 95% hồ sơ thủ tục hành chính"},
            "objectives.statement.1",
            "direction",
        ),
        Line(
            "SentenceAgrees:statement:M512",
            {"objectives.statement.3": "Thời gian phân phối văn bản đến bình quân không quá 5 ngày làm việc"},
            "objectives.statement.3",
            "unit",
        ),
        Line(
            "DueAsStated:statement:M513",
            {"objectives.statement.3": "Trước quý III, thời gian phân phối văn bản đến bình quân không quá 5 giờ"},
            "objectives.statement.3",
        ),
        Line(
            "NothingAgainst:statement:M514",
            {"objectives.statement.1": "Phấn đấu giải quyết đúng hạn ít nhất 95% hồ sơ thủ tục hành chính"},
            "objectives.statement.1",
        ),
        Line("NothingAgainst:statement:M515", _CLASSES, "objectives.statement.3"),
        Line(
            "NothingAgainst:statement:M516",
            {"objectives.statement.1": "Giải quyết đúng hạn ít nhất 95% hồ sơ, số hóa ít nhất 40% hồ sơ"},
            "objectives.statement.1",
        ),
        Line(
            "NothingAgainst:baseline:M517",
            {**_FEWER, "objectives.baseline.3": "chưa có số liệu"},
            "objectives.baseline.3",
        ),
        Line(
            "TwoReadings:statement:M518",
            {
                **_CLASSES,
                "objectives.statement.3": "Tập huấn cho ít nhất 1,200 học viên đạt yêu cầu",
                "objectives.target.3": 1200,
                "objectives.unit.3": "học viên",
                "objectives.baseline.3": 1000,
            },
            "objectives.statement.3",
        ),
        Line(
            "NothingAgainst:statement:M519",
            {"objectives.statement.1": "Giải quyết đúng hạn ít nhất 95 - 98% hồ sơ thủ tục hành chính"},
            "objectives.statement.1",
        ),
        Line(
            "NothingAgainst:statement:M520",
            {"objectives.statement.1": "Giải quyết đúng hạn khoảng 95% hồ sơ thủ tục hành chính"},
            "objectives.statement.1",
        ),
        Line(
            "NothingAgainst:statement:M521",
            {**_FEWER, "objectives.statement.3": "Tỷ lệ hồ sơ quá hạn giảm ít nhất 5% so với năm trước"},
            "objectives.statement.3",
        ),
        Line("NamesWhatIsMeasured:indicator:M502", {"objectives.indicator.3": "Thờigian"}, "objectives.indicator.3"),
        Line("OnlyWhen:comparator:M504", {"objectives.comparator.2": "ít nhất"}, "objectives.comparator.2"),
        Line("ExactOnPurpose:comparator:M507", {"objectives.comparator.3": "đúng bằng"}, "objectives.comparator.3"),
        Line("FilledUnless:target:M503", {"objectives.target.3": None}, "objectives.target.3"),
        Line("BlankWhen:target:C403", {"objectives.target.2": 1}, "objectives.target.2"),
        Line(
            "InRangeOfMeasure:target:M506",
            {
                "objectives.statement.1": "Giải quyết đúng hạn ít nhất 120% hồ sơ thủ tục hành chính",
                "objectives.target.1": 120,
            },
            "objectives.target.1",
            "rate",
        ),
        Line(
            "InRangeOfMeasure:target:M506",
            {
                "objectives.statement.3": "Thời gian phân phối văn bản đến không cao hơn năm trước",
                "objectives.measure.3": "số lũy kế",
                "objectives.target.3": -1,
            },
            "objectives.target.3",
            "cumulative",
        ),
        Line(
            "InRangeOfMeasure:target_upper:M506",
            {**_BETWEEN, **_UNSAID, "objectives.target_upper.1": 110},
            "objectives.target_upper.1",
        ),
        Line("InRangeOfMeasure:baseline:M506", {**_BETWEEN, "objectives.baseline.1": 150}, "objectives.baseline.1"),
        Line("InRangeOfMeasure:milestone:M506", {**_BETWEEN, "objectives.milestone.1": -5}, "objectives.milestone.1"),
        Line(
            "FilledWhen:target_upper:C411",
            {**_BETWEEN, "objectives.target_upper.1": None},
            "objectives.target_upper.1",
        ),
        Line("BlankUnless:target_upper:C403", {"objectives.target_upper.1": 98}, "objectives.target_upper.1"),
        Line(
            "FilledWhen:range_beaten:M522",
            {**_BETWEEN, "objectives.range_beaten.1": None},
            "objectives.range_beaten.1",
            "a range that does not say what beating means (h6)",
        ),
        Line(
            "BlankUnless:range_beaten:C403",
            {"objectives.range_beaten.1": "vượt vẫn đạt"},
            "objectives.range_beaten.1",
        ),
        Line(
            "GreaterThan:target_upper:M510",
            {**_BETWEEN, **_UNSAID, "objectives.target_upper.1": 95},
            "objectives.target_upper.1",
        ),
        Line("FilledUnless:unit:C412", {"objectives.unit.3": None}, "objectives.unit.3"),
        Line(
            "OnlyWhen:unit:M505",
            {**_UNSAID, "objectives.unit.1": "hồ sơ", "objectives.agency_objective.1": None},
            "objectives.unit.1",
        ),
        Line("TargetNotWeaker:target:M508", {"objectives.baseline.1": 97}, "objectives.target.1", "floor"),
        Line("TargetNotWeaker:target:M508", {"objectives.baseline.3": 4}, "objectives.target.3", "ceiling"),
        Line("MilestoneWithinTarget:milestone:M509", {"objectives.milestone.1": 96}, "objectives.milestone.1", "floor"),
        Line(
            "MilestoneWithinTarget:milestone:M509", {"objectives.milestone.3": 4}, "objectives.milestone.3", "ceiling"
        ),
        Line(
            "NamesBothParts:method:M511",
            {"objectives.method.1": "Tử số chia cho tổng số hồ sơ đã trả"},
            "objectives.method.1",
        ),
        Line("InsideYear:due_on:V310", {"objectives.due_on.3": dt.date(2020, 1, 15)}, "objectives.due_on.3"),
        Line("OnStaffList:owner:R631", {"objectives.owner.3": "Trần Văn Lạ"}, "objectives.owner.3", "a stranger"),
        Line("OnStaffList:owner:R631", {"objectives.owner.3": "Tập thể"}, "objectives.owner.3", "nobody"),
        Line(
            "LikeAgencyObjective:agency_objective:R633",
            {"objectives.agency_objective.3": "MC1"},
            "objectives.agency_objective.3",
        ),
        Line("ReferredToBy:code:C405", {"tasks.objective.2": "MT01"}, "objectives.code.2"),
        Line("UnitAsDeclared:target:V309", {"objectives.target.3": "5 ngày"}, "objectives.target.3"),
        Line(
            "UnitAsDeclared:target_upper:V309",
            {**_HOURS_BETWEEN, "objectives.target_upper.3": "7 ngày"},
            "objectives.target_upper.3",
        ),
        Line("UnitAsDeclared:baseline:V309", {"objectives.baseline.3": "8 ngày"}, "objectives.baseline.3"),
        Line("UnitAsDeclared:milestone:V309", {"objectives.milestone.3": "5 ngày"}, "objectives.milestone.3"),
    ),
)

BELOW_ONE_PERCENT = on_sheet(
    "BM-01",
    "objectives",
    (
        Line("PlainlyPercent:target:V318", {**_WITHOUT_FIGURE, "objectives.target.1": 0.95}, "objectives.target.1"),
        Line(
            "PlainlyPercent:target_upper:V318",
            {
                **_WITHOUT_FIGURE,
                "objectives.comparator.1": "trong khoảng",
                "objectives.range_beaten.1": "vượt vẫn đạt",
                "objectives.target.1": 0,
                "objectives.target_upper.1": 0.98,
            },
            "objectives.target_upper.1",
        ),
        Line("PlainlyPercent:baseline:V318", {"objectives.baseline.1": 0.925}, "objectives.baseline.1"),
        Line("PlainlyPercent:milestone:V318", {"objectives.milestone.1": 0.94}, "objectives.milestone.1"),
    ),
)

FORMATS_UNKNOWN = on_sheet(
    "BM-01",
    "objectives",
    (
        Line("SurelyPercent:target:V308", {**_WITHOUT_FIGURE, "objectives.target.1": 0.95}, "objectives.target.1"),
        Line(
            "SurelyPercent:target_upper:V308",
            {
                **_WITHOUT_FIGURE,
                "objectives.comparator.1": "trong khoảng",
                "objectives.range_beaten.1": "vượt vẫn đạt",
                "objectives.target.1": 0,
                "objectives.target_upper.1": 0.98,
            },
            "objectives.target_upper.1",
        ),
        Line(
            "SurelyPercent:target:V308",
            {
                "objectives.statement.3": "Số giờ phân phối văn bản đến không cao hơn năm trước",
                "objectives.measure.3": "tăng, giảm",
                "objectives.target.3": -0.05,
                "objectives.unit.3": "%",
                "objectives.baseline.3": "không áp dụng",
            },
            "objectives.target.3",
            "below zero",
        ),
        Line("SurelyPercent:baseline:V308", {"objectives.baseline.1": 0.925}, "objectives.baseline.1"),
        Line("SurelyPercent:milestone:V308", {"objectives.milestone.1": 0.94}, "objectives.milestone.1"),
    ),
    formats_known=False,
)

TASKS = on_sheet(
    "BM-01",
    "tasks",
    (
        Line("UniqueInSheet:task_code:R604", copied("BM-01", "tasks.4", 5), "tasks.task_code.5"),
        Line("RefersTo:objective:R603", {"tasks.objective.4": "MT09"}, "tasks.objective.4"),
        Line("NotBefore:finish_on:R601", {"tasks.finish_on.4": dt.date(2019, 1, 15)}, "tasks.finish_on.4"),
        Line("NotAfterReferred:finish_on:R602", {"tasks.finish_on.4": dt.date(2019, 12, 15)}, "tasks.finish_on.4"),
    ),
)

BM01_EXAMPLES = (*OBJECTIVES, *BELOW_ONE_PERCENT, *FORMATS_UNKNOWN, *TASKS)
