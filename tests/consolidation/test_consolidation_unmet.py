"""Sheet 4's frame: missed objectives of the period, and actions of earlier ones that are still open."""

import datetime as dt

import pandas as pd
from committee_content import Story
from small_agency import (
    WHOLE_YEAR,
    accepted_of,
    consolidated,
    listed,
    objective,
    plan,
    rate,
    report,
    small_settings,
    view,
)

from pipeline.consolidation.work import unmet
from pipeline.desk.carrying import as_rows, open_actions
from pipeline.settings import Period

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


def test_an_objective_missed_twice_stands_in_one_row_and_says_since_when() -> None:
    """m4."""
    story = Story()
    plan(story, "VP", objective(**DUE))
    report(story, "VP", rate("MT01", 50, 100, **ACTION))
    report(story, "VP", rate("MT01", 60, 100, data_as_of="2019-10-31"), period="2019-CN")
    rows = listed(unmet(view(story, WHOLE_YEAR)), "origin", "period", "since", "status_now", "overdue_days")
    assert rows == [("this_period", "2019-CN", "2019-6T", "Không đạt", 3)]


def test_the_decision_names_the_action_that_waits_and_who_is_to_do_it() -> None:
    """What the last report promises is not due yet: beside the days of the earlier action it was a day to come."""
    story = Story()
    plan(story, "VP", objective(**DUE))
    report(story, "VP", rate("MT01", 50, 100, **ACTION))
    promised = {**ACTION, "action_owner": "Lan", "action_due_on": "2020-01-31"}
    report(story, "VP", rate("MT01", 60, 100, data_as_of="2019-10-31", **promised), period="2019-CN")
    rows = consolidated(story, WHOLE_YEAR).decisions
    overdue = rows[rows["matter"] == "actions_overdue"]
    assert listed(overdue, "days", "owner", "due_on") == [(3, "Mai", pd.Timestamp("2019-06-10"))]


def test_several_divisions_that_miss_in_both_periods_stand_in_one_row_each() -> None:
    """m4: the rows of a period before come after those of the period, not in the order of time."""
    story = Story()
    for division in ("VP", "KHTC"):
        plan(story, division, objective(**DUE))
        report(story, division, rate("MT01", 50, 100, **ACTION))
        report(story, division, rate("MT01", 60, 100, data_as_of="2019-10-31"), period="2019-CN")
    rows = listed(unmet(view(story, WHOLE_YEAR)), "division", "period", "since")
    assert sorted(rows) == [("KHTC", "2019-CN", "2019-6T"), ("VP", "2019-CN", "2019-6T")]


def test_a_later_report_that_reaches_the_objective_closes_the_action() -> None:
    story = Story()
    plan(story, "VP", objective(**DUE))
    report(story, "VP", rate("MT01", 50, 100, **ACTION))
    report(story, "VP", rate("MT01", 97, 100, data_as_of="2019-10-31"), period="2019-CN")
    assert unmet(view(story, WHOLE_YEAR)).empty


SAID = {"origin": "2019-6T", "objective": "MT01", "finished_on": "2019-06-09", "action_result": "Đã phân công lại"}


def _said(**more: str) -> Story:
    """Missed at six months, not reported on since but for its action."""
    story = Story()
    plan(story, "VP", objective(**DUE), objective("MT02"))
    report(story, "VP", rate("MT01", 50, 100, **ACTION))
    said = [{**SAID, **more}]
    report(story, "VP", rate("MT02", 96, 100, data_as_of="2019-10-31"), period="2019-CN", actions=said)
    return story


def test_an_action_found_effective_is_closed() -> None:
    """m4."""
    story = _said(checked_by="Hòa", is_effective="có")
    assert unmet(view(story, WHOLE_YEAR)).empty
    said = listed(consolidated(story, WHOLE_YEAR).actions, "division", "origin", "objective", "is_effective")
    assert said == [("VP", "2019-6T", "MT01", "có")]


def test_an_action_that_is_finished_is_open_till_it_is_found_effective_and_never_overdue() -> None:
    """m4."""
    rows = unmet(view(_said(), WHOLE_YEAR, dt.date(2019, 11, 12)))
    expected = [("carried", "2019-6T", "Đã phân công lại", 0)]
    assert listed(rows, "origin", "period", "action_result", "overdue_days") == expected


def test_an_action_that_had_no_effect_is_open() -> None:
    """m4."""
    story = _said(checked_by="Hòa", is_effective="không")
    assert listed(unmet(view(story, WHOLE_YEAR)), "code", "is_effective") == [("MT01", "không")]


def test_open_actions_stand_in_the_next_report() -> None:
    """m4: pre-filled till they are found effective."""
    accepted = accepted_of(_said(is_effective="chưa đến lúc đánh giá"), small_settings())
    rows = [as_rows(open_actions(accepted, "VP", Period.parse(period))) for period in ("2019-6T", "2019-CN", "2020-6T")]
    assert [len(each) for each in rows] == [0, 1, 1]
    assert pd.isna(rows[1][0]["finished_on"])  # what the report itself says is asked anew
    assert {name: rows[2][0][name] for name in ("origin", "objective", "action", "finished_on", "is_effective")} == {
        "origin": "2019-6T",
        "objective": "MT01",
        "action": "Phân công lại",
        "finished_on": dt.date(2019, 6, 9),
        "is_effective": "chưa đến lúc đánh giá",
    }


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


def test_a_later_miss_of_a_division_that_comes_first_is_no_fault() -> None:
    """The rows come by division: KHTC missed at the year's end, VP before it, at six months."""
    story = Story()
    plan(story, "VP", objective(**DUE))
    plan(story, "KHTC", objective(due_on="2019-10-31"))
    report(story, "VP", rate("MT01", 5, 10))
    report(story, "KHTC", rate("MT01", 5, 10, data_as_of="2019-10-31"), period="2019-CN")
    rows = consolidated(story, WHOLE_YEAR, dt.date(2019, 11, 12)).unmet
    assert listed(rows, "division", "origin", "period") == [
        ("KHTC", "this_period", "2019-CN"),
        ("VP", "carried", "2019-6T"),
    ]
