"""An independent recalculation gives the same value in every formula cell, and finds what is wrong."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest
from committee_content import Story, frames_of
from linted import breaking
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
from pipeline.consolidation import Committee, LedgerContent
from pipeline.consolidation.committee import _registered as registered
from pipeline.consolidation.coverage import coverage
from pipeline.consolidation.states import of_period
from pipeline.consolidation.trends import over_time
from pipeline.consolidation.view import View
from pipeline.settings import Period

pytestmark = pytest.mark.libreoffice
TAMPERED: Mapping[str, tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "an objective lost": ("objective_results", lambda frame: frame.drop(index=3)),
    "a person twice": ("people", lambda frame: pd.concat([frame, frame.iloc[[0]]])),
    "a part lost": ("agency_parts", lambda frame: frame.iloc[1:]),
    "a date lost": ("timeline", lambda frame: frame.iloc[1:]),
}
SEVERAL_YEARS = "six periods"


def _sparse(period: Period) -> bytes:
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31", agency_objective="MC1"), objective("MT02", agency_objective="MC1"))
    report(story, "VP", rate("MT01", 5, 10), rate("MT02", 0, 0))
    told = rate("MT01", 9, 10, data_as_of="2019-10-31"), result("MT02", actual="chưa có số liệu")
    report(story, "VP", *told, period="2019-CN")
    return build_workbook(consolidated(story, period), {})


def _with_decisions() -> bytes:
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31"))
    report(story, "VP", rate("MT01", 5, 10), withdrawn=True)
    story.decide("withdrawn", "BM-02", "VP", "2019-6T")
    story.decide("exempted", "BM-01", "KHTC", "2019-KH")
    story.decide("exempted", "BM-04", "TCT", "2019-6T")
    story.decide("extended", "BM-02", "KHTC", "2019-6T", until="2019-06-20")
    committee = consolidated(story)
    assert [committee.figures[name] for name in ("owed", "outstanding", "not_due")] == [2, 1, 1]
    return build_workbook(committee, {})


def _over_six_periods() -> bytes:
    committee = frames_of(content_of(7, 9), settings_of(7), LAST, BUILT_ON)
    assert list(committee.over_time["period"]) == PERIODS
    assert bool(committee.controls["holds"].all())
    return build_workbook(committee, {})


def _wrong(workbook: bytes) -> bytes:
    return with_wrong_value(workbook, "xl/worksheets/sheet1.xml", "<v>98</v>", "<v>97</v>")


SPARSE: Mapping[str, Callable[[], bytes]] = {
    str(PLAN): lambda: _sparse(PLAN),
    str(WHOLE_YEAR): lambda: _sparse(WHOLE_YEAR),
    "decisions": _with_decisions,
    SEVERAL_YEARS: _over_six_periods,
    "forty divisions": lambda: build_workbook(frames_of(content_of(40, 2), settings_of(40), LAST, BUILT_ON), {}),
    "empty": lambda: build_workbook(consolidated(Story(), today=TODAY), {}),
}


@pytest.fixture(scope="module")
def changed(committee: Committee, content: LedgerContent) -> dict[str, Committee]:
    """The demo's committee with one frame tampered with, and with it what is counted from that frame."""
    return {name: _changed(committee, content, *change) for name, change in TAMPERED.items()}


def _changed(
    committee: Committee, content: LedgerContent, name: str, take: Callable[[pd.DataFrame], pd.DataFrame]
) -> Committee:
    frame = take(getattr(committee, name)).reset_index(drop=True)
    view = View(content, committee.settings, committee.period, committee.today)
    match name:
        case "people":
            counted = {"coverage": coverage(frame, view)}
        case "objective_results":
            own = of_period(committee.obligations, committee.period)
            states = pd.concat([rows[["period", "state"]] for rows in (committee.obligations_before, own)])
            statuses = registered(frame, committee.history, committee.period)
            counted = {"over_time": over_time(list(committee.over_time["period"]), statuses, states)}
        case _:
            counted = {}
    return tampered(committee, content, **{name: frame}, **counted)


@pytest.fixture(scope="module")
def written(workbook: bytes, changed: dict[str, Committee]) -> dict[str, bytes]:
    """Every workbook that is recalculated, as it is written."""
    with breaking("controls", "headline"):
        red = {name: build_workbook(each, {}) for name, each in changed.items()}
    return {"demo": workbook, "wrong": _wrong(workbook), **{name: build() for name, build in SPARSE.items()}, **red}


@pytest.fixture(scope="module")
def computed(written: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, soffice: Path) -> dict[str, bytes]:
    """What one LibreOffice makes of their formulas alone."""
    return recalculated(written, tmp_path_factory.mktemp("recalculated"), soffice)


def test_every_cached_value_is_what_the_formulas_give(written: dict[str, bytes], computed: dict[str, bytes]) -> None:
    assert len(formula_values(written["demo"], written["demo"])) > 500
    assert differences(written["demo"], computed["demo"]) == {}


def test_one_wrong_cached_value_is_found(written: dict[str, bytes], computed: dict[str, bytes]) -> None:
    assert list(differences(written["wrong"], computed["wrong"]).values()) == [(97, 98)]


@pytest.mark.parametrize("name", SPARSE)
def test_other_workbooks_recalculate_too(name: str, written: dict[str, bytes], computed: dict[str, bytes]) -> None:
    assert formula_values(written[name], written[name])
    assert differences(written[name], computed[name]) == {}


@pytest.mark.long
def test_sixty_divisions_of_twenty_objectives_over_six_periods_recalculate(tmp_path: Path, soffice: Path) -> None:
    committee = frames_of(content_of(60, 20), settings_of(60), LAST, BUILT_ON)
    workbook = build_workbook(committee, {})
    assert len(workbook) < 3_000_000
    assert differences(workbook, recalculated({"sixty": workbook}, tmp_path, soffice)["sixty"]) == {}


@pytest.mark.parametrize("name", TAMPERED)
def test_the_live_checks_turn_the_same_lines_red_as_pandas(
    name: str, changed: dict[str, Committee], computed: dict[str, bytes]
) -> None:
    sheet = load_workbook(io.BytesIO(computed[name]), data_only=True, read_only=True)["10 Đối chiếu"]
    live = [row[0] for row in sheet.iter_rows(min_row=6, values_only=True) if row[8] == "KHÔNG ĐẠT"]
    holding = listed(changed[name].controls, "holds")
    red = [f"K{place + 1:03d}" for place, (holds,) in enumerate(holding) if not holds]
    assert red
    assert live == red
