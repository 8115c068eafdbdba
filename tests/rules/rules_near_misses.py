"""Forms that come close to breaking a rule and keep it: nothing may be found in them."""

import datetime as dt
from dataclasses import dataclass

from rules_examples import copied
from rules_examples_bm04 import merged
from rules_sheets import Case, Edits


@dataclass(frozen=True, eq=False)
class NearMiss:
    """A valid form and what it comes close to."""

    base: str
    note: str
    edits: Edits
    arrived_at: dt.datetime | None = None

    @property
    def case(self) -> Case:
        """The submission to judge."""
        return Case(self.base, self.edits, arrived_at=self.arrived_at)


_LEVEL: Edits = {"objectives.measure.3": "số lũy kế", "objectives.unit.3": "đơn"}
_PLANNED: Edits = {
    "objectives.measure.3": "số lũy kế",
    "objectives.comparator.3": "ít nhất",
    "objectives.unit.3": "cuộc",
    "objectives.baseline.3": 4,
}
_COUNTED_IN_THE_YEAR: Edits = {
    **_LEVEL,
    "objectives.statement.3": "Không quá 5 đơn khiếu nại về giải quyết hồ sơ trong năm",
    "objectives.baseline.3": 8,
}
_FEWER: Edits = {
    "objectives.statement.3": "Giảm ít nhất 5% số hồ sơ quá hạn so với năm trước",
    "objectives.measure.3": "tăng, giảm",
    "objectives.comparator.3": "ít nhất",
    "objectives.unit.3": "%",
    "objectives.baseline.3": 3,
}
_AWAY: Edits = {
    f"policy.{field}.3": None for field in ("channel", "communicated_on", "communicator", "understood", "how_checked")
}
_DONE_BY_THE_END: Edits = {"results.data_as_of.2": dt.date(2019, 5, 15), "results.actual.2": "không"}
_NO_CASE: Edits = {
    "results.numerator.1": 0,
    "results.denominator.1": 0,
    "results.actual.1": "không phát sinh",
    "results.self_assessment.1": "Không phát sinh",
}

_HONEST: Edits = {
    "results.self_assessment.1": "Không đạt",
    "results.cause.1": "Thiếu người thụ lý",
    "results.corrective_action.1": "Phân công lại",
    "results.action_owner.1": "Trần Thị Mai",
    "results.action_due_on.1": dt.date(2019, 12, 1),
}

