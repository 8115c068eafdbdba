"""The examples on a form: of its own year, its agency and its division, and out of its own lists."""

import re
from dataclasses import replace

from pipeline.templates.issue import Issue
from pipeline.vocabulary.fields import EXAMPLE_SYMBOL, EXAMPLE_TELEPHONE, EXAMPLE_UNIT, EXAMPLE_YEAR, Field, Listed
from pipeline.vocabulary.lists import options_of
from pipeline.vocabulary.sheets import Form, SheetSchema

_YEAR = re.compile(rf"(?<!\d)(?:{EXAMPLE_YEAR}|{EXAMPLE_YEAR - 1})(?!\d)")
_UNIT = re.compile(rf"(?<=[-/]){EXAMPLE_UNIT}$")


def with_own_examples(form: Form, issue: Issue) -> Form:
    """The form with the examples of its fields as they stand on one issue."""
    sheets = tuple(_of_sheet(schema, issue) for schema in form.sheets)
    return replace(form, cover=_of_sheet(form.cover, issue), sheets=sheets)


def year_of(issue: Issue) -> int:
    """The year of an issue; of a blank template that of its making."""
    return int(issue.year or issue.made_on.year)


def _of_sheet(schema: SheetSchema, issue: Issue) -> SheetSchema:
    return replace(schema, fields=tuple(replace(field, example=_example(field, issue)) for field in schema.fields))


def _example(field: Field, issue: Issue) -> str:
    """The field's example; of a list in the settings one of its words, the last where none is the example's."""
    own = _YEAR.sub(lambda year: str(int(year[0]) - EXAMPLE_YEAR + year_of(issue)), field.example)
    if own and isinstance(field.options, Listed):
        listed = options_of(field, issue.lists)
        return own if own in listed or not listed else [*listed][-1]
    own = own.replace(EXAMPLE_SYMBOL, issue.agency.symbol or "…")
    if issue.contact.telephone:
        own = own.replace(EXAMPLE_TELEPHONE, issue.contact.telephone)
    return _UNIT.sub(issue.symbol, own) if issue.symbol else own
