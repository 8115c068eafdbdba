"""Rules on one value: a list, a range, a unit. The sibling of ``validation.masks.values``."""

from pipeline.forms.choices import Measure
from pipeline.vietnamese import KNOWN_UNITS, is_money
from pipeline.workbooks.live.asked import Asked, Live, is_percent
from pipeline.workbooks.live.cases import case
from pipeline.workbooks.live.choices import not_listed
from pipeline.workbooks.live.expressions import every, filled, is_one, negated, some

_MONEY = tuple(unit for unit in KNOWN_UNITS if is_money(unit))


def in_list(asked: Asked) -> Live:
    """The value stands in the settings' list, by its code or its words."""
    return not_listed(asked)


def only_when(asked: Asked) -> Live:
    """In the case ``when`` the value is one of ``only``."""
    holds, fails = case(asked, "when")
    only = asked.facts["only"]
    other, same = asked.is_other(asked.field, only), asked.is_among(asked.field, only)
    doubt = every(filled(asked.value), negated(fails), negated(same))
    return Live(every(other, holds), (doubt,))


def unit_as_declared(asked: Asked) -> Live:
    """A number shown in percent stands beside the unit %. A unit typed as text is for the reader alone."""
    cell, unit = asked.value, str(asked.facts["unit"])
    declared = asked.where.cell(unit)
    in_percent = f"IF(ISNUMBER({cell}),IF(ABS({cell})<=10,{is_percent(cell)},FALSE),FALSE)"
    other = every(filled(declared), asked.is_other(unit, ("%", "điểm %")))
    return Live(every(in_percent, other), (asked.unread(asked.field),))


def plainly_percent(asked: Asked) -> Live:
    """0.95 beside the unit %, not shown in percent, could be 0,95 % or 95 %."""
    cell, unit = asked.value, str(asked.facts["unit"])
    small = every(f"{cell}<>0", f"ABS({cell})<1", negated(is_percent(cell)))
    broken = f"IF({asked.is_read(asked.field)},{small},FALSE)"
    return Live(every(broken, asked.is_among(unit, ("%",))), (asked.unread(asked.field),))


def in_range_of_measure(asked: Asked) -> Live:
    """A rate lies in 0..100, a cumulative number is not negative."""
    figure, measure = asked.figure(asked.field), str(asked.facts["measure"])
    rate = every(asked.is_among(measure, (Measure.RATE,)), some(f"{asked.value}<0", f"{figure}>100"))
    cumulative = every(asked.is_among(measure, (Measure.CUMULATIVE,)), f"{asked.value}<0")
    broken = f"IF({asked.is_read(asked.field)},{some(rate, cumulative)},FALSE)"
    return Live(broken, (asked.unread(asked.field), asked.unknown(measure)))


def inside_year(asked: Asked) -> Live:
    """The day lies in the form's year; a cover without a year is told that alone."""
    year = asked.where.cover("year")
    told = f"ISNUMBER(VALUE({year}))"
    other = f"IF({told},YEAR({asked.value})<>VALUE({year}),FALSE)"
    return Live(f"IF({asked.is_read(asked.field)},IFERROR({other},FALSE),FALSE)", (asked.unread(asked.field),))


def not_after_arrival(asked: Asked) -> Live:
    """The day is not after today: whoever sends the form in today is asked that."""
    return Live(f"IF({asked.is_read(asked.field)},INT({asked.value})>TODAY(),FALSE)", (asked.unread(asked.field),))


def whole_unless_money(asked: Asked) -> Live:
    """In the case ``when`` a count is whole, unless the unit is money."""
    asks, unit = case(asked, "when"), str(asked.facts["unit"])
    broken = f"IF({asked.is_read(asked.field)},{asked.value}<>ROUND({asked.value},0),FALSE)"
    money = is_one(asked.where.cell(unit), _MONEY)
    odd = every(broken, negated(money))
    return Live(every(odd, asks.holds), (asked.unread(asked.field), every(odd, negated(asks.fails))))


FORMULAS = (
    in_list,
    only_when,
    unit_as_declared,
    plainly_percent,
    in_range_of_measure,
    inside_year,
    not_after_arrival,
    whole_unless_money,
)
