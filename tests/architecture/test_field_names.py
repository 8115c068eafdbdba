"""A form's field is spelled once, in ``sheets`` (house style 6): everywhere else it is an attribute, never a text."""

import ast
from collections.abc import Iterator

import pytest
from architecture_code import modules, nodes

from pipeline.forms import DIRECTORY, FORMS
from pipeline.vocabulary.fields import coded_column

FIELDS = {field.name for form in (*FORMS, DIRECTORY) for sheet in form.all_sheets for field in sheet.fields}
SPELLED = {name for field in FIELDS for name in (field, coded_column(field), f"objective_{field}") if "_" in name}
OF_OTHERS = {"document_on", "due_on"}
"""Names that are also a column of the recorded decisions, and one of the obligations."""


def _outside() -> Iterator[str]:
    for module in modules():
        if module.split("/")[0] not in {"sheets", "forms"}:
            yield module


def _texts(module: str) -> set[str]:
    return {node.value for node in nodes()[module] if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("module", list(_outside()))
def test_no_field_is_spelled_outside_the_sheets(module: str) -> None:
    assert _texts(module) & (SPELLED - OF_OTHERS) == set()
