"""A form is data (house style 1): a form module that needs an ``if`` means that the vocabulary lacks a word."""

import ast
from pathlib import Path

import pytest

from pipeline.forms import DIRECTORY, FORMS, fields_of, rules_of
from pipeline.validation.masks import MASKS

FORM_MODULES = sorted((Path(__file__).parents[2] / "pipeline" / "forms").glob("*.py"))
LITERALS = [path for path in FORM_MODULES if path.stem in {form.form_id for form in (*FORMS, DIRECTORY)}]
CODE = (ast.If, ast.IfExp, ast.For, ast.While, ast.Lambda, ast.FunctionDef, ast.Try, ast.comprehension)
ALL_SHEETS = [(form.number, sheet) for form in (*FORMS, DIRECTORY) for sheet in form.all_sheets]


def test_every_form_is_a_module_of_its_own() -> None:
    assert [path.stem for path in LITERALS] == ["declaration", "directory", "objectives", "policy", "results"]


@pytest.mark.parametrize("path", LITERALS, ids=lambda path: path.stem)
def test_a_form_module_holds_no_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    # The one comprehension allowed makes MT01…MT60.
    found = [type(node).__name__ for node in ast.walk(tree) if isinstance(node, CODE)]
    assert found in ([], ["comprehension"])


@pytest.mark.parametrize(("number", "sheet"), ALL_SHEETS, ids=lambda value: getattr(value, "name", value))
def test_every_rule_is_a_word_of_the_vocabulary_about_a_field_of_its_sheet(number: str, sheet: object) -> None:
    del number
    fields = {field.name for field in fields_of(sheet)}  # type: ignore[arg-type]
    for column in rules_of(sheet):  # type: ignore[arg-type]
        check = column.checks[0]
        assert check.name in MASKS
        assert check.statistics["field"] in fields


def test_every_word_of_the_vocabulary_is_used() -> None:
    used = {column.checks[0].name for _, sheet in ALL_SHEETS for column in rules_of(sheet)}
    assert set(MASKS) == used


@pytest.mark.parametrize(("number", "sheet"), ALL_SHEETS, ids=lambda value: getattr(value, "name", value))
def test_labels_of_a_sheet_tell_its_fields_apart(number: str, sheet: object) -> None:
    del number
    labels = [field.label for field in fields_of(sheet)]  # type: ignore[arg-type]
    assert len(set(labels)) == len(labels)
