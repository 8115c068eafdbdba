"""A form's field is spelled once, in ``sheets`` (house style 6): everywhere else it is an attribute, never a text."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.forms import DIRECTORY, FORMS
from pipeline.vocabulary.fields import coded_column

PIPELINE = Path(__file__).parents[2] / "pipeline"
FIELDS = {field.name for form in (*FORMS, DIRECTORY) for sheet in form.all_sheets for field in sheet.fields}
SPELLED = {name for field in FIELDS for name in (field, coded_column(field), f"objective_{field}") if "_" in name}
OF_OTHERS = {"document_on", "due_on"}
"""Names that are also a column of the recorded decisions, and one of the obligations."""


def _modules() -> Iterator[Path]:
    for path in sorted(PIPELINE.rglob("*.py")):
        if path.relative_to(PIPELINE).parts[0] not in {"sheets", "forms"}:
            yield path


def _texts(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("path", list(_modules()), ids=lambda path: str(path.relative_to(PIPELINE)))
def test_no_field_is_spelled_outside_the_sheets(path: Path) -> None:
    assert _texts(ast.parse(path.read_text(encoding="utf-8"))) & (SPELLED - OF_OTHERS) == set()
