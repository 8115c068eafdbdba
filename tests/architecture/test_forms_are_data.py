"""A form is data (house style 1): a form module that needs an ``if`` means that the vocabulary lacks a word."""

import ast
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

from pipeline import rules
from pipeline.forms import DIRECTORY, FORMS
from pipeline.vocabulary.rules import Rule
from pipeline.vocabulary.sheets import SheetSchema

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
def test_every_rule_is_about_a_field_of_its_sheet(number: str, sheet: SheetSchema) -> None:
    del number
    assert {rule.field for rule in sheet.rules} <= set(sheet.by_name)


def test_every_kind_of_rule_is_used() -> None:
    used = {type(rule) for _, sheet in ALL_SHEETS for rule in sheet.rules}
    bases = {base for kind in used for base in kind.__mro__}
    for module in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
        import_module(module.name)
    assert {kind for kind in _subclasses(Rule) if kind not in bases} == set()


def _subclasses(kind: type) -> set[type]:
    return {each for child in kind.__subclasses__() for each in (child, *_subclasses(child))}


@pytest.mark.parametrize(("number", "sheet"), ALL_SHEETS, ids=lambda value: getattr(value, "name", value))
def test_labels_of_a_sheet_tell_its_fields_apart(number: str, sheet: SheetSchema) -> None:
    del number
    labels = [field.label for field in sheet.fields]
    assert len(set(labels)) == len(labels)
