"""A form is misplaced when it was only seen in folders of divisions that are not its own nor its successor (F108)."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from rules_bases import BASES
from rules_sheets import SETTINGS, Case, known

from pipeline.forms import BY_NUMBER
from pipeline.judging import Ground, Submission, judge_forms
from pipeline.judging.reading import recognised
from pipeline.settings import Settings

Folders = frozenset[str]
CodeAndFacts = tuple[str, dict[str, object]]
OTHER = frozenset({"KHTC"})


def _succeeded(code: str, successor: str) -> Settings:
    divisions = [
        division.model_copy(update={"successor": successor}) if division.code == code else division
        for division in SETTINGS.divisions
    ]
    return SETTINGS.model_copy(update={"divisions": tuple(divisions)})


def _codes(places: Sequence[Folders], settings: Settings = SETTINGS) -> dict[Folders, list[CodeAndFacts]]:
    """What a valid BM-01 of VP is told when it was seen in these folders; blank stands for no division's folder.

    One submission for each set of folders, all judged together.
    """
    workbook, arrived_at = Case("BM-01").workbook, BASES["BM-01"].arrived_at
    unread = [Submission(key, Path("form.xlsx"), arrived_at, folders) for key, folders in enumerate(places)]
    examined = [recognised(one, workbook, settings) for one in unread]
    assert {one.form for one in examined} == {BY_NUMBER["BM-01"]}
    judged = judge_forms(BY_NUMBER["BM-01"], examined, settings, Ground(known(), frozenset()))
    findings = {one.key: one.findings for one in judged}
    return {
        folders: [(finding.code, dict(finding.facts)) for finding in findings[key]]
        for key, folders in enumerate(places)
    }


WRONG: Mapping[Folders, CodeAndFacts] = {
    frozenset({"KHTC"}): ("F108", {"folder": "KHTC", "division": "VP"}),
    frozenset({"KHTC", "TCT"}): ("F108", {"folder": "KHTC, TCT", "division": "VP"}),
}
RIGHT = [frozenset(folders) for folders in ([], ["VP"], [""], ["KHTC", "VP"], ["KHTC", ""])]


@cache
def findings_by_folders() -> Mapping[Folders, list[CodeAndFacts]]:
    """What is told of the wrong and the right places alike."""
    return _codes([*WRONG, *RIGHT])


@pytest.mark.parametrize("folders", WRONG, ids=sorted)
def test_a_form_in_foreign_folders_alone_is_misplaced_and_told_all_of_them(folders: Folders) -> None:
    assert findings_by_folders()[folders] == [WRONG[folders]]


@pytest.mark.parametrize("folders", RIGHT, ids=sorted)
def test_one_right_place_is_enough(folders: Folders) -> None:
    assert findings_by_folders()[folders] == []


def test_the_folder_of_a_successor_is_a_right_place() -> None:
    assert _codes([OTHER], _succeeded("VP", "KHTC"))[OTHER] == []


def test_the_folder_of_a_predecessor_is_none() -> None:
    assert [code for code, _ in _codes([OTHER], _succeeded("KHTC", "VP"))[OTHER]] == ["F108"]
