"""The guides use the words that the program uses, and leave nothing out that their reader will meet."""

from pathlib import Path

import pytest

from pipeline.findings import CATALOGUE, Stage
from pipeline.forms import BY_NUMBER, FORMS
from pipeline.vocabulary.choices import CODED
from pipeline.wording import say, topic

DOCS = Path(__file__).parents[2] / "docs"
STAFF = (DOCS / "huong-dan-can-bo.md").read_text(encoding="utf-8")
SECRETARY = (DOCS / "huong-dan-thu-ky.md").read_text(encoding="utf-8")
OPERATOR = [code for code, entry in CATALOGUE.items() if entry.stage is Stage.OPERATOR]


@pytest.mark.parametrize("words", topic("run")["verdict"].values())
def test_staff_are_told_what_each_verdict_means(words: str) -> None:
    assert f"| {words} |" in STAFF


@pytest.mark.parametrize("words", topic("run")["state"].values())
def test_the_secretary_is_told_what_each_state_means(words: str) -> None:
    assert f"| {words} |" in SECRETARY


def test_the_secretary_finds_every_operator_code_in_order() -> None:
    assert [line[2:6] for line in SECRETARY.splitlines() if line.startswith("| E8")] == OPERATOR


@pytest.mark.parametrize("number", BY_NUMBER)
def test_staff_find_a_section_on_each_form(number: str) -> None:
    assert f"### {number}, " in STAFF


@pytest.mark.parametrize("word", CODED)
def test_staff_are_told_what_each_coded_answer_means(word: str) -> None:
    assert f"| {word} |" in STAFF


def test_the_sheet_of_findings_is_called_as_in_the_answer() -> None:
    assert f"Trang **{say('feedback.title')}**" in STAFF


@pytest.mark.parametrize("label", ["Lý do sửa đổi", "Văn bản cho phép sửa đổi", "Ước thực hiện cả năm", "Mốc 6 tháng"])
def test_labels_in_the_staff_guide_are_those_of_the_forms(label: str) -> None:
    labels = {field.label for form in FORMS for sheet in form.all_sheets for field in sheet.fields}
    assert label in labels
    assert f"*{label}*" in STAFF
