"""The columns of BM-01 filled from a sentence, and sentences that could be measured in place of one that cannot."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from pipeline.measurability.objective import read_objective
from pipeline.measurability.quantities import PERCENT, RANK_UNIT
from pipeline.measurability.reading import Basis, Reading, Sign, Target
from pipeline.measurability.scale import TIME, kind_of_unit
from pipeline.sheets.objectives import Objectives
from pipeline.vietnamese import canonical_unit, fold
from pipeline.vocabulary.choices import Coded, Comparator, Frequency, Measure
from pipeline.wording import say, topic

Columns = Mapping[str, object]
NOTHING: Columns = MappingProxyType({})
_WORDS = {
    Sign.AT_LEAST: Comparator.AT_LEAST,
    Sign.AT_MOST: Comparator.AT_MOST,
    Sign.MORE_THAN: Comparator.MORE_THAN,
    Sign.LESS_THAN: Comparator.LESS_THAN,
    Sign.EXACTLY: Comparator.EXACTLY,
    Sign.RANGE: Comparator.BETWEEN,
}
_FREQUENCIES = {
    "ngày": Frequency.MONTHLY,
    "tuần": Frequency.MONTHLY,
    "tháng": Frequency.MONTHLY,
    "quý": Frequency.QUARTERLY,
    "năm": Frequency.YEARLY,
}
_SHORTEST, _LONGEST = 15, 500
"""How long a statement may be (forms.objectives)."""


def propose(reading: Reading, year: int) -> Columns:
    """The columns of BM-01 as the sentence fills them, for its first target; empty when it cannot be measured.

    What only the Phòng knows (source, owner, policy point) is left out; last year's value is the code for "not known
    yet" unless the sentence names it. Every rule of the form on the columns that are given is kept.
    """
    if not reading.measurable or not _SHORTEST <= len(reading.text) <= _LONGEST:
        return NOTHING
    target = reading.targets[0] if reading.targets else None
    filled = _figures(target) if target else _yes_no()
    return {
        Objectives.statement: reading.text,
        Objectives.indicator: _indicator(reading),
        **filled,
        Objectives.method: _method(reading, filled),
        Objectives.frequency: str(
            _FREQUENCIES.get(reading.frequency.words if reading.frequency else "", Frequency.QUARTERLY)
        ),
        Objectives.due_on: _due_on(reading, year),
    }


def alternatives(reading: Reading, year: int) -> tuple[str, ...]:
    """Two or three sentences that can be measured, made from the subject of one that cannot.

    Their figures are examples. Each of them reads as measurable; a sentence that can be measured gives none.
    """
    if reading.measurable or reading.subject is None:
        return ()
    subject = reading.subject.words
    facts = {"what": subject, "year": year, "before": year - 1, "rate": reading.indicator and reading.indicator.words}
    sentences = (
        say(f"coach.alternative.{_way(reading)}.{number}", **facts)
        for number in topic("coach")["alternative"][_way(reading)]
    )
    return tuple(sentence for sentence in sentences if read_objective(sentence).measurable)


def _way(reading: Reading) -> str:
    if reading.basis is Basis.UNCHECKABLE:
        return "uncheckable"
    return "rate" if reading.indicator and reading.unit == PERCENT else "work"


# ── The columns ───────────────────────────────────────────────────────────────────────────────────────────────────


def _indicator(reading: Reading) -> str:
    named = reading.indicator.words if reading.indicator else ""
    enough = sum(word.isalpha() for word in fold(named).split()) >= 2
    return named if enough else say("coach.indicator.result", what=reading.text.rstrip(" .")[:200])


def _figures(target: Target) -> Columns:
    measure = _measure(target)
    upper = {Objectives.target_upper: target.upper} if target.upper is not None and target.sign_span is None else {}
    return {
        Objectives.measure: str(measure),
        Objectives.comparator: str(_comparator(target)),
        Objectives.target: target.value,
        **upper,
        Objectives.unit: _unit(target),
        Objectives.baseline: _baseline(target, measure),
    }


def _yes_no() -> Columns:
    return {
        Objectives.measure: str(Measure.YES_NO),
        Objectives.comparator: str(Comparator.EXACTLY),
        Objectives.baseline: str(Coded.NOT_APPLICABLE),
    }


def _measure(target: Target) -> Measure:
    unit = target.unit or ""
    if target.change or target.value < 0:
        return Measure.CHANGE
    if unit == PERCENT:
        return Measure.RATE if max(target.values) <= 100 else Measure.CHANGE
    level = unit == RANK_UNIT or "/" in unit or kind_of_unit(unit) == TIME or unit in {"điểm", "tuổi", "‰"}
    return Measure.LEVEL if level else Measure.CUMULATIVE


def _comparator(target: Target) -> Comparator:
    """A bare figure is a floor in practice, but for 0, 100 %, ranks and times (domain.md)."""
    if target.sign is Sign.RANGE and target.sign_span is not None:
        return Comparator.AT_LEAST
    if not target.bare:
        return _WORDS[target.sign]
    if target.value == 0 or (target.unit == PERCENT and target.value == 100 and not target.change):
        return Comparator.EXACTLY
    lower_is_better = target.unit == RANK_UNIT or kind_of_unit(target.unit or "") == TIME
    return Comparator.AT_MOST if lower_is_better and not target.change else Comparator.AT_LEAST


def _unit(target: Target) -> str:
    if not target.unit:
        return say("coach.unit.case")
    return canonical_unit(target.unit) or target.unit


def _baseline(target: Target, measure: Measure) -> float | str:
    in_range = target.baseline is not None and (measure is not Measure.RATE or 0 <= target.baseline <= 100)
    return target.baseline if in_range and target.baseline is not None else str(Coded.NO_DATA)


def _method(reading: Reading, filled: Columns) -> str:
    if filled[Objectives.measure] == Measure.YES_NO:
        return say("coach.method.yes_no")
    name = _indicator(reading)
    if filled[Objectives.measure] != Measure.RATE:
        return say("coach.method.count", what=_lower(name))
    part = _lower(name).removeprefix(say("coach.indicator.share", what=""))
    subject = reading.subject.words if reading.subject else ""
    # What is counted is no whole of itself: only a subject of its own words says of what the share is.
    if not subject or subject.startswith(_lower(name)[:5]) or fold(subject) == fold(part):
        return say("coach.method.rate_of_its_kind", part=part)
    return say("coach.method.rate", part=part, whole=subject)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _due_on(reading: Reading, year: int) -> dt.date:
    """The first deadline inside the year of the plan, else the year's last day."""
    days = (deadline.last_day(year) for deadline in reading.deadlines)
    return next((day for day in days if day and day.year == year), dt.date(year, 12, 31))
