"""What is measured, in the sentence's own words: the indicator's name, and the subject that is counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.measurability.chart import Chart
from pipeline.measurability.quantities import PERCENT, RANK_UNIT
from pipeline.measurability.reading import Phrase, Span, Target
from pipeline.measurability.scale import TIME, kind_of_unit
from pipeline.vietnamese import is_money
from pipeline.wording import say

_FRONT = ("lead_in", "vague")
_FRONT_OF_WORK = ("lead_in", "soft_start", "vague")
_BACK = ("bridge", "before", "becomes", "aim", "change", "from", "approximately", "rank", "none", "open_bracket")
_LOOSE_ENDS = ("against", "preposition", "by")
"""What must not end a name; before a figure also every word that leads to the figure."""
_VERBS = ("verb", "change", "activity", "result", "soft_start", "lead_in")
_LONGEST = 200
"""Longer names help nobody; the form's own limit is wider."""


@dataclass(frozen=True)
class Named:
    """The indicator and the subject; ``predicate`` is what is to become true of the subject ("trả đúng hạn")."""

    indicator: Phrase | None
    subject: Phrase | None


@dataclass(frozen=True)
class _Parts:
    """The tokens before a target and behind it, without what speaks of time, comparison or effort."""

    chart: Chart
    before: tuple[int, int]
    after: tuple[int, int]
    target: Target
    opens_with_verb: bool

    @property
    def head(self) -> str:
        """The words before the target."""
        return _lower(self.chart, *self.before)

    @property
    def tail(self) -> str:
        """The words behind the target."""
        return _lower(self.chart, *self.after)


def name_parts(chart: Chart, targets: Iterable[Target], taken: frozenset[int], *, yes_no: bool) -> Named:
    """Name what a sentence measures; for a sentence without a figure, what it speaks of."""
    first = next(iter(targets), None)
    if first is None:
        return _without_figure(chart, taken, yes_no=yes_no)
    parts = _parts(chart, first, taken)
    words = _indicator(parts)[:_LONGEST].strip(" ,")
    span = _covering(chart, parts.before, parts.after)
    return Named(Phrase(_capital(words), span), _subject(parts)) if words else Named(None, None)


def _without_figure(chart: Chart, taken: frozenset[int], *, yes_no: bool) -> Named:
    start = (
        _skip_time(chart, 0, chart.size, taken)
        if yes_no
        else _trim_front(chart, 0, _end(chart, 0), taken, _FRONT_OF_WORK)
    )
    start, end = _trim_back(chart, start, _end(chart, start), taken, _LOOSE_ENDS)
    if start >= end:
        return Named(None, None)
    phrase = Phrase(_lower(chart, start, end), _covering(chart, (start, end)))
    if chart.at("quantity", start):
        return Named(Phrase(_capital(phrase.words), phrase.span), phrase)
    named = _capital(say("coach.indicator.result", what=phrase.words[:_LONGEST]))
    return Named(Phrase(named, phrase.span) if yes_no else None, phrase)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# ── The words around a target ─────────────────────────────────────────────────────────────────────────────────────


def _parts(chart: Chart, target: Target, taken: frozenset[int]) -> _Parts:
    left = chart.place_of(min(span.start for span in (target.span, target.sign_span, target.baseline_span) if span))
    behind = chart.place_of(target.span.end)
    governed = chart.at("after", behind)
    behind = governed.end if governed else behind
    stops = (at + 1 for at in range(left) if chart.at("hard_stop", at) and chart.tokens[at].text != ":")
    start = _skip_time(chart, max(stops, default=0), left, taken)
    front = _trim_front(chart, start, left, taken, _FRONT)
    before = _trim_back(chart, front, left, taken, (*_BACK, *_LOOSE_ENDS))
    after = _trim_back(chart, behind, _end(chart, behind), taken, _LOOSE_ENDS)
    opens_with_verb = start < left and chart.any_of(_VERBS, start) is not None
    return _Parts(chart, before, after, target, opens_with_verb)


def _skip_time(chart: Chart, start: int, end: int, taken: frozenset[int]) -> int:
    while start < end:
        by = chart.at("by", start)
        if not by and start not in taken and chart.tokens[start].text != ",":
            break
        start = by.end if by else start + 1
    return min(start, end)


def _end(chart: Chart, start: int) -> int:
    """Where the words that belong to a place end: at a stop, or at a comma before another figure."""
    for at in range(start, chart.size):
        comma = chart.tokens[at].text == ","
        if chart.at("hard_stop", at) or (comma and (chart.at("part_of", at + 1) or _figure_follows(chart, at))):
            return at
    return chart.size


