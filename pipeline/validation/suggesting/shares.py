"""Figures that must agree with others: the parts of a share, a sentence and its target."""

import re
from collections.abc import Iterator, Sequence

from pipeline.forms.choices import Measure
from pipeline.validation.context import PERCENT
from pipeline.validation.suggesting.asking import Asking, Statistics, typed_figure
from pipeline.validation.suggesting.bounds import bounds_of, nearest
from pipeline.vietnamese import KNOWN_UNITS, decimals_of

_PARTS_OF_A_WHOLE = 100
_NOISE = 1e-6


def agreeing(asking: Asking) -> str | None:
    """The value that agrees with the row's other figures; None where nothing has to agree or nothing is known yet."""
    answers = (make(asking, said) for kind, make in _MAKERS.items() for one, said in asking.rules if one == kind)
    return next((answer for answer in answers if answer is not None), None)


def _of_share(asking: Asking, said: Statistics) -> str | None:
    """For a rate: the share of the two parts, or the part that is missing beside the other one and the share."""
    if not _is_rate(asking, said):
        return None
    share, part, whole = asking.value(said["field"]), asking.value(said["numerator"]), asking.value(said["denominator"])
    if asking.name == said["field"]:
        return None if part is None or whole is None else str(asking.value("computed_share"))
    if share is None or asking.name not in {said["numerator"], said["denominator"]}:
        return None
    if asking.name == said["numerator"]:
        whole = whole or _round_whole(share)
        return _fitting(round(share * whole / 100), whole, share, asked=share * whole / 100)
    if part is None or not share:
        return typed_figure(_round_whole(share))
    return _fitting(part, round(100 * part / share), share, asked=100 * part / share)


def _fitting(part: float, whole: float, share: float, *, asked: float) -> str:
    """The part that was ``asked`` for, whole; "" where no whole number gives the share to half of its last decimal."""
    slack = 0.5 * 10.0 ** -decimals_of(share) + _NOISE
    fits = whole > 0 and abs(100 * part / whole - share) <= slack
    return typed_figure(float(round(asked))) if fits else ""


def _is_rate(asking: Asking, said: Statistics) -> bool:
    return asking.holds(said["when"]) and asking.value("objective_measure") in {None, Measure.RATE}


def _round_whole(share: float) -> float:
    """A denominator over which a share has a whole numerator: 100 for 96 %, 1,000 for 96,3 %."""
    return float(_PARTS_OF_A_WHOLE * 10 ** decimals_of(share))


def _of_sentence(asking: Asking, said: Statistics) -> str | None:
    """A sentence names its target in the target's unit: what one of the three says, the others may say, too."""
    unit = asking.value(said["unit"])
    if asking.name == said["field"] and unit == "%":
        target = asking.value(said["value"])
        return "" if target is not None and not _may_be_promised(asking, target) else _with_figure(asking, target)
    if asking.name == said["value"] and unit == "%":
        figures: Sequence[float] = asking.row.get("sentence_figures") or ()
        allowed = len(figures) == 1 and nearest(figures[0], bounds_of(asking)) == figures[0]
        return typed_figure(figures[0]) if allowed else None
    if asking.name == said["unit"]:
        return next(_units_in(str(asking.value(said["field"]) or "")), None)
    return None


def _may_be_promised(asking: Asking, percent: float) -> bool:
    """Whether a sentence may be brought to a percentage: only a change may leave 0 to 100, else the figure is wrong."""
    return 0 <= percent <= 100 or asking.value("measure") == Measure.CHANGE


def _with_figure(asking: Asking, target: float | None) -> str | None:
    """The sentence, or the form's example of one, with the target as its only percentage."""
    for sentence in (str(asking.typed or ""), asking.field.example):
        figures = list(re.finditer(PERCENT, sentence))
        if target is not None and len(figures) == 1:
            found = figures[0]
            return sentence[: found.start(1)] + typed_figure(target) + sentence[found.end(1) :]
    return None


def _units_in(sentence: str) -> Iterator[str]:
    return (unit for unit in KNOWN_UNITS if re.search(rf"\d\s*{re.escape(unit)}(?!\w)", sentence))


def _of_promise(asking: Asking, said: Statistics) -> str | None:
    """A result of a figure's kind: what was promised, which is of the right size and unit."""
    promised = asking.value("objective_target")
    if asking.name != said["field"] or promised is None:
        return None
    return None if asking.value(said["measure"]) == Measure.YES_NO else typed_figure(promised)


_MAKERS = {
    "equals_share": _of_share,
    "sentence_agrees": _of_sentence,
    "fits_measure": _of_promise,
}
"""By kind of rule, the more telling ones first."""
