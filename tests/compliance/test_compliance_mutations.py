"""Each check has workbooks that fail it, and fail nothing else."""

import pytest
from compliance_edits import Edit, blank_cell, edited, part_of, substituted
from compliance_mutations import MUTATIONS
from workbook_rules import Outcome, Rule, lint


def _changed(before: tuple[Outcome, ...], after: tuple[Outcome, ...]) -> list[Rule]:
    return [new.rule for old, new in zip(before, after, strict=True) if old != new]


@pytest.mark.parametrize(
    ("rule", "part", "edit"),
    [pytest.param(rule, part, edit, id=f"{rule}-{name}") for rule, name, part, edit in MUTATIONS],
)
def test_one_edit_breaks_one_rule(
    rule: Rule, part: str | int, edit: Edit, workbook: bytes, good: tuple[Outcome, ...]
) -> None:
    name = part_of(workbook, part) if isinstance(part, int) else part
    found = lint(edited(workbook, name, edit))
    assert _changed(good, found) == [rule]
    assert not next(outcome for outcome in found if outcome.rule is rule).holds


def test_an_empty_table_that_says_nothing_is_found(empty_workbook: bytes) -> None:
    silent = edited(empty_workbook, part_of(empty_workbook, 4), blank_cell("A6"))
    assert _changed(lint(empty_workbook), lint(silent)) == [Rule.EMPTY_SAID]


def test_a_data_sheet_without_a_table_is_found(empty_workbook: bytes) -> None:
    loose = edited(empty_workbook, part_of(empty_workbook, 4), substituted(r"<tableParts.*?</tableParts>", ""))
    assert _changed(lint(empty_workbook), lint(loose)) == [Rule.TABLES]


def test_every_rule_is_broken_by_some_edit() -> None:
    assert {rule for rule, *_ in MUTATIONS} | {Rule.EMPTY_SAID} == set(Rule)
