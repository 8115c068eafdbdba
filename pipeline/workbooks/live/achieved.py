"""The computed status of a reported result beside its commitment, as formulas: the sibling of ``achievement``.

Each piece stands in a hidden column of its own: one formula with all of forms.md's algorithm would be too long.
"""

from collections.abc import Callable, Mapping
from typing import Final

from pipeline.forms.choices import Coded, Comparator, Measure, Status, YesNo
from pipeline.workbooks.live.asked import Asked, is_percent
from pipeline.workbooks.live.contexts import whole_year
from pipeline.workbooks.live.expressions import blank, every, filled, is_one, negated, some

COMMITTED: Final = (
    "objective_measure",
    "objective_comparator",
    "objective_target",
    "objective_target_upper",
    "objective_unit",
    "objective_milestone",
    "objective_due_on",
)
"""What a form that answers an accepted BM-01 carries of each objective."""
_UNSURE: Final = "?"
_NOISE: Final = "0.000000001"
_OWN_STATUS: Final = {
    Coded.NO_DATA: Status.NO_DATA,
    Coded.NO_CASE: Status.NO_CASE,
    Coded.NOT_APPLICABLE: Status.NO_LONGER,
}
_TWO_SIDED: Final = (Comparator.EXACTLY, Comparator.BETWEEN)
_BOUNDED: Final = (Comparator.AT_MOST, Comparator.LESS_THAN, *_TWO_SIDED)
_FIGURES: Final = ("numerator", "denominator", "actual", "full_year_estimate")


def by_estimate(asked: Asked) -> str:
    """TRUE where the estimate for the year is judged."""
    due, day = _committed(asked, "due_on"), asked.where.cell("data_as_of")
    later = f"IF(AND(ISNUMBER({due}),ISNUMBER({day})),{due}>INT({day}),FALSE)"
    return every(whole_year(asked).holds, later, negated(is_one(asked.where.cell("actual"), tuple(_OWN_STATUS))))


def is_final(asked: Asked) -> str:
    """TRUE where the objective was due on the figures' day, and in the year's report."""
    due, day = _committed(asked, "due_on"), asked.where.cell("data_as_of")
    return some(whole_year(asked).holds, f"IF(AND(ISNUMBER({due}),ISNUMBER({day})),{due}<=INT({day}),FALSE)")


def judged_value(asked: Asked) -> str:
    """The figure that is held against the target; an empty text for none, a question mark where Excel is unsure."""
    parts, whole = asked.where.cell("numerator"), asked.where.cell("denominator")
    shared = every(_is_rate(asked), f"ISNUMBER({parts})", f"IF(ISNUMBER({whole}),{whole}>0,FALSE)")
    own = f"IF({shared},100*{parts}/{whole},{_figure_or_none(asked, 'actual')})"
    estimated = _figure_or_none(asked, "full_year_estimate")
    value = f"IF({asked.where.cell('by_estimate')},{estimated},{own})"
    return f'IFERROR(IF({_is_unsure(asked)},"{_UNSURE}",{value}),"{_UNSURE}")'


def is_met(asked: Asked) -> str:
    """TRUE where the figure is on the right side of the target, or the answer is yes."""
    value, target, upper = (
        asked.where.cell("judged_value"),
        _committed(asked, "target"),
        _committed(asked, "target_upper"),
    )
    within = every(f"{value}>={target}-{_NOISE}", f"{value}<={upper}+{_NOISE}")
    between = f"IF(ISNUMBER({upper}),{within},FALSE)"
    is_between = _compares(asked, Comparator.BETWEEN)
    by_figure = f"IF({is_between},{between},{_on_right_side(asked, target)})"
    figures = f"IF(AND(ISNUMBER({value}),ISNUMBER({target})),{by_figure},FALSE)"
    return f"IF({_is_yes_no(asked)},{_says(asked, (YesNo.YES,))},{figures})"


def is_beyond_bound(asked: Asked) -> str:
    """TRUE where a number that only grows has passed its upper bound."""
    value, target, upper = (
        asked.where.cell("judged_value"),
        _committed(asked, "target"),
        _committed(asked, "target_upper"),
    )
    bound = f"IF({_compares(asked, Comparator.BETWEEN)},{upper},{target})"
    at_bound = every(_compares(asked, Comparator.LESS_THAN), f"{value}>={bound}-{_NOISE}")
    broken = f"IF(ISNUMBER({bound}),{some(f'{value}>{bound}+{_NOISE}', at_bound)},FALSE)"
    return f"IF({every(_can_still_break(asked), f'ISNUMBER({value})')},{broken},FALSE)"


def is_milestone_missed(asked: Asked) -> str:
    """TRUE where there is a milestone and the figure has not come as far."""
    value, target, upper = (
        asked.where.cell("judged_value"),
        _committed(asked, "target"),
        _committed(asked, "target_upper"),
    )
    milestone = _committed(asked, "milestone")
    at_target = every(_compares(asked, Comparator.EXACTLY), f"{milestone}={target}")
    from_above = f"{milestone}>IF(ISNUMBER({upper}),{upper},{target})+{_NOISE}"
    reached = f"IF({from_above},{value}<={milestone}+{_NOISE},{value}>={milestone}-{_NOISE})"
    two_sided = every(_compares(asked, *_TWO_SIDED), negated(at_target))
    met = f"IF({two_sided},{reached},{_on_right_side(asked, milestone)})"
    return f"IF(ISNUMBER({milestone}),IF(ISNUMBER({value}),{negated(met)},TRUE),FALSE)"


