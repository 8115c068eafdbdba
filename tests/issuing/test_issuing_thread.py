"""One objective through plan, six months, year and into the next year; what changed quietly on the way is named."""

import datetime as dt

import pandas as pd
import pytest
from issuing_years import Years

from pipeline.consolidation import LedgerContent, View
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.obligations import duties, handed_over, plans_in_force
from pipeline.settings import Period
from pipeline.validation import standing_findings
from pipeline.workspace import load_settings, open_ledger

NEXT_PLAN = 6
"""The sixth form that was accepted."""


@pytest.fixture(scope="module")
def content(years: Years) -> LedgerContent:
    with open_ledger(years.workspace) as ledger:
        return LedgerSnapshot(ledger).content()


@pytest.fixture(scope="module")
def judged(content: LedgerContent, years: Years) -> pd.DataFrame:
    settings = load_settings(years.workspace).settings
    return View(content, settings, Period.parse("2020-6T"), dt.date(2020, 6, 6)).judged


def test_every_form_of_the_two_years_was_accepted(content: LedgerContent) -> None:
    assert [verdict.startswith("accepted") for verdict in content.submissions["verdict"]] == [True] * 7


def test_an_objective_is_one_thread_from_plan_to_the_next_years_report(judged: pd.DataFrame) -> None:
    first = judged[(judged["division"] == "NCC") & (judged["code"] == "MT01")].sort_values("period")
    assert list(first["period"]) == ["2019-6T", "2019-CN", "2019-KH", "2020-6T", "2020-KH"]
    assert set(first["thread"]) == {"NCC 2019 MT01"}


def test_an_objective_that_was_given_up_ends_with_its_year(judged: pd.DataFrame) -> None:
    last = judged[judged["thread"] == "NCC 2019 MT06"]
    assert set(last["period"].str[:4]) == {"2019"}


def test_a_quiet_change_over_the_years_is_named_and_an_end_by_document_is_not(
    content: LedgerContent, years: Years
) -> None:
    settings = load_settings(years.workspace).settings
    plans = plans_in_force(content.submissions, duties(settings))
    handed = handed_over(settings, content.submissions, content.rows["objectives"])
    told = [
        (finding.code, finding.facts)
        for submission_id, finding in standing_findings(content.submissions, content.rows, plans, handed)
        if submission_id == NEXT_PLAN
    ]
    assert told == [
        ("R612", {"objective": "MT03", "before": "ít nhất 250 căn", "after": "ít nhất 240 căn"}),
        ("R613", {"objective": "MT04", "before": "ít nhất 2,4 tỷ đồng", "after": "ít nhất 2.400 triệu đồng"}),
        ("R614", {"objective": "MT06/2019"}),
    ]
