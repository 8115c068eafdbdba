"""Figures that must agree with others: the parts of a share, a result and what was promised."""

from pipeline.forms.choices import Measure
from pipeline.validation.suggesting.asking import Asking, Statistics, typed_figure
from pipeline.validation.suggesting.sentences import of_sentence
from pipeline.vietnamese import decimals_of

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


def _of_promise(asking: Asking, said: Statistics) -> str | None:
    """A result of a figure's kind: what was promised, which is of the right size and unit."""
    promised = asking.value("objective_target")
    if asking.name != said["field"] or promised is None:
        return None
    return None if asking.value(said["measure"]) == Measure.YES_NO else typed_figure(promised)


_MAKERS = {
    "equals_share": _of_share,
    "sentence_agrees": of_sentence,
    "fits_measure": _of_promise,
}
"""By kind of rule, the more telling ones first."""
