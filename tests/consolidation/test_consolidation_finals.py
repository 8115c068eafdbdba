"""The final figure of last year (số chính thức): it corrects the trend, both values stay, the past is untouched."""

import datetime as dt
import io

import pytest
from committee_content import Story
from control_lines import red
from openpyxl import load_workbook
from small_agency import WHOLE_YEAR, consolidated, dissolved, listed, objective, plan, rate, report, result, tampered

from pipeline.committee import build_workbook
from pipeline.consolidation import Committee
from pipeline.settings import Period

LAST_YEAR = Period.parse("2018-CN")


def _last_year(story: Story, *results: dict[str, object]) -> None:
    plan(story, "VP", objective(due_on="2018-12-31"), period="2018-KH")
    told = results or (rate("MT01", 942, 1000, data_as_of="2018-10-31", full_year_estimate=94.2),)
    report(story, "VP", *told, period="2018-CN")


def _two_years(final: object = 95.0, **told: object) -> Story:
    """94,2 % of 95 % was reported in November 2018, of an objective that goes on at 95 %; 94,4 % in June 2019."""
    story = Story()
    _last_year(story)
    plan(story, "VP", objective("MT02", continues="MT01", baseline=94.2))
    report(story, "VP", rate("MT02", 944, 1000, last_year_final=final, **told))
    return story


@pytest.fixture(scope="module")
def committee() -> Committee:
    return consolidated(_two_years())


def test_the_trend_has_the_final_figure_and_keeps_what_was_reported(committee: Committee) -> None:
    """final: the year is judged by it, no longer by an estimate."""
    columns = ("value_1", "status_1", "corrected", "reported_value", "final_figure", "year_before")
    assert listed(committee.trends, *columns) == [(95.0, "Đạt", "2018-CN", 94.2, 95.0, None)]
    assert listed(committee.over_time, "period", "reached", "not_met") == [("2018-CN", 1, 0), ("2019-6T", 0, 0)]


def test_earlier_results_show_what_was_reported_beside_it(committee: Committee) -> None:
    """final: the first keeps its own cell, the second has the cell that tells it."""
    assert listed(committee.history, "period", "value", "final_figure", "status", "final_source", "final_row") == [
        ("2018-CN", 94.2, 95.0, "Đạt", "N004", 7.0)
    ]


def test_the_baseline_of_this_year_is_the_final_figure(committee: Committee) -> None:
    """final: 94,4 is better than the 94,2 that was reported and worse than the 95 that is true."""
    assert listed(committee.objective_results, "baseline", "arrow") == [(95.0, "worse")]


def test_without_a_final_figure_the_reported_one_stands() -> None:
    committee = consolidated(_two_years(None))
    assert listed(committee.trends, "value_1", "status_1", "corrected") == [(94.2, "Không đạt (theo ước)", None)]
    assert listed(committee.objective_results, "baseline", "arrow") == [(94.2, "better")]


def test_the_workbook_of_last_year_is_not_changed_by_what_this_year_tells() -> None:
    """final, decision 0054: a past period rests on the reports until its own end."""
    past = consolidated(_two_years(), LAST_YEAR, dt.date(2019, 6, 13))
    assert listed(past.objective_results, "value", "status") == [(94.2, "Không đạt (theo ước)")]


def test_the_later_of_two_reports_has_the_last_word() -> None:
    story = _two_years(94.9)
    report(
        story, "VP", rate("MT02", 96, 100, data_as_of="2019-10-31", full_year_estimate=96.0, last_year_final=95.1),
        period="2019-CN",
    )  # fmt: skip
    committee = consolidated(story, WHOLE_YEAR, dt.date(2019, 11, 20))
    assert listed(committee.history, "period", "value", "final_figure") == [
        ("2018-CN", 94.2, 95.1),
        ("2019-6T", 94.4, None),
    ]
    assert listed(committee.trends, "year_before") == [("better",)]


def test_a_figure_may_come_where_there_was_none() -> None:
    story = Story()
    _last_year(story, result(actual="chưa có số liệu", data_as_of="2018-10-31"))
    plan(story, "VP", objective(continues="MT01", baseline="chưa có số liệu"))
    report(story, "VP", rate("MT01", 96, 100, last_year_final=95.0))
    committee = consolidated(story)
    assert listed(committee.history, "value", "word", "final_figure", "status") == [
        (None, "chưa có số liệu", 95.0, "Đạt")
    ]
    assert listed(committee.objective_results, "baseline", "baseline_coded", "arrow") == [(95.0, None, "better")]


def test_the_successor_tells_that_of_the_division_that_it_took_over() -> None:
    story = Story()
    settings = dissolved("KHTC", dt.date(2019, 3, 1))
    heirs = [d.model_copy(update={"successor": "VP"}) if d.code == "KHTC" else d for d in settings.divisions]
    settings = settings.model_copy(update={"divisions": tuple(heirs)})
    plan(story, "KHTC", objective(due_on="2018-12-31"), period="2018-KH")
    report(story, "KHTC", rate("MT01", 94, 100, data_as_of="2018-12-31"), period="2018-CN")
    plan(story, "KHTC", objective("MT02", continues="MT01"))
    report(story, "VP", rate("KHTC-MT02", 96, 100, last_year_final=95.0))
    committee = consolidated(story, settings=settings)
    assert listed(committee.history, "division", "value", "final_figure", "status") == [("KHTC", 94.0, 95.0, "Đạt")]
    assert "finals" not in red(committee.controls)


def test_sheet_10_counts_and_adds_them_up_by_itself(committee: Committee) -> None:
    """final: one that is lost on the way turns its own line red."""
    assert listed(committee.controls[committee.controls["check"] == "finals"], "expected", "expected_sum") == [
        (1, 95.0)
    ]
    assert red(committee.controls) == set()
    lost = committee.history.assign(final_figure=float("nan"))
    assert red(tampered(committee, _two_years().content(), history=lost).controls) == {"finals"}


def test_both_stand_in_the_workbook(committee: Committee) -> None:
    book = load_workbook(io.BytesIO(build_workbook(committee, {})), data_only=True)
    words = [cell for row in book["9 Xu hướng"].iter_rows(values_only=True) for cell in row if cell]
    assert "2018-CN: đã báo cáo 94,2 — số chính thức 95" in words
    rows = list(book["11 Nguồn"].iter_rows(values_only=True))
    header = next(row for row in rows if "Số chính thức" in row)
    line = rows[rows.index(header) + 1]
    assert [line[header.index(name)] for name in ("Kết quả", "Số chính thức")] == [94.2, 95.0]