def computed_status(asked: Asked) -> str:
    """The status in words; an empty text where there is none, or Excel is unsure."""
    cell, value = asked.where.cell, asked.where.cell("judged_value")
    whole, measure = cell("denominator"), cell("objective_measure")
    nothing = some(blank(measure), f'{value}="{_UNSURE}"')
    no_case = every(_is_rate(asked), f"IF(ISNUMBER({whole}),{whole}=0,FALSE)")
    answered = f"IF({_is_yes_no(asked)},{_says(asked, (YesNo.YES, YesNo.NO))},ISNUMBER({value}))"
    unanswered = negated(some(answered, is_one(cell("actual"), (Coded.NOT_DONE,))))
    early = every(cell("is_met"), negated(_can_still_break(asked)))
    steps = (
        (nothing, ""),
        *((is_one(cell("actual"), (word,)), status) for word, status in _OWN_STATUS.items()),
        (no_case, Status.NO_CASE),
        (unanswered, ""),
        (every(cell("is_final"), cell("is_met")), Status.MET),
        (cell("is_final"), Status.NOT_MET),
        (cell("is_beyond_bound"), Status.NOT_MET),
        (early, Status.MET),
        (cell("is_milestone_missed"), Status.NOT_MET),
    )
    chain = f'"{Status.NOT_DUE}"'
    for condition, status in reversed(steps):
        chain = f'IF({condition},"{status}",{chain})'
    return f'IFERROR({chain},"")'


ACHIEVED: Final[Mapping[str, Callable[[Asked], str]]] = {
    made.__name__: made
    for made in (by_estimate, is_final, judged_value, is_met, is_beyond_bound, is_milestone_missed, computed_status)
}
"""The columns in the order in which they are computed, each from those before it."""


def _committed(asked: Asked, name: str) -> str:
    return asked.where.cell(f"objective_{name}")


def _is_rate(asked: Asked) -> str:
    return is_one(_committed(asked, "measure"), (Measure.RATE,))


def _is_yes_no(asked: Asked) -> str:
    return is_one(_committed(asked, "measure"), (Measure.YES_NO,))


def _compares(asked: Asked, *comparators: Comparator) -> str:
    return is_one(_committed(asked, "comparator"), comparators)


def _can_still_break(asked: Asked) -> str:
    return every(is_one(_committed(asked, "measure"), (Measure.CUMULATIVE,)), _compares(asked, *_BOUNDED))


def _on_right_side(asked: Asked, bound: str) -> str:
    """The judged value is where a comparator with one bound wants it."""
    value = asked.where.cell("judged_value")
    sides = {
        Comparator.AT_LEAST: f"{value}>={bound}-{_NOISE}",
        Comparator.AT_MOST: f"{value}<={bound}+{_NOISE}",
        Comparator.EXACTLY: f"ABS({value}-{bound})<={_NOISE}",
        Comparator.MORE_THAN: f"{value}>{bound}+{_NOISE}",
        Comparator.LESS_THAN: f"{value}<{bound}-{_NOISE}",
    }
    return some(*(every(_compares(asked, comparator), side) for comparator, side in sides.items()))


def _says(asked: Asked, words: tuple[YesNo, ...]) -> str:
    """What stands in place of a figure: the estimate's word where the estimate is judged."""
    own, estimated = (is_one(asked.where.cell(name), words) for name in ("actual", "full_year_estimate"))
    return f"IF({asked.where.cell('by_estimate')},{estimated},{own})"


def _figure_or_none(asked: Asked, name: str) -> str:
    return f'IF({asked.is_read(name)},{asked.figure(name)},"")'


def _is_unsure(asked: Asked) -> str:
    """A text that the reader may know, a truth value, a percentage that is not plainly one, a cover without period."""
    year, day = whole_year(asked), asked.where.cell("data_as_of")
    counts = (asked.where.cell(name) for name in ("numerator", "denominator"))
    in_percent = (f"IF(ISNUMBER({cell}),{is_percent(cell)},FALSE)" for cell in counts)
    unit = _committed(asked, "unit")
    beside = every(filled(unit), negated(is_one(unit, ("%",))))
    figures = (asked.where.cell(name) for name in ("actual", "full_year_estimate"))
    doubtful = (every(beside, f"IF(ISNUMBER({cell}),{is_percent(cell)},FALSE)") for cell in figures)
    return some(
        every(negated(year.holds), negated(year.fails)),
        *(asked.unread(name) for name in (*_FIGURES, "data_as_of")),
        *(f"ISLOGICAL({asked.where.cell(name)})" for name in (*_FIGURES, "data_as_of")),
        f"IF(ISNUMBER({day}),{day}<1,FALSE)",
        *in_percent,
        *doubtful,
    )
