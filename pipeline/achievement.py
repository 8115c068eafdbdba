"""How far objectives are reached: computed status, degree, pooled rates. Pure; the algorithm stands in forms.md."""

from typing import Final

import numpy as np
import pandas as pd

from pipeline.settings import PeriodKind
from pipeline.sheets.objectives import COMMITMENT, committed
from pipeline.sheets.results import Results
from pipeline.vietnamese import format_number, format_quantity
from pipeline.vocabulary.choices import Coded, Comparator, Measure, RangeBeaten, Status, YesNo
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
_MEASURE, _COMPARATOR, _TARGET, _UPPER, _, _MILESTONE, _DUE_ON, _BASELINE, _RANGE_BEATEN = map(committed, COMMITMENT)
_ACTUAL_CODED, _ESTIMATE_CODED = coded_column(Results.actual), coded_column(Results.full_year_estimate)
# Figures such as 95.0 and 100 * 19 / 20 must be held equal: nine decimals are far below any typed one.
_NOISE: Final = 1e-9


def reported_value(results: pd.DataFrame) -> pd.Series:
    """The figure that was reported, unrounded: the share of the two parts, else the typed one (forms.md, step 2).

    ``results`` carries the result's own columns and the objective's measure.
    """
    share = 100 * results[Results.numerator] / results[Results.denominator].where(results[Results.denominator] > 0)
    return share.where(may_be_rate(results)).fillna(results[Results.actual])


def may_be_rate(results: pd.DataFrame) -> Mask:
    """Where numerator and denominator make the figure: for *tỷ lệ*, and where no objective is known."""
    return results[_MEASURE].isna() | (results[_MEASURE] == Measure.RATE)


def is_final(results: pd.DataFrame) -> Mask:
    """Where a result is the last word on its objective: in the year's report, and once the objective was due."""
    return (results["period_kind"] == PeriodKind.WHOLE_YEAR) | (results[_DUE_ON] <= results[Results.data_as_of])


def _is_by_estimate(rows: pd.DataFrame, met: Mask, estimated: pd.DataFrame, expected: Mask) -> Mask:
    """Rows of the year's report judged "theo ước": the objective falls due after the figures' date, and is open.

    What has a status of its own comes first (forms.md, computed status, step 1). No longer open is an
    upper bound that a number which only grows has passed. A target that the actual meets, or that it misses while the
    division itself says *Không đạt*, is open only to an estimate that falls short. ``met`` and ``expected``: whether
    the target is met by the figures, and by what was estimated.
    """
    whole_year = rows["period_kind"] == PeriodKind.WHOLE_YEAR
    own = _own_status(rows).notna()
    falls_short = _is_answered(estimated) & ~expected
    admitted = rows[Results.self_assessment].isin(Status.not_met())
    decided = (~_can_still_break(rows)).where(met, admitted) & ~falls_short
    early = whole_year & (rows[_DUE_ON] > rows[Results.data_as_of]) & ~own
    return early & ~is_beyond_bound(rows) & ~decided


def _as_estimated(results: pd.DataFrame) -> pd.DataFrame:
    """The results, had the year already come to what the estimate says."""
    nothing = pd.Series(None, index=results.index, dtype="str")
    return results.assign(value=results[Results.full_year_estimate], word=results.get(_ESTIMATE_CODED, nothing))


def computed_status(results: pd.DataFrame) -> pd.Series:
    """The status of each result by the algorithm of forms.md; missing where no objective is known.

    Needs the result's own columns, ``period_kind``, and the objective's commitment, milestone, due day and baseline as
    ``sheets.objectives.committed`` names them.
    """
    return judged(results)["computed_status"]


def judged(results: pd.DataFrame) -> pd.DataFrame:
    """The results with by_estimate, value (unrounded), word (the coded answer in its place), is_final, computed_status.

    Value and word are what was reported, also where the estimate gives the status. Needs what :func:`computed_status`
    needs.
    """
    rows = results.assign(is_final=is_final(results), value=reported_value(results), word=results[_ACTUAL_CODED])
    estimated = _as_estimated(rows)
    met, expected = _met(rows), _met(estimated)
    rows = rows.assign(by_estimate=_is_by_estimate(rows, met, estimated, expected))
    return rows.assign(computed_status=_status(rows, estimated, expected.where(rows["by_estimate"], met)))


