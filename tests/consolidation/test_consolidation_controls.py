"""Sheet 10's frame: a row lost or counted twice turns its own line red, and no other."""

import pandas as pd
import pytest
from committee_content import Story, demo_content, demo_settings, frames_of
from small_agency import SIX_MONTHS, WHOLE_YEAR, consolidated, listed, objective, plan, rate, report, tampered

from pipeline.consolidation import Committee, LedgerContent

CONTENT: LedgerContent
AS_OF = pd.Timestamp("2019-06-13").date()


@pytest.fixture(scope="module")
def content() -> LedgerContent:
    return demo_content()


@pytest.fixture(scope="module")
def committee(content: LedgerContent) -> Committee:
    return frames_of(content, demo_settings(), SIX_MONTHS, AS_OF)


def _tampered(committee: Committee, name: str, frame: pd.DataFrame, content: LedgerContent) -> list[tuple[object, ...]]:
    checked = tampered(committee, content, **{name: frame}).controls
    return listed(checked[~checked["holds"]], "check", "table", "source", "subject")


def test_everything_holds_when_nothing_is_lost(committee: Committee) -> None:
    assert len(committee.controls) == 147
    assert committee.controls["holds"].all()


def test_a_changed_figure_turns_its_line_red_though_the_rows_agree(
    committee: Committee, content: LedgerContent
) -> None:
    results = committee.objective_results
    found = results.index[results["numerator"].notna()][0]
    changed = results.assign(numerator=results["numerator"].where(results.index != found, results["numerator"] + 1))
    red = _tampered(committee, "objective_results", changed, content)
    assert [line[:3] for line in red] == [("rows", "results", results.loc[found, "report_source"])]


def test_an_unknown_status_does_not_add_up(committee: Committee, content: LedgerContent) -> None:
    results = committee.objective_results
    odd = results.assign(status=results["status"].where(results.index != 20, "Tốt"))
    assert [line[0] for line in _tampered(committee, "objective_results", odd, content)] == ["figures", "statuses"]


def test_an_unknown_division_does_not_add_up(committee: Committee, content: LedgerContent) -> None:
    results = committee.objective_results
    odd = results.assign(division=results["division"].where(results.index != 20, "XYZ"))
    assert [line[0] for line in _tampered(committee, "objective_results", odd, content)] == ["divisions"]


def test_earlier_periods_and_carried_actions_are_counted_too() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31"))
    report(story, "VP", rate("MT01", 5, 10))
    committee = consolidated(story, WHOLE_YEAR)
    chosen = committee.controls["check"].isin(["history", "owed_before"]) | (committee.controls["subject"] == "carried")
    found = committee.controls[chosen]
    assert listed(found, "check", "subject", "expected", "actual") == [
        ("history", "2019-6T", 1, 1),
        ("owed_before", "2019-6T", 3, 3),
        ("figures", "carried", 1, 1),
    ]
    assert _tampered(committee, "history", committee.history.iloc[1:], story.content())[0][0] == "history"
    assert (
        _tampered(committee, "obligations_before", committee.obligations_before.iloc[1:], story.content())[0][0]
        == "owed_before"
    )
    (line,) = _tampered(committee, "unmet", committee.unmet.iloc[1:], story.content())
    assert (line[0], line[3]) == ("figures", "carried")
