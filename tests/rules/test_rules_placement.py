"""A form is misplaced when it was only seen in folders of divisions that are not its own nor its successor (F108)."""

from pathlib import Path

import pytest
from rules_bases import BASES
from rules_sheets import SETTINGS, Case, known

from pipeline.judging import Ground, Submission, judge_forms
from pipeline.judging.reading import recognised
from pipeline.settings import Settings


def _succeeded(code: str, successor: str) -> Settings:
    divisions = [
        division.model_copy(update={"successor": successor}) if division.code == code else division
        for division in SETTINGS.divisions
    ]
    return SETTINGS.model_copy(update={"divisions": tuple(divisions)})


def _codes(folders: set[str], settings: Settings = SETTINGS) -> list[tuple[str, dict[str, object]]]:
    """What a valid BM-01 of VP is told when it was seen in these folders; blank stands for no division's folder."""
    case, base = Case("BM-01"), BASES["BM-01"]
    unread = Submission(0, Path("form.xlsx"), base.arrived_at, frozenset(folders))
    examined = recognised(unread, case.workbook, settings)
    assert examined.form is not None
    (judged,) = judge_forms(examined.form, [examined], settings, Ground(known(), frozenset()))
    return [(finding.code, dict(finding.facts)) for finding in judged.findings]


def test_a_form_in_another_divisions_folder_is_misplaced() -> None:
    assert _codes({"KHTC"}) == [("F108", {"folder": "KHTC", "division": "VP"})]


def test_a_form_in_two_foreign_folders_is_told_both() -> None:
    assert _codes({"KHTC", "TCT"}) == [("F108", {"folder": "KHTC, TCT", "division": "VP"})]


@pytest.mark.parametrize("folders", [set(), {"VP"}, {""}, {"KHTC", "VP"}, {"KHTC", ""}])
def test_one_right_place_is_enough(folders: set[str]) -> None:
    assert _codes(folders) == []


def test_the_folder_of_a_successor_is_a_right_place() -> None:
    assert _codes({"KHTC"}, _succeeded("VP", "KHTC")) == []


def test_the_folder_of_a_predecessor_is_none() -> None:
    assert [code for code, _ in _codes({"KHTC"}, _succeeded("KHTC", "VP"))] == ["F108"]
