"""Standing findings: what is in force goes in, the exact list comes out."""

from collections.abc import Mapping

import pytest
from rules_standing import (
    LAST_REPORT,
    LAST_YEAR,
    MT01,
    MT02,
    MT03,
    MT04,
    PLAN,
    REVISED,
    REVISION,
    SIX_MONTHS,
    STANDING_CODES,
    WHOLE_YEAR,
    World,
)

from pipeline.findings import CATALOGUE, Finding, Severity, explain

Told = tuple[int, str, Mapping[str, str]]

_CHANGED = {
    "a floor lowered": (
        World().revising({**MT01, "target": 90.0}, MT02, MT03),
        (REVISION, "R612", {"objective": "MT01", "before": "ít nhất 95%", "after": "ít nhất 90%"}),
    ),
    "a ceiling raised": (
        World().revising(MT01, {**MT02, "target": 7.0}, MT03),
        (REVISION, "R612", {"objective": "MT02", "before": "không quá 5 đơn", "after": "không quá 7 đơn"}),
    ),
    "an exact target lowered": (
        World().revising(MT01, MT02, {**MT03, "target": 90.0}),
        (REVISION, "R612", {"objective": "MT03", "before": "đúng bằng 100%", "after": "đúng bằng 90%"}),
    ),
    "lowered against last year's, which it continues": (
        World().planning(PLAN, {**MT01, "target": 90.0, "continues": "MT01"}, MT02, MT03),
        (PLAN, "R612", {"objective": "MT01", "before": "ít nhất 95%", "after": "ít nhất 90%"}),
    ),
    "continued under another code": (
        World().planning(PLAN, {**MT03, "code": "MT01"}, MT02, {**MT01, "code": "MT03", "target": 90.0}),
        (PLAN, "R612", {"objective": "MT03", "before": "ít nhất 95%", "after": "ít nhất 90%"}),
    ),
    "another unit than last year's": (
        World().planning(PLAN, MT01, {**MT02, "unit": "vụ"}, MT03),
        (PLAN, "R613", {"objective": "MT02", "before": "không quá 5 đơn", "after": "không quá 5 vụ"}),
    ),
    "last year's objective that nothing continues": (
        World().planning(PLAN, {**MT01, "continues": None, "target": 90.0}, MT02, MT03),
        (PLAN, "R614", {"objective": "MT01/2018"}),
    ),
    "last year's objective that nothing continues since an earlier revision": (
        World().planning(PLAN, MT01, MT02).revising(MT01, MT02),
        (REVISION, "R614", {"objective": "MT03/2018"}),
    ),
    "another unit": (
        World().revising(MT01, {**MT02, "unit": "vụ"}, MT03),
        (REVISION, "R613", {"objective": "MT02", "before": "không quá 5 đơn", "after": "không quá 5 vụ"}),
    ),
    "another comparator": (
        World().revising(MT01, MT02, {**MT03, "comparator": "ít nhất"}),
        (REVISION, "R613", {"objective": "MT03", "before": "đúng bằng 100%", "after": "ít nhất 100%"}),
    ),
    "an objective dropped": (
        World().revising(MT01, MT02),
        (REVISION, "R614", {"objective": "MT03"}),
    ),
}
_REPORTED = {
    "an objective without result": (
        World().reporting(SIX_MONTHS, {"MT01": 96, "MT02": 3}),
        (SIX_MONTHS, "R610", {"objective": "MT03"}),
    ),
    "made on an older plan": (World().submitting(SIX_MONTHS, {"based_on": "a0"}), (SIX_MONTHS, "R611", {})),
    "a cumulative number fallen": (
        World().reporting(WHOLE_YEAR, {"MT01": 96, "MT02": 2, "MT03": 100}),
        (WHOLE_YEAR, "R615", {"objective": "MT02", "before": "3", "after": "2"}),
    ),
}
_NOTHING_TO_SAY = {
    "all as promised": World(),
    "a floor raised": World().revising({**MT01, "target": 97.0}, MT02, MT03),
    "a ceiling lowered": World().revising(MT01, {**MT02, "target": 4.0}, MT03),
    "an objective more": World().revising(MT01, MT02, MT03, {**MT01, "code": "MT04"}),
    "a revision that was returned": World()
    .submitting(REVISION, {**REVISED, "verdict": "returned"})
    .planning(REVISION, {**MT01, "target": 90.0}),
    "last year's objective that its report called no longer applicable": World()
    .submitting(LAST_REPORT, {"form": "BM-02", "period": "2018-CN", "arrived_at": "2018-11-05", "sha256": "a6"})
    .planning(LAST_YEAR, MT01, MT02, MT03, MT04)
    .reporting(LAST_REPORT, {"MT01": 95, "MT02": 4, "MT03": 100, "MT04": 1})
    .ending(LAST_REPORT, "MT04"),
    "a report on the blank form": World().submitting(SIX_MONTHS, {"based_on": ""}),
    "a report that says nothing of its plan": World().submitting(SIX_MONTHS, {"based_on": None}),
    "a rate fallen": World().reporting(WHOLE_YEAR, {"MT01": 95, "MT02": 4, "MT03": 100}),
    "no number yet in the later report": World().reporting(WHOLE_YEAR, {"MT01": 96, "MT02": float("nan"), "MT03": 100}),
}


@pytest.mark.parametrize(("world", "told"), _CHANGED.values(), ids=_CHANGED)
def test_a_plan_that_promises_less_than_before_is_told(world: World, told: Told) -> None:
    assert world.findings == [told]


@pytest.mark.parametrize(("world", "told"), _REPORTED.values(), ids=_REPORTED)
def test_a_report_that_does_not_fit_its_plan_is_told(world: World, told: Told) -> None:
    assert world.findings == [told]


@pytest.mark.parametrize("world", _NOTHING_TO_SAY.values(), ids=_NOTHING_TO_SAY)
def test_nothing_is_told_where_nothing_got_worse(world: World) -> None:
    assert world.findings == []


def test_a_revision_before_the_due_date_makes_the_report_on_the_first_plan_old() -> None:
    world = World().submitting(REVISION, {**REVISED, "arrived_at": "2019-04-20"}).planning(REVISION, MT01, MT02, MT03)
    assert world.findings == [(SIX_MONTHS, "R611", {}), (WHOLE_YEAR, "R611", {})]


def test_every_standing_code_has_an_example() -> None:
    assert {code for _, (_, code, _) in (*_CHANGED.values(), *_REPORTED.values())} == STANDING_CODES


@pytest.mark.parametrize("code", sorted(STANDING_CODES))
def test_a_standing_finding_never_returns_a_form(code: str) -> None:
    assert CATALOGUE[code].severity is Severity.WARNING


@pytest.mark.parametrize(("world", "told"), [*_CHANGED.values(), *_REPORTED.values()])
def test_the_words_of_a_standing_finding_name_what_changed(world: World, told: Told) -> None:
    words = explain(Finding(told[1], facts=world.findings[0][2])).problem
    assert all(fact in words for fact in told[2].values())
