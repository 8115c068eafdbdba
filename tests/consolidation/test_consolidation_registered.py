"""What counts: the BM-01 in force alone registers objectives, divisions and tasks; what has none stands apart."""

import pytest
from committee_content import Story
from small_agency import consolidated, listed, objective, plan, rate, report, result

from pipeline.consolidation import Committee


@pytest.fixture(scope="module")
def committee() -> Committee:
    """VP registered two objectives and a task; KHTC's BM-01 was returned, and it reported all the same."""
    story = Story()
    task = {"task_code": "NV01", "objective": "MT01", "task": "Việc", "finish_on": "2019-03-01"}
    plan(story, "VP", objective(), objective("MT02"), tasks=[task])
    plan(story, "KHTC", objective(), objective("MT02"), tasks=[task], verdict="returned")
    progress = [{"task_code": "NV01", "task": "Việc", "planned_finish_on": "2019-03-01", "status": "Chưa thực hiện"}]
    report(story, "VP", rate("MT01", 99, 100), result("MT02", actual="không phát sinh"), progress=progress)
    report(story, "KHTC", rate("MT01", 99, 100), rate("MT02", 99, 100), progress=progress)
    return consolidated(story)


def test_objectives_and_divisions_are_counted_from_the_plans_in_force(committee: Committee) -> None:
    """h1: a division whose BM-01 was returned has registered nothing."""
    figures = committee.figures
    assert [figures[name] for name in ("objectives", "divisions", "unregistered")] == [2, 1, 2]
    assert [figures[name] for name in ("reached", "judged")] == [1, 1]


def test_objectives_without_a_plan_in_force_stay_and_say_so(committee: Committee) -> None:
    """h1: they stand last on sheet 3."""
    rows = committee.objective_results
    assert listed(rows, "division", "status")[2:] == [("KHTC", "Chưa có BM-01 hợp lệ")] * 2


def test_tasks_without_a_plan_in_force_are_neither_on_sheet_5_nor_overdue(committee: Committee) -> None:
    """h1: sheet 5 and its counts hold the plan in force; the others are accounted for beside the sources."""
    assert listed(committee.plan_tasks, "division", "task_code", "overdue_days") == [("VP", "NV01", 104)]
    assert listed(committee.tasks_apart, "division", "task_code") == [("KHTC", "NV01")]
    assert [committee.figures[name] for name in ("tasks", "tasks_overdue")] == [1, 1]


def test_every_accepted_row_is_still_accounted_for(committee: Committee) -> None:
    """h1: sheet 10 finds the rows that stand apart."""
    assert committee.controls["holds"].all()


def test_periods_count_what_was_registered(committee: Committee) -> None:
    """h1: over the periods, too, only registered objectives are reported on."""
    assert listed(committee.over_time, "period", "reported", "reached") == [("2019-6T", 2, 1)]
