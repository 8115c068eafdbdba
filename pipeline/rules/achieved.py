"""The computed status of a reported result beside its commitment, as formulas: the sibling of ``achievement``.

Each piece stands in a hidden column of its own: one formula with all of forms.md's algorithm would be too long.
"""

from collections.abc import Callable, Mapping
from typing import Final

from pipeline.formulas.expressions import blank, every, filled, is_one, negated, some
from pipeline.rules.report_cases import whole_year
from pipeline.sheets.objectives import COMMITMENT, Objectives, committed
from pipeline.sheets.results import Results
from pipeline.vocabulary.choices import Coded, Comparator, Measure, Status, YesNo
from pipeline.vocabulary.live import LiveRow, is_percent

COMMITTED: Final = tuple(map(committed, COMMITMENT))
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
_FIGURES: Final = (Results.numerator, Results.denominator, Results.actual, Results.full_year_estimate)


def by_estimate(row: LiveRow) -> str:
    """TRUE where the estimate for the year is judged."""
    due, day = row.cell(committed(Objectives.due_on)), row.cell(Results.data_as_of)
    later = f"IF(AND(ISNUMBER({due}),ISNUMBER({day})),{due}>INT({day}),FALSE)"
    return every(whole_year(row).holds, later, negated(is_one(row.cell(Results.actual), tuple(_OWN_STATUS))))


def is_final(row: LiveRow) -> str:
    """TRUE where the objective was due on the figures' day, and in the year's report."""
    due, day = row.cell(committed(Objectives.due_on)), row.cell(Results.data_as_of)
    return some(whole_year(row).holds, f"IF(AND(ISNUMBER({due}),ISNUMBER({day})),{due}<=INT({day}),FALSE)")


def judged_value(row: LiveRow) -> str:
    """The figure that is held against the target; an empty text for none, a question mark where Excel is unsure."""
    parts, whole = row.cell(Results.numerator), row.cell(Results.denominator)
    shared = every(_is_rate(row), f"ISNUMBER({parts})", f"IF(ISNUMBER({whole}),{whole}>0,FALSE)")
    own = f"IF({shared},100*{parts}/{whole},{_figure_or_none(row, Results.actual)})"
    estimated = _figure_or_none(row, Results.full_year_estimate)
    value = f"IF({row.cell('by_estimate')},{estimated},{own})"
    return f'IFERROR(IF({_is_unsure(row)},"{_UNSURE}",{value}),"{_UNSURE}")'


def is_met(row: LiveRow) -> str:
    """TRUE where the figure is on the right side of the target, or the answer is yes."""
    value, target, upper = (
        row.cell("judged_value"),
        row.cell(committed(Objectives.target)),
        row.cell(committed(Objectives.target_upper)),
    )
    within = every(f"{value}>={target}-{_NOISE}", f"{value}<={upper}+{_NOISE}")
    between = f"IF(ISNUMBER({upper}),{within},FALSE)"
    is_between = _compares(row, Comparator.BETWEEN)
    by_figure = f"IF({is_between},{between},{_on_right_side(row, target)})"
    figures = f"IF(AND(ISNUMBER({value}),ISNUMBER({target})),{by_figure},FALSE)"
    return f"IF({_is_yes_no(row)},{_says(row, (YesNo.YES,))},{figures})"


def is_beyond_bound(row: LiveRow) -> str:
    """TRUE where a number that only grows has passed its upper bound."""
    value, target, upper = (
        row.cell("judged_value"),
        row.cell(committed(Objectives.target)),
        row.cell(committed(Objectives.target_upper)),
    )
    bound = f"IF({_compares(row, Comparator.BETWEEN)},{upper},{target})"
    at_bound = every(_compares(row, Comparator.LESS_THAN), f"{value}>={bound}-{_NOISE}")
    broken = f"IF(ISNUMBER({bound}),{some(f'{value}>{bound}+{_NOISE}', at_bound)},FALSE)"
    return f"IF({every(_can_still_break(row), f'ISNUMBER({value})')},{broken},FALSE)"


def is_milestone_missed(row: LiveRow) -> str:
    """TRUE where there is a milestone and the figure has not come as far."""
    value, target, upper = (
        row.cell("judged_value"),
        row.cell(committed(Objectives.target)),
        row.cell(committed(Objectives.target_upper)),
    )
    milestone = row.cell(committed(Objectives.milestone))
    at_target = every(_compares(row, Comparator.EXACTLY), f"{milestone}={target}")
    from_above = f"{milestone}>IF(ISNUMBER({upper}),{upper},{target})+{_NOISE}"
    reached = f"IF({from_above},{value}<={milestone}+{_NOISE},{value}>={milestone}-{_NOISE})"
    two_sided = every(_compares(row, *_TWO_SIDED), negated(at_target))
    met = f"IF({two_sided},{reached},{_on_right_side(row, milestone)})"
    return f"IF(ISNUMBER({milestone}),IF(ISNUMBER({value}),{negated(met)},TRUE),FALSE)"


