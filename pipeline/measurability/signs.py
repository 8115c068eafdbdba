"""Which comparator governs a number: the nearest before it, or the nearest behind it."""

from pipeline.measurability.chart import Chart, Mark
from pipeline.measurability.quantities import Quantity
from pipeline.measurability.reading import Sign
from pipeline.measurability.tokens import Kind

_BRIDGES = 4
_BRIDGED_BY = ("bridge", "bridge_verb", "approximately")
_REACH = 4
_REACH_FROM = 9
"""How many tokens lie at most between a number and "trở lên"; more behind "từ", which announces it."""
_CLOSED_BY = ("grade", "hard_stop", "range")


class Governed:
    """The comparator of a number: its sign, the mark that says it, and where the whole expression starts."""

    __slots__ = ("approximate", "is_opened_only", "mark", "sign", "start")

    def __init__(self, chart: Chart, quantity: Quantity) -> None:
        before, opened, left = _before(chart, quantity.start)
        after = _after(chart, quantity, reach=_REACH_FROM if opened else _REACH)
        if before and _is_excess_over_plan(chart, before, quantity):
            before = None
        self.mark: Mark | None = after or before or opened
        self.is_opened_only = opened is not None and self.mark is opened
        self.sign = Sign(after.value) if after else _sign(before, opened)
        self.start = left
        self.approximate = _is_approximate(chart, quantity.start)


def _sign(before: Mark | None, opened: Mark | None) -> Sign | None:
    if before:
        return Sign(before.value)
    return Sign.AT_LEAST if opened else None


def _before(chart: Chart, start: int) -> tuple[Mark | None, Mark | None, int]:
    """The comparator before a place, a "từ" on the way to it, and where the leftmost of them starts."""
    place, opened = start, None
    for _ in range(_BRIDGES):
        opened = opened or chart.ending("from", place)
        mark = chart.ending("before", place)
        if mark:
            return mark, opened, mark.start
        bridge = next((bridging for name in _BRIDGED_BY if (bridging := chart.ending(name, place))), None)
        if not bridge:
            break
        place = bridge.start
    return None, opened, opened.start if opened else start


def _after(chart: Chart, quantity: Quantity, reach: int) -> Mark | None:
    """“90% trở lên”, "từ 90% hồ sơ trở lên"; in "100% … hoàn thành tốt nhiệm vụ trở lên" it is the grade's."""
    for place in range(quantity.after, min(quantity.after + reach, chart.size)):
        mark = chart.at("after", place)
        if mark:
            return mark
        if chart.any_of(_CLOSED_BY, place) or chart.kind(place) not in {Kind.WORD, Kind.SIGN}:
            return None
        if chart.tokens[place].text == "," or chart.at("part_of", place):
            return None
    return None


def _is_approximate(chart: Chart, start: int) -> bool:
    place = start
    for _ in range(_BRIDGES):
        if chart.ending("approximately", place):
            return True
        bridge = chart.ending("bridge", place) or chart.ending("from", place)
        if not bridge:
            return False
        place = bridge.start
    return False


def _is_excess_over_plan(chart: Chart, before: Mark, quantity: Quantity) -> bool:
    """“vượt 5% dự toán” says by how much, not that more than 5 is wanted; "đạt trên 95% kế hoạch" does want more."""
    exceeds = before.end == quantity.start and chart.at("excess", before.start)
    return bool(exceeds) and chart.at("of_plan", quantity.after) is not None
