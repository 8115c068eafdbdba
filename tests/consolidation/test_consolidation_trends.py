"""Objectives and the headline over periods and years, and what became of the commitments."""

import datetime as dt

import pytest
from committee_content import Story
from small_agency import PLAN, WHOLE_YEAR, consolidated, listed, objective, plan, rate, report, result, view

from pipeline.consolidation import trends
from pipeline.settings import Period

YEAR_END = dt.date(2019, 11, 20)


def _two_years(story: Story, *, target: float = 95.0, **told: object) -> None:
    """VP's first objective from 2018 to 2019, reported on at the end of both years and in the middle of 2019."""
    plan(story, "VP", objective(due_on="2018-12-31"), period="2018-KH")
    told_2018 = rate("MT01", 97, 100, data_as_of="2018-10-31", full_year_estimate=97.0)
    report(story, "VP", told_2018, period="2018-CN")
    plan(story, "VP", objective("MT02", continues="MT01", target=target, **told))
    report(story, "VP", rate("MT02", 99, 100))


def test_an_objective_is_followed_over_years_through_what_it_continues() -> None:
    story = Story()
    _two_years(story)
    rows = consolidated(story).trends
    assert listed(rows, "division", "code", "since", "until", "value_0", "status_0", "value_1", "status_1") == [
        ("VP", "MT02", "2018", "2019", 99.0, "Vượt", 97.0, "Vượt")
    ]


def test_two_objectives_that_continue_the_same_one_share_its_past() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2018-12-31"), period="2018-KH")
    report(story, "VP", rate("MT01", 97, 100, data_as_of="2018-10-31", full_year_estimate=97.0), period="2018-CN")
    plan(story, "VP", objective("MT01", continues="MT01"), objective("MT02", continues="MT01"))
    report(story, "VP", rate("MT01", 98, 100), rate("MT02", 96, 100))
    assert listed(trends.trends(view(story)), "code", "value_0", "value_1") == [
        ("MT01", 98.0, 97.0),
        ("MT02", 96.0, 97.0),
    ]


@pytest.mark.parametrize(
    ("comparator", "before", "now", "arrow"),
    [
        ("ít nhất", 90, 91, "better"),
        ("ít nhất", 91, 90, "worse"),
        ("không quá", 90, 91, "worse"),
        ("không quá", 91, 90, "better"),
        ("ít nhất", 90, 90, "same"),
    ],
)
def test_better_or_worse_goes_by_the_comparator(comparator: str, before: int, now: int, arrow: str) -> None:
    story = Story()
    for year, reached in ((2018, before), (2019, now)):
        continues = "MT01" if year == 2019 else None
        row = objective(comparator=comparator, continues=continues, due_on=f"{year}-12-31")
        plan(story, "VP", row, period=f"{year}-KH")
        report(story, "VP", rate("MT01", reached, 100, data_as_of=f"{year}-05-31"), period=f"{year}-6T")
    assert listed(trends.trends(view(story)), "year_before") == [(arrow,)]


def test_what_grew_within_the_year_is_stated_and_never_called_better_or_worse() -> None:
    story = Story()
    told = {"measure": "số lũy kế", "unit": "lớp", "target": 5.0, "baseline": 4.0}
    plan(story, "VP", objective(**told))
    report(story, "VP", result(actual=2.0))
    report(story, "VP", result(actual=6.0, data_as_of="2019-10-31", full_year_estimate=6.0), period="2019-CN")
    rows = trends.trends(view(story, WHOLE_YEAR, YEAR_END))
    assert listed(rows, "value_0", "value_1", "progress", "year_before") == [(6.0, 2.0, 4.0, None)]


def test_another_unit_is_not_compared() -> None:
    story = Story()
    _two_years(story, unit="điểm")
    assert listed(trends.trends(view(story)), "value_1", "year_before") == [(97.0, None)]


