"""Which numbers of a sentence are targets, and which are names, ages, former values, filters or criteria."""

from collections.abc import Sequence

from pipeline.measurability.chart import Chart
from pipeline.measurability.fractions import rank_of, settle_fraction
from pipeline.measurability.named_numbers import is_name
from pipeline.measurability.place import Cast, Place, Role
from pipeline.measurability.qualified_numbers import is_baseline, is_criterion, is_definition, is_evidence, is_filter
from pipeline.measurability.quantities import Quantity
from pipeline.measurability.signs import Governed


def cast_roles(chart: Chart, quantities: Sequence[Quantity], taken: frozenset[int]) -> list[Cast]:
    """Give every number its role, from left to right: what came before decides what may still be a target."""
    done: list[Cast] = []
    for position, quantity in enumerate(quantities):
        rank = rank_of(chart, quantity)
        settled = settle_fraction(chart, quantity, rank)
        governed = Governed(chart, settled)
        place = Place(chart, settled, governed, quantities[position + 1 :], taken)
        role = Role.TARGET if rank else _role(place, done)
        done.append(Cast(settled, governed, role, rank))
    return done


def _role(place: Place, done: Sequence[Cast]) -> Role:
    if is_name(place, done):
        return Role.NAME
    if is_evidence(place):
        return Role.EVIDENCE
    if is_baseline(place):
        return Role.BASELINE
    if is_filter(place, done):
        return Role.FILTER
    return Role.CRITERION if is_definition(place) or is_criterion(place, done) else Role.TARGET
