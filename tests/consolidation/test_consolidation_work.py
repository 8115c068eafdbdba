"""Sheets 5 to 8: tasks, the agency's objectives, who knows the policy, the declaration."""

import datetime as dt
from typing import Any

import pytest
from committee_content import Story
from small_agency import PLAN, consolidated, listed, objective, plan, rate, report, result, view

from pipeline.consolidation import agency, coverage
from pipeline.consolidation.results import objective_results
from pipeline.consolidation.work import plan_tasks


def _task(code: str, finish_on: str, **told: object) -> dict[str, object]:
    return {
        "task_code": code,
        "objective": "MT01",
        "task": f"Việc {code}",
        "start_on": "2019-01-02",
        "finish_on": finish_on,
        **told,
    }


def test_overdue_tasks_come_first_and_finished_ones_are_never_overdue() -> None:
    story = Story()
    tasks = [
        _task("NV01", "2019-12-31"),
        _task("NV02", "2019-06-10"),
        _task("NV03", "2019-03-01"),
        _task("NV04", "2019-03-01"),
    ]
    plan(story, "VP", objective(), tasks=tasks)
    progress = [
        {"task_code": "NV01", "status": "Đang thực hiện"},
        {"task_code": "NV02", "status": "Chưa thực hiện"},
        {"task_code": "NV03", "status": "Hoàn thành", "finished_on": "2019-04-01"},
        {"task_code": "NV04", "status": "Hủy", "obstacle": "Không có kinh phí"},
    ]
    report(story, "VP", rate("MT01", 9, 10), progress=progress)
    assert listed(plan_tasks(view(story)), "task_code", "status", "overdue_days") == [
        ("NV02", "Chưa thực hiện", 3),
        ("NV01", "Đang thực hiện", 0),
        ("NV03", "Hoàn thành", 0),
        ("NV04", "Hủy", 0),
    ]


def test_a_task_without_a_report_is_kept_and_said() -> None:
    story = Story()
    plan(story, "VP", objective(), tasks=[_task("NV01", "2019-06-12")])
    assert listed(plan_tasks(view(story)), "status", "overdue_days") == [("Chưa có báo cáo", 1)]


def test_in_the_plan_period_no_task_is_called_overdue() -> None:
    story = Story()
    plan(story, "VP", objective(), tasks=[_task("NV01", "2019-06-12")])
    assert listed(plan_tasks(view(story, PLAN)), "status", "overdue_days") == [("Chưa có báo cáo", 0)]


def test_progress_on_an_unknown_task_is_kept_apart() -> None:
    story = Story()
    told = {"task_code": "NV09", "task": "Việc lạ", "planned_finish_on": "2019-05-31", "status": "Chưa thực hiện"}
    report(story, "VP", result("MT01"), progress=[told])
    committee = consolidated(story)
    assert listed(committee.tasks_apart, "task", "report_source") == [("Việc lạ", "N001")]
    assert committee.plan_tasks.empty
    assert (committee.figures["tasks"], committee.figures["tasks_overdue"]) == (0, 0)


POOLED = "objectives", "pooled", "value", "status"


def _pooled(story: Story) -> dict[object, tuple[object, ...]]:
    told = view(story)
    parts = agency.agency_parts(objective_results(told), told)
    rows = listed(agency.agency_objectives(parts, told), "code", *POOLED)
    return {row[0]: row[1:] for row in rows}


def test_rates_are_pooled_from_their_parts_and_never_averaged() -> None:
    story = Story()
    plan(story, "VP", objective(agency_objective="MC1"))
    plan(story, "KHTC", objective(agency_objective="MC1"))
    report(story, "VP", rate("MT01", 1, 2))
    report(story, "KHTC", rate("MT01", 97, 98))
    rows = listed(consolidated(story).agency_objectives, "code", *POOLED)
    assert ("MC1", 2, 2, pytest.approx(98.0), "Đạt") in rows


def test_no_case_anywhere_pools_to_nothing() -> None:
    story = Story()
    plan(story, "VP", objective(agency_objective="MC1"))
    report(story, "VP", rate("MT01", 0, 0))
    assert _pooled(story)["MC1"] == (1, 1, None, "Không phát sinh")


