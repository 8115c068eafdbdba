"""What is to be said to the writer of an objective sentence: one piece of advice a matter, words from the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.measurability.reading import Basis, Conflict, Missing, Reading, Span
from pipeline.vietnamese import format_number
from pipeline.wording import say


@dataclass(frozen=True)
class Advice:
    """One matter: its kind, weight (``error`` only where the objective cannot be measured), the words it rests on."""

    kind: str
    severity: str
    span: Span | None
    found: str
    problem: str
    fix: str


def advise(reading: Reading) -> tuple[Advice, ...]:
    """Everything to be said about a sentence, what cannot be measured first."""
    return tuple(_all(reading))


def _all(reading: Reading) -> Iterator[Advice]:
    if reading.basis in {Basis.NO_FIGURE, Basis.UNCHECKABLE}:
        yield _advice(reading, str(reading.basis), reading.basis_span, severity="error")
    if reading.several:
        yield _advice(reading, "several", reading.targets[-1].span, count=len(reading.targets))
    yield from _of_figures(reading)
    for term in reading.vague:
        yield _advice(reading, "vague", term.span)
    if reading.activity and reading.measurable:
        yield _advice(reading, "activity", reading.basis_span)
    if Missing.DEADLINE in reading.missing and reading.measurable:
        yield _advice(reading, "deadline", None, severity="note")


def _of_figures(reading: Reading) -> Iterator[Advice]:
    first = reading.targets[0].span if reading.targets else None
    if Conflict.FLOOR_WITH_RANGE in reading.conflicts:
        yield _advice(reading, "floor_with_range", next(one.span for one in reading.targets if one.upper is not None))
    for target in reading.targets:
        if target.readings:
            yield _advice(reading, "ambiguous_number", target.span, readings=_either(target.readings))
        if target.approximate:
            yield _advice(reading, "tolerance", target.span)
    for missing in (Missing.BASELINE, Missing.POINTS_OR_PERCENT):
        if missing in reading.missing:
            yield _advice(reading, str(missing), first)


def _either(readings: tuple[float, ...]) -> str:
    return say("coach.or").join(format_number(reading) for reading in readings)


def _advice(reading: Reading, kind: str, span: Span | None, severity: str = "warning", **facts: object) -> Advice:
    found = reading.text[span.start : span.end] if span else ""
    words = {part: say(f"coach.advice.{kind}.{part}", found=found, **facts) for part in ("problem", "fix")}
    return Advice(kind, severity, span, found, **words)