NEAR_MISSES = (
    NearMiss("BM-01", "a statement of 15 characters", {"objectives.statement.3": "Nhanh < 5 giờ ạ"}),
    NearMiss(
        "BM-01", "a statement of 500 characters", {"objectives.statement.3": "Nhanh " * 80 + "không quá 5 giờ làm"}
    ),
    NearMiss(
        "BM-01",
        "all of them, and no more",
        {
            "objectives.statement.1": "Giải quyết đúng hạn 100% hồ sơ thủ tục hành chính trong năm 2019",
            "objectives.comparator.1": "đúng bằng",
            "objectives.target.1": 100,
        },
    ),
    NearMiss(
        "BM-01",
        "exactly none",
        {
            **_COUNTED_IN_THE_YEAR,
            "objectives.statement.3": "Không có đơn khiếu nại về giải quyết hồ sơ trong năm",
            "objectives.comparator.3": "đúng bằng",
            "objectives.target.3": 0,
        },
    ),
    NearMiss("BM-01", "a milestone as high as the target", {"objectives.milestone.1": 95}),
    NearMiss("BM-01", "half of what may happen in the year", {**_COUNTED_IN_THE_YEAR, "objectives.milestone.3": 2}),
    NearMiss("BM-01", "a target as good as last year's", {"objectives.baseline.1": 95}),
    NearMiss(
        "BM-01",
        "an exact target below last year's",
        {
            "objectives.comparator.1": "đúng bằng",
            "objectives.statement.1": "Giải quyết đúng hạn 100% hồ sơ thủ tục hành chính trong năm 2019",
            "objectives.target.1": 100,
            "objectives.baseline.1": 100,
        },
    ),
    NearMiss("BM-01", "no figure for last year", {"objectives.baseline.1": "chưa có số liệu"}),
    NearMiss("BM-01", "a word for last year", {"objectives.baseline.2": "có"}),
    NearMiss(
        "BM-01",
        "a change may be negative",
        {
            "objectives.statement.3": "Giảm ít nhất 5% số hồ sơ quá hạn so với năm trước",
            "objectives.measure.3": "tăng, giảm",
            "objectives.target.3": -5,
            "objectives.unit.3": "điểm %",
            "objectives.baseline.3": -3,
        },
    ),
    NearMiss("BM-01", "due on the last day of the year", {"objectives.due_on.3": dt.date(2019, 12, 31)}),
    NearMiss(
        "BM-01",
        "due on the first day of the year",
        {
            "objectives.due_on.2": dt.date(2019, 1, 1),
            "tasks.start_on.2": dt.date(2019, 1, 1),
            "tasks.finish_on.2": dt.date(2019, 1, 1),
        },
    ),
    NearMiss(
        "BM-01",
        "a task of one day, on the objective's last",
        {
            "tasks.start_on.4": dt.date(2019, 11, 30),
            "tasks.finish_on.4": dt.date(2019, 11, 30),
        },
    ),
    NearMiss("BM-01", "a name in capitals", {"objectives.owner.1": "TRẦN  THỊ MAI"}),
    NearMiss("BM-01", "the tone mark on the other vowel", {"objectives.owner.2": "Nguyễn Văn Hoà"}),
    NearMiss("BM-01", "someone who joins in the course of the year", {"objectives.owner.3": "Phan Thị Út"}),
    NearMiss(
        "BM-01",
        "a unit of one's own",
        {
            "objectives.statement.3": "Không quá 5 phiên chợ việc làm bị hoãn trong năm",
            "objectives.unit.3": "phiên chợ",
        },
    ),
    NearMiss(
        "BM-01",
        "a bare figure beside a floor",
        {"objectives.statement.1": "Giải quyết đúng hạn 95% hồ sơ thủ tục hành chính trong năm 2019"},
    ),
    NearMiss(
        "BM-01",
        "a sentence that is measured against last year",
        {"objectives.statement.1": "Tỷ lệ hồ sơ giải quyết đúng hạn không thấp hơn năm trước"},
    ),
    NearMiss(
        "BM-01",
        "a vague word inside a name",
        {"objectives.statement.1": "Ít nhất 95% công chức được xếp loại hoàn thành tốt nhiệm vụ trở lên"},
    ),
    NearMiss(
        "BM-01",
        "the share and its count",
        {"objectives.statement.1": "Giải quyết đúng hạn ít nhất 95% hồ sơ thủ tục hành chính (95/100 hồ sơ)"},
    ),
    NearMiss(
        "BM-01",
        "the number of a decree, the year of a standard",
        {"objectives.statement.1": "Đúng hạn ít nhất 95% hồ sơ theo Nghị định 61/2018/NĐ-CP, ISO 9001:2015"},
    ),
    NearMiss(
        "BM-01",
        "inspections of a plan are what an inspectorate has to do",
        {**_PLANNED, "objectives.statement.3": "Hoàn thành ít nhất 5 cuộc thanh tra theo Kế hoạch năm 2019"},
    ),
    NearMiss(
        "BM-01",
        "places that are to be checked",
        {
            **_PLANNED,
            "objectives.statement.3": "Kiểm tra ít nhất 5 cơ sở giáo dục nghề nghiệp",
            "objectives.unit.3": "cơ sở",
        },
    ),
    NearMiss(
        "BM-01",
        "a former value is no second target",
        {"objectives.statement.1": "Nâng tỷ lệ hồ sơ đúng hạn từ 92,5% lên ít nhất 95%"},
    ),
    NearMiss(
        "BM-01",
        "in words",
        {"objectives.statement.1": "Giải quyết đúng hạn ít nhất chín mươi lăm phần trăm hồ sơ thủ tục hành chính"},
    ),
    NearMiss(
        "BM-01",
        "a deadline of later years",
        {"objectives.statement.1": "Giải quyết đúng hạn ít nhất 95% hồ sơ, đến năm 2025"},
    ),
    NearMiss("BM-01", "a fall with last year's figure", _FEWER),
    NearMiss(
        "BM-01",
        "a fall by points where the column says so",
        {
            **_FEWER,
            "objectives.statement.3": "Tỷ lệ hồ sơ quá hạn giảm ít nhất 5% so với năm trước",
            "objectives.unit.3": "điểm %",
        },
    ),
    NearMiss(
        "BM-01",
        "due on the last day before the deadline of the sentence",
        {
            "objectives.statement.3": "Thời gian phân phối văn bản đến bình quân không quá 5 giờ trước quý IV",
            "objectives.due_on.3": dt.date(2019, 9, 30),
            "tasks.finish_on.3": dt.date(2019, 9, 30),
            "tasks.finish_on.4": dt.date(2019, 9, 30),
        },
    ),
    NearMiss(
        "BM-01",
        "a result that is there or not",
        {"objectives.statement.2": "Ban hành Quy chế tiếp công dân trước ngày 01/6/2019"},
    ),
    NearMiss("BM-01", "an objective of last year continued", {"objectives.continues.3": "MT02"}),
    NearMiss("BM-01", "revised before it is due", {}, arrived_at=dt.datetime(2019, 1, 30, 23)),
    NearMiss(
        "BM-01",
        "revised with a reason and a document",
        {
            "cover.revision_reason": "Giao bổ sung chỉ tiêu",
            "cover.revision_document": "145/QĐ-SLĐTBXH ngày 15/4/2019",
        },
        arrived_at=dt.datetime(2019, 4, 20, 9),
    ),
    NearMiss(
        "BM-02",
        "rounded as typed, up",
        {
            "results.numerator.1": 191,
            "results.denominator.1": 199,
            "results.actual.1": 95.98,
        },
    ),
    NearMiss(
        "BM-02",
        "rounded to a whole number",
        {
            "results.numerator.1": 191,
            "results.denominator.1": 199,
            "results.actual.1": 96,
        },
    ),
    NearMiss(
        "BM-02",
        "half of the last decimal off",
        {
            "results.numerator.1": 193,
            "results.denominator.1": 200,
            "results.actual.1": 96,
        },
    ),
    NearMiss("BM-02", "no case in the period", _NO_CASE),
    NearMiss("BM-02", "met, but not claimed before its day", {"results.self_assessment.1": "Chưa đến kỳ đánh giá"}),
    NearMiss(
        "BM-02",
        "not done yet before its day",
        {**_DONE_BY_THE_END, "results.self_assessment.2": "Chưa đến kỳ đánh giá"},
    ),
    NearMiss("BM-02", "an average from its parts", {"results.numerator.3": 900, "results.denominator.3": 200}),
    NearMiss("BM-02", "figures of the day of arrival", {"results.data_as_of.1": dt.date(2019, 6, 5)}),
    NearMiss(
        "BM-02",
        "no evidence for what did not happen",
        {
            "results.actual.3": "chưa có số liệu",
            "results.self_assessment.3": "Chưa đủ số liệu",
            "results.evidence.3": None,
        },
    ),
    NearMiss(
        "BM-02",
        "given up with a document",
        {
            "results.actual.3": "không áp dụng",
            "results.self_assessment.3": "Không còn áp dụng",
            "results.approving_document.3": "145/QĐ-SLĐTBXH ngày 15/4/2019",
        },
    ),
    NearMiss(
        "BM-02-CN",
        "given up with a document, and what was done until then: neither cause nor estimate is asked for (wb3)",
        {
            "results.numerator.1": 10,
            "results.denominator.1": 20,
            "results.actual.1": 50,
            "results.data_as_of.1": dt.date(2019, 5, 15),
            "results.full_year_estimate.1": None,
            "results.self_assessment.1": "Không còn áp dụng",
            "results.approving_document.1": "145/QĐ-SLĐTBXH ngày 15/4/2019",
        },
    ),
    NearMiss("BM-02", "finished on the day of the figures", {"progress.finished_on.2": dt.date(2019, 5, 31)}),
    NearMiss(
        "BM-02",
        "due on the day of the figures, not finished",
        {
            "progress.status.2": "Đang thực hiện",
            "progress.finished_on.2": None,
            "progress.obstacle.2": "Chờ chuyên gia",
        },
    ),
    NearMiss("BM-02", "an objective without result", {"results.*.3": None}),
    NearMiss(
        "BM-02-CN",
        "a word as estimate for có/không",
        {
            "results.actual.2": "có",
            "results.full_year_estimate.2": "có",
            "results.data_as_of.2": dt.date(2019, 5, 15),
        },
    ),
    NearMiss(
        "BM-02-CN",
        "no estimate after its day",
        {
            "results.data_as_of.2": dt.date(2019, 5, 31),
            "results.full_year_estimate.2": None,
        },
    ),
    NearMiss(
        "BM-02",
        "an action of which nothing is judged yet (m4)",
        {"actions.finished_on.1": None, "actions.checked_by.1": None, "actions.is_effective.1": None},
    ),
    NearMiss("BM-02-CN", "no estimate for a target already met (d21)", {"results.full_year_estimate.1": None}),
    NearMiss(
        "BM-02-CN",
        "Đạt beside an estimate that reaches the target",
        {"results.numerator.1": 376, "results.actual.1": 94},
    ),
    NearMiss(
        "BM-02-CN",
        "an honest Không đạt, whatever the estimate (d2)",
        {"results.numerator.1": 376, "results.actual.1": 94, **_HONEST},
    ),
    NearMiss(
        "BM-02-CN",
        "an honest Không đạt without an estimate",
        {"results.numerator.1": 376, "results.actual.1": 94, "results.full_year_estimate.1": None, **_HONEST},
    ),
    NearMiss(
        "BM-02-CN",
        "no estimate without figures",
        {
            "results.actual.1": "chưa có số liệu",
            "results.numerator.1": None,
            "results.denominator.1": None,
            "results.full_year_estimate.1": None,
            "results.self_assessment.1": "Chưa đủ số liệu",
        },
    ),
    NearMiss("BM-03", "told on the day of approval", {"policy.communicated_on.3": dt.date(2019, 2, 20)}),
    NearMiss("BM-03", "told on the day of arrival", {"policy.communicated_on.3": dt.date(2019, 3, 20)}),
    NearMiss(
        "BM-03",
        "told of the version of that day",
        {
            "policy.communicated_on.3": dt.date(2019, 2, 19),
            "policy.policy_version.3": "CSCL-2018/01",
        },
    ),
    NearMiss("BM-03", "told before going on leave", {"policy.absence.3": "thai sản"}),
    NearMiss(
        "BM-03", "away, and told nobody knows when: counted, asked of nobody", {**_AWAY, "policy.absence.3": "thai sản"}
    ),
    NearMiss(
        "BM-03",
        "away, and so not understood",
        {**_AWAY, "policy.absence.3": "công tác", "policy.understood.3": "không"},
    ),
    NearMiss(
        "BM-03",
        "someone who joins after the due date",
        copied(
            "BM-03",
            "policy.3",
            4,
            {
                "staff_code": "CB006",
                "full_name": "Phan Thị Út",
            },
        ),
    ),
    NearMiss("BM-03", "another channel than the listed ones", {"policy.channel.3": "Qua loa nội bộ"}),
    NearMiss(
        "BM-04",
        "all on one day",
        {
            f"declarations.{day}.2": dt.date(2018, 7, 20)
            for day in (
                "internal_audit_on",
                "management_review_on",
                "effectiveness_confirmed_on",
                "notice_on",
                "posted_on",
            )
        },
    ),
    NearMiss(
        "BM-04",
        "a later declaration that replaces the last",
        copied(
            "BM-04",
            "declarations.2",
            3,
            {
                "decision_no": "300/QĐ-SLĐTBXH",
                "decision_on": dt.date(2019, 4, 1),
                "notice_on": dt.date(2019, 4, 3),
                "posted_on": dt.date(2019, 4, 2),
                "published_on": dt.date(2019, 4, 2),
                "replaces": "215/QĐ-SLĐTBXH",
            },
        ),
    ),
    NearMiss(
        "BM-04",
        "as many procedures as were added and removed",
        {
            "declarations.procedures_count.2": 90,
            "scope_changes.procedures_added.2": 7,
        },
    ),
    NearMiss(
        "BM-04",
        "a change that is declared anew at last",
        {
            "scope_changes.declared_in.1": "215/QĐ-SLĐTBXH",
            "declarations.procedures_count.2": 94,
        },
    ),
    NearMiss("BM-04", "h16 bm1: a merger", merged()),
    NearMiss(
        "BM-04",
        "h16 bm1: a merger, with other words",
        merged(replaces="QĐ số 45/QĐ-SNV ngày 20/7/2018 và 215/QĐ-SLĐTBXH"),
    ),
    NearMiss("BM-04", "h16 bm1: a merger, in two lines", merged(replaces="45/QĐ-SNV\n215/QĐ-SLĐTBXH")),
    NearMiss(
        "BM-04",
        "h16 bm3: the standard has changed, and is not declared yet",
        {
            "declarations.standard.2": "TCVN ISO 9001:2008",
            **copied(
                "BM-04",
                "scope_changes.1",
                3,
                {
                    "scope_change": "đổi tiêu chuẩn",
                    "old_scope": "TCVN ISO 9001:2008",
                    "new_scope": "TCVN ISO 9001:2015",
                    "procedures_added": 0,
                },
            ),
        },
    ),
    NearMiss("DM-01", "a division of one day", {"divisions.valid_to.3": dt.date(2016, 1, 1)}),
)
