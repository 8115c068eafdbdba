"""Results that are there or not, and can be checked without a figure: issued, sent, recognised, held."""

from typing import NamedTuple

from pipeline.measurability.chart import Chart, Mark
from pipeline.measurability.reading import Deadline, Sign, Span, Stretch

_OBJECT = 4
_EVENT = 3
_INNER = 4


class Result(NamedTuple):
    """A checkable result: its unit ("đã gửi/chưa") and the words that say it."""

    unit: str
    span: Span
    sign: Sign = Sign.EXACTLY


def read_result(chart: Chart, deadlines: tuple[Deadline, ...]) -> Result | None:
    """The first result of the sentence that a third party could check at the end of the year."""
    return next(
        (
            Result(_unit(chart, mark), _span(chart, mark))
            for mark in chart.every("result")
            if _is_checkable(chart, mark, deadlines)
        ),
        None,
    )


def read_against_before(chart: Chart) -> Result | None:
    """“thấp hơn năm 2021”, "giảm cả ba tiêu chí": checkable by last year's figures."""
    mark = next(iter(chart.every("than_before")), None)
    return Result("", _span(chart, mark), Sign(mark.value)) if mark else None


def _span(chart: Chart, mark: Mark) -> Span:
    return Span(chart.tokens[mark.start].start, chart.tokens[mark.end - 1].end)


def _is_checkable(chart: Chart, mark: Mark, deadlines: tuple[Deadline, ...]) -> bool:
    start, end = _clause(chart, mark)
    if _is_attribute(chart, mark, start, deadlines) or _is_of_anything(chart, mark.end):
        return False
    if _is_soft(chart, start, mark.start) or _is_spoilt(chart, start, end):
        return False
    if chart.first("all_of", mark.end, end):
        return True
    if chart.at("needs_event", mark.start):
        return _names_event(chart, mark)
    return _stands(chart, mark, deadlines, end)


def _is_attribute(chart: Chart, mark: Mark, start: int, deadlines: tuple[Deadline, ...]) -> bool:
    """“HTQLCL đã công bố”; but "Quy chế được ban hành trước ngày 30/6" is the result itself, said of its object."""
    led = chart.ending("already", mark.start)
    if led is None:
        return False
    passive = led.value == "được" and any(map(_is_dated, deadlines))
    return not passive or any(chart.any_of(("verb", "result"), at) for at in range(start, led.start))


def _is_of_anything(chart: Chart, place: int) -> bool:
    """“hoàn thành các chỉ tiêu”, "hoàn thành thắng lợi các chỉ tiêu": nobody knows which."""
    manner = chart.at("manner", place)
    return chart.at("generic_object", manner.end if manner else place) is not None


def _clause(chart: Chart, mark: Mark) -> tuple[int, int]:
    start = next((at + 1 for at in range(mark.start - 1, -1, -1) if _stops(chart, at)), 0)
    end = next((at for at in range(mark.end, chart.size) if chart.at("hard_stop", at)), chart.size)
    return start, end


def _stops(chart: Chart, at: int) -> bool:
    return chart.at("hard_stop", at) is not None or chart.tokens[at].text == ","


def _is_soft(chart: Chart, start: int, end: int) -> bool:
    """Whether the clause, or the sentence, opens with a verb that promises work and no result."""
    for opened in {0, start}:
        verb = chart.first("soft_start", opened, end)
        if verb and verb.start - opened <= 1:
            return True
    verb = chart.first("soft_start", start, end)
    return verb is not None and chart.at("unit", verb.start) is None


def _is_spoilt(chart: Chart, start: int, end: int) -> bool:
    """“cơ bản hoàn thành”, "hoàn thành tốt"; a grade such as "hoàn thành tốt nhiệm vụ" is a name."""
    for mark in chart.every("spoils"):
        inside_grade = any(grade.start <= mark.start and mark.end <= grade.end for grade in chart.every("grade"))
        if start <= mark.start < end and not (inside_grade and chart.first("graded_by", 0, mark.start)):
            return True
    return False


def _names_event(chart: Chart, mark: Mark) -> bool:
    last = min(mark.end + _EVENT, chart.size)
    return chart.first("event", mark.end, last) is not None and chart.at("plural", mark.end) is None


def _stands(chart: Chart, mark: Mark, deadlines: tuple[Deadline, ...], end: int) -> bool:
    """With a deadline nearly everything can be checked; without one only what is a result by itself."""
    if mark.end >= end:
        return False
    if any(_is_dated(deadline) for deadline in deadlines) or chart.first("on_time", mark.end, end):
        return True
    if chart.at("plural", mark.end):
        return False
    if deadlines and not chart.at("needs_day", mark.start):
        return True
    return chart.at("stands_alone", mark.start) is not None


def _is_dated(deadline: Deadline) -> bool:
    return deadline.stretch in {Stretch.DAY, Stretch.MONTH, Stretch.QUARTER} or deadline.number is not None


def _passive(chart: Chart, start: int, end: int) -> Mark | None:
    """“Quyết toán năm 2023 được gửi trước ngày …”: the first word is what is sent."""
    results = (mark for mark in chart.every("result") if start <= mark.start and mark.end <= end)
    return next(
        (mark for mark in results if (led := chart.ending("already", mark.start)) and led.value == "được"), None
    )


def _unit(chart: Chart, mark: Mark) -> str:
    _, end = _clause(chart, mark)
    if chart.at("result_noun", mark.start):
        mark = _passive(chart, mark.end, end) or mark
    everything = chart.first("all_of", mark.end, end)
    counted = everything and chart.at("unit", everything.end)
    if counted:
        return f"{counted.value} (toàn bộ)"
    inner = [
        other.value
        for other in chart.every("result")
        if mark.end <= other.start < mark.end + _INNER and not chart.at("preposition", other.start - 1)
    ]
    return inner[0] if inner and chart.at("of_another", mark.start) else mark.value
