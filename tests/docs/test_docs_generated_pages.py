"""The generated pages on disk are what the code makes, and say everything that it knows."""

from pathlib import Path

import pytest

from docs.codes_page import codes_page
from docs.field_codes import READING, READING_ANY, places_of_codes
from docs.forms_page import forms_page
from docs.generate import codes, pages
from docs.words import words_of
from pipeline.findings import CATALOGUE, Stage
from pipeline.forms import DIRECTORY, FORMS
from pipeline.vocabulary.fields import Kind, Listed

DOCS = Path(__file__).parents[2] / "docs"
EVERY_FORM = (*FORMS, DIRECTORY)


@pytest.mark.parametrize("path", [*codes(), *pages()], ids=lambda path: path.name)
def test_a_generated_page_on_disk_is_what_the_code_makes(path: Path) -> None:
    assert path.read_bytes().decode("utf-8") == {**codes(), **pages()}[path], "run: make docs"


def test_the_page_of_codes_has_one_heading_a_code_in_the_order_of_the_catalogue() -> None:
    headings = [line.removeprefix("### ") for line in codes_page().splitlines() if line.startswith("### ")]
    assert headings == list(CATALOGUE)


def test_no_generated_page_shows_a_fact_by_its_english_name() -> None:
    assert [path.name for path, text in pages().items() if "{" in text] == []


def test_every_field_of_every_form_has_its_line() -> None:
    expected = [f"| **{f.label}**<br>`{f.name}` |" for form in EVERY_FORM for s in form.all_sheets for f in s.fields]
    page = forms_page()
    lines = [line for line in page.splitlines() if line.startswith("| **")]
    assert [line[: len(start)] for line, start in zip(lines, expected, strict=True)] == expected


def test_every_code_that_a_form_gives_is_in_the_catalogue() -> None:
    assert set(places_of_codes()) - set(CATALOGUE) == set()


def test_every_code_of_a_value_comes_from_a_rule_or_from_reading() -> None:
    read = {code for codes in READING.values() for code in codes} | set(READING_ANY)
    values = {code for code, entry in CATALOGUE.items() if entry.stage is Stage.VALUE}
    assert values - read - set(places_of_codes()) == set()


def test_reading_is_told_for_every_kind_of_cell() -> None:
    assert set(READING) == set(Kind)


def test_every_stage_form_and_list_has_its_words_and_none_is_left_over() -> None:
    codes, forms = words_of("codes"), words_of("forms")
    lists = {
        f.options.name for form in FORMS for s in form.all_sheets for f in s.fields if isinstance(f.options, Listed)
    }
    assert set(codes["stage"]) == set(codes["stage_intro"]) == {str(stage) for stage in Stage}
    assert set(forms["who"]) == {form.form_id for form in EVERY_FORM}
    assert set(forms["kind"]) == {"any", *map(str, Kind)}
    assert set(forms["lists"]) == lists
