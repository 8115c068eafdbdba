"""Each rule of the forms has an example that breaks it alone, and the table of examples is complete."""

from collections.abc import Iterator

import pytest
from rules_bases import BASES
from rules_examples import Example
from rules_examples_files import FILE_CODES, PLACEMENT_CODES
from rules_sheets import Case, addressed, judge_cases
from rules_standing import SAME_NIGHT_CODES, STANDING_CODES, UNANSWERED_CODES
from rules_table import examples, judged, judged_among_the_spoilt

from pipeline.findings import CATALOGUE, Severity, Stage, Verdict
from pipeline.forms import DIRECTORY, FORMS

_OURS = (Stage.OPERATOR, Stage.INTERNAL)
_WITHOUT_COLUMN = {"read", "file"}
"""What is found while reading and recognising stands in no schema."""


def rules_of_the_forms() -> Iterator[tuple[str, str, str]]:
    """Form, sheet and rule: what each column checks by itself, and each rule across columns."""
    for form in (*FORMS, DIRECTORY):
        for schema in form.all_sheets:
            for column in schema.checks.columns.values():
                if column.name not in schema.by_name:
                    yield form.number, schema.name, str(column.name)
                    continue
                if not column.nullable:
                    yield form.number, schema.name, f"not_nullable:{column.name}:C401"
                for check in column.checks:
                    yield form.number, schema.name, f"{check.name}:{column.name}:{check.error}"


def verdict_by_severity(example: Example) -> Verdict:
    """One error returns the form, warnings do not (design 6), and notes are none."""
    severities = {CATALOGUE[code].severity for code, _ in example.expected}
    if Severity.ERROR in severities:
        return Verdict.RETURNED
    return Verdict.ACCEPTED_WITH_WARNINGS if Severity.WARNING in severities else Verdict.ACCEPTED


@pytest.mark.parametrize("base", BASES)
def test_nothing_is_found_in_a_valid_form(base: str) -> None:
    assert judge_cases([Case(base)]) == [(Verdict.ACCEPTED, ())]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_gives_exactly_its_findings(example: Example) -> None:
    assert addressed(judged()[example][1]) == example.expected_places


def test_every_rule_of_every_form_has_an_example_and_no_example_is_of_another_rule() -> None:
    exemplified = {
        (BASES[example.base].number, example.sheet, example.rule)
        for example in examples()
        if example.rule.split(":")[0] not in _WITHOUT_COLUMN
    }
    assert exemplified == set(rules_of_the_forms())


def test_every_example_gives_the_code_of_its_rule() -> None:
    strays = [example.name for example in examples() if example.code not in {code for code, _ in example.expected}]
    assert strays == []


def test_every_code_that_staff_can_see_has_an_example() -> None:
    exemplified = {code for example in examples() for code, _ in example.expected}
    visible = {code for code, entry in CATALOGUE.items() if entry.stage not in _OURS}
    assert exemplified | FILE_CODES | PLACEMENT_CODES | STANDING_CODES | SAME_NIGHT_CODES | UNANSWERED_CODES == visible


def test_one_error_returns_the_form_and_warnings_do_not() -> None:
    wrong = [example.name for example, (verdict, _) in judged().items() if verdict is not verdict_by_severity(example)]
    assert wrong == []


@pytest.mark.parametrize("base", BASES)
def test_a_valid_form_stays_valid_among_the_spoilt_ones(base: str) -> None:
    assert judged_among_the_spoilt()[base] == (Verdict.ACCEPTED, ())
