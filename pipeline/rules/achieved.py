"""The computed status of a reported result beside its commitment, as formulas: the sibling of ``achievement``.

Each piece stands in a hidden column of its own: one formula with all of forms.md's algorithm would be too long.
"""

from collections.abc import Callable, Mapping
from typing import Final

from pipeline.formulas.expressions import blank, every, filled, is_one, negated, some
from pipeline.rules.last_year import LAST_YEAR_KIND
from pipeline.rules.report_cases import whole_year
from pipeline.sheets.objectives import COMMITMENT, Objectives, committed
from pipeline.sheets.results import Results
from pipeline.vocabulary.choices import Coded, Comparator, Measure, RangeBeaten, Status, YesNo
from pipeline.vocabulary.live import LiveRow, is_percent

COMMITTED: Final = (*map(committed, COMMITMENT), LAST_YEAR_KIND)
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


def is_final(row: LiveRow) -> str:
    """TRUE where the objective was due on the figures' day, and in the year's report."""
    due, day = row.cell(committed(Objectives.due_on)), row.cell(Results.data_as_of)
    return some(whole_year(row).holds, f"IF(AND(ISNUMBER({due}),ISNUMBER({day})),{due}<=INT({day}),FALSE)")


def judged_value(row: LiveRow) -> str:
    """The figure that was reported; an empty text for none, a question mark where Excel is unsure."""
    parts, whole = row.cell(Results.numerator), row.cell(Results.denominator)
    shared = every(_is_rate(row), f"ISNUMBER({parts})", f"IF(ISNUMBER({whole}),{whole}>0,FALSE)")
    own = f"IF({shared},100*{parts}/{whole},{_figure_or_none(row, Results.actual)})"
    return f'IFERROR(IF({_is_unsure(row)},"{_UNSURE}",{own}),"{_UNSURE}")'


def is_open_below(row: LiveRow) -> str:
    """TRUE where a range may be beaten below its lower end (``achievement.open_ends``)."""
    upper, baseline, milestone = (
        row.cell(committed(name)) for name in (Objectives.target_upper, Objectives.baseline, Objectives.milestone)
    )
    change = is_one(row.cell(committed(Objectives.measure)), (Measure.CHANGE,))
    from_above = every(negated(change), f"IF(ISNUMBER({baseline}),{baseline}>{upper}+{_NOISE},FALSE)")
    comes_down = some(from_above, f"IF(ISNUMBER({milestone}),{milestone}>{upper}+{_NOISE},FALSE)")
    falls = f"IF(ISNUMBER({upper}),{comes_down},FALSE)"
    answer = row.cell(committed(Objectives.range_beaten))
    below = some(is_one(answer, (RangeBeaten.BELOW,)), every(blank(answer), falls))
    return every(_compares(row, Comparator.BETWEEN), below)


def is_open_above(row: LiveRow) -> str:
    """TRUE where a range may be beaten above its upper end."""
    stays = is_one(row.cell(committed(Objectives.range_beaten)), (RangeBeaten.STAYS,))
    return every(_compares(row, Comparator.BETWEEN), negated(stays), negated(row.cell("is_open_below")))


def is_reached(row: LiveRow) -> str:
    """TRUE where the reported figure is on the right side of the target, or the answer is yes."""
    return _is_met(row, Results.actual, row.cell("judged_value"))


def estimated_value(row: LiveRow) -> str:
    """The estimate for the year; an empty text for none."""
    return f'IFERROR({_figure_or_none(row, Results.full_year_estimate)},"")'


def is_expected(row: LiveRow) -> str:
    """TRUE where the estimate is on the right side of the target, or says yes."""
    return _is_met(row, Results.full_year_estimate, row.cell("estimated_value"))


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


def by_estimate(row: LiveRow) -> str:
    """TRUE where the estimate for the year is judged (``achievement.judged``)."""
    due, day = row.cell(committed(Objectives.due_on)), row.cell(Results.data_as_of)
    later = f"IF(AND(ISNUMBER({due}),ISNUMBER({day})),{due}>INT({day}),FALSE)"
    coded = is_one(row.cell(Results.actual), tuple(_OWN_STATUS))
    falls_short = every(_is_answered(row, estimated=True), negated(row.cell("is_expected")))
    admitted = row.is_among(Results.self_assessment, Status.not_met())
    settled = f"IF({row.cell('is_reached')},{negated(_can_still_break(row))},{admitted})"
    decided = every(settled, negated(falls_short))
    own = some(coded, _is_withdrawn(row))
    return every(whole_year(row).holds, later, negated(own), negated(row.cell("is_beyond_bound")), negated(decided))


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
    met = f"IF({two_sided},{reached},{_on_right_side(row, value, milestone)})"
    return f"IF(ISNUMBER({milestone}),IF(ISNUMBER({value}),{negated(met)},TRUE),FALSE)"


def computed_status(row: LiveRow) -> str:
    """The status in words; an empty text where there is none, or Excel is unsure."""
    cell = row.cell
    chain = f'"{Status.NOT_DUE}"'
    for condition, status in reversed((*_steps(row), *_steps_before_due(row))):
        chain = f'IF({condition},"{status}",{chain})'
    nothing = some(blank(cell(committed(Objectives.measure))), f'{cell("judged_value")}="{_UNSURE}"')
    return f'IFERROR(IF({nothing},"",{chain}),"")'


