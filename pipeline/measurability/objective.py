"""The reading of one objective sentence, stage by stage."""

from pipeline.measurability.chart import Chart
from pipeline.measurability.judgement import (
    conflicts_within,
    is_activity,
    missing_parts,
    uncheckable_words,
    vague_terms,
)
from pipeline.measurability.naming import name_parts
from pipeline.measurability.quantities import PERCENT, read_quantities
from pipeline.measurability.reading import Basis, Reading, Sign, Span, Target
from pipeline.measurability.results import Result, read_against_before, read_result
from pipeline.measurability.roles import cast_roles
from pipeline.measurability.targets import read_targets
from pipeline.measurability.times import read_times
from pipeline.measurability.tokens import clean


def read_objective(sentence: str) -> Reading:
    """Read one objective sentence; nothing is raised, whatever the text."""
    chart = Chart(clean(sentence))
    times = read_times(chart)
    quantities = read_quantities(chart, times.taken)
    targets = read_targets(chart, cast_roles(chart, quantities, times.taken))
    soft = uncheckable_words(chart, targets)
    result = None if targets else read_result(chart, times.deadlines) or read_against_before(chart)
    basis, span = _basis(targets, soft, result)
    named = name_parts(chart, targets, times.taken, yes_no=basis is Basis.YES_NO)
    measurable = basis not in {Basis.UNCHECKABLE, Basis.NO_FIGURE}
    return Reading(
        text=chart.text,
        measurable=measurable,
        basis=basis,
        basis_span=span,
        targets=targets,
        sign=_sign(targets, result) if measurable else None,
        unit=_unit(chart, targets, result),
        deadlines=times.deadlines,
        frequency=times.frequency,
        indicator=named.indicator,
        subject=named.subject,
        vague=vague_terms(chart, measurable=measurable),
        activity=is_activity(chart),
        conflicts=conflicts_within(targets),
        missing=missing_parts(chart, targets, times.deadlines, measurable=measurable),
    )


def _basis(targets: tuple[Target, ...], soft: Span | None, result: Result | None) -> tuple[Basis, Span | None]:
    if soft:
        return Basis.UNCHECKABLE, soft
    if targets:
        return Basis.FIGURE, targets[0].span
    if result:
        return (Basis.YES_NO if result.unit else Basis.AGAINST_BEFORE), result.span
    return Basis.NO_FIGURE, None


def _sign(targets: tuple[Target, ...], result: Result | None) -> Sign | None:
    return targets[0].sign if targets else result and result.sign


def _unit(chart: Chart, targets: tuple[Target, ...], result: Result | None) -> str | None:
    if targets:
        return targets[0].unit
    if result and result.unit:
        return result.unit
    rate = chart.first("rate")
    return PERCENT if rate and chart.at("quantity", rate.start) else None
