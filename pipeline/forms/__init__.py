"""The forms. Each is one module of literals; adding a form is adding a module."""

from pipeline.forms import directory
from pipeline.forms.lists import Lists, lists_of
from pipeline.forms.submitted import FORMS
from pipeline.forms.versions import Earlier, Former
from pipeline.forms.vocabulary import (
    Field,
    Form,
    Kind,
    Layout,
    Listed,
    SheetPlan,
    coded_column,
    decimals_column,
    duty_column,
    field_named,
    field_of,
    fields_of,
    plan_of,
    printed_code,
    rules_of,
    unit_column,
)

DIRECTORY: Form = directory.FORM
"""The secretary's own list."""

BY_NUMBER = {form.number: form for form in FORMS}
BY_ID = {form.form_id: form for form in (*FORMS, DIRECTORY)}

__all__ = [
    "BY_ID",
    "BY_NUMBER",
    "DIRECTORY",
    "FORMS",
    "Earlier",
    "Field",
    "Form",
    "Former",
    "Kind",
    "Layout",
    "Listed",
    "Lists",
    "SheetPlan",
    "coded_column",
    "decimals_column",
    "duty_column",
    "field_named",
    "field_of",
    "fields_of",
    "lists_of",
    "plan_of",
    "printed_code",
    "rules_of",
    "unit_column",
]
