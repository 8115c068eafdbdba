"""The targets of a sentence: figures, and the zero that is said without a digit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.measurability.chart import Chart, Mark
from pipeline.measurability.place import Cast, Role, sign_of_rank
from pipeline.measurability.quantities import PERCENT, Quantity
from pipeline.measurability.reading import Sign, Span, Target

POINTS = "điểm %"
_OBJECT = 6
"""How many tokens behind "không có" still name what must be none."""


def read_targets(chart: Chart, casts: Sequence[Cast]) -> tuple[Target, ...]:
    """Every target in the order of the sentence."""
    figures = [_figure(chart, casts, place) for place, cast in enumerate(casts) if cast.role is Role.TARGET]
    none = [_zero(chart, mark) for mark in _apart(chart.every("none")) if _is_zero(chart, mark, casts)]
    if not figures and not none:
        none = [_zero(chart, mark) for mark in chart.every("cleared") if _is_cleared(chart, mark)][:1]
    return tuple(sorted((*figures, *none), key=lambda target: target.span))


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """The phrases that do not lie in an earlier one: "tuyệt đối không để xảy ra" is one zero."""
    kept: list[Mark] = []
    for mark in marks:
        if not kept or kept[-1].end <= mark.start:
            kept.append(mark)
    return kept


def _span(chart: Chart, start: int, end: int) -> Span:
    return Span(chart.tokens[start].start, chart.tokens[end - 1].end)


# ── Figures ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _figure(chart: Chart, casts: Sequence[Cast], place: int) -> Target:
    cast = casts[place]
    quantity = cast.quantity
    # "từ" opens a range; only a floor or a ceiling quarrels with it.
    mark = None if quantity.upper is not None and cast.governed.is_opened_only else cast.governed.mark
    sign = _sign(cast)
    target = Target(
        value=quantity.value,
        upper=quantity.upper,
        unit=_unit(chart, quantity),
        sign=sign,
        span=_span(chart, quantity.start, quantity.after),
        sign_span=_span(chart, mark.start, mark.end) if mark else None,
        bare=sign is Sign.EXACTLY,
        change=_change(chart, quantity),
        approximate=cast.governed.approximate,
        readings=quantity.readings if len(quantity.readings) > 1 else (),
    )
    return _with_baseline(chart, target, casts[place - 1] if place else None)


def _sign(cast: Cast) -> Sign:
    if cast.quantity.upper is not None:
        return Sign.RANGE
    sign = cast.governed.sign or sign_of_rank(cast) or Sign.EXACTLY
    # The lower number is the better rank: "xếp thứ 10 trở lên" is the tenth or before it.
    return Sign.AT_MOST if cast.rank and sign is Sign.AT_LEAST else sign


def _with_baseline(chart: Chart, target: Target, before: Cast | None) -> Target:
    if before is None or before.role is not Role.BASELINE:
        return target
    span = _span(chart, before.quantity.start, before.quantity.after)
    return replace(target, baseline=before.quantity.value, baseline_span=span, change="")


def _change(chart: Chart, quantity: Quantity) -> str:
    """“up” or "down" when the verb right before the number says a change: "giảm 4%", "tăng từ 3 đến 5 bậc"."""
    place = quantity.start
    for _ in range(5):
        mark = chart.ending("change", place)
        if mark:
            return mark.value
        if chart.ending("aim", place) or chart.ending("becomes", place):
            return ""
        step = chart.ending("before", place) or chart.ending("bridge", place) or chart.ending("from", place)
        step = step or chart.ending("approximately", place)
        if not step:
            return _change_over_noun(chart, place)
        place = step.start
    return ""


def _change_over_noun(chart: Chart, place: int) -> str:
    """“Giảm tỷ lệ hộ nghèo 1%”: the verb opens the clause, the rate stands between it and the number."""
    for back in range(place - 1, max(-1, place - 10), -1):
        if chart.any_of(("hard_stop", "soft_stop", "aim", "becomes", "none"), back) and not chart.at("change", back):
            return ""
        mark = chart.at("change", back)
        if mark and not chart.ending("quantity", back):  # "tỷ lệ tăng dân số" is the name of a rate
            return mark.value if chart.any_of(("quantity", "rate"), mark.end) else ""
    return ""


def _unit(chart: Chart, quantity: Quantity) -> str | None:
    """The unit with its rate: "%/năm"; a rate that rises or falls by 2% does so by points."""
    per = quantity.per or _each(chart, quantity)
    if quantity.unit and per:
        return f"{quantity.unit}/{per}"
    if quantity.unit == PERCENT and _change(chart, quantity) and _is_rate(chart, quantity):
        return POINTS
    return quantity.unit


def _each(chart: Chart, quantity: Quantity) -> str | None:
    """“mỗi năm giảm 4%” is 4 % a year, when the period stands in the same clause; a share of a whole is not."""
    if quantity.unit == PERCENT and not _change(chart, quantity):
        return None
    for mark in chart.every("each_period"):
        between = range(mark.end, quantity.start) if mark.end <= quantity.start else range(quantity.after, mark.start)
        if not any(chart.at("hard_stop", at) or chart.tokens[at].text == "," for at in between):
            return mark.value
    return None


def _is_rate(chart: Chart, quantity: Quantity) -> bool:
    """Whether the clause is about a rate, before the number or right behind it."""
    start = max((at + 1 for at in range(quantity.start) if chart.at("hard_stop", at)), default=0)
    behind = chart.at("rate", quantity.after)
    return behind is not None or chart.first("rate", start, quantity.start) is not None


# ── Zero without a digit ──────────────────────────────────────────────────────────────────────────────────────────


def _is_zero(chart: Chart, mark: Mark, casts: Sequence[Cast]) -> bool:
    """Not what only describes people ("người không có khả năng lao động"), not the predicate of a share."""
    if mark.end >= chart.size or chart.at("not_none", mark.end):
        return False
    if any(mark.end <= cast.quantity.start <= mark.end + 3 for cast in casts if cast.role is Role.TARGET):
        return False
    return not _describes(chart, mark, casts)


def _describes(chart: Chart, mark: Mark, casts: Sequence[Cast]) -> bool:
    start = _clause_start(chart, mark.start)
    stops = (at for at in range(mark.end, chart.size) if chart.at("hard_stop", at))
    end = next(stops, chart.size)
    shares = [cast for cast in casts if cast.role is Role.TARGET and start <= cast.quantity.start < end]
    if shares:
        return True
    verb = chart.first("soft_start", start, mark.start)
    return verb is not None and chart.at("lead_in", verb.start) is None


def _clause_start(chart: Chart, place: int) -> int:
    stops = (
        at + 1 for at in range(place - 1, -1, -1) if chart.at("hard_stop", at) or chart.tokens[at].text in {",", "và"}
    )
    return next(stops, 0)


def _is_cleared(chart: Chart, mark: Mark) -> bool:
    last = min(mark.end + 10, chart.size)
    return not chart.at("not_none", mark.end) and chart.first("backlog", mark.end, last) is not None


def _zero(chart: Chart, mark: Mark) -> Target:
    last = min(mark.end + _OBJECT, chart.size)
    event = chart.first("counted_as", mark.end, last)
    unit = next((unit_mark for at in range(mark.end, last) if (unit_mark := chart.at("unit", at))), None)
    named = unit.value if unit and (event is None or unit.start <= event.start) else event and event.value
    span = _span(chart, mark.start, mark.end)
    return Target(0.0, None, named or None, Sign.EXACTLY, span, sign_span=span)