def computed_status(row: LiveRow) -> str:
    """The status in words; an empty text where there is none, or Excel is unsure."""
    cell, value = row.cell, row.cell("judged_value")
    whole, measure = cell(Results.denominator), cell(committed(Objectives.measure))
    nothing = some(blank(measure), f'{value}="{_UNSURE}"')
    no_case = every(_is_rate(row), f"IF(ISNUMBER({whole}),{whole}=0,FALSE)")
    answered = f"IF({_is_yes_no(row)},{_says(row, (YesNo.YES, YesNo.NO))},ISNUMBER({value}))"
    unanswered = negated(some(answered, is_one(cell(Results.actual), (Coded.NOT_DONE,))))
    early = every(cell("is_met"), negated(_can_still_break(row)))
    steps = (
        (nothing, ""),
        *((is_one(cell(Results.actual), (word,)), status) for word, status in _OWN_STATUS.items()),
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


ACHIEVED: Final[Mapping[str, Callable[[LiveRow], str]]] = {
    column.__name__: column
    for column in (by_estimate, is_final, judged_value, is_met, is_beyond_bound, is_milestone_missed, computed_status)
}
"""The columns in the order in which they are computed, each from those before it."""


def _is_rate(row: LiveRow) -> str:
    return is_one(row.cell(committed(Objectives.measure)), (Measure.RATE,))


def _is_yes_no(row: LiveRow) -> str:
    return is_one(row.cell(committed(Objectives.measure)), (Measure.YES_NO,))


def _compares(row: LiveRow, *comparators: Comparator) -> str:
    return is_one(row.cell(committed(Objectives.comparator)), comparators)


def _can_still_break(row: LiveRow) -> str:
    return every(is_one(row.cell(committed(Objectives.measure)), (Measure.CUMULATIVE,)), _compares(row, *_BOUNDED))


def _on_right_side(row: LiveRow, bound: str) -> str:
    """The judged value is where a comparator with one bound wants it."""
    value = row.cell("judged_value")
    sides = {
        Comparator.AT_LEAST: f"{value}>={bound}-{_NOISE}",
        Comparator.AT_MOST: f"{value}<={bound}+{_NOISE}",
        Comparator.EXACTLY: f"ABS({value}-{bound})<={_NOISE}",
        Comparator.MORE_THAN: f"{value}>{bound}+{_NOISE}",
        Comparator.LESS_THAN: f"{value}<{bound}-{_NOISE}",
    }
    return some(*(every(_compares(row, comparator), side) for comparator, side in sides.items()))


def _says(row: LiveRow, words: tuple[YesNo, ...]) -> str:
    """What stands in place of a figure: the estimate's word where the estimate is judged."""
    own, estimated = (is_one(row.cell(name), words) for name in (Results.actual, Results.full_year_estimate))
    return f"IF({row.cell('by_estimate')},{estimated},{own})"


def _figure_or_none(row: LiveRow, name: str) -> str:
    return f'IF({row.is_read(name)},{row.figure(name)},"")'


def _is_unsure(row: LiveRow) -> str:
    """A text that the reader may know, a truth value, a percentage that is not plainly one, a cover without period."""
    year, day = whole_year(row), row.cell(Results.data_as_of)
    counts = (row.cell(name) for name in (Results.numerator, Results.denominator))
    in_percent = (f"IF(ISNUMBER({cell}),{is_percent(cell)},FALSE)" for cell in counts)
    unit = row.cell(committed(Objectives.unit))
    beside = every(filled(unit), negated(is_one(unit, ("%",))))
    figures = (row.cell(name) for name in (Results.actual, Results.full_year_estimate))
    doubtful = (every(beside, f"IF(ISNUMBER({cell}),{is_percent(cell)},FALSE)") for cell in figures)
    return some(
        every(negated(year.holds), negated(year.fails)),
        *(row.unread(name) for name in (*_FIGURES, Results.data_as_of)),
        *(f"ISLOGICAL({row.cell(name)})" for name in (*_FIGURES, Results.data_as_of)),
        f"IF(ISNUMBER({day}),{day}<1,FALSE)",
        *in_percent,
        *doubtful,
    )
