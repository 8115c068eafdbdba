"""Sheet 3's frame: every objective of the plan in force beside what was reported on it."""

import dataclasses
import datetime as dt

import pytest
from committee_content import Story
from small_agency import (
    PLAN,
    WHOLE_YEAR,
    accepted_of,
    consolidated,
    dissolved,
    listed,
    objective,
    plan,
    rate,
    report,
    result,
    small_settings,
    view,
)

from pipeline.committee.headline import headline_text
from pipeline.consolidation.frames import Frames
from pipeline.consolidation.results import objective_results
from pipeline.desk.carrying import next_objectives
from pipeline.vocabulary.lists import lists_of


def _story(held: dict[str, object], told: dict[str, object], period: str = "2019-6T") -> Story:
    story = Story()
    plan(story, "VP", held)
    report(story, "VP", told, period=period)
    return story


def test_an_objective_beside_its_result_is_judged_unrounded() -> None:
    story = _story(objective(target=98.66), rate("MT01", 3412, 3458))
    row = objective_results(view(story)).iloc[0]
    assert (row["status"], row["computed_status"]) == ("Vượt", "Đạt")
    assert row["value"] == 100 * 3412 / 3458
    assert row["degree"] == pytest.approx(row["value"] / 98.66)


def test_an_objective_without_a_report_is_kept_and_said() -> None:
    story = Story()
    plan(story, "VP", objective())
    assert listed(objective_results(view(story)), "code", "status") == [("MT01", "Chưa có báo cáo")]


def test_a_result_without_a_plan_is_kept_and_said() -> None:
    story = Story()
    report(story, "VP", result("MT07", statement="Việc cũ", commitment="ít nhất 5 %", actual=5.0))
    rows = listed(objective_results(view(story)), "code", "statement", "commitment", "status")
    assert rows == [("MT07", "Việc cũ", "ít nhất 5 %", "Chưa có BM-01 hợp lệ")]


def test_in_the_plan_period_nothing_is_due_yet() -> None:
    story = _story(objective(), rate("MT01", 9, 10))
    rows = listed(objective_results(view(story, PLAN)), "code", "status", "value")
    assert rows == [("MT01", "Chưa đến kỳ đánh giá", None)]


def test_a_known_objective_without_a_figure_to_judge_lacks_data() -> None:
    story = _story(objective(), result("MT01"))
    assert listed(objective_results(view(story)), "status") == [("Chưa đủ số liệu",)]


def test_the_year_is_judged_by_the_estimate_while_the_objective_is_not_due() -> None:
    told = rate("MT01", 9, 10, full_year_estimate=96.0, data_as_of="2019-10-31")
    row = objective_results(view(_story(objective(), told, "2019-CN"), WHOLE_YEAR)).iloc[0]
    assert (row["value"], row["status"], row["remark"]) == (90.0, "Đạt (theo ước)", "by_estimate")


def test_a_yes_or_no_of_the_year_is_judged_by_the_word_of_the_estimate() -> None:
    held = objective(measure="có/không", comparator="đúng bằng", target=None, unit=None, baseline="không")
    told = result(actual="không", full_year_estimate="có", data_as_of="2019-10-31")
    rows = objective_results(view(_story(held, told, "2019-CN"), WHOLE_YEAR))
    assert listed(rows, "word", "status", "remark", "arrow") == [("không", "Đạt (theo ước)", "by_estimate", "same")]


def test_a_missed_milestone_is_remarked() -> None:
    held = objective(measure="số lũy kế", target=400.0, milestone=180.0, unit="người")
    rows = objective_results(view(_story(held, result(actual=141.0))))
    assert listed(rows, "status", "remark") == [("Không đạt", "milestone_missed")]


def test_a_met_milestone_is_on_track() -> None:
    held = objective(measure="số lũy kế", target=400.0, milestone=180.0, unit="người")
    rows = objective_results(view(_story(held, result(actual=200.0))))
    assert listed(rows, "status", "remark") == [("Chưa đến kỳ đánh giá", "on_track")]


