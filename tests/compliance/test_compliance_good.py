"""What the writer makes keeps the rules, and sheet 12 says of itself what the checker finds."""

import re
from pathlib import Path

import pytest
import workbook_rules
from committee_content import Story
from small_agency import PLAN, consolidated, objective, plan, rate, report, tampered
from workbook_rules import Outcome, Rule, lint
from workbook_rules.lint import CHECKS

from pipeline.committee import build_workbook


def _broken(outcomes: tuple[Outcome, ...]) -> set[Rule]:
    return {outcome.rule for outcome in outcomes if not outcome.holds}


def test_the_workbook_keeps_every_rule(good: tuple[Outcome, ...]) -> None:
    assert _broken(good) == set()


def test_an_empty_workbook_keeps_every_rule_too(empty_workbook: bytes) -> None:
    assert _broken(lint(empty_workbook)) == set()


def test_the_workbook_of_a_plan_keeps_every_rule_too() -> None:
    story = Story()
    plan(story, "VP", objective())
    assert _broken(lint(build_workbook(consolidated(story, PLAN), {}))) == set()


@pytest.mark.breaks("controls")
def test_a_workbook_whose_controls_fail_is_found() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31"))
    report(story, "VP", rate("MT01", 5, 10))
    committee = consolidated(story)
    without_a_person = tampered(committee, story.content(), people=committee.people.iloc[1:])
    assert _broken(lint(build_workbook(without_a_person, {}))) == {Rule.CONTROLS}


def test_every_rule_has_a_check() -> None:
    assert list(CHECKS) == list(Rule)


def test_the_checker_shares_nothing_with_what_writes_the_workbook() -> None:
    """It knows the words of ``wording`` that both show, and no more."""
    modules = [path.read_text(encoding="utf-8") for path in Path(workbook_rules.__file__).parent.rglob("*.py")]
    imported = {name for text in modules for name in re.findall(r"^from (pipeline[.\w]*) import", text, re.MULTILINE)}
    assert imported <= {"pipeline.wording", "pipeline.spreadsheet", "pipeline.vietnamese"}
