"""The computed status: every step and branch of the algorithm of forms.md, one result a line."""

import pytest
from achievement_rows import DUE, LEVEL, WHOLE_YEAR, Result, judged, promise
from achievement_tables import (
    STEP_1_CODED,
    STEP_2_VALUE,
    STEP_3_FINAL,
    STEP_4_SIX_MONTHS,
    WITHOUT_STATUS,
    Table,
)


def lines(table: Table) -> list[pytest.ParameterSet]:
    """Each result of a table with its status."""
    return [pytest.param(result, status, id=result.note) for status, results in table.items() for result in results]


@pytest.mark.parametrize(("result", "status"), lines(STEP_1_CODED))
def test_a_coded_answer_or_no_case_gives_its_own_status(result: Result, status: str) -> None:
    assert judged([result])["computed_status"].tolist() == [status]


@pytest.mark.parametrize(("result", "status"), lines(STEP_2_VALUE))
def test_the_unrounded_share_or_the_estimate_is_judged(result: Result, status: str) -> None:
    assert judged([result])["computed_status"].tolist() == [status]


@pytest.mark.parametrize(("result", "status"), lines(STEP_3_FINAL))
def test_a_final_result_is_met_or_not_by_its_comparator(result: Result, status: str) -> None:
    assert judged([result])["computed_status"].tolist() == [status]


@pytest.mark.parametrize(("result", "status"), lines(STEP_4_SIX_MONTHS))
def test_at_six_months_a_result_may_be_met_broken_or_under_way(result: Result, status: str) -> None:
    assert judged([result])["computed_status"].tolist() == [status]


@pytest.mark.parametrize("result", WITHOUT_STATUS, ids=lambda result: result.note)
def test_what_cannot_be_judged_has_no_status(result: Result) -> None:
    assert judged([result])["computed_status"].isna().tolist() == [True]


def test_all_results_judged_together_have_the_status_they_have_alone() -> None:
    tables = (STEP_1_CODED, STEP_2_VALUE, STEP_3_FINAL, STEP_4_SIX_MONTHS)
    expected = [(result, status) for table in tables for status, some in table.items() for result in some]
    together = judged([result for result, _ in expected])["computed_status"]
    assert together.tolist() == [status for _, status in expected]


@pytest.mark.parametrize(
    ("told", "by_estimate"),
    [
        ({**WHOLE_YEAR}, True),
        ({**WHOLE_YEAR, "self_assessment": "Không đạt"}, False),
        ({**WHOLE_YEAR, "self_assessment": "Không đạt", "full_year_estimate": 96}, False),
        ({**WHOLE_YEAR, "self_assessment": "Không đạt", "full_year_estimate": 94}, True),
        ({**WHOLE_YEAR, "objective_due_on": "2019-10-31"}, False),
        ({**WHOLE_YEAR, **DUE}, False),
        ({}, False),
    ],
)
def test_only_the_years_report_on_what_is_due_later_is_judged_by_estimate(
    told: dict[str, str], by_estimate: object
) -> None:
    assert judged([Result("", {"actual": 1, **told})])["by_estimate"].tolist() == [by_estimate]


@pytest.mark.parametrize(
    ("told", "beaten"),
    [
        ({**promise("ít nhất", 95), "actual": 96}, True),
        ({**promise("lớn hơn", 95), "actual": 96}, True),
        ({**promise("ít nhất", 95), "actual": 95}, False),
        ({**promise("ít nhất", 95), "numerator": 0.57, "denominator": 0.6}, False),
        ({**promise("không quá", 95), **LEVEL, "actual": 90}, False),
        ({**promise("đúng bằng", 95), "actual": 95}, False),
        ({**promise("trong khoảng", 90, 95), "actual": 95}, False),
        ({**promise("trong khoảng", 90, 95), "actual": 96}, True),
        ({**promise("ít nhất", 95), "actual": 94}, False),
        ({**promise("ít nhất", 95), "objective_measure": "số lũy kế", "actual": 96}, True),
    ],
)
def test_met_is_shown_as_beaten_only_above_a_floor_or_beyond_a_range(told: dict[str, float], beaten: object) -> None:
    assert judged([Result("", {**DUE, **told})])["beaten"].tolist() == [beaten]
