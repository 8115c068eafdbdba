"""The rows of a table sheet as a formula sees them: which are used, and where a code stands."""

from collections.abc import Iterable

from pipeline.forms import BY_ID, field_named, fields_of, plan_of
from pipeline.workbooks.live.expressions import ALWAYS, plainly
from pipeline.workbooks.live.where import Where

_SHEETS = {str(schema.name): schema for form in BY_ID.values() for schema in form.sheets}


def count_of_used(where: Where, sheet: str) -> str:
    """How many rows of a sheet are used; rows taken over from last year and left alone are none (``parsing.form``)."""
    plan, names = plan_of(_SHEETS[sheet]), _to_fill(sheet)
    if not plan.taken_over:
        return f"SUMPRODUCT(--({_any_filled(where, sheet, names)}))"
    new = f'(TRIM({where.column(sheet, plan.taken_over)})="")'
    added = f"SUMPRODUCT({new}*({_any_filled(where, sheet, names)}))"
    return f"{added}+SUMPRODUCT(--({_any_filled(where, sheet, plan.decided)}))"


def used_rows(where: Where, sheet: str, field: str) -> str:
    """Which rows of a sheet are used, for products with its column ``field``; what we did not print is used itself."""
    if not field_named(_SHEETS[sheet], field).printed:
        return ALWAYS
    return _any_filled(where, sheet, _to_fill(sheet))


def looked_up(key: str, column: str, cell: str) -> str:
    """The value of a column in the first row whose key is the cell's text; an empty text where no row has it."""
    return f'IFERROR(INDEX({column},MATCH({plainly(f"TRIM({cell})")},{key},0)),"")'


def _to_fill(sheet: str) -> list[str]:
    return [field.name for field in fields_of(_SHEETS[sheet]) if not field.printed]


def _any_filled(where: Where, sheet: str, names: Iterable[str]) -> str:
    joined = "&".join(where.column(sheet, name) for name in names)
    return f'TRIM({joined})<>""'
