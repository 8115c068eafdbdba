"""What the writer makes keeps the rules, and sheet 12 says of itself what the checker finds."""

import dataclasses
import io
import time

import pytest
from committee_content import Story
from openpyxl import load_workbook
from small_agency import PLAN, consolidated, objective, plan, rate, report

from pipeline.compliance import Outcome, Rule, lint
from pipeline.compliance.lint import CHECKS
from pipeline.consolidation import with_controls
from pipeline.wording import say, topic
from pipeline.workbooks.committee import build_workbook


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


def _stated(workbook: bytes) -> list[tuple[str, str]]:
    """What sheet 12 says of each rule: the outcome and the words beside it."""
    rows = load_workbook(io.BytesIO(workbook))["12 Ghi chú"].iter_rows(max_col=2, values_only=True)
    lines = [(str(first), str(second)) for first, second in rows]
    start = next(place for place, line in enumerate(lines) if line[0] == say("committee.heading.compliance"))
    return lines[start + 2 :]


def _found(workbook: bytes) -> list[tuple[str, str]]:
    told = {True: "ĐẠT", False: "KHÔNG ĐẠT"}
    return [(told[o.holds], ": ".join(filter(None, (o.title, o.where)))) for o in lint(workbook)]


def test_sheet_12_says_what_is_found(workbook: bytes, empty_workbook: bytes) -> None:
    assert _stated(workbook) == _found(workbook)
    assert _stated(empty_workbook) == _found(empty_workbook)


@pytest.mark.breaks("controls")
def test_sheet_12_says_too_that_the_controls_fail() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31"))
    report(story, "VP", rate("MT01", 5, 10))
    committee = consolidated(story)
    frames = {**committee.frames, "people": committee["people"].iloc[1:]}
    tampered = with_controls(dataclasses.replace(committee, frames=frames), story.content())
    workbook = build_workbook(tampered, {})
    assert Rule.CONTROLS in _broken(lint(workbook))
    assert _stated(workbook) == _found(workbook)


def test_every_rule_has_a_check_and_a_title() -> None:
    assert list(CHECKS) == list(Rule)
    assert list(topic("compliance")["rule"]) == [str(rule) for rule in Rule]


def test_the_demo_is_linted_in_a_moment(workbook: bytes) -> None:
    start = time.process_time()
    lint(workbook)
    assert time.process_time() - start < 2.0
