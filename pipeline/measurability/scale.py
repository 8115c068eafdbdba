"""Figures brought to one scale, so that "1.250 tỷ đồng" and 1250000 triệu đồng are the same."""

from typing import NamedTuple

from pipeline.vietnamese import canonical_unit, fold, is_money, multiplier_power, read_unit

_PERCENT = frozenset({"%", "điểm %"})
_MONEY = "đồng"
TIME = "thời gian"
"""The kind of days and hours, as `kind_of_unit` calls it."""
_DURATIONS = frozenset({"ngay", "ngay lam viec", "gio", "phut", "tuan", "thang", "quy", "nam"})


class Scaled(NamedTuple):
    """A value in the smallest unit of its kind, and that unit."""

    value: float
    unit: str


def scaled(value: float, unit: str) -> Scaled:
    """Bring a figure to its base unit: money to đồng, "triệu lượt" to lượt; other units keep their listed spelling."""
    name = canonical_unit(unit) or unit
    if is_money(name):
        power = multiplier_power(name.removesuffix(_MONEY)) or 0
        return Scaled(round(value * 10**power, 6), _MONEY)
    multiplied = read_unit(unit)
    if multiplied and multiplied.power:
        return Scaled(round(value * 10**multiplied.power, 6), multiplied.unit)
    return Scaled(value, name)


def kind_of_unit(unit: str) -> str:
    """The kind of a unit: "%" for shares and points, "đồng", "thời gian", else "" for things that are counted."""
    name = (canonical_unit(unit) or unit).split("/")[0]
    if name in _PERCENT:
        return "%"
    if is_money(name):
        return _MONEY
    return TIME if fold(name) in _DURATIONS else ""