def _figure_follows(chart: Chart, comma: int) -> bool:
    return any(comma < place <= comma + 6 for place in chart.figures)


def _trim_front(chart: Chart, start: int, end: int, taken: frozenset[int], idle: tuple[str, ...]) -> int:
    while start < end:
        start = _skip_time(chart, start, end, taken)
        lead = chart.any_of(idle, start)
        change = chart.at("change", start)
        if change and chart.any_of(("quantity", "rate"), change.end):
            start = change.end
        elif lead and lead.end < end and not chart.at("result", start):
            start = lead.end
        else:
            break
    return start


def _trim_back(chart: Chart, start: int, end: int, taken: frozenset[int], loose: tuple[str, ...]) -> tuple[int, int]:
    while start < end:
        tail = next((mark for name in loose if (mark := chart.ending(name, end)) and mark.start >= start), None)
        # "tuổi thọ bình quân" keeps its average, which elsewhere only leads to the figure.
        tail = None if tail and chart.at("level", tail.start) else tail
        if end - 1 in taken or chart.tokens[end - 1].text in {",", ".", "("}:
            end -= 1
        elif tail:
            end = tail.start
        else:
            break
    return start, end


def _lower(chart: Chart, start: int, end: int) -> str:
    words = chart.words(start, end)
    first, _, rest = words.partition(" ")
    # An abbreviation such as PCI and a name such as Việt Nam keep their capitals.
    is_name = (first.isupper() and len(first) > 1) or rest[:1].isupper()
    return words if is_name else words[:1].lower() + words[1:]


def _covering(chart: Chart, *ranges: tuple[int, int]) -> Span:
    filled = [(start, end) for start, end in ranges if start < end]
    if not filled:
        return Span(0, len(chart.text))
    return Span(chart.tokens[filled[0][0]].start, chart.tokens[filled[-1][1] - 1].end)


# ── The name ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _indicator(parts: _Parts) -> str:
    if parts.before[0] < parts.before[1] and parts.chart.at("quantity", parts.before[0]):
        return parts.head
    target = parts.target
    if target.sign_span == target.span:
        return _none(parts)
    if target.change:
        return say(f"coach.indicator.{target.change}", what=parts.tail or parts.head)
    return _share(parts) if target.unit == PERCENT else _counted(parts)


def _share(parts: _Parts) -> str:
    if parts.opens_with_verb and parts.tail and parts.head:
        return say("coach.indicator.share_done", what=parts.tail, done=parts.head)
    what = parts.head or parts.tail
    return say("coach.indicator.share", what=what) if what else ""


def _none(parts: _Parts) -> str:
    unit = parts.chart.at("unit", parts.after[0])
    counted = parts.tail if unit or not parts.target.unit else f"{parts.target.unit} {parts.tail}"
    return say("coach.indicator.count", what=counted)


def _counted(parts: _Parts) -> str:
    unit = parts.target.unit or ""
    if unit == RANK_UNIT:
        return say("coach.indicator.rank", what=parts.head or parts.tail)
    if parts.head and not parts.opens_with_verb:
        return parts.head
    if is_money(unit):
        return say("coach.indicator.value", what=parts.head or parts.tail)
    if kind_of_unit(unit) == TIME and "/" not in unit and parts.head:
        return say("coach.indicator.time", what=parts.head)
    return say("coach.indicator.count", what=f"{unit.split('/')[0]} {parts.tail}".strip())


def _is_counted(parts: _Parts) -> bool:
    unit = parts.target.unit
    plain = (
        unit is not None and "%" not in unit and "/" not in unit and not is_money(unit) and kind_of_unit(unit) != TIME
    )
    return plain and unit != RANK_UNIT and not parts.target.change and parts.target.sign_span != parts.target.span


def _subject(parts: _Parts) -> Phrase | None:
    """Whose share, or what is counted: behind the figure up to the verb, else before it."""
    start, end = parts.after
    if _is_counted(parts):
        start = min(parts.chart.place_of(parts.target.span.start) + 1, end)
    verb = next((at for at in range(start + 1, end) if parts.chart.at("verb", at)), end)
    if start < verb and not parts.chart.any_of(("preposition", "open_bracket", "of_plan"), start):
        return Phrase(_lower(parts.chart, start, verb), _covering(parts.chart, (start, verb)))
    if parts.before[0] < parts.before[1]:
        return Phrase(parts.head, _covering(parts.chart, parts.before))
    return None
