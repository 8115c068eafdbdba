"""Whether a share is of something that somebody else could check (trap 8), and what else is to be said."""

from collections.abc import Sequence

from pipeline.measurability.chart import Chart, Mark
from pipeline.measurability.quantities import PERCENT
from pipeline.measurability.reading import Conflict, Deadline, Missing, Sign, Span, Target, Vague
from pipeline.measurability.targets import POINTS


def uncheckable_words(chart: Chart, targets: Sequence[Target]) -> Span | None:
    """The words that nobody can check, when every target is a share and no proof is named beside them."""
    if not targets or _is_proved(chart):
        return None
    if any(target.unit != PERCENT for target in targets):
        return _hope_for_places(chart, targets)
    behind = targets[0].span.end
    soft = next(iter(chart.every("soft")), None)
    after = (mark for mark in chart.every("soft_after") if chart.tokens[mark.start].start >= behind)
    mark = soft or next(after, None)
    return _span(chart, mark) if mark else None


def _hope_for_places(chart: Chart, targets: Sequence[Target]) -> Span | None:
    """“Nâng cao chất lượng … tại 12 trạm y tế”: the count says only where, the verb nothing that can be checked."""
    hope = chart.at("hope", 0)
    if hope is None or any(target.sign_span or target.unit == PERCENT for target in targets):
        return None
    counted = [chart.place_of(target.span.start) for target in targets]
    countable = any(chart.at("activity", at) or chart.at("change", at) for at in range(hope.end, counted[0]))
    if countable or not all(chart.ending("where", at) for at in counted):
        return None
    return _span(chart, hope)


def _is_proved(chart: Chart) -> bool:
    return any(chart.ending("about", mark.start) is None for mark in chart.every("proof"))


def vague_terms(chart: Chart, *, measurable: bool) -> tuple[Vague, ...]:
    """The words that cannot be measured; some only where nothing else can be, some only where nothing else is vague."""
    marks = list(chart.every("vague"))
    if not measurable:
        marks += chart.every("vague_alone")
        marks = marks or list(chart.every("vague_last"))
    graded = [grade for grade in chart.every("grade") if chart.first("graded_by", 0, grade.end)]
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        inside = any(grade.start <= mark.start and mark.end <= grade.end for grade in graded)
        if not inside and (not kept or kept[-1].end <= mark.start):
            kept.append(mark)
    return tuple(_vague(chart, mark) for mark in kept)


def _vague(chart: Chart, mark: Mark) -> Vague:
    # A longer phrase may say no more than its first words ("nâng cao chất lượng"): only those are quoted.
    words = len(mark.value.split())
    last = mark.end if chart.keys[mark.end - 1] in mark.value else min(mark.end, mark.start + words)
    return Vague(mark.value, Span(chart.tokens[mark.start].start, chart.tokens[last - 1].end))


def conflicts_within(targets: Sequence[Target]) -> tuple[Conflict, ...]:
    """What a sentence says against itself."""
    conflicts = []
    if any(target.sign is Sign.RANGE and target.sign_span for target in targets):
        conflicts.append(Conflict.FLOOR_WITH_RANGE)
    if any(target.readings for target in targets):
        conflicts.append(Conflict.AMBIGUOUS_NUMBER)
    return tuple(conflicts)


def missing_parts(
    chart: Chart, targets: Sequence[Target], deadlines: Sequence[Deadline], *, measurable: bool
) -> tuple[Missing, ...]:
    """What is to be asked, in the order in which it matters."""
    missing = []
    if not measurable:
        missing.append(Missing.CHECKABLE_RESULT if targets else Missing.FIGURE)
        if not targets and not chart.first("quantity"):
            missing.append(Missing.INDICATOR)
    if any(target.change for target in targets) and not any(target.baseline is not None for target in targets):
        missing.append(Missing.BASELINE)
    if any(target.change and target.unit == POINTS for target in targets):
        missing.append(Missing.POINTS_OR_PERCENT)
    if any(target.approximate for target in targets):
        missing.append(Missing.TOLERANCE)
    if not deadlines:
        missing.append(Missing.DEADLINE)
    return tuple(missing)


def is_activity(chart: Chart) -> bool:
    """Whether the sentence says what is done ("mở 03 lớp") and names no outcome of it (trap 11).

    Work of a plan that a division is charged with ("12 cuộc thanh tra") is its result, unless it is taught ("lớp").
    """
    verb = next((mark for at in range(chart.size) if (mark := chart.at("activity", at))), None)
    return verb is not None and chart.first("outcome") is None and not _is_assigned(chart)


def _is_assigned(chart: Chart) -> bool:
    return chart.first("assigned") is not None and chart.first("taught") is None


def _span(chart: Chart, mark: Mark) -> Span:
    return Span(chart.tokens[mark.start].start, chart.tokens[mark.end - 1].end)
