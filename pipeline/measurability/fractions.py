"""What a fraction stands for, and which numbers are ranks."""

from dataclasses import replace
from functools import cache

from pipeline.measurability.chart import Chart
from pipeline.measurability.phrases import lexicon
from pipeline.measurability.quantities import PERCENT, RANK_UNIT, Quantity


def rank_of(chart: Chart, quantity: Quantity) -> str:
    """The sign of a rank ("trong nhóm 10" is at most), empty for other numbers."""
    mark = chart.ending("rank", quantity.start)
    if mark is None and (quantity.fraction or quantity.unit):
        mark = chart.ending("rank_of_nouns", quantity.start)
    return mark.value if mark and not quantity.is_share else ""


def settle_fraction(chart: Chart, quantity: Quantity, rank: str) -> Quantity:
    """What a fraction stands for: a rank, a share, a count out of a total, or an actual value beside its plan."""
    if rank:
        value = quantity.fraction[0] if quantity.fraction else quantity.value
        return replace(quantity, value=value, unit=RANK_UNIT, readings=(value,))
    if not quantity.fraction:
        return quantity
    part, whole = quantity.fraction
    if not (part.is_integer() and whole.is_integer()):
        value = part if chart.at("out_of", quantity.end) else whole
        return replace(quantity, value=value, readings=(value,))
    if part < whole and _is_share(chart, quantity):
        share = round(100 * part / whole, 2)
        return replace(quantity, value=share, unit=PERCENT, readings=(share,))
    return replace(quantity, value=part, readings=(part,))


def _is_share(chart: Chart, quantity: Quantity) -> bool:
    if chart.ending("open_bracket", quantity.start) or chart.at("out_of", quantity.end):
        return False
    _, _, whole = chart.tokens[quantity.start].text.partition("/")
    return whole.strip() in _round_wholes() or chart.at("share_of", quantity.end) is not None


@cache
def _round_wholes() -> frozenset[str]:
    return frozenset(lexicon("numbers")["share_denominators"][""])
