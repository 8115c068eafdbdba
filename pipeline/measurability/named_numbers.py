"""Numbers that name something: a level, a law, an age, one of what is measured."""

from collections.abc import Sequence

from pipeline.measurability.chart import Chart, Mark
from pipeline.measurability.place import Cast, Place, Role, same_clause
from pipeline.measurability.quantities import Quantity
from pipeline.measurability.signs import Governed

_HUNDREDS = 100


def _has_unit(chart: Chart, quantity: Quantity) -> bool:
    return chart.any_of(("unit", "multiplier"), quantity.end) is not None


def is_name(place: Place, done: Sequence[Cast]) -> bool:
    """Whether a number belongs to a name: "Điều 28", "mức độ 4", "trẻ dưới 16 tuổi"."""
    if place.quantity.is_share:
        return False
    return _is_named(place) or (not _has_unit(place.chart, place.quantity) and _is_bare_name(place, done))


def _is_named(place: Place) -> bool:
    chart, quantity = place.chart, place.quantity
    about_age = chart.at("names_after", quantity.end) is not None and chart.first("age_is_measured") is None
    no_part = quantity.fraction is not None and quantity.fraction[0] > quantity.fraction[1]
    # "112 bé trai/100 bé gái": what stands behind the slash is the measure of the first.
    named = chart.ending("names_before", quantity.start) or chart.ending("slash", quantity.start)
    return about_age or no_part or named is not None or _is_each_one(place)


def _is_bare_name(place: Place, done: Sequence[Cast]) -> bool:
    chart, quantity = place.chart, place.quantity
    named = chart.ending("names_before_bare", quantity.start)
    if (named and not _is_verb_too(place, named)) or _goes_on(chart, quantity, done):
        return True
    return quantity.unit is None and not quantity.fraction and not _is_led_to(place) and not _is_part(place, done)


def _is_part(place: Place, done: Sequence[Cast]) -> bool:
    """“1.150 học sinh, trong đó hệ cao đẳng 400, hệ trung cấp 750”: the parts have the unit of the whole."""
    chart, quantity = place.chart, place.quantity
    ends = quantity.after >= chart.size or chart.any_of(("hard_stop", "soft_stop"), quantity.after)
    opened = chart.first("part_of", 0, quantity.start)
    if not ends or opened is None:
        return False
    wholes = [cast.quantity for cast in done if cast.role is Role.TARGET and cast.quantity.after <= opened.start]
    return bool(wholes) and not wholes[-1].is_share and quantity.value < wholes[-1].value


def _is_verb_too(place: Place, named: Mark) -> bool:
    """“Cấp 1.200 thẻ”: at the head of a clause, or before a thing that is counted by hundreds, it is the verb."""
    chart, quantity = place.chart, place.quantity
    if not chart.at("verb_too", named.start) or not quantity.unit:
        return False
    heads = named.start == 0 or chart.ending("hard_stop", named.start) or chart.ending("soft_stop", named.start)
    return bool(heads) or named.start in place.taken or named.start - 1 in place.taken or quantity.value >= _HUNDREDS


def _is_each_one(place: Place) -> bool:
    """“thời gian giải quyết một hồ sơ không quá 5 ngày”, "giá trị trên 1 ha đạt …": one of what is measured."""
    chart, quantity, following = place.chart, place.quantity, place.following
    if quantity.value != 1 or following is None or chart.ending("aim", place.governed.start):
        return False
    if chart.ending("out_of_one", quantity.start):
        return same_clause(chart, quantity.after, following.start)
    if place.governed.sign or chart.is_number(quantity.start):
        return False
    same = same_clause(place.chart, quantity.after, following.start)
    return same and Governed(place.chart, following).sign is not None


def _goes_on(chart: Chart, quantity: Quantity, done: Sequence[Cast]) -> bool:
    """“mức độ 3, 4” and "Điều 8 và 9": a bare number in a list of names is a name."""
    if not done or done[-1].role is not Role.NAME:
        return False
    between = range(done[-1].quantity.end, quantity.start)
    return len(between) <= 2 and all(chart.any_of(("soft_stop", "range", "slash"), at) for at in between)


def _is_led_to(place: Place) -> bool:
    """Whether a number without a unit is said to be reached: "đạt 85", "ít nhất 3"."""
    start = place.quantity.start
    after_colon = start > 0 and place.chart.tokens[start - 1].text == ":"
    led = (
        after_colon
        or place.governed.sign
        or any(place.chart.ending(name, start) for name in ("aim", "bridge", "bridge_verb"))
    )
    return bool(led)
