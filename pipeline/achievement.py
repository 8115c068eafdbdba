"""How far objectives are reached: computed status, degree, pooled rates. Pure; the algorithm stands in forms.md."""

from typing import Final

import numpy as np
import pandas as pd

from pipeline.settings import PeriodKind
from pipeline.sheets.objectives import COMMITMENT, committed
from pipeline.sheets.results import Results
from pipeline.vietnamese import format_number
from pipeline.vocabulary.choices import Coded, Comparator, Measure, Status, YesNo
from pipeline.vocabulary.fields import coded_column
from pipeline.wording import say

Mask = pd.Series  # of bool

PROMISE: Final = COMMITMENT[:5]
"""What a commitment is written from: measure, comparator, target, target_upper, unit."""

_OWN_STATUS: Final = {
    str(Coded.NO_DATA): Status.NO_DATA,
    str(Coded.NO_CASE): Status.NO_CASE,
    str(Coded.NOT_APPLICABLE): Status.NO_LONGER,
}
_MEASURE, _COMPARATOR, _TARGET, _UPPER, _, _MILESTONE, _DUE_ON = map(committed, COMMITMENT)
_ACTUAL_CODED, _ESTIMATE_CODED = coded_column(Results.actual), coded_column(Results.full_year_estimate)
# Figures such as 95.0 and 100 * 19 / 20 must be held equal: nine decimals are far below any typed one.
_NOISE: Final = 1e-9


def judged_value(results: pd.DataFrame) -> pd.Series:
    """The figure that is held against the target, unrounded (forms.md, computed status, step 2).

    ``results`` carries the result's own columns, ``by_estimate`` and the objective's measure.
    """
    share = 100 * results[Results.numerator] / results[Results.denominator].where(results[Results.denominator] > 0)
    share = share.where(may_be_rate(results)).fillna(results[Results.actual])
    return results[Results.full_year_estimate].where(results["by_estimate"], share)


def may_be_rate(results: pd.DataFrame) -> Mask:
    """Where numerator and denominator make the figure: for *tỷ lệ*, and where no objective is known."""
    return results[_MEASURE].isna() | (results[_MEASURE] == Measure.RATE)


def is_final(results: pd.DataFrame) -> Mask:
    """Where a result is the last word on its objective: in the year's report, and once the objective was due."""
    return (results["period_kind"] == PeriodKind.WHOLE_YEAR) | (results[_DUE_ON] <= results[Results.data_as_of])


def is_by_estimate(results: pd.DataFrame) -> Mask:
    """Rows of the year's report judged "theo ước", as the objective falls due only after the figures' date.

    A coded actual that has a status of its own comes first (forms.md, computed status, step 1).
    """
    whole_year = results["period_kind"] == PeriodKind.WHOLE_YEAR
    own = results[_ACTUAL_CODED].isin(list(_OWN_STATUS))
    return whole_year & (results[_DUE_ON] > results[Results.data_as_of]) & ~own


def computed_status(results: pd.DataFrame) -> pd.Series:
    """The status of each result by the algorithm of forms.md; missing where no objective is known.

    Needs the result's own columns, ``period_kind``, and the objective's commitment, milestone and due day as
    ``sheets.objectives.committed`` names them.
    """
    return judged(results)["computed_status"]


def judged(results: pd.DataFrame) -> pd.DataFrame:
    """The results with by_estimate, value (unrounded), word (the coded answer in its place), is_final, computed_status.

    Needs what :func:`computed_status` needs.
    """
    rows = results.assign(by_estimate=is_by_estimate(results), is_final=is_final(results))
    # The estimate's word where the estimate is judged, else the actual's.
    estimated = rows.get(_ESTIMATE_CODED, pd.Series(None, index=rows.index, dtype="str"))
    rows = rows.assign(word=estimated.where(rows["by_estimate"], rows[_ACTUAL_CODED]), value=judged_value(rows))
    return rows.assign(computed_status=_status(rows))


def _status(rows: pd.DataFrame) -> pd.Series:
    value, met = rows["value"], _met(rows)
    by_word = rows[_MEASURE] == Measure.YES_NO
    answered = rows["word"].isin([YesNo.YES, YesNo.NO]).where(by_word, value.notna())
    reached = np.where(rows["is_final"], np.where(met, Status.MET, Status.NOT_MET), _at_six_months(rows, met))
    by_figure = pd.Series(reached, index=rows.index, dtype="str")
    by_figure = by_figure.where(answered | (rows[_ACTUAL_CODED] == Coded.NOT_DONE))
    own = rows[_ACTUAL_CODED].map(_OWN_STATUS).astype("str")
    no_case = (rows[Results.denominator] == 0) & may_be_rate(rows)
    status = own.where(own.notna(), by_figure.mask(no_case, str(Status.NO_CASE)))
    return status.where(rows[_MEASURE].notna())


def _at_six_months(rows: pd.DataFrame, met: Mask) -> np.ndarray:
    """Step 4: not final at six months."""
    milestone_missed = rows[_MILESTONE].notna() & ~_is_milestone_met(rows)
    return np.select(
        [is_beyond_bound(rows), met & ~_can_still_break(rows), milestone_missed],
        [Status.NOT_MET, Status.MET, Status.NOT_MET],
        default=Status.NOT_DUE,
    )


def _can_still_break(rows: pd.DataFrame) -> Mask:
    """A number that only grows may yet pass its upper bound: the target, or the upper end of *trong khoảng*."""
    bounded = rows[_COMPARATOR].isin([*Comparator.ceilings(), Comparator.EXACTLY, Comparator.BETWEEN])
    return (rows[_MEASURE] == Measure.CUMULATIVE) & bounded


