"""Sixty accidents and more: each form is read to the same rows, or returned with the exact code at the exact cell."""

from collections.abc import Mapping
from functools import cache

import pytest
from parsing_accidents import ACCIDENTS
from parsing_desk import rows_of, sent, untouched
from parsing_lines import Line
from rules_sheets import Case, addressed, judge_cases

from pipeline.findings import Finding, Severity, Verdict
from pipeline.intake.file_kinds import RawWorkbook


@cache
def workbook(line: Line) -> RawWorkbook:
    return sent(line.form, line.done)


@cache
def judged() -> Mapping[str, tuple[Verdict, tuple[Finding, ...]]]:
    """All accidents of a form are judged together, as on a night."""
    cases = [Case(line.form, change=lambda _, line=line: workbook(line)) for line in ACCIDENTS]
    return dict(zip((line.name for line in ACCIDENTS), judge_cases(cases), strict=True))


def test_there_are_enough_accidents_and_each_has_a_name_of_its_own() -> None:
    assert len({line.name for line in ACCIDENTS}) == len(ACCIDENTS) >= 60
    assert {line.form for line in ACCIDENTS} == {"BM-01", "BM-02", "BM-03", "BM-04"}


@pytest.mark.parametrize("line", ACCIDENTS, ids=lambda line: line.name)
def test_an_accident_gives_exactly_its_findings(line: Line) -> None:
    assert sorted(addressed(judged()[line.name][1])) == sorted(line.expected)


@pytest.mark.parametrize("line", ACCIDENTS, ids=lambda line: line.name)
def test_what_is_not_returned_is_read_to_the_same_rows(line: Line) -> None:
    _, findings = judged()[line.name]
    if all(finding.severity is not Severity.ERROR for finding in findings):
        assert rows_of(workbook(line), line.form) == untouched(line.form)