def test_a_lowered_target_is_named_with_what_it_was() -> None:
    story = Story()
    _two_years(story, target=90.0)
    assert listed(consolidated(story).shifts, "shift", "code", "year_before", "year", "target_before", "target") == [
        ("lowered", "MT02", "2018", "2019", 95.0, 90.0)
    ]


@pytest.mark.parametrize("told", [{"unit": "điểm"}, {"comparator": "lớn hơn"}], ids=["unit", "comparator"])
def test_a_changed_unit_or_comparator_is_named(told: dict[str, str]) -> None:
    story = Story()
    _two_years(story, **told)
    assert listed(trends.shifts(view(story)), "shift", "code") == [("changed", "MT02")]


def test_a_raised_target_is_no_matter() -> None:
    story = Story()
    _two_years(story, target=96.0)
    assert trends.shifts(view(story)).empty


def test_an_objective_that_no_plan_goes_on_with_was_dropped() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2018-12-31"), objective("MT02", due_on="2018-12-31"), period="2018-KH")
    plan(story, "VP", objective("MT01", continues="MT02"))
    shifts = trends.shifts(view(story, PLAN, dt.date(2019, 4, 2)))
    assert listed(shifts, "shift", "code", "year_before", "year", "target_before", "target") == [
        ("dropped", "MT01", "2018", "2019", 95.0, None)
    ]


def test_an_objective_ended_by_a_document_is_told_apart_from_one_that_was_dropped() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2018-12-31"), period="2018-KH")
    told = result(actual="không áp dụng", data_as_of="2018-10-31", approving_document="12/QĐ")
    report(story, "VP", told, period="2018-CN")
    plan(story, "VP", objective())
    assert listed(trends.shifts(view(story)), "shift", "code", "year") == [("ended", "MT01", "2019")]


def test_a_division_without_a_plan_of_the_year_has_dropped_nothing_yet() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2018-12-31"), period="2018-KH")
    assert trends.shifts(view(story, PLAN, dt.date(2019, 1, 10))).empty


def test_a_target_lowered_by_a_revision_within_the_year_is_named() -> None:
    story = Story()
    plan(story, "VP", objective())
    plan(story, "VP", objective(target=80.0), arrived="2019-06-20 08:00")
    shifts = trends.shifts(view(story, WHOLE_YEAR, YEAR_END))
    assert listed(shifts, "shift", "year_before", "year", "target_before", "target") == [
        ("lowered", "2019", "2019", 95.0, 80.0)
    ]


def test_the_headline_stands_period_by_period() -> None:
    story = Story()
    _two_years(story)
    over_time = consolidated(story).over_time
    assert listed(over_time, "period", "reported", "reached", "not_met", "duties", "in_time", "outstanding") == [
        ("2018-CN", 1, 1, 0, 3, 1, 2),
        ("2019-6T", 1, 1, 0, 3, 1, 2),
    ]


def test_the_same_period_a_year_before_is_a_figure_of_the_headline() -> None:
    """h2: six months with six months; the year's report before them is not compared."""
    story = Story()
    for year in (2018, 2019):
        plan(story, "VP", objective(due_on=f"{year}-05-31"), period=f"{year}-KH")
        report(story, "VP", rate("MT01", 90 + year - 2010, 100, data_as_of=f"{year}-05-31"), period=f"{year}-6T")
        told = rate("MT01", 90, 100, data_as_of=f"{year}-10-31", full_year_estimate=90.0)
        report(story, "VP", told, period=f"{year}-CN")
    committee = consolidated(story, Period.parse("2019-6T"))
    assert listed(committee.over_time, "period", "reached", "judged") == [
        ("2018-6T", 1, 1),
        ("2018-CN", 0, 1),
        ("2019-6T", 1, 1),
    ]
    told = committee.figures
    assert "reached_before" not in told
    assert [told[name] for name in ("reached_year_before", "judged_year_before")] == [1, 1]