def test_a_sum_beyond_its_bound_is_remarked_even_with_a_milestone() -> None:
    held = objective(measure="số lũy kế", comparator="không quá", target=2.0, milestone=1.0, unit="vụ")
    rows = objective_results(view(_story(held, result(actual=3.0))))
    assert listed(rows, "status", "remark") == [("Không đạt", "bound_broken")]


def test_the_report_is_held_against_the_plan_in_force_on_its_due_date() -> None:
    story = Story()
    plan(story, "VP", objective(target=90.0))
    report(story, "VP", rate("MT01", 92, 100))
    plan(story, "VP", objective(target=99.0), arrived="2019-07-01 08:00")
    assert listed(objective_results(view(story)), "target", "status") == [(90.0, "Vượt")]


def test_the_last_accepted_report_counts_though_a_newer_one_was_returned() -> None:
    story = _story(objective(), rate("MT01", 96, 100))
    report(story, "VP", rate("MT01", 1, 100), arrived="2019-06-08 08:00", verdict="returned")
    assert listed(objective_results(view(story)), "numerator") == [(96.0,)]


def test_what_needs_the_reader_comes_first() -> None:
    story = Story()
    plan(story, "KHTC", objective("MT01"), objective("MT02", due_on="2019-05-31"))
    plan(story, "VP", objective("MT01"))
    report(story, "KHTC", rate("MT01", 99, 100), rate("MT02", 50, 100))
    rows = listed(objective_results(view(story)), "division", "code", "status")
    assert rows == [
        ("KHTC", "MT02", "Không đạt"),
        ("VP", "MT01", "Chưa có báo cáo"),
        ("KHTC", "MT01", "Vượt"),
    ]


def test_a_division_dissolved_before_the_report_keeps_its_objectives() -> None:
    story = Story()
    plan(story, "VP", objective())
    rows = objective_results(view(story, settings=dissolved("VP", dt.date(2019, 4, 1))))
    assert listed(rows, "division", "status") == [("VP", "Chưa có báo cáo")]


ARROWS = [
    pytest.param({}, {"numerator": 96, "denominator": 100}, "better", id="floor above its baseline"),
    pytest.param({}, {"numerator": 85, "denominator": 100}, "worse", id="floor below its baseline"),
    pytest.param({}, {"numerator": 90, "denominator": 100}, "same", id="floor at its baseline"),
    pytest.param({"comparator": "không quá"}, {"actual": 80.0}, "better", id="ceiling below its baseline"),
    pytest.param({"comparator": "nhỏ hơn"}, {"actual": 95.0}, "worse", id="ceiling above its baseline"),
    pytest.param({"comparator": "đúng bằng", "target": 100.0}, {"actual": 95.0}, "better", id="nearer to the target"),
    pytest.param(
        {"comparator": "trong khoảng", "target": 95.0, "target_upper": 99.0},
        {"actual": 97.0},
        "better",
        id="into the range",
    ),
    pytest.param(
        {"comparator": "trong khoảng", "target": 80.0, "target_upper": 99.0, "due_on": "2019-05-31"},
        {"actual": 95.0},
        "same",
        id="both inside the range",
    ),
    pytest.param(
        {"comparator": "trong khoảng", "target": 80.0, "target_upper": 99.0},
        {"actual": 40.0},
        "unknown",
        id="on its way",
    ),
    pytest.param({"measure": "tăng, giảm"}, {"actual": 91.0}, "better", id="change above last year's"),
    pytest.param({"measure": "tăng, giảm"}, {"actual": 50.0}, "unknown", id="change on its way"),
    pytest.param({"measure": "tăng, giảm", "due_on": "2019-05-31"}, {"actual": 50.0}, "worse", id="change that is due"),
    pytest.param({"measure": "số lũy kế"}, {"actual": 50.0}, "unknown", id="sum that can still grow"),
    pytest.param({"measure": "số lũy kế"}, {"actual": 91.0}, "better", id="sum already above"),
    pytest.param(
        {"measure": "số lũy kế", "comparator": "không quá"}, {"actual": 91.0}, "worse", id="sum already beyond"
    ),
    pytest.param(
        {"measure": "số lũy kế", "comparator": "không quá"}, {"actual": 10.0}, "unknown", id="sum can break yet"
    ),
    pytest.param(
        {"measure": "có/không", "baseline": "không", "target": None},
        {"actual": "có"},
        "better",
        id="done, last year not",
    ),
    pytest.param(
        {"measure": "có/không", "baseline": "có", "target": None}, {"actual": "không"}, "unknown", id="can be done yet"
    ),
    pytest.param({"baseline": "không áp dụng"}, {"numerator": 96, "denominator": 100}, "unknown", id="no baseline"),
    pytest.param({}, {"actual": "chưa có số liệu"}, "unknown", id="no figure"),
]


