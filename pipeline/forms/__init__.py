"""The forms. Each is one module of literals; adding a form is adding a module."""

from pipeline.forms import directory
from pipeline.forms.submitted import FORMS
from pipeline.vocabulary.sheets import Form

DIRECTORY: Form = directory.FORM
"""The secretary's own list."""

__all__ = ["BY_ID", "BY_NUMBER", "DIRECTORY", "FORMS"]

BY_NUMBER = {form.number: form for form in FORMS}
BY_ID = {form.form_id: form for form in (*FORMS, DIRECTORY)}
