"""What is read and told all the same: values that a formula gave, and texts that show otherwise than stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import pytest
from rules_sheets import Case, Change, judge_cases, places

from pipeline.findings import Verdict, explain
from pipeline.intake.file_kinds import RawWorkbook

OVERRIDE, MARK = "\u202e", "\u200e"
Outcome = tuple[Verdict, list[tuple[str, str, str]]]
"""Verdict, and of each finding its code, cell and problem in words."""


def with_formulas(*fields: str) -> Change:
    """The workbook with formulas behind the values of some cells: "objectives.target.2" and such."""

    def changed(workbook: RawWorkbook) -> RawWorkbook:
        by_title: dict[str, set[tuple[int, int]]] = {}
        for field in fields:
            sheet, name, row = field.split(".")
            title, (first, column) = places("BM-01")[sheet, name]
            by_title.setdefault(title, set()).add((first + int(row) - 1, column))
        return replace(
            workbook,
            sheets=tuple(
                replace(
                    raw,
                    cells={
                        at: cell._replace(has_formula=at in by_title.get(raw.title, ()))
                        for at, cell in raw.cells.items()
                    },
                )
                for raw in workbook.sheets
            ),
        )

    return changed


def told(edits: Mapping[str, str], change: Change | None = None) -> Outcome:
    """Verdict, and of each finding its code, cell and problem in words."""
    return _outcomes([Case("BM-01", edits, change=change)])[0]


def _outcomes(cases: Sequence[Case]) -> list[Outcome]:
    return [
        (verdict, [(finding.code, finding.cell, explain(finding).problem) for finding in findings])
        for verdict, findings in judge_cases(cases)
    ]


def test_cells_with_formulas_are_told_once_a_sheet_and_accepted() -> None:
    formulas = with_formulas("objectives.owner.1", "objectives.owner.2", "objectives.owner.3", "objectives.note.2")
    verdict, found = told({"objectives.note.2": "tính"}, formulas)
    assert (verdict, [(code, cell) for code, cell, _ in found]) == (Verdict.ACCEPTED, [("T227", "P6")])
    assert "P6:P8, S7" in found[0][2]


def test_formulas_on_two_sheets_are_told_on_each() -> None:
    _, found = told({}, with_formulas("objectives.target.1", "tasks.owner.2"))
    assert [code for code, _, _ in found] == ["T227", "T227"]


MARKED: Mapping[tuple[str, str], list[str]] = {
    ("note", f"xem {OVERRIDE}9102"): ["T228"],
    ("note", f"{MARK}xem"): ["T228"],
    ("target", f"{MARK}95"): ["T228"],
    ("target", f"{OVERRIDE}59"): ["V301", "T228"],
    ("due_on", f"{MARK}31/{MARK}12/{MARK}2019"): ["T228"],
    ("due_on", f"{OVERRIDE}9102/01/13"): ["V302", "T228"],
}
"""Codes by field and what is typed into it."""


@cache
def marked() -> Mapping[tuple[str, str], Outcome]:
    """What each gives; all are judged together."""
    cases = [Case("BM-01", {f"objectives.{field}.1": typed}) for field, typed in MARKED]
    return dict(zip(MARKED, _outcomes(cases), strict=True))


@pytest.mark.parametrize("typed", MARKED)
def test_marks_of_direction_are_told_and_never_shown(typed: tuple[str, str]) -> None:
    _, found = marked()[typed]
    assert [code for code, _, _ in found] == MARKED[typed]
    assert not any(OVERRIDE in problem or MARK in problem for _, _, problem in found)