def test_cumulative_numbers_of_the_same_unit_are_added() -> None:
    story = Story()
    sums = {"measure": "số lũy kế", "target": 3.0, "agency_objective": "MC2"}
    plan(story, "VP", objective(**sums, unit="lớp"))
    plan(story, "KHTC", objective(**sums, unit="lớp"), objective("MT02", **sums, unit="người"))
    report(story, "VP", result(actual=2.0))
    report(story, "KHTC", result(actual=1.0), result("MT02", actual=50.0))
    assert _pooled(story)["MC2"] == (3, 2, 3.0, "Chưa đến kỳ đánh giá")


def test_levels_are_listed_without_pooling() -> None:
    story = Story()
    plan(story, "VP", objective(measure="mức", comparator="không quá", unit="ngày", agency_objective="MC3"))
    report(story, "VP", result(actual=2.0))
    assert _pooled(story)["MC3"] == (1, 0, None, None)
    told = view(story)
    parts = agency.agency_parts(objective_results(told), told)
    assert listed(parts, "division", "value", "is_pooled") == [("VP", 2.0, False)]


def _told(code: str | None, **told: object) -> dict[str, object]:
    return {
        "staff_code": code,
        "full_name": f"Người {code}",
        "position": "Chuyên viên",
        "category": "công chức",
        **told,
    }


def test_coverage_is_the_understood_over_everyone_on_the_list_that_day() -> None:
    story = Story()
    rows = {"cover": [{}], "policy": [_told("CB1", understood="có"), _told("CB2", absence="thai sản")]}
    story.add("BM-03", "VP", "2019-KH", "2019-03-20 08:00", rows)
    frame = consolidated(story).coverage
    columns = ("division", "expected", "understood", "absent", "no_record", "joined_later", "share")
    assert listed(frame, *columns) == [("VP", 2, 1, 1, 0, 1, 0.5), ("KHTC", 1, 0, 0, 1, 0, 0.0)]


def test_people_to_be_informed_come_first_by_name() -> None:
    story = Story()
    rows = {"cover": [{}], "policy": [_told("CB1", understood="có"), _told("CB2", understood="không"), _told(None)]}
    story.add("BM-03", "VP", "2019-KH", "2019-03-20 08:00", rows)
    assert listed(consolidated(story).people, "full_name", "knowledge") == [
        ("Người CB3", "no_record"),
        ("Người CB2", "not_understood"),
        ("Người CB4", "joined_later"),
        ("Người None", "not_listed"),
        ("Người CB1", "understood"),
    ]


def test_who_joins_after_the_day_of_the_workbook_is_not_listed_yet() -> None:
    knowledge = coverage.people(view(Story(), today=dt.date(2019, 5, 1)))["knowledge"]
    assert "joined_later" not in set(knowledge)


def _register(story: Story, *changes: dict[str, object], **latest: Any) -> int:  # noqa: ANN401 - rows, or a value
    """``postings``, ``checks`` and ``also`` (declarations) are rows; what else is named stands in the latest one."""
    own = {name: latest.pop(name, []) for name in ("postings", "checks", "also")}
    first = {"decision_no": "1/QĐ", "decision_on": "2017-01-10", "notice_on": "2017-01-12", "posted_on": "2017-01-11"}
    again = {"decision_no": "2/QĐ", "decision_on": "2019-05-10", "replaces": "1/QĐ", "notice_no": "3/TB"}
    dates = {"notice_on": "2019-05-15", "posted_on": "2019-05-12", "published_on": "2019-05-13"}
    rows = {
        "cover": [{}],
        "declarations": [{**first, "published_on": "2017-01-13"}, {**again, **dates, **latest}, *own["also"]],
        **{name: own[name] for name in ("postings", "checks")},
        "scope_changes": list(changes),
    }
    return story.add("BM-04", "TCT", "2019-6T", "2019-06-05 08:00", rows)


def test_the_declaration_in_force_is_the_one_that_none_replaces() -> None:
    story = Story()
    _register(story)
    assert listed(consolidated(story).declarations, "decision_no", "is_in_force") == [
        ("2/QĐ", True),
        ("1/QĐ", False),
    ]


def test_a_missing_proof_counts_its_days_until_today() -> None:
    story = Story()
    _register(story, posted_on="chưa thực hiện")
    assert listed(consolidated(story).proofs, "proof", "is_done", "days") == [
        ("decision", True, 0),
        ("notice", True, 5),
        ("posting", False, 34),
        ("portal", True, 3),
    ]


