"""Like with like: which periods are compared, and when a figure has moved at all."""

import datetime as dt

import pytest
from committee_content import Story
from small_agency import WHOLE_YEAR, consolidated, listed, objective, plan, rate, report, result, small_settings, view

from pipeline.committee.headline import comparison_text
from pipeline.consolidation import trends
from pipeline.consolidation.results import objective_results
from pipeline.consolidation.trends import in_pairs
from pipeline.settings import Period, Settings

YEAR_END = dt.date(2019, 11, 20)


def _two_years() -> Story:
    """Reached of ten: in 2018 six (six months), five (year); in 2019 eight, six."""
    story = Story()
    for year, halves in ((2018, (6, 5)), (2019, (8, 6))):
        codes = [f"MT{number:02d}" for number in range(1, 11)]
        plan(story, "VP", *(objective(code, due_on=f"{year}-05-31") for code in codes), period=f"{year}-KH")
        for kind, reached in zip(("6T", "CN"), halves, strict=True):
            as_of = f"{year}-{'05' if kind == '6T' else '10'}-31"
            told = [rate(c, 99 if n < reached else 50, 100, data_as_of=as_of) for n, c in enumerate(codes)]
            report(story, "VP", *told, period=f"{year}-{kind}")
    return story


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (
            "2019-CN",
            "Tốt hơn cùng kỳ năm trước: tỷ lệ đạt cao hơn 10 điểm phần trăm so với cả năm 2018 (50%, 5/10 mục tiêu).",
        ),
        (
            "2019-6T",
            (
                "Tốt hơn cùng kỳ năm trước: tỷ lệ đạt cao hơn 20 điểm phần trăm so với 6 tháng đầu năm 2018 "
                "(60%, 6/10 mục tiêu)."
            ),
        ),
        ("2018-CN", "Chưa có số liệu cùng kỳ năm trước để so sánh; từng mục tiêu so với giá trị gốc ở trang 3."),
    ],
)
def test_a_period_is_compared_with_the_same_one_of_the_year_before(period: str, said: str) -> None:
    """h2: by unlike periods 2019-CN (60 %) would be worse than 2019-6T (80 %)."""
    assert comparison_text(consolidated(_two_years(), Period.parse(period), YEAR_END)) == said


def test_like_periods_stand_side_by_side_in_the_chart_and_on_sheet_9() -> None:
    """h2: 6T beside 6T, CN beside CN, those of the period's own kind last."""
    over_time = consolidated(_two_years(), WHOLE_YEAR, YEAR_END).over_time
    assert list(in_pairs(over_time, WHOLE_YEAR)["period"]) == ["2018-6T", "2019-6T", "2018-CN", "2019-CN"]
    assert list(over_time["period"]) == ["2018-6T", "2018-CN", "2019-6T", "2019-CN"]


def _alike(percent: float) -> Settings:
    settings = small_settings()
    return settings.model_copy(update={"thresholds": settings.thresholds.model_copy(update={"alike_percent": percent})})


@pytest.mark.parametrize(
    ("baseline", "numerator", "denominator", "arrow"),
    [
        (83.3, 5, 6, "same"),  # 83,333…
        (81.58, 31, 38, "same"),  # 81,5789…
        (85.71, 6, 7, "same"),  # 85,714…
        (85.7, 6, 7, "same"),
        (85.8, 6, 7, "worse"),
        (85.6, 6, 7, "better"),
        (86, 6, 7, "same"),
        (85, 6, 7, "better"),
    ],
)
def test_a_baseline_typed_with_few_decimals_is_equal_within_half_of_the_last(
    baseline: float, numerator: int, denominator: int, arrow: str
) -> None:
    """h3: an unrounded rate beside a rounded number is no movement."""
    story = Story()
    plan(story, "VP", objective(baseline=baseline))
    report(story, "VP", rate("MT01", numerator, denominator))
    assert list(objective_results(view(story))["arrow"]) == [arrow]


@pytest.mark.parametrize(
    ("baseline", "actual", "arrow"), [(12, 11, "better"), (3.47, 3.54, "worse"), (3.5, 3.54, "same")]
)
def test_two_typed_figures_are_equal_within_half_of_the_coarser_one(baseline: float, actual: float, arrow: str) -> None:
    """h3: counts are never taken for each other."""
    story = Story()
    plan(story, "VP", objective(measure="mức", comparator="không quá", unit="giờ", target=4.0, baseline=baseline))
    report(story, "VP", result(actual=actual))
    assert list(objective_results(view(story))["arrow"]) == [arrow]


@pytest.mark.parametrize(("percent", "arrow"), [(0, "worse"), (3, "same")])
def test_a_setting_lets_small_movements_be_none(percent: float, arrow: str) -> None:
    """h3, l6: 3,54 against 3,47 hours is 2 %."""
    story = Story()
    for year, hours in ((2018, 3.47), (2019, 3.54)):
        row = objective(measure="mức", comparator="không quá", unit="giờ", target=4.0, due_on=f"{year}-12-31")
        plan(story, "VP", {**row, "continues": "MT01" if year == 2019 else None}, period=f"{year}-KH")
        report(story, "VP", result(actual=hours, data_as_of=f"{year}-05-31"), period=f"{year}-6T")
    rows = trends.trends(view(story, settings=_alike(percent)))
    assert listed(rows, "year_before") == [(arrow,)]


def test_an_estimate_typed_with_one_decimal_is_equal_to_the_rate_of_a_year_before() -> None:
    """h3: the tolerance holds on both sides of a comparison over the years."""
    story = Story()
    told = {2018: {"full_year_estimate": 83.3}, 2019: {}}
    for year, more in told.items():
        row = objective(due_on=f"{year}-12-31" if more else f"{year}-10-31")
        plan(story, "VP", {**row, "continues": None if more else "MT01"}, period=f"{year}-KH")
        report(story, "VP", rate("MT01", 5, 6, data_as_of=f"{year}-10-31", **more), period=f"{year}-CN")
    rows = trends.trends(view(story, WHOLE_YEAR, YEAR_END))
    assert listed(rows, "year_before") == [("same",)]


def test_a_ceiling_that_is_not_due_has_no_degree() -> None:
    """l7: four of ten at mid-year is no 250 %."""
    story = Story()
    told = {"measure": "số lũy kế", "unit": "vụ", "target": 10.0}
    plan(story, "VP", objective(**told, comparator="không quá"), objective("MT02", **told))
    report(story, "VP", result(actual=4.0), result("MT02", actual=4.0))
    rows = objective_results(view(story))
    assert listed(rows, "status", "degree") == [("Chưa đến kỳ đánh giá", None), ("Chưa đến kỳ đánh giá", 0.4)]
