"""A period that is over: read up to a day of its own, and corrected beside what was presented: m7."""

import datetime as dt

import pytest
from committee_content import Story
from small_agency import SIX_MONTHS, WHOLE_YEAR, consolidated, listed, objective, plan, rate, report, view

from pipeline.consolidation import with_corrections
from pipeline.consolidation.work import plan_tasks

TASK = {"task_code": "NV01", "objective": "MT01", "task": "Rà soát", "finish_on": "2019-05-31"}
LATER_TASK = {**TASK, "task_code": "NV02", "finish_on": "2019-09-30"}


def _story() -> Story:
    story = Story()
    plan(story, "VP", objective("MT01"), objective("MT02"), tasks=[TASK, LATER_TASK])
    report(story, "VP", rate("MT01", 90, 100), rate("MT02", 96, 100))
    return story


@pytest.mark.parametrize(
    ("today", "days"),
    [(dt.date(2019, 6, 20), [20, 0]), (dt.date(2019, 7, 10), [40, 0]), (dt.date(2019, 11, 12), [40, 0])],
)
def test_what_is_overdue_in_a_past_period_stands_as_on_its_own_day(today: dt.date, days: list[int]) -> None:
    """m7: until thirty days after its last due date, then no more: the later task is told in the later period."""
    assert list(plan_tasks(view(_story(), SIX_MONTHS, today))["overdue_days"]) == days


def test_a_correction_names_each_figure_and_objective_that_is_another() -> None:
    """m7: old and new, in words."""
    story = _story()
    presented = consolidated(story)
    report(story, "VP", rate("MT01", 97, 100), rate("MT02", 96, 100), arrived="2019-06-20 08:00")
    now = with_corrections(consolidated(story), presented)
    assert listed(now.corrections, "corrected", "division", "code", "subject", "before", "after") == [
        ("figure", "", "", "Mục tiêu đạt / đến kỳ đánh giá", "1", "2"),
        (
            "objective",
            "VP",
            "MT01",
            "Mục tiêu MT01",
            "Chưa đến kỳ đánh giá: 90 (chỉ tiêu ít nhất 95%)",
            "Vượt: 97 (chỉ tiêu ít nhất 95%)",
        ),
    ]


def _register(story: Story, period: str, arrived: str, declared_in: str | None) -> None:
    change = {"change": "mở rộng", "effective_on": "2019-05-06", "declared_in": declared_in}
    rows = {
        "cover": [{}],
        "declarations": [{"decision_no": "412", "decision_on": "2018-01-10"}],
        "scope_changes": [change],
    }
    story.add("BM-04", "TCT", period, arrived, rows)


def test_what_a_later_register_tells_is_no_correction_of_a_period_before_it() -> None:
    """wb4: the change of scope that waited in June was declared in August; the half year's workbook says as in June."""
    story = _story()
    _register(story, "2019-6T", "2019-06-06 08:00", None)
    presented = consolidated(story)
    assert presented.figures["changes_waiting"] == 1
    _register(story, "2019-CN", "2019-09-14 08:00", "298")
    later = dt.date(2019, 11, 12)
    assert with_corrections(consolidated(story, SIX_MONTHS, later), presented).corrections.empty
    assert consolidated(story, WHOLE_YEAR, later).figures["changes_waiting"] == 0


def test_what_is_the_same_needs_no_correction() -> None:
    presented = consolidated(_story())
    assert with_corrections(presented, presented).corrections.empty
