"""Sheets 5 to 8: tasks, the agency's objectives, who knows the policy, the declaration."""

import datetime as dt

import pytest
from committee_content import Story
from small_agency import PLAN, TODAY, consolidated, listed, objective, plan, rate, report, result, view

from pipeline.consolidation import agency, coverage, declaration
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


def _register(story: Story, *changes: dict[str, object], **latest: object) -> int:
    first = {"decision_no": "1/QĐ", "decision_on": "2017-01-10", "notice_on": "2017-01-12", "posted_on": "2017-01-11"}
    again = {"decision_no": "2/QĐ", "decision_on": "2019-05-10", "replaces": "1/QĐ", "notice_no": "3/TB"}
    dates = {"notice_on": "2019-05-15", "posted_on": "2019-05-12", "published_on": "2019-05-13"}
    rows = {
        "cover": [{}],
        "declarations": [{**first, "published_on": "2017-01-13"}, {**again, **dates, **latest}],
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
    declared = declaration.declarations(declaration.register(view(story), "declarations"))
    assert listed(declaration.proofs(declared, TODAY), "proof", "is_done", "days") == [
        ("decision", True, 0),
        ("notice", True, 5),
        ("posting", False, 34),
        ("portal", True, 3),
    ]


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