def test_h16_bm2_a_further_place_is_a_proof_of_its_own() -> None:
    """h16 bm2: with its own day; of a decision that is replaced nothing is asked."""
    story = Story()
    further = [
        {"of_decision": "2/QĐ", "posted_by": "niêm yết", "place": "Trụ sở 2", "done_on": "2019-05-20"},
        {"of_decision": "2/QĐ", "posted_by": "đăng tải", "place": "cong.gov.vn", "done_on": "chưa thực hiện"},
        {"of_decision": "1/QĐ", "posted_by": "niêm yết", "place": "Trụ sở cũ", "done_on": "chưa thực hiện"},
    ]
    _register(story, postings=further)
    committee = consolidated(story)
    assert listed(committee.proofs, "proof", "reference", "is_done", "days") == [
        ("decision", "2/QĐ", True, 0),
        ("notice", "3/TB", True, 5),
        ("posting", None, True, 2),
        ("posting", "Trụ sở 2", True, 10),
        ("portal", None, True, 3),
        ("portal", "cong.gov.vn", False, 34),
    ]
    assert listed(committee.decisions, "matter", "count", "which")[0] == ("declaration", 1, "portal")
    assert committee.controls["holds"].all()


@pytest.mark.parametrize(
    ("day", "checked", "watch"),
    [
        (dt.date(2019, 6, 9), None, "not_due"),
        (dt.date(2019, 6, 10), None, "unchecked"),
        (dt.date(2019, 6, 13), "2018-12-31", "unchecked"),
        (dt.date(2019, 6, 13), "2019-01-01", "checked"),
        (dt.date(2019, 6, 13), "2019-06-30", "checked"),
    ],
)
def test_h16_bm4_a_period_without_a_check_is_named(day: dt.date, checked: str | None, watch: str) -> None:
    """h16 bm4: by the half of the year, once the register is due."""
    story = Story()
    made = [{"checked_on": checked, "checked_by": "Lê Thị Thu", "check_result": "Đủ"}] if checked else []
    _register(story, checks=made)
    committee = consolidated(story, today=day)
    assert listed(committee.check_periods, "period", "watch") == [("2019-6T", watch)]
    assert committee.controls["holds"].all()


def test_h16_bm1_one_decision_replaces_several_and_no_row_is_lost() -> None:
    """h16 bm1: after a merger the one decision is in force, the two that it replaces are not."""
    story = Story()
    other = {"decision_no": "9/QĐ-SNV", "decision_on": "2018-03-01"}
    _register(story, replaces="1/QĐ; 9/QĐ-SNV", also=[other])
    committee = consolidated(story)
    assert listed(committee.declarations, "decision_no", "is_in_force") == [
        ("2/QĐ", True),
        ("9/QĐ-SNV", False),
        ("1/QĐ", False),
    ]
    assert listed(committee.proofs, "decision_no") == [("2/QĐ",)] * 4
    assert committee.controls["holds"].all()


def test_a_change_of_scope_waits_until_it_is_declared() -> None:
    story = Story()
    declared = {"scope_change": "mở rộng", "effective_on": "2019-04-01", "declared_in": "2/QĐ", "legal_basis": "A"}
    waiting = {"scope_change": "thu hẹp", "effective_on": "2019-06-01", "legal_basis": "B"}
    _register(story, declared, waiting)
    committee = consolidated(story)
    assert listed(committee.scope_changes, "legal_basis", "is_declared", "days") == [
        ("B", False, 12),
        ("A", True, 0),
    ]
    assert listed(committee.decisions, "matter", "count", "days")[0] == ("declaration", 1, 12)


def test_the_time_line_holds_everything_dated_in_order() -> None:
    story = Story()
    _register(story, {"scope_change": "mở rộng", "effective_on": "2019-05-12", "legal_basis": "NĐ"})
    assert listed(consolidated(story).timeline, "step", "reference") == [
        ("decision_on", "1/QĐ"),
        ("posted_on", "1/QĐ"),
        ("notice_on", "1/QĐ"),
        ("published_on", "1/QĐ"),
        ("decision_on", "2/QĐ"),
        ("posted_on", "2/QĐ"),
        ("effective_on", "NĐ"),
        ("published_on", "2/QĐ"),
        ("notice_on", "2/QĐ"),
    ]
