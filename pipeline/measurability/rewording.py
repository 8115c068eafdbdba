"""A sentence brought to what its columns say, or made of them: what is proposed where the two contradict each other."""

import re
from collections.abc import Iterator, Mapping

from pipeline.measurability.contradiction import Against, Contradiction, contradictions
from pipeline.measurability.objective import read_objective
from pipeline.measurability.proposal import propose
from pipeline.measurability.quantities import PERCENT
from pipeline.measurability.reading import Reading, Span, Target
from pipeline.sheets.objectives import Objectives
from pipeline.vietnamese import format_number
from pipeline.vocabulary.choices import Comparator
from pipeline.wording import say

_OPENED = re.compile(r"từ\s*$", re.IGNORECASE)
"""What stands before "95% trở lên"; it goes with its other half."""


def reworded(reading: Reading, columns: Mapping[str, object]) -> str:
    """The sentence with figure, unit or comparator as its columns have them; "" where it cannot simply be put so."""
    wrong = [each for each in contradictions(reading, columns) if each.against is not Against.DEADLINE]
    if not wrong:
        return reading.text
    texts = (_put(reading, target, wrong[0], columns) for target in reading.targets if _is_about(target, wrong[0]))
    return next((text for text in texts if text and agrees(text, columns)), "")


def stated(columns: Mapping[str, object]) -> str:
    """A sentence made of the columns: indicator, comparator, figure; "" where they do not give one that agrees."""
    figure, comparator = _figure(columns), columns.get(Objectives.comparator)
    if not figure or not columns.get(Objectives.indicator):
        return ""
    text = say("coach.stated", indicator=columns[Objectives.indicator], comparator=comparator, figure=figure)
    return text if agrees(text, columns) else ""


def agrees(text: str, columns: Mapping[str, object]) -> bool:
    """Whether a sentence can be measured and contradicts none of its columns."""
    reading = read_objective(text)
    return reading.measurable and not contradictions(reading, columns)


def as_stated(reading: Reading, contradiction: Contradiction, year: int) -> Mapping[str, object]:
    """The columns that contradict a sentence, as the sentence would fill them."""
    proposed = propose(reading, year)
    return {name: proposed[name] for name in contradiction.fields if name in proposed}


def _is_about(target: Target, contradiction: Contradiction) -> bool:
    return contradiction.span in {target.span, target.sign_span}


def _put(reading: Reading, target: Target, contradiction: Contradiction, columns: Mapping[str, object]) -> str:
    if contradiction.against is Against.DIRECTION:
        return _with_comparator(reading.text, target, str(columns[Objectives.comparator]))
    figure = _figure(columns)
    none = target.sign_span == target.span  # "không có": there is no digit to be put right
    # "100% hồ sơ" is no "100 học viên hồ sơ": whoever counts what was a share says it in other words.
    unit = columns.get(Objectives.unit)
    is_other_kind = target.unit != unit and PERCENT in {target.unit, unit}
    return "" if none or is_other_kind or not figure else _replaced(reading.text, target.span, figure)


def _with_comparator(text: str, target: Target, comparator: str) -> str:
    sign, span = target.sign_span, target.span
    if sign is None:
        return f"{text[: span.start]}{comparator} {text[span.start :]}"
    if sign.start < span.start:
        return _replaced(text, sign, comparator)
    opened = _OPENED.sub("", text[: span.start])
    return f"{opened}{comparator} {text[span.start : span.end]}{text[sign.end :]}"


def _replaced(text: str, span: Span, words: str) -> str:
    """The words in place of a stretch of the text, with a capital where the sentence begins."""
    words = words[:1].upper() + words[1:] if span.start == 0 else words
    return text[: span.start] + words + text[span.end :]


def _figure(columns: Mapping[str, object]) -> str:
    """The target of the columns as a sentence has it: "95%", "5 giờ", "3 đến 5 ngày"."""
    numbers = [format_number(number) for number in _numbers(columns)]
    unit = columns.get(Objectives.unit)
    if not numbers or not isinstance(unit, str):
        return ""
    if unit == PERCENT:
        return say("coach.up_to").join(f"{number}%" for number in numbers)
    return f"{say('coach.up_to').join(numbers)} {unit}"


def _numbers(columns: Mapping[str, object]) -> Iterator[float]:
    is_between = columns.get(Objectives.comparator) == Comparator.BETWEEN
    names = (Objectives.target, *([Objectives.target_upper] if is_between else []))
    for name in names:
        number = columns.get(name)
        if isinstance(number, float):
            yield number
