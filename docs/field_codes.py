"""Which codes a field can give: from its own checks, from the rules that point at it, and from reading its cell."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandera.pandas as pa

from pipeline.forms import DIRECTORY, FORMS, Field, Form, Kind, fields_of, rules_of
from pipeline.forms.vocabulary import BLANK_REQUIRED

READING_ANY: Final = ("T206", "T214", "T220", "T221", "T222", "V311", "V317")
"""What the reading of a cell can say whatever it should hold (``pipeline.parsing``)."""

READING: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.TEXT: ("V316",),
    Kind.NUMBER: ("V301", "V307"),
    Kind.DATE: ("V302", "V319"),
    Kind.CHOICE: ("V316",),
}
"""What the reading of a cell can say by what it should hold."""

_FILLED_IN_A_CASE: Final = ("filled_when", "filled_unless")


def codes_of(form: Form, schema: pa.DataFrameSchema, field: Field) -> tuple[str, ...]:
    """The codes that the form's own checks and rules give at a field of a sheet, in the order of judging, each once."""
    return tuple(dict.fromkeys(_codes(form, schema, field)))


def is_asked_in_a_case(form: Form, schema: pa.DataFrameSchema, field: Field) -> bool:
    """Whether the field, though not required, must be filled in some case."""
    kinds = [check.name for check in _rule_checks(form, schema, field)]
    return not field.required and any(kind in _FILLED_IN_A_CASE for kind in kinds)


def places_of_codes() -> dict[str, list[tuple[Form, str]]]:
    """Code to the (form, sheet title) whose rules can give it, in the order of the forms."""
    places: dict[str, list[tuple[Form, str]]] = {}
    for form in (*FORMS, DIRECTORY):
        for schema in form.all_sheets:
            given = {code for field in fields_of(schema) for code in codes_of(form, schema, field)}
            for code in sorted(given):
                places.setdefault(code, []).append((form, str(schema.title)))
    return places


def _codes(form: Form, schema: pa.DataFrameSchema, field: Field) -> Iterator[str]:
    column = schema.columns[field.name]
    if not column.nullable:
        yield BLANK_REQUIRED
    checks = (*column.checks, *_rule_checks(form, schema, field))
    yield from (str(check.error) for check in checks)


def _rule_checks(form: Form, schema: pa.DataFrameSchema, field: Field) -> Iterator[pa.Check]:
    for owner in form.all_sheets:
        for rule in rules_of(owner):
            check = rule.checks[0]
            if _target(form, owner, check.statistics) == (schema.name, field.name):
                yield check


def _target(form: Form, owner: pa.DataFrameSchema, statistics: Mapping[str, Any]) -> tuple[str, str]:
    """The sheet and field at which a rule's finding points: ``place`` moves it to another sheet's header."""
    place = statistics.get("place")
    if place is None:
        return str(owner.name), str(statistics["field"])
    first = fields_of(form.sheet(place))[0].name
    return str(place), str(statistics.get("place_field", first))