def _steps(row: LiveRow) -> tuple[tuple[str, str], ...]:
    """Each condition under which the status is plain, and the status, the first that holds counting."""
    cell, actual, whole = row.cell, row.cell(Results.actual), row.cell(Results.denominator)
    no_case = every(_is_rate(row), f"IF(ISNUMBER({whole}),{whole}=0,FALSE)")
    estimated = every(cell("by_estimate"), _is_answered(row, estimated=True))
    answered = every(negated(cell("by_estimate")), _is_answered(row, estimated=False))
    return (
        (_is_withdrawn(row), Status.NO_LONGER),
        *((is_one(actual, (word,)), status) for word, status in _OWN_STATUS.items()),
        (no_case, Status.NO_CASE),
        (every(estimated, cell("is_expected")), Status.MET_BY_ESTIMATE),
        (estimated, Status.NOT_MET_BY_ESTIMATE),
        (negated(some(answered, is_one(actual, (Coded.NOT_DONE,)))), ""),
        (every(cell("is_final"), negated(cell("by_estimate")), cell("is_reached")), Status.MET),
        (cell("is_final"), Status.NOT_MET),
    )


def _steps_before_due(row: LiveRow) -> tuple[tuple[str, str], ...]:
    """The same at six months, not yet final."""
    cell = row.cell
    return (
        (cell("is_beyond_bound"), Status.NOT_MET),
        (every(cell("is_reached"), negated(_can_still_break(row))), Status.MET),
        (cell("is_milestone_missed"), Status.NOT_MET),
    )


ACHIEVED: Final[Mapping[str, Callable[[LiveRow], str]]] = {
    column.__name__: column
    for column in (
        is_final,
        judged_value,
        is_open_below,
        is_open_above,
        is_reached,
        estimated_value,
        is_expected,
        is_beyond_bound,
        by_estimate,
        is_milestone_missed,
        computed_status,
    )
}
"""The columns in the order in which they are computed, each from those before it."""


def _is_withdrawn(row: LiveRow) -> str:
    return row.is_among(Results.self_assessment, (Status.NO_LONGER,))


def _is_rate(row: LiveRow) -> str:
    return is_one(row.cell(committed(Objectives.measure)), (Measure.RATE,))


def _is_yes_no(row: LiveRow) -> str:
    return is_one(row.cell(committed(Objectives.measure)), (Measure.YES_NO,))


def _compares(row: LiveRow, *comparators: Comparator) -> str:
    return is_one(row.cell(committed(Objectives.comparator)), comparators)


def _can_still_break(row: LiveRow) -> str:
    grows = is_one(row.cell(committed(Objectives.measure)), (Measure.CUMULATIVE,))
    return every(grows, _compares(row, *_BOUNDED), negated(row.cell("is_open_above")))


def _is_met(row: LiveRow, answer: str, value: str) -> str:
    """A figure is on the right side of the target, or the word in the field ``answer`` is yes."""
    target, upper = row.cell(committed(Objectives.target)), row.cell(committed(Objectives.target_upper))
    low = some(f"{value}>={target}-{_NOISE}", row.cell("is_open_below"))
    high = some(f"{value}<={upper}+{_NOISE}", row.cell("is_open_above"))
    between = f"IF(ISNUMBER({upper}),{every(low, high)},FALSE)"
    by_figure = f"IF({_compares(row, Comparator.BETWEEN)},{between},{_on_right_side(row, value, target)})"
    figures = f"IF(AND(ISNUMBER({value}),ISNUMBER({target})),{by_figure},FALSE)"
    return f"IF({_is_yes_no(row)},{is_one(row.cell(answer), (YesNo.YES,))},{figures})"


def _on_right_side(row: LiveRow, value: str, bound: str) -> str:
    """A figure is where a comparator with one bound wants it."""
    sides = {
        Comparator.AT_LEAST: f"{value}>={bound}-{_NOISE}",
        Comparator.AT_MOST: f"{value}<={bound}+{_NOISE}",
        Comparator.EXACTLY: f"ABS({value}-{bound})<={_NOISE}",
        Comparator.MORE_THAN: f"{value}>{bound}+{_NOISE}",
        Comparator.LESS_THAN: f"{value}<{bound}-{_NOISE}",
    }
    return some(*(every(_compares(row, comparator), side) for comparator, side in sides.items()))


def _is_answered(row: LiveRow, *, estimated: bool) -> str:
    """Where a figure stands, or of *có/không* its word: what was reported, or the estimate."""
    answer = Results.full_year_estimate if estimated else Results.actual
    word = is_one(row.cell(answer), (YesNo.YES, YesNo.NO))
    return f"IF({_is_yes_no(row)},{word},ISNUMBER({row.cell('estimated_value' if estimated else 'judged_value')}))"


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
        row.unrecognised(Results.self_assessment),
        *(row.unread(name) for name in (*_FIGURES, Results.data_as_of)),
        *(f"ISLOGICAL({row.cell(name)})" for name in (*_FIGURES, Results.data_as_of)),
        f"IF(ISNUMBER({day}),{day}<1,FALSE)",
        *in_percent,
        *doubtful,
    )
