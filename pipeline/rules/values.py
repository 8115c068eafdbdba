"""One value beside a list, a unit or a measure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pipeline.formulas.expressions import every, filled, is_one, negated, some
from pipeline.rules.choosing import meant_or_left, of_year, only
from pipeline.vietnamese import KNOWN_UNITS, is_money, money_power
from pipeline.vocabulary.choices import Measure
from pipeline.vocabulary.entries import Bound, Entry, typed_figure
from pipeline.vocabulary.fields import unit_column
from pipeline.vocabulary.limits import not_listed
from pipeline.vocabulary.live import Live, LiveRow, is_percent
from pipeline.vocabulary.rows import Mask, Rows
from pipeline.vocabulary.rules import Case, NotLive, Rule

_MONEY = tuple(unit for unit in KNOWN_UNITS if is_money(unit))


@dataclass(frozen=True)
class InList(Rule):
    """The value stands in the settings' list ``list`` of the form's year; without a known year, of any."""

    list: str
    is_of_value: ClassVar[bool] = True
    is_last_resort: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        options = rows.knowledge.options[rows.knowledge.options["list"] == self.list]
        that_year = rows.among(("year", self.field), options, ("year", "value"))
        any_year = ~rows["year"].isin(options["year"]) & rows[self.field].isin(options["value"])
        return rows[self.field].isna() | that_year | any_year

    def live(self, row: LiveRow) -> Live:
        """The cell holds a choice, by its code or its words."""
        return not_listed(row, self.field)

    def proposal(self, entry: Entry) -> str | None:
        """What was meant of the year's list; for a blank cell the one that it has."""
        if entry.name != self.field:
            return None
        options = entry.knowledge.options[entry.knowledge.options["list"] == self.list]
        listed = of_year(entry, options)
        return meant_or_left(entry.typed, (options if listed.empty else listed)["value"].unique()) or None


@dataclass(frozen=True)
class OnlyWhen(Rule):
    """In the case ``when`` the value is one of ``only``."""

    when: Case
    only: tuple[str, ...]
    is_of_value: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        return rows[self.field].isna() | ~self.when.holds(rows) | rows[self.field].isin(list(self.only))

    def live(self, row: LiveRow) -> Live:
        """Another value stands there in the case."""
        case = self.when.live(row)
        other, same = row.is_other(self.field, self.only), row.is_among(self.field, self.only)
        doubt = every(filled(row.cell(self.field)), negated(case.fails), negated(same))
        return Live(every(other, case.holds), (doubt,))

    def proposal(self, entry: Entry) -> str | None:
        """The one value of the case, where the row is such a case."""
        return only(self.only) or None if entry.name == self.field and self.when.holds_in(entry) else None

    def allows(self, entry: Entry) -> bool:
        """Whether the field holds one of its values where the choice makes it the case."""
        speaks = self.when.column == entry.name != self.field and self.when.holds_in(entry)
        return not speaks or entry.value(self.field) in {None, *map(str, self.only)}


@dataclass(frozen=True)
class UnitAsDeclared(Rule):
    """A unit typed together with the number is the one in the column ``unit``."""

    unit: str
    is_of_value: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        typed, declared = rows[unit_column(self.field)], rows[self.unit]
        points = (typed == "%") & (declared == "điểm %")
        money = typed + " đồng" == declared
        return typed.isna() | declared.isna() | (typed == declared) | points | money

    def live(self, row: LiveRow) -> Live:
        """A number shown in percent stands beside another unit. A unit typed as text is for the reader alone."""
        cell, declared = row.cell(self.field), row.cell(self.unit)
        in_percent = f"IF(ISNUMBER({cell}),IF(ABS({cell})<=10,{is_percent(cell)},FALSE),FALSE)"
        other = every(filled(declared), row.is_other(self.unit, ("%", "điểm %")))
        return Live(every(in_percent, other), (row.unread(self.field),))

    def proposal(self, entry: Entry) -> str | None:
        """For money the figure in the declared unit: 4,5 (tỷ đồng) for “4.500 triệu”."""
        typed, declared = entry.value(unit_column(self.field)), entry.value(self.unit)
        powers = money_power(str(typed or "")), money_power(str(declared or ""))
        if entry.name != self.field or entry.typed is None or None in powers or typed == declared:
            return None
        return typed_figure(float(Decimal(f"{entry.typed!r}").scaleb(powers[0] - powers[1])))  # type: ignore[operator]


