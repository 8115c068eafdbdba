"""Which codes a field can give: from its own checks, from the rules that point at it, and from reading its cell."""

from collections.abc import Iterator, Mapping
from typing import Final

from pipeline.forms import DIRECTORY, FORMS
from pipeline.rules.filled import FilledUnless, FilledWhen
from pipeline.vocabulary.fields import Field, Kind
from pipeline.vocabulary.rules import Rule
from pipeline.vocabulary.sheets import BLANK_REQUIRED, Form, SheetSchema

READING_ANY: Final = ("T206", "T214", "T220", "T221", "T222", "V311", "V317", "V320", "V321")
"""What the reading of a cell can say whatever it should hold (``pipeline.parsing``)."""

READING: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.TEXT: ("V316",),
    Kind.NUMBER: ("V301", "V307"),
    Kind.DATE: ("V302", "V319"),
    Kind.CHOICE: ("V316",),
}
"""What the reading of a cell can say by what it should hold."""


def codes_of(form: Form, schema: SheetSchema, field: Field) -> tuple[str, ...]:
    """The codes that the form's own checks and rules give at a field of a sheet, in the order of judging, each once."""
    return tuple(dict.fromkeys(_codes(form, schema, field)))


def is_asked_in_a_case(form: Form, schema: SheetSchema, field: Field) -> bool:
    """Whether the field, though not required, must be filled in some case."""
    rules = _rules_at(form, schema, field)
    return not field.required and any(isinstance(rule, FilledWhen | FilledUnless) for rule in rules)


def places_of_codes() -> dict[str, list[tuple[Form, str]]]:
    """Code to the (form, sheet title) whose rules can give it, in the order of the forms."""
    places: dict[str, list[tuple[Form, str]]] = {}
    for form in (*FORMS, DIRECTORY):
        for schema in form.all_sheets:
            given = {code for field in schema.fields for code in codes_of(form, schema, field)}
            for code in sorted(given):
                places.setdefault(code, []).append((form, schema.title))
    return places


def _codes(form: Form, schema: SheetSchema, field: Field) -> Iterator[str]:
    if field.is_plainly_required:
        yield BLANK_REQUIRED
    yield from (limit.code for limit in field.limits)
    yield from (rule.code for rule in _rules_at(form, schema, field))


def _rules_at(form: Form, schema: SheetSchema, field: Field) -> Iterator[Rule]:
    """The rules whose finding points at a field, be it at its header."""
    for owner in form.all_sheets:
        for rule in owner.rules:
            sheet, name = rule.place or (owner.name, rule.field)
            if (sheet, name or form.sheet(sheet).fields[0].name) == (schema.name, field.name):
                yield rule
