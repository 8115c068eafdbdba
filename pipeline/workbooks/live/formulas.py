"""From a finding's code to the formula that tells whether it still holds, wherever it stands."""

from collections.abc import Callable, Iterator, Mapping

import pandera.pandas as pa

from pipeline.forms import rules_of
from pipeline.workbooks.live import columns, filled, known, objective_words, references, values
from pipeline.workbooks.live.asked import Asked, Live
from pipeline.workbooks.live.expressions import every
from pipeline.workbooks.live.own_values import own_rules
from pipeline.workbooks.live.where import NoPlaceError, Where

LONGEST_FORMULA = 8_192
FORMULAS: Mapping[str, Callable[[Asked], Live]] = {
    made.__name__: made
    for module in (filled, values, columns, objective_words, references, known)
    for made in module.FORMULAS
}
"""Rule kind to formula: the Excel rendering of ``validation.masks.MASKS``."""


def live_formula(schema: pa.DataFrameSchema, code: str, field: str, where: Where) -> str | None:
    """A formula without its ``=``: TRUE where the cell surely keeps what the code asks of it, else FALSE.

    None where no formula can tell: the rule leans on what stands in no workbook (``NOT_LIVE``), or this workbook lacks
    a place that it looks at. A text that the reader may read (``95,5``) is not surely kept.
    """
    try:
        asked_for = list(live_rules(schema, field, where, code))
    except NoPlaceError:
        return None
    if not asked_for:
        return None
    formula = f"IFERROR({every(*(live.kept for _, live in asked_for))},FALSE)"
    return formula if len(formula) < LONGEST_FORMULA else None


def live_rules(schema: pa.DataFrameSchema, field: str, where: Where, code: str) -> Iterator[tuple[str, Live]]:
    """What a code asks of a field's cell, as (rule kind or code, formulas).

    Raises:
        NoPlaceError: one of the rules cannot be held live in this workbook.
    """
    own = own_rules(schema, field).get(code)
    if own is not None:
        yield code, own(Asked(schema, field, {}, where))
    for rule in rules_of(schema):
        check = rule.checks[0]
        if check.error == code and check.statistics["field"] == field:
            if check.name not in FORMULAS:
                raise NoPlaceError(check.name)
            yield check.name, FORMULAS[check.name](Asked(schema, field, check.statistics, where))
