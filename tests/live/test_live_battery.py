"""What the reader reads is not called an error while it is typed: the battery under the live checks."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from battery_bench import Variant, results
from parity_mutants import LISTS
from rules_bases import BASES
from rules_sheets import form_of

from pipeline.formulas.evaluation import evaluated
from pipeline.formulas.expressions import array
from pipeline.rules.live import own_checks
from pipeline.rules.values import InList
from pipeline.vocabulary.fields import Field, Options
from pipeline.vocabulary.limits import not_listed
from pipeline.vocabulary.lists import options_of
from pipeline.vocabulary.live import Live, LiveRow, NoPlaceError

_CELL = "$A$1"


@dataclass(frozen=True)
class OneCell:
    """A workbook of one cell."""

    def cell(self, _field: str) -> str:
        return _CELL

    def column(self, sheet: str, field: str) -> str:
        raise NoPlaceError(sheet, field)

    def cover(self, field: str) -> str:
        raise NoPlaceError(field)

    def options(self, field: Field) -> Options:
        return options_of(field, LISTS)

    def texts(self, items: Sequence[str]) -> str:
        return array(items)


def _own(variant: Variant) -> Iterator[Live]:
    """What can be said of the variant's cell alone."""
    sheet, name, _ = variant.place
    schema = form_of(BASES[variant.base]).sheet(sheet)
    row = LiveRow(form_of(BASES[variant.base]), schema, OneCell())
    for check in own_checks(schema.field(name)).values():
        try:
            yield check(row, name)
        except NoPlaceError:
            continue
    if any(isinstance(rule, InList) and rule.field == name for rule in schema.rules):
        yield not_listed(row, name)


def _is_called_wrong(variant: Variant) -> bool:
    values = {_CELL: variant.typed}
    return any(evaluated(live.broken, values, dt.date(2019, 1, 1)) is True for live in _own(variant))


def test_nothing_that_is_read_is_called_an_error_while_it_is_typed() -> None:
    read = [one.variant for one in results() if one.variant.reads is not None and one.is_read]
    assert len(read) > 500
    assert [variant.name for variant in read if _is_called_wrong(variant)] == []
