"""What becomes of issued forms that come back untouched, revised, on an older version, or with a register changed."""

from collections.abc import Mapping

import pytest

from pipeline.findings import explain
from pipeline.judging import Submission

Checked = Mapping[str, Submission]


def _told(judged: Submission) -> list[tuple[str, str]]:
    return [(finding.code, finding.field) for finding in judged.findings]


@pytest.mark.parametrize("name", ["a plan as it was issued", "a report as it was issued"])
def test_a_pre_filled_form_that_nobody_touched_is_empty(name: str, checked: Checked) -> None:
    assert checked[name].is_empty
    assert [code for code, _ in _told(checked[name])] == ["C404"]


def test_an_untouched_row_beside_filled_ones_is_asked_after(checked: Checked) -> None:
    judged = checked["a plan with one row as it was issued"]
    assert not judged.is_empty
    errors = [(finding.code, finding.cell) for finding in judged.findings if finding.code != "M508"]
    assert errors == [("V321", "C7"), ("C401", "O7"), ("M503", "G7")]


def test_a_plan_filled_as_asked_is_accepted_at_first_sight(checked: Checked) -> None:
    """d16: the sentence kept last year's number, so that raising a target returned the form (M512)."""
    judged = checked["a plan filled as asked"]
    assert judged.verdict.is_accepted
    assert [told for told in _told(judged) if told[0].startswith("M")] == []


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("a revision without a reason", [("C410", "revision_reason"), ("C410", "revision_document")]),
        ("a revision without its document", [("C410", "revision_document")]),
        ("a revision with reason and document", []),
    ],
)
def test_a_plan_revised_after_its_due_date_says_why_and_by_which_document(
    name: str, asked: list[tuple[str, str]], checked: Checked
) -> None:
    judged = checked[name]
    assert [told for told in _told(judged) if told[0] != "M508"] == asked
    assert judged.verdict.is_accepted == (not asked)


def test_an_older_version_that_is_registered_is_taken_with_the_new_one_named(checked: Checked) -> None:
    judged = checked["a report on the version before"]
    assert [code for code, _ in _told(judged) if not code.startswith("R6")] == ["T226"]
    assert judged.verdict.is_accepted
    words = explain(judged.findings[0])
    assert "phiên bản 2" in words.problem
    assert "phiên bản 3" in words.problem
    assert "“Số chính thức năm trước”, “trang Khắc phục”" in words.problem


def test_a_later_check_of_a_declaration_is_no_change_of_its_row(checked: Checked) -> None:
    assert _told(checked["a register with a later check"]) == []


def test_another_figure_in_an_accepted_row_of_the_register_is_told(checked: Checked) -> None:
    assert ("R623", "decision_no") in _told(checked["a register with another scope"])
