"""Two small years in which every frame of the workbook has rows: misses, an estimate, an end, a heir, a register."""

import dataclasses
import datetime as dt
from functools import cache
from typing import Any

from committee_content import Story
from small_agency import objective, plan, rate, report, result, small_settings

from pipeline.consolidation import LedgerContent
from pipeline.settings import Settings

READ_ON = dt.date(2019, 11, 20)
_ACTION = {"cause": "Thiếu người", "corrective_action": "Bố trí lại", "action_owner": "Người CB1"}
_MISSED = {**_ACTION, "self_assessment": "Không đạt"}


@cache
def settings() -> Settings:
    """The small agency; in 2019 a third division was merged into the first, and the policy was approved anew."""
    small = small_settings()
    office = next(division for division in small.divisions if division.code == "VP")
    merged = office.model_copy(
        update={"code": "NCC", "name": "Phòng Người có công", "valid_to": dt.date(2019, 8, 15), "successor": "VP"}
    )
    return small.model_copy(update={"divisions": (*small.divisions, merged)})


@cache
def content() -> LedgerContent:
    """What the ledger has on the day of reading."""
    story = Story()
    _first_year(story)
    _plans(story)
    _policy_and_register(story)
    _half_year(story)
    _whole_year(story)
    return story.content()


def content_anew() -> LedgerContent:
    """The same, with nothing remembered of what was computed of it."""
    return dataclasses.replace(content())


def _first_year(story: Story) -> None:
    year = {"due_on": "2018-12-31"}
    plan(story, "VP", objective("MT01", **year), period="2018-KH")
    plan(story, "KHTC", objective("MT01", **year), objective("MT02", **year), period="2018-KH")
    day = {"data_as_of": "2018-12-31"}
    report(story, "VP", rate("MT01", 96, 100, **day), period="2018-CN")
    late = {"action_due_on": "2019-03-31", **_MISSED, **day}
    report(story, "KHTC", rate("MT01", 5, 10, **late), rate("MT02", 99, 100, **day), period="2018-CN")


def _plans(story: Story) -> None:
    served = {"agency_objective": "MC1"}
    office = [
        objective("MT01", continues="MT01", target=90.0, **served),
        objective("MT02", due_on="2019-10-31"),
        objective("MT03"),
    ]
    plan(story, "VP", *office, tasks=[_task("NV01", "MT01", "2019-06-30"), _task("NV02", "MT02", "2019-10-15")])
    plan(story, "KHTC", objective("MT01", continues="MT01", **served), tasks=[_task("NV01", "MT01", "2019-12-20")])
    plan(story, "NCC", objective("MT01", **served), tasks=[_task("NV01", "MT01", "2019-09-30")])


def _task(code: str, of: str, finish_on: str) -> dict[str, Any]:
    return {
        "task_code": code,
        "objective": of,
        "task": f"Việc {code}",
        "start_on": "2019-01-10",
        "finish_on": finish_on,
    }


def _policy_and_register(story: Story) -> None:
    told = {"policy_version": "CSCL-1", "communicated_on": "2019-03-10"}
    people = [
        {"staff_code": "CB1", "full_name": "Người CB1", "understood": "có", **told},
        {"staff_code": "CB2", "full_name": "Người CB2", "understood": "không", **told},
    ]
    story.add("BM-03", "VP", "2019-KH", "2019-03-20 08:00", {"cover": [{}], "policy": people})
    proved = {"notice_no": "12/SKHCN", "notice_on": "2018-05-20", "posted_at": "Trụ sở", "posted_on": "2018-05-21"}
    declared = {"decision_no": "10/QĐ", "decision_on": "2018-05-15", "procedures_count": 30, **proved}
    moved = {"scope_change": "mở rộng", "effective_on": "2019-04-01", "procedures_added": 3, "legal_basis": "QĐ 5"}
    rows = {"cover": [{}], "declarations": [declared], "scope_changes": [moved]}
    rows["postings"] = [{"of_decision": "10/QĐ", "posted_by": "niêm yết", "place": "Trụ sở 2", "done_on": "2018-05-20"}]
    rows["checks"] = [{"checked_on": "2019-05-02", "checked_by": "Lê Thị Thu", "check_result": "Đủ"}]
    story.add("BM-04", "TCT", "2019-6T", "2019-06-05 08:00", rows)


def _half_year(story: Story) -> None:
    done = [{"task_code": "NV01", "status": "Hoàn thành", "finished_on": "2019-05-20"}]
    half = [rate("MT01", 80, 100, self_assessment="Chưa đến kỳ đánh giá"), rate("MT02", 1, 10), rate("MT03", 1, 1)]
    report(story, "VP", *half, progress=done)
    returned = report(story, "KHTC", rate("MT01", 5, 10), verdict="returned")
    story.findings.append((returned, "C401", "error"))
    report(story, "NCC", rate("MT01", 40, 50))


def _whole_year(story: Story) -> None:
    day = {"data_as_of": "2019-10-31"}
    ended = {**day, "self_assessment": "Không còn áp dụng"}
    office = [
        rate("MT01", 85, 100, full_year_estimate=91.0, self_assessment="Đạt (theo ước)", **day),
        rate("MT02", 2, 10, action_due_on="2019-11-05", **_MISSED, **day),
        result("MT03", actual="không áp dụng", approving_document="8/QĐ", **ended),
        rate("NCC-MT01", 48, 50, self_assessment="Đạt", **day),
    ]
    progress = [
        {"task_code": "NV01", "status": "Hoàn thành", "finished_on": "2019-05-20"},
        {"task_code": "NV02", "status": "Đang thực hiện"},
        {"task_code": "NV09", "task": "Việc ngoài kế hoạch", "status": "Hoàn thành", "finished_on": "2019-08-01"},
    ]
    report(story, "VP", *office, period="2019-CN", progress=progress)
    said = {"origin": "2018-CN", "objective": "MT01", "action": "Bố trí lại", "action_result": "Đang làm"}
    finance = result("MT01", actual="chưa có số liệu", **{**day, "self_assessment": "Chưa đủ số liệu"})
    report(story, "KHTC", finance, period="2019-CN", actions=[said])
    story.add(None, None, None, "2019-11-06 11:00", verdict="not_a_form", path="Công văn.docx")