@dataclass(frozen=True)
class SurelyPercent(NotLive):
    """Where the cell's format is unknown (.xlsb), 0.95 under % could be 0,95 % or 95 %, also below zero: ask."""

    unit: str
    is_of_value: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        value = rows[self.field]
        small = (value != 0) & (value.abs() <= 1) & (rows[self.unit] == "%")
        return rows["formats_known"] | ~small | rows[unit_column(self.field)].notna()


@dataclass(frozen=True)
class PlainlyPercent(Rule):
    """Where the format is known, 0.95 under % without the sign is 0,95 %; a share of one may have been meant."""

    unit: str

    def kept(self, rows: Rows) -> Mask:
        value = rows[self.field]
        share = (value != 0) & (value.abs() < 1) & (rows[self.unit] == "%")
        return ~rows["formats_known"] | ~share | rows[unit_column(self.field)].notna()

    def live(self, row: LiveRow) -> Live:
        """A share of one beside the unit %, not shown in percent."""
        cell = row.cell(self.field)
        small = every(f"{cell}<>0", f"ABS({cell})<1", negated(is_percent(cell)))
        broken = f"IF({row.is_read(self.field)},{small},FALSE)"
        return Live(every(broken, row.is_among(self.unit, ("%",))), (row.unread(self.field),))


@dataclass(frozen=True)
class InRangeOfMeasure(Rule):
    """A rate lies in 0..100, a cumulative number is not negative."""

    measure: str
    is_of_value: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        value, measure = rows[self.field], rows[self.measure]
        rate = (measure == Measure.RATE) & ~value.between(0, 100)
        cumulative = (measure == Measure.CUMULATIVE) & (value < 0)
        return value.isna() | ~(rate | cumulative)

    def live(self, row: LiveRow) -> Live:
        """A number outside of it."""
        cell, figure = row.cell(self.field), row.figure(self.field)
        rate = every(row.is_among(self.measure, (Measure.RATE,)), some(f"{cell}<0", f"{figure}>100"))
        cumulative = every(row.is_among(self.measure, (Measure.CUMULATIVE,)), f"{cell}<0")
        broken = f"IF({row.is_read(self.field)},{some(rate, cumulative)},FALSE)"
        return Live(broken, (row.unread(self.field), row.unrecognised(self.measure)))

    def bounds(self, entry: Entry) -> Iterator[Bound]:
        """Zero, and for a rate a hundred."""
        measure = entry.value(self.measure)
        if entry.name == self.field and measure in {Measure.RATE, Measure.CUMULATIVE}:
            yield Bound(0.0, is_low=True)
            if measure == Measure.RATE:
                yield Bound(100.0, is_low=False)


@dataclass(frozen=True)
class WholeUnlessMoney(Rule):
    """In the case ``when`` a count is whole, unless the unit is money."""

    unit: str
    when: Case

    def kept(self, rows: Rows) -> Mask:
        value, money = rows[self.field], rows[self.unit].fillna("").map(is_money).astype(bool)
        return value.isna() | money | (value.round(0) == value) | ~self.when.holds(rows)

    def live(self, row: LiveRow) -> Live:
        """A number with decimals, whose unit is no money."""
        case, cell = self.when.live(row), row.cell(self.field)
        broken = f"IF({row.is_read(self.field)},{cell}<>ROUND({cell},0),FALSE)"
        odd = every(broken, negated(is_one(row.cell(self.unit), _MONEY)))
        return Live(every(odd, case.holds), (row.unread(self.field), every(odd, negated(case.fails))))
