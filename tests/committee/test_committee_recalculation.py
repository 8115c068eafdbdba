"""An independent recalculation gives the same value in every formula cell, and finds what is wrong."""

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from committee_content import Story
from openpyxl import load_workbook
from recalculation import differences, formula_values, recalculated, with_wrong_value
from several_years import BUILT_ON, LAST, PERIODS, content_of, settings_of
from small_agency import (
    PLAN,
    TODAY,
    WHOLE_YEAR,
    consolidated,
    listed,
    objective,
    plan,
    rate,
    report,
    result,
    tampered,
)

from pipeline.committee import build_workbook
from pipeline.consolidation import Committee, LedgerContent, consolidate
from pipeline.settings import Period

pytestmark = pytest.mark.libreoffice
Recalculate = Callable[[bytes], bytes]


@pytest.fixture
def recalculate(tmp_path: Path, soffice: Path) -> Recalculate:
    """What LibreOffice makes of a workbook's formulas alone."""
    return lambda workbook: recalculated(workbook, tmp_path, soffice)


def test_every_cached_value_is_what_the_formulas_give(workbook: bytes, recalculate: Recalculate) -> None:
    assert len(formula_values(workbook, workbook)) > 500
    assert differences(workbook, recalculate(workbook)) == {}


def test_one_wrong_cached_value_is_found(workbook: bytes, recalculate: Recalculate) -> None:
    wrong = with_wrong_value(workbook, "xl/worksheets/sheet1.xml", "<v>98</v>", "<v>97</v>")
    assert list(differences(wrong, recalculate(wrong)).values()) == [(97, 98)]


@pytest.mark.parametrize("period", [PLAN, WHOLE_YEAR], ids=str)
def test_sparse_workbooks_recalculate_too(period: Period, recalculate: Recalculate) -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31", agency_objective="MC1"), objective("MT02", agency_objective="MC1"))
    report(story, "VP", rate("MT01", 5, 10), rate("MT02", 0, 0))
    told = rate("MT01", 9, 10, data_as_of="2019-10-31"), result("MT02", actual="chưa có số liệu")
    report(story, "VP", *told, period="2019-CN")
    workbook = build_workbook(consolidated(story, period), {})
    assert differences(workbook, recalculate(workbook)) == {}


def test_a_workbook_with_decisions_recalculates(recalculate: Recalculate) -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31"))
    report(story, "VP", rate("MT01", 5, 10), withdrawn=True)
    story.decide("withdrawn", "BM-02", "VP", "2019-6T")
    story.decide("exempted", "BM-01", "KHTC", "2019-KH")
    story.decide("exempted", "BM-04", "TCT", "2019-6T")
    story.decide("extended", "BM-02", "KHTC", "2019-6T", until="2019-06-20")
    committee = consolidated(story)
    assert [committee.figures[name] for name in ("owed", "outstanding", "not_due")] == [2, 1, 1]
    workbook = build_workbook(committee, {})
    assert differences(workbook, recalculate(workbook)) == {}


def test_a_workbook_over_six_periods_recalculates(recalculate: Recalculate) -> None:
    committee = consolidate(content_of(7, 9), settings_of(7), LAST, BUILT_ON)
    assert list(committee.over_time["period"]) == PERIODS
    assert bool(committee.controls["holds"].all())
    workbook = build_workbook(committee, {})
    assert differences(workbook, recalculate(workbook)) == {}


@pytest.mark.long
def test_sixty_divisions_of_twenty_objectives_over_six_periods_recalculate(recalculate: Recalculate) -> None:
    committee = consolidate(content_of(60, 20), settings_of(60), LAST, BUILT_ON)
    workbook = build_workbook(committee, {})
    assert len(workbook) < 3_000_000
    assert differences(workbook, recalculate(workbook)) == {}


def test_an_empty_workbook_recalculates(recalculate: Recalculate) -> None:
    workbook = build_workbook(consolidated(Story(), today=TODAY), {})
    assert differences(workbook, recalculate(workbook)) == {}


@pytest.mark.breaks("controls", "headline")
@pytest.mark.parametrize(
    ("name", "take"),
    [
        ("objective_results", lambda frame: frame.drop(index=3)),
        ("people", lambda frame: pd.concat([frame, frame.iloc[[0]]])),
        ("agency_parts", lambda frame: frame.iloc[1:]),
        ("timeline", lambda frame: frame.iloc[1:]),
    ],
    ids=["an objective lost", "a person twice", "a part lost", "a date lost"],
)
def test_the_live_checks_turn_the_same_lines_red_as_pandas(
    committee: Committee, content: LedgerContent, name: str, take: object, recalculate: Recalculate
) -> None:
    changed = tampered(committee, content, **{name: take(getattr(committee, name))})
    sheet = load_workbook(io.BytesIO(recalculate(build_workbook(changed, {}))), data_only=True)["10 Đối chiếu"]
    live = [row[0] for row in sheet.iter_rows(min_row=6, values_only=True) if row[8] == "KHÔNG ĐẠT"]
    expected = [f"K{place + 1:03d}" for place, (holds,) in enumerate(listed(changed.controls, "holds")) if not holds]
    assert live == expected
    assert live