def _status(rows: pd.DataFrame, estimated: pd.DataFrame, met: Mask) -> pd.Series:
    by_estimate = rows["by_estimate"]
    answered = _is_answered(estimated).where(by_estimate, _is_answered(rows))
    final = np.where(met, Status.MET, Status.NOT_MET)
    expected = np.where(met, Status.MET_BY_ESTIMATE, Status.NOT_MET_BY_ESTIMATE)
    reached = np.select([by_estimate & answered, rows["is_final"]], [expected, final], _at_six_months(rows, met))
    by_figure = pd.Series(reached, index=rows.index, dtype="str")
    by_figure = by_figure.where(answered | (rows[_ACTUAL_CODED] == Coded.NOT_DONE))
    own = _own_status(rows)
    no_case = (rows[Results.denominator] == 0) & may_be_rate(rows)
    status = own.where(own.notna(), by_figure.mask(no_case, str(Status.NO_CASE)))
    return status.where(rows[_MEASURE].notna())


def _own_status(rows: pd.DataFrame) -> pd.Series:
    """The status that no figure gives; missing elsewhere.

    What the division calls *Không còn áp dụng*, which a document must allow (C416), is held to no more, whatever was
    done until then; else a coded answer says it.
    """
    is_withdrawn = rows[Results.self_assessment] == Status.NO_LONGER
    return rows[_ACTUAL_CODED].map(_OWN_STATUS).astype("str").mask(is_withdrawn, str(Status.NO_LONGER))


def _is_answered(rows: pd.DataFrame) -> Mask:
    """Where a figure stands, or of *có/không* its word."""
    by_word = rows["word"].isin([YesNo.YES, YesNo.NO])
    return by_word.where(rows[_MEASURE] == Measure.YES_NO, rows["value"].notna())


def _at_six_months(rows: pd.DataFrame, met: Mask) -> np.ndarray:
    """Step 4: not final at six months."""
    milestone_missed = rows[_MILESTONE].notna() & ~_is_milestone_met(rows)
    return np.select(
        [is_beyond_bound(rows), met & ~_can_still_break(rows), milestone_missed],
        [Status.NOT_MET, Status.MET, Status.NOT_MET],
        default=Status.NOT_DUE,
    )


def open_ends(rows: pd.DataFrame) -> tuple[Mask, Mask]:
    """Where a range may be beaten: below its lower end, and above its upper end (BM-01, Vượt khoảng).

    Unanswered, it may be beaten above, as published results take it; below where milestone or baseline show that the
    figure comes down from above the range. A *tăng, giảm* of last year shows nothing of the kind.
    """
    between, answer = rows[_COMPARATOR] == Comparator.BETWEEN, rows[_RANGE_BEATEN]
    from_above = (rows[_BASELINE] > rows[_UPPER] + _NOISE) & (rows[_MEASURE] != Measure.CHANGE)
    falls = answer.isna() & (from_above | (rows[_MILESTONE] > rows[_UPPER] + _NOISE))
    below = between & (falls | (answer == RangeBeaten.BELOW))
    return below, between & ~below & (answer != RangeBeaten.STAYS)


def _is_range_beaten(rows: pd.DataFrame) -> Mask:
    below, above = open_ends(rows)
    return (below & (rows["value"] < rows[_TARGET] - _NOISE)) | (above & (rows["value"] > rows[_UPPER] + _NOISE))


def _can_still_break(rows: pd.DataFrame) -> Mask:
    """A number that only grows may yet pass its upper bound: the target, or an upper end that is not to be beaten."""
    _, above = open_ends(rows)
    bounded = rows[_COMPARATOR].isin([*Comparator.ceilings(), Comparator.EXACTLY, Comparator.BETWEEN])
    return (rows[_MEASURE] == Measure.CUMULATIVE) & bounded & ~above


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
    by_figure = _compare(rows[_COMPARATOR], rows["value"], rows[_TARGET], rows[_UPPER]) | _is_range_beaten(rows)
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
    """Where *Đạt* is shown as *Vượt*: a floor that the value lies above, a range that it lies beyond."""
    above = results[_COMPARATOR].isin(Comparator.floors()) & (results["value"] > results[_TARGET] + _NOISE)
    return (results["computed_status"] == Status.MET) & (above | _is_range_beaten(results))


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
    """Each objective's commitment in words: "ít nhất 95%", "trong khoảng 3 đến 5 ngày", "có"; blank when unknown.

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
    return f"{comparator} {format_quantity(figure, unit)}"


def pooled_share(numerators: pd.Series, denominators: pd.Series) -> float:
    """A rate over several divisions in percent, from its parts; never the mean of percentages. NaN without cases.

    A part whose other half is missing is left out on both sides.
    """
    both = numerators.notna() & denominators.notna()
    whole = float(denominators[both].sum())
    return 100 * float(numerators[both].sum()) / whole if whole else float("nan")
