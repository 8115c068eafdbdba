"""Sheet 4's frame: missed objectives of the period, and actions of earlier ones that are still open."""

import datetime as dt

from committee_content import Story
from small_agency import WHOLE_YEAR, consolidated, listed, objective, plan, rate, report, view

from pipeline.consolidation.work import unmet

DUE = {"due_on": "2019-05-31"}
ACTION = {
    "cause": "Thiếu người",
    "corrective_action": "Phân công lại",
    "action_owner": "Mai",
    "action_due_on": "2019-06-10",
}


def test_a_missed_objective_is_listed_with_its_action_and_the_days_overdue() -> None:
    story = Story()
    plan(story, "VP", objective(**DUE))
    report(story, "VP", rate("MT01", 50, 100, **ACTION))
    rows = listed(consolidated(story).unmet, "origin", "division", "code", "corrective_action", "overdue_days")
    assert rows == [("this_period", "VP", "MT01", "Phân công lại", 3)]


def test_the_due_day_itself_is_not_overdue() -> None:
    story = Story()
    plan(story, "VP", objective(**DUE))
    report(story, "VP", rate("MT01", 50, 100, **ACTION))
    assert listed(unmet(view(story, today=dt.date(2019, 6, 10))), "overdue_days") == [(0,)]


def test_an_action_is_carried_over_while_no_later_report_reaches_the_objective() -> None:
    story = Story()
    plan(story, "VP", objective(**DUE))
    report(story, "VP", rate("MT01", 50, 100, **ACTION))
    report(story, "VP", rate("MT01", 60, 100, data_as_of="2019-10-31"), period="2019-CN")
    rows = listed(unmet(view(story, WHOLE_YEAR)), "origin", "period", "status_now")
    assert rows == [("this_period", "2019-CN", "Không đạt"), ("carried", "2019-6T", "Không đạt")]


def test_a_later_report_that_reaches_the_objective_closes_the_action() -> None:
    story = Story()
    plan(story, "VP", objective(**DUE))
    report(story, "VP", rate("MT01", 50, 100, **ACTION))
    report(story, "VP", rate("MT01", 97, 100, data_as_of="2019-10-31"), period="2019-CN")
    assert unmet(view(story, WHOLE_YEAR)).empty


def test_an_objective_that_is_no_longer_applied_closes_its_action() -> None:
    story = Story()
    plan(story, "VP", objective(**DUE))
    report(story, "VP", rate("MT01", 50, 100, **ACTION))
    story_result = {"code": "MT01", "actual": "không áp dụng", "data_as_of": "2019-10-31"}
    report(story, "VP", story_result, period="2019-CN")
    assert unmet(view(story, WHOLE_YEAR)).empty


def test_an_action_of_last_year_is_closed_by_the_objective_that_continues_it() -> None:
    story = Story()
    plan(story, "VP", objective("MT05", due_on="2018-12-31"), period="2018-KH")
    report(story, "VP", rate("MT05", 50, 100, data_as_of="2018-12-31"), period="2018-CN")
    plan(story, "VP", objective("MT01", continues="MT05"))
    assert listed(unmet(view(story)), "period", "code", "status_now") == [("2018-CN", "MT05", "Chưa có báo cáo")]
    report(story, "VP", rate("MT01", 99, 100))
    assert unmet(view(story)).empty


def test_the_same_code_of_another_year_is_another_objective() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2018-12-31"), period="2018-KH")
    report(story, "VP", rate("MT01", 50, 100, data_as_of="2018-12-31"), period="2018-CN")
    plan(story, "VP", objective())
    report(story, "VP", rate("MT01", 99, 100))
    assert listed(unmet(view(story)), "origin", "period", "code") == [("carried", "2018-CN", "MT01")]
