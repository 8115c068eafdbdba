"""One cell for which a value is proposed, with its row and what bounds the value."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.vietnamese import format_number
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.limits import AtLeast
from pipeline.vocabulary.rows import Knowledge

if TYPE_CHECKING:
    from pipeline.vocabulary.rules import Rule
    from pipeline.vocabulary.sheets import SheetSchema


@dataclass(frozen=True)
class Bound:
    """A value may not lie below (``is_low``) or above ``value``; nor on it, when ``is_open``."""

    value: Any
    is_low: bool
    is_open: bool = False


@dataclass(frozen=True)
class Entry:
    """One field of one row for which a value is proposed; the row with its joined columns, as plain values."""

    schema: "SheetSchema"
    field: Field
    row: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    knowledge: Knowledge

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.name

    @property
    def typed(self) -> Any:  # noqa: ANN401 - text, number or day
        """What stands in the cell; None when it is blank or unreadable."""
        return self.value(self.name)

    @cached_property
    def year(self) -> str:
        """The form's year; "" when it has none, or one that is refused: nothing is proposed from that."""
        year, options = str(self.value("year") or ""), self.knowledge.options
        return year if year in set(options.loc[options["list"] == "years", "value"]) else ""

    @property
    def sheet(self) -> pd.DataFrame:
        """The rows of this submission on the field's sheet."""
        return self.table(self.schema.name)

    def table(self, name: str) -> pd.DataFrame:
        """The rows of this submission on a sheet."""
        rows = self.tables[name]
        own: pd.DataFrame = rows[rows["submission_id"] == self.row["submission_id"]]
        return own

    @property
    def other_rows(self) -> pd.DataFrame:
        """The other rows of this submission on the field's sheet."""
        rows: pd.DataFrame = self.sheet[self.sheet["excel_row"] != self.row["excel_row"]]
        return rows

    def value(self, column: str) -> Any:  # noqa: ANN401 - text, number or day
        """What stands in another column of the row; None when it is blank or there is no such column."""
        value = self.row.get(column)
        return None if value is None or pd.isna(value) else value

    def of(self, name: str) -> "Entry":
        """The same row's cell of another field."""
        return dataclasses.replace(self, field=self.schema.field(name))

    def holding(self, value: object) -> "Entry":
        """The same row, had this value been typed."""
        return dataclasses.replace(self, row={**self.row, self.name: value})

    def bounds(self, rules: "Iterable[Rule] | None" = None) -> list[Bound]:
        """Every bound that a limit or a rule sets to the field, whether the rule points at it or at one beside it.

        ``rules``: those that are asked; None for all of the sheet.
        """
        bounding = self.schema.rules if rules is None else rules
        lowest = [Bound(float(of.lowest), is_low=True) for of in self.field.limits if isinstance(of, AtLeast)]
        bounds = [*lowest, *(bound for rule in bounding for bound in rule.bounds(self))]
        return [bound for bound in bounds if bound.value is not None and not pd.isna(bound.value)]

    def nearest(self, start: Any) -> Any:  # noqa: ANN401 - a number or a day, as the field holds
        """The value nearest to ``start`` that all bounds allow; None where they leave no room."""
        return nearest(start, self.bounds())

    def is_in_bounds(self, value: Any) -> bool:  # noqa: ANN401 - a number or a day, as the field holds
        """Whether all bounds allow the value."""
        return bool(self.nearest(value) == value)


def nearest(start: Any, bounds: Sequence[Bound]) -> Any:  # noqa: ANN401 - a number or a day, as the bounds are
    """The value nearest to ``start`` that all bounds allow; None where they leave no room."""
    low = max((bound.value for bound in bounds if bound.is_low), default=None)
    high = min((bound.value for bound in bounds if not bound.is_low), default=None)
    if low is not None and high is not None and low > high:
        return None
    value = start if low is None else max(start, low)
    value = value if high is None else min(value, high)
    if any(bound.is_open and bound.value == value for bound in bounds):
        return _stepped_inside(value, low, high)
    return value


def _stepped_inside(value: float, low: float | None, high: float | None) -> float | None:
    """A number beside an open bound: a whole step further in, or half of the way where there is less room."""
    if low is not None and high is not None:
        if low == high:
            return None
        return value + (1 if value == low else -1) if high - low > 1 else (low + high) / 2
    return value + 1 if value == low else value - 1


def typed_figure(value: float) -> str:
    """A number as it is to be typed: without the dots between thousands, which beside % could be decimal points."""
    return format_number(value).replace(".", "")
