"""What a rule needs beyond its own row and a workbook can tell: the sibling of ``validation.context``.

A form that was issued for an accepted BM-01 carries each objective's commitment in hidden columns; elsewhere those
cells have no place, and what leans on them is not said live.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pipeline.forms.choices import CODED, Measure, Status, TaskStatus, YesNo
from pipeline.forms.cover import PERIOD_WORDS
from pipeline.settings import PeriodKind
from pipeline.workbooks.live.asked import Asked
from pipeline.workbooks.live.expressions import NEVER, blank, every, filled, is_one, negated, some
from pipeline.workbooks.live.where import NoPlaceError


class Case(NamedTuple):
    """Where the case of a ``when`` or ``unless`` surely holds, and where it surely does not."""

    holds: str
    fails: str


def whole_year(asked: Asked) -> Case:
    """The report is that of the whole year."""
    cell, kinds = asked.where.cover("period"), (PeriodKind.WHOLE_YEAR, PeriodKind.SIX_MONTHS)
    holds, fails = (is_one(cell, (PERIOD_WORDS[kind], str(kind))) for kind in kinds)
    return Case(holds, fails)


def _absent(asked: Asked) -> Case:
    """Asked as ``is_absent: không``: it holds for who is there."""
    cell = asked.where.cell("absence")
    return Case(blank(cell), filled(cell))


def _rate(asked: Asked) -> Case:
    measure = asked.where.cell("objective_measure")
    return Case(is_one(measure, (Measure.RATE,)), every(filled(measure), negated(is_one(measure, (Measure.RATE,)))))


def _rate_with_figures(asked: Asked) -> Case:
    rate, actual = _rate(asked), asked.where.cell("actual")
    uncoded = some(f"ISNUMBER({actual})", blank(actual), is_one(actual, (YesNo.YES, YesNo.NO)))
    return Case(every(rate.holds, uncoded), some(rate.fails, is_one(actual, CODED)))


def _estimate(asked: Asked) -> Case:
    due, day, actual = (asked.where.cell(name) for name in ("objective_due_on", "data_as_of", "actual"))
    year, known = whole_year(asked), every(f"ISNUMBER({due})", f"ISNUMBER({day})")
    uncoded = some(f"ISNUMBER({actual})", blank(actual), is_one(actual, (YesNo.YES, YesNo.NO)))
    return Case(
        every(year.holds, known, f"{due}>INT({day})", uncoded),
        some(year.fails, every(known, f"{due}<=INT({day})"), is_one(actual, CODED)),
    )


def _unmet(asked: Asked) -> Case:
    said = "self_assessment"
    holds, other = asked.is_among(said, (Status.NOT_MET,)), asked.is_other(said, (Status.NOT_MET,))
    try:
        computed = asked.where.cell("computed_status")
    except NoPlaceError:
        return Case(holds, NEVER)
    is_computed = is_one(computed, (Status.NOT_MET,))
    return Case(some(holds, is_computed), every(other, filled(computed), negated(is_computed)))


def _obstacle(asked: Asked) -> Case:
    """Cancelled, or unfinished on the latest day of figures though planned to be finished earlier."""
    planned = asked.where.cell("planned_finish_on")
    days = asked.where.column("results", "data_as_of")
    unfinished = (TaskStatus.UNDER_WAY, TaskStatus.NOT_STARTED)
    known = every(f"ISNUMBER({planned})", f"COUNT({days})>0", f"SUMPRODUCT(--ISTEXT({days}))=0")
    late = every(asked.is_among("status", unfinished), known, f"INT({planned})<INT(MAX({days}))")
    in_time = every(asked.is_among("status", unfinished), known, f"INT({planned})>=INT(MAX({days}))")
    cancelled = asked.is_among("status", (TaskStatus.CANCELLED,))
    return Case(some(cancelled, late), some(asked.is_among("status", (TaskStatus.DONE,)), in_time))


CONTEXTS: Mapping[str, Callable[[Asked], Case]] = {
    "is_absent": _absent,
    "may_be_rate": _rate,
    "rate_with_figures": _rate_with_figures,
    "estimate_expected": _estimate,
    "unmet": _unmet,
    "obstacle_expected": _obstacle,
}
"""Each context that forms write a case with, in the one value that they hold it against."""
