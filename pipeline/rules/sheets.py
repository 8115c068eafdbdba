"""A sheet made of its columns and the rules across them; what its fields imply is judged first."""

from collections.abc import Iterator, Sequence

from pipeline.findings.codes import Code
from pipeline.rules.filled import Answered
from pipeline.rules.values import InList, PlainlyPercent, SurelyPercent, UnitAsDeclared
from pipeline.vocabulary.fields import Field, Listed
from pipeline.vocabulary.limits import OneOf
from pipeline.vocabulary.rules import Rule
from pipeline.vocabulary.sheets import BLANK_REQUIRED, SheetPlan, SheetSchema

_UNKNOWN_DIVISION = Code.T203
_UNIT_DIFFERS, _SHARE_OR_PERCENT, _BELOW_ONE_PERCENT = Code.V309, Code.V308, Code.V318


def sheet(name: str, title: str, fields: Sequence[Field], rules: Sequence[Rule], plan: SheetPlan) -> SheetSchema:
    """One sheet of a form.

    Raises:
        ValueError: two columns have the same name.
    """
    implied = [rule for field in fields for rule in _implied_by(field)]
    return SheetSchema(name, title, tuple(fields), (*implied, *rules), plan)


def fields_of(*sheets: SheetSchema) -> tuple[tuple[str, str], ...]:
    """Every (sheet, field) of some sheets: what an earlier version lacked that had none of them."""
    return tuple((each.name, field.name) for each in sheets for field in each.fields)


def _implied_by(field: Field) -> Iterator[Rule]:
    if field.required and field.coded:
        yield Answered(BLANK_REQUIRED, field.name)
    if isinstance(field.options, Listed) and not field.any_other:
        unknown = _UNKNOWN_DIVISION if field.options.name == "divisions" else OneOf.code
        yield InList(unknown, field.name, list=field.options.name)
    if field.measured_in:
        yield UnitAsDeclared(_UNIT_DIFFERS, field.name, unit=field.measured_in)
        yield SurelyPercent(_SHARE_OR_PERCENT, field.name, unit=field.measured_in)
        yield PlainlyPercent(_BELOW_ONE_PERCENT, field.name, unit=field.measured_in)
