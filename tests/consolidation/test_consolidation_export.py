"""What ``qms export`` takes: accepted rows in force with their origin."""

from committee_content import Story
from small_agency import listed, objective, plan, rate, report, result, small_settings

from pipeline.consolidation.results import rows_in_force


def test_results_in_force_carry_their_computed_status() -> None:
    story = Story()
    plan(story, "VP", objective())
    report(story, "VP", rate("MT01", 1, 10))
    report(story, "VP", rate("MT01", 96, 100), result("MT09", actual=1.0), arrived="2019-06-06 08:00")
    rows = rows_in_force(story.content(), small_settings(), "results")
    assert listed(
        rows, "form", "division", "period", "excel_row", "code", "value", "computed_status", "by_estimate"
    ) == [
        ("BM-02", "VP", "2019-6T", 7, "MT01", 96.0, "Đạt", False),
        ("BM-02", "VP", "2019-6T", 8, "MT09", 1.0, None, False),
    ]


def test_another_table_has_its_own_fields_only() -> None:
    story = Story()
    plan(story, "VP", objective())
    rows = rows_in_force(story.content(), small_settings(), "objectives")
    assert list(rows.columns[:6]) == ["form", "division", "period", "sha256", "excel_row", "code"]
    assert "computed_status" not in rows.columns
