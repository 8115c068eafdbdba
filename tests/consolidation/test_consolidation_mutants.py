"""Mutants of the makers: a row dropped, doubled or shifted in a step's frame turns its lines red (issue 15, 2)."""

from typing import Any, NamedTuple

import pandas as pd
import pytest
from committee_content import Story, demo_content, demo_settings, frames_of
from control_lines import counting, red
from small_agency import SIX_MONTHS, TODAY, WHOLE_YEAR, consolidated, objective, plan, rate, report, tampered

from pipeline.consolidation import Committee, LedgerContent

DEMO, YEAR = "demo", "year"


class Mutant(NamedTuple):
    """One frame of one workbook changed: ``row`` is dropped, doubled, or its ``column`` becomes ``value``."""

    of: str
    frame: str
    how: str
    row: int
    column: str = ""
    value: object = None

    def __str__(self) -> str:
        return " ".join(map(str, filter(None, (self.of, self.frame, self.how, str(self.row), self.column, self.value))))


_ROWS = {
    "objective_results": (0, 7, 20, -1),
    "plan_tasks": (0, 7, -1),
    "people": (0, 7, -1),
    "obligations": (0, 9, -1),
    "unmet": (0, -1),
    "agency_parts": (0, -1),
    "sources": (0, -1),
    "timeline": (0, -1),
    "trends": (0,),
    "declarations": (0,),
    "scope_changes": (0,),
    "postings": (0,),
    "checks": (0,),
}
_LOST_AND_DOUBLED = [
    Mutant(DEMO, frame, how, row) for frame, rows in _ROWS.items() for row in rows for how in ("dropped", "doubled")
]
_OF_A_YEAR = [
    Mutant(YEAR, frame, how, 0)
    for frame in ("history", "obligations_before", "unmet")
    for how in ("dropped", "doubled")
]
_SHIFTED = [
    *(Mutant(DEMO, "objective_results", "shifted", row, "status", "Không đạt") for row in (20, 25, -1)),
    *(Mutant(DEMO, "objective_results", "shifted", row, "status", "Đạt") for row in (0, 2)),
    Mutant(DEMO, "objective_results", "shifted", 0, "status", "Không còn áp dụng"),
    *(Mutant(DEMO, "plan_tasks", "shifted", row, "status", "Hoàn thành") for row in (0, 5)),
    Mutant(DEMO, "plan_tasks", "shifted", -1, "status", "Chưa thực hiện"),
    Mutant(DEMO, "plan_tasks", "shifted", 0, "overdue_days", 0),
    Mutant(DEMO, "plan_tasks", "shifted", -1, "overdue_days", 3),
    *(Mutant(DEMO, "people", "shifted", row, "knowledge", "understood") for row in (0, 1)),
    *(Mutant(DEMO, "people", "shifted", row, "knowledge", "absent") for row in (-1, -2)),
    *(Mutant(DEMO, "obligations", "shifted", row, "state", "on_time") for row in (0, 1)),
    *(Mutant(DEMO, "obligations", "shifted", row, "state", "late") for row in (-1, -2)),
    Mutant(DEMO, "unmet", "shifted", 0, "origin", "carried"),
]
MUTANTS = [*_LOST_AND_DOUBLED, *_OF_A_YEAR, *_SHIFTED]


@pytest.fixture(scope="module")
def workbooks() -> dict[str, tuple[Committee, LedgerContent]]:
    """The demo's six months, and a year whose six months had a miss."""
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31"))
    report(story, "VP", rate("MT01", 5, 10))
    demo = demo_content()
    return {
        DEMO: (frames_of(demo, demo_settings(), SIX_MONTHS, TODAY), demo),
        YEAR: (consolidated(story, WHOLE_YEAR), story.content()),
    }


def test_there_are_at_least_forty() -> None:
    assert len(MUTANTS) == len(set(MUTANTS)) >= 40


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_exactly_its_lines_turn_red(mutant: Mutant, workbooks: dict[str, tuple[Committee, LedgerContent]]) -> None:
    committee, content = workbooks[mutant.of]
    assert red(committee.controls) == set()
    frame = getattr(committee, mutant.frame)
    before = frame.iloc[mutant.row].to_dict()
    changed, expected = _mutated(frame, mutant, before, str(committee.period))
    assert expected
    assert red(tampered(committee, content, **{mutant.frame: changed}).controls) == expected


def _mutated(frame: pd.DataFrame, mutant: Mutant, before: dict[Any, Any], period: str) -> tuple[pd.DataFrame, set[str]]:
    """The frame, and the lines that count the row; of a shifted one, those that count it before or after, not both."""
    label, own = frame.index[mutant.row], counting(mutant.frame, before, period)
    match mutant.how:
        case "dropped":
            return frame.drop(index=label), own
        case "doubled":
            return pd.concat([frame, frame.loc[[label]]], ignore_index=True), own
        case _:
            shifted = frame[mutant.column].where(frame.index != label, mutant.value)
            after = counting(mutant.frame, {**before, mutant.column: mutant.value}, period)
            return frame.assign(**{mutant.column: shifted}), own ^ after