@pytest.mark.parametrize(("held", "told", "arrow"), ARROWS)
def test_the_arrow_says_better_or_worse_by_the_comparator(
    held: dict[str, object], told: dict[str, object], arrow: str
) -> None:
    rows = objective_results(view(_story(objective(**held), result(**told))))
    assert listed(rows, "arrow") == [(arrow,)]


def test_every_figure_names_its_file_and_row() -> None:
    story = _story(objective(), rate("MT01", 96, 100))
    rows = consolidated(story).objective_results
    assert listed(rows, "plan_source", "plan_row", "report_source", "report_row") == [("N001", 7, "N002", 7.0)]


def test_an_empty_ledger_gives_empty_frames() -> None:
    committee = consolidated(Story(), today=dt.date(2019, 1, 2))
    expected = {
        "obligations": 7,
        "coverage": 2,
        "agency_objectives": 3,
        "people": 3,
        "over_time": 1,
        "check_periods": 1,
    }
    frames = {field.name: getattr(committee, field.name) for field in dataclasses.fields(Frames)}
    assert {name: len(frame) for name, frame in frames.items() if len(frame)} == expected
    assert committee.controls["holds"].all()


def _year_by_estimate() -> Story:
    """A year's report: reached, missed, and one each reached and missed by the estimate alone."""
    story = Story()
    plan(story, "VP", *(objective(f"MT0{place}", continues=None) for place in range(1, 5)))
    told = {"data_as_of": "2019-10-31"}
    report(
        story,
        "VP",
        rate("MT01", 96, 100, **told),
        rate("MT02", 94, 100, full_year_estimate=96.0, self_assessment="Không đạt", **told),
        rate("MT03", 94, 100, full_year_estimate=96.0, self_assessment="Đạt", **told),
        rate("MT04", 90, 100, full_year_estimate=93.0, self_assessment="Chưa đến kỳ đánh giá", **told),
        period="2019-CN",
    )
    return story


def test_what_an_estimate_judges_is_counted_apart_and_is_in_no_share() -> None:
    """d2: an estimate never makes a missed figure a plain Đạt, nor argues a Không đạt away."""
    committee = consolidated(_year_by_estimate(), WHOLE_YEAR)
    statuses = dict(listed(committee.objective_results, "code", "status"))
    expected = ("Vượt", "Không đạt", "Đạt (theo ước)", "Không đạt (theo ước)")
    assert statuses == dict(zip(("MT01", "MT02", "MT03", "MT04"), expected, strict=True))
    names = ("objectives", "reached", "not_met", "judged", "met_by_estimate", "not_met_by_estimate")
    assert [committee.figures[name] for name in names] == [4, 1, 1, 2, 1, 1]
    assert committee.figures["reached_share"] == 0.5
    assert {code for (code,) in listed(committee.unmet, "code")} == {"MT02", "MT04"}
    assert "Xét theo ước cả năm: 1 đạt, 1 không đạt." in headline_text(committee)


def test_next_years_baseline_is_the_figure_and_never_the_estimate() -> None:
    """d2."""
    settings = small_settings()
    accepted = accepted_of(_year_by_estimate(), settings)
    lists = (lists_of(settings, 2019), lists_of(settings, 2019))
    rows = next_objectives(accepted, "VP", 2020, lists, lambda _: True)
    assert {row["code"]: row["baseline"] for row in rows} == {"MT01": 96, "MT02": 94, "MT03": 94, "MT04": 90}
