"""Rules on one value: a list, a range, a unit."""

import pandas as pd

from pipeline.forms.choices import Measure
from pipeline.forms.vocabulary import unit_column
from pipeline.validation.masks.asked import Asked, among, case
from pipeline.vietnamese import is_money


def in_list(asked: Asked) -> pd.Series:
    """The value stands in the settings' list ``list`` of the form's year; without a known year, of any."""
    options = asked.known.options[asked.known.options["list"] == asked.facts["list"]]
    that_year = among(asked, ("year", asked.field), options, ("year", "value"))
    any_year = ~asked.rows["year"].isin(options["year"]) & asked.value.isin(options["value"])
    return asked.value.isna() | that_year | any_year


def only_when(asked: Asked) -> pd.Series:
    """In the case ``when`` the value is one of ``only``."""
    allowed = [str(value) for value in asked.facts["only"]]
    return asked.value.isna() | ~case(asked, "when") | asked.value.isin(allowed)


def unit_as_declared(asked: Asked) -> pd.Series:
    """A unit typed together with the number is the one declared in the column ``unit``."""
    typed, declared = asked.rows[unit_column(asked.field)], asked.column("unit")
    points = (typed == "%") & (declared == "điểm %")
    money = typed + " đồng" == declared
    return typed.isna() | declared.isna() | (typed == declared) | points | money


def surely_percent(asked: Asked) -> pd.Series:
    """Where the cell's format is unknown (.xlsb), 0.95 under % could be 0,95 % or 95 %, also below zero: ask."""
    small = (asked.value != 0) & (asked.value.abs() <= 1) & (asked.column("unit") == "%")
    return asked.rows["formats_known"] | ~small | asked.rows[unit_column(asked.field)].notna()


def plainly_percent(asked: Asked) -> pd.Series:
    """Where the format is known, 0.95 under % without the sign is 0,95 %; a share of one may have been meant."""
    share = (asked.value != 0) & (asked.value.abs() < 1) & (asked.column("unit") == "%")
    return ~asked.rows["formats_known"] | ~share | asked.rows[unit_column(asked.field)].notna()


def in_range_of_measure(asked: Asked) -> pd.Series:
    """A rate lies in 0..100, a cumulative number is not negative."""
    measure = asked.column("measure")
    rate = (measure == Measure.RATE) & ~asked.value.between(0, 100)
    cumulative = (measure == Measure.CUMULATIVE) & (asked.value < 0)
    return asked.value.isna() | ~(rate | cumulative)


def inside_year(asked: Asked) -> pd.Series:
    """The day lies in the form's year."""
    year = pd.to_numeric(asked.rows["year"], errors="coerce")
    inside: pd.Series = asked.value.dt.year.astype("float64") == year
    return asked.value.isna() | year.isna() | inside


def not_after_arrival(asked: Asked) -> pd.Series:
    """The day is not after the day on which the form arrived."""
    return asked.value.isna() | (asked.value <= asked.rows["arrived_on"])


def whole_unless_money(asked: Asked) -> pd.Series:
    """In the case ``when`` a count is whole, unless the unit is money."""
    money = asked.column("unit").fillna("").map(is_money).astype(bool)
    return asked.value.isna() | money | (asked.value.round(0) == asked.value) | ~case(asked, "when")


MASKS = (
    in_list,
    only_when,
    unit_as_declared,
    surely_percent,
    plainly_percent,
    in_range_of_measure,
    inside_year,
    not_after_arrival,
    whole_unless_money,
)