def is_beyond_bound(results: pd.DataFrame) -> Mask:
    """Where a *số lũy kế* has passed its upper bound and cannot come back; ``results`` carries ``value`` too."""
    comparator, value = results[_COMPARATOR], results["value"]
    bound = results[_TARGET].where(comparator != Comparator.BETWEEN, results[_UPPER])
    at_bound_breaks = comparator == Comparator.LESS_THAN
    broken = (value > bound + _NOISE) | (at_bound_breaks & (value >= bound - _NOISE))
    return _can_still_break(results) & broken


def _is_milestone_met(rows: pd.DataFrame) -> Mask:
    """Whether the value has come as far as the milestone.

    *Đúng bằng* and *trong khoảng* do not say from which side: a milestone below the target is to be reached from
    below, one above it from above. Whoever is ahead of it has not missed it.
    """
    milestone, target = rows[_MILESTONE], rows[_TARGET]
    from_above = milestone > rows[_UPPER].fillna(target) + _NOISE
    side = pd.Series(np.where(from_above, Comparator.AT_MOST, Comparator.AT_LEAST), index=rows.index)
    both_sides = rows[_COMPARATOR].isin([Comparator.EXACTLY, Comparator.BETWEEN])
    exactly_at_target = (rows[_COMPARATOR] == Comparator.EXACTLY) & (milestone == target)
    comparator = rows[_COMPARATOR].mask(both_sides & ~exactly_at_target, side)
    return _compare(comparator, rows["value"], milestone, None)


def _met(rows: pd.DataFrame) -> Mask:
    by_figure = _compare(rows[_COMPARATOR], rows["value"], rows[_TARGET], rows[_UPPER])
    return (rows["word"] == YesNo.YES).where(rows[_MEASURE] == Measure.YES_NO, by_figure)


def _compare(comparator: pd.Series, value: pd.Series, target: pd.Series, upper: pd.Series | None) -> Mask:
    """Whether the value is on the right side of the target; a missing value or target is on no side."""
    at_least = value >= target - _NOISE
    at_most = value <= target + _NOISE
    within = at_least if upper is None else at_least & (value <= upper + _NOISE)
    sides = {
        Comparator.AT_LEAST: at_least,
        Comparator.AT_MOST: at_most,
        Comparator.EXACTLY: at_least & at_most,
        Comparator.MORE_THAN: value > target + _NOISE,
        Comparator.LESS_THAN: value < target - _NOISE,
        Comparator.BETWEEN: within,
    }
    chosen = np.select([comparator == name for name in sides], list(sides.values()), default=False)
    return pd.Series(chosen, index=comparator.index, dtype=bool)


def is_beaten(results: pd.DataFrame) -> Mask:
    """Where *Đạt* is shown as *Vượt*: a floor that the value lies above."""
    floors = results[_COMPARATOR].isin(Comparator.floors())
    met = results["computed_status"] == Status.MET
    return met & floors & (results["value"] > results[_TARGET] + _NOISE)


def degree(results: pd.DataFrame) -> pd.Series:
    """How much of the target was reached, 1 = all: value/target for floors, target/value for ceilings, else missing."""
    value, target = results["value"], results[_TARGET]
    up = value / target.where(target != 0)
    down = target / value.where(value != 0)
    comparator = results[_COMPARATOR]
    return up.where(comparator.isin(Comparator.floors()), down.where(comparator.isin(Comparator.ceilings())))


def is_weaker(comparator: pd.Series, figure: pd.Series, than: pd.Series) -> Mask:
    """Whether a figure asks less than another under the same comparator; never for đúng bằng or trong khoảng."""
    lower = comparator.isin(Comparator.floors()) & (figure < than - _NOISE)
    higher = comparator.isin(Comparator.ceilings()) & (figure > than + _NOISE)
    return lower | higher


def is_lowered(comparator: pd.Series, target: pd.Series, before: pd.Series) -> Mask:
    """Whether a target asks less than the one before it; of đúng bằng and trong khoảng, whether it is smaller."""
    sides = comparator.isin([Comparator.EXACTLY, Comparator.BETWEEN])
    return (sides & (target < before)) | is_weaker(comparator, target, before)


def commitment_words(objectives: pd.DataFrame) -> pd.Series:
    """Each objective's commitment in words: "ít nhất 95 %", "trong khoảng 3 đến 5 ngày", "có"; blank when unknown.

    Needs ``measure``, ``comparator``, ``target``, ``target_upper`` and ``unit``.
    """
    words = [_commitment(*row) for row in objectives[list(PROMISE)].itertuples(index=False)]
    return pd.Series(words, index=objectives.index, dtype="str")


def _commitment(measure: object, comparator: object, target: float, upper: float, unit: object) -> str:
    if measure == Measure.YES_NO:
        return str(YesNo.YES)
    if not isinstance(comparator, str) or pd.isna(target):
        return ""
    figure = format_number(target)
    if comparator == Comparator.BETWEEN and not pd.isna(upper):
        figure = say("validation.commitment.range", lower=figure, upper=format_number(upper))
    return " ".join([comparator, figure, *([unit] if isinstance(unit, str) else [])])


def pooled_share(numerators: pd.Series, denominators: pd.Series) -> float:
    """A rate over several divisions in percent, from its parts; never the mean of percentages. NaN without cases.

    A part whose other half is missing is left out on both sides.
    """
    both = numerators.notna() & denominators.notna()
    whole = float(denominators[both].sum())
    return 100 * float(numerators[both].sum()) / whole if whole else float("nan")
