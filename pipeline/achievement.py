"""How far objectives are reached: computed status, degree, pooled rates. Pure; the algorithm stands in forms.md."""

from typing import Final

import numpy as np
import pandas as pd

from pipeline.settings import PeriodKind
from pipeline.vietnamese import format_number
from pipeline.vocabulary.choices import Coded, Comparator, Measure, Status, YesNo

Mask = pd.Series  # of bool

_OWN_STATUS: Final = {
    str(Coded.NO_DATA): Status.NO_DATA,
    str(Coded.NO_CASE): Status.NO_CASE,
    str(Coded.NOT_APPLICABLE): Status.NO_LONGER,
}
_FLOORS: Final = (Comparator.AT_LEAST, Comparator.MORE_THAN)
_CEILINGS: Final = (Comparator.AT_MOST, Comparator.LESS_THAN)
# Figures such as 95.0 and 100 * 19 / 20 must be held equal: nine decimals are far below any typed one.
_NOISE: Final = 1e-9


def judged_value(results: pd.DataFrame) -> pd.Series:
    """The figure that is held against the target, unrounded (forms.md, computed status, step 2).

    ``results`` carries ``numerator``, ``denominator``, ``actual``, ``full_year_estimate``, ``by_estimate``,
    ``objective_measure``.
    """
    share = 100 * results["numerator"] / results["denominator"].where(results["denominator"] > 0)
    share = share.where(may_be_rate(results))
    return results["full_year_estimate"].where(results["by_estimate"], share.fillna(results["actual"]))


def may_be_rate(results: pd.DataFrame) -> Mask:
    """Where numerator and denominator make the figure: for *tỷ lệ*, and where no objective is known."""
    return results["objective_measure"].isna() | (results["objective_measure"] == Measure.RATE)


def is_by_estimate(results: pd.DataFrame) -> Mask:
    """Rows of the year's report judged "theo ước", as the objective falls due only after the figures' date.

    A coded actual that has a status of its own comes first (forms.md, computed status, step 1).
    """
    whole_year = results["period_kind"] == PeriodKind.WHOLE_YEAR
    own = results["actual_coded"].isin(list(_OWN_STATUS))
    return whole_year & (results["objective_due_on"] > results["data_as_of"]) & ~own


def computed_status(results: pd.DataFrame) -> pd.Series:
    """The status of each result by the algorithm of forms.md; missing where no objective is known.

    Needs the result's own columns, ``period_kind``, and the objective's as ``objective_measure``,
    ``objective_comparator``, ``objective_target``, ``objective_target_upper``, ``objective_milestone``,
    ``objective_due_on``.
    """
    rows = results.assign(by_estimate=is_by_estimate(results))
    rows = rows.assign(word=_judged_word(rows))
    value = judged_value(rows)
    met = _met(rows, value)
    final = (rows["period_kind"] == PeriodKind.WHOLE_YEAR) | (rows["objective_due_on"] <= rows["data_as_of"])
    by_word = rows["objective_measure"] == Measure.YES_NO
    answered = rows["word"].isin([YesNo.YES, YesNo.NO]).where(by_word, value.notna())
    judged = pd.Series(
        np.where(final, np.where(met, Status.MET, Status.NOT_MET), _at_six_months(rows, value, met)),
        index=rows.index,
        dtype="str",
    ).where(answered | (rows["actual_coded"] == Coded.NOT_DONE))
    own = rows["actual_coded"].map(_OWN_STATUS).astype("str")
    no_case = (rows["denominator"] == 0) & may_be_rate(rows)
    status = own.where(own.notna(), judged.mask(no_case, str(Status.NO_CASE)))
    return status.where(rows["objective_measure"].notna())


def _judged_word(rows: pd.DataFrame) -> pd.Series:
    """What stands in place of a figure: the estimate's word where the estimate is judged, else the actual's."""
    nothing = pd.Series(None, index=rows.index, dtype="str")
    estimated = rows.get("full_year_estimate_coded", nothing)
    return estimated.where(rows["by_estimate"], rows["actual_coded"])


def _at_six_months(rows: pd.DataFrame, value: pd.Series, met: Mask) -> np.ndarray:
    """Step 4: not final at six months."""
    beyond = is_beyond_bound(rows.assign(value=value))
    milestone_missed = rows["objective_milestone"].notna() & ~_is_milestone_met(rows, value)
    return np.select(
        [beyond, met & ~_can_still_break(rows), milestone_missed],
        [Status.NOT_MET, Status.MET, Status.NOT_MET],
        default=Status.NOT_DUE,
    )


def _can_still_break(rows: pd.DataFrame) -> Mask:
    """A number that only grows may yet pass its upper bound: the target, or the upper end of *trong khoảng*."""
    bounded = rows["objective_comparator"].isin([*_CEILINGS, Comparator.EXACTLY, Comparator.BETWEEN])
    return (rows["objective_measure"] == Measure.CUMULATIVE) & bounded


def is_beyond_bound(results: pd.DataFrame) -> Mask:
    """Where a *số lũy kế* has passed its upper bound and cannot come back; ``results`` carries ``value`` too."""
    comparator, value = results["objective_comparator"], results["value"]
    bound = results["objective_target"].where(comparator != Comparator.BETWEEN, results["objective_target_upper"])
    at_bound_breaks = comparator == Comparator.LESS_THAN
    broken = (value > bound + _NOISE) | (at_bound_breaks & (value >= bound - _NOISE))
    return _can_still_break(results) & broken


def _is_milestone_met(rows: pd.DataFrame, value: pd.Series) -> Mask:
    """Whether the value has come as far as the milestone.

    *Đúng bằng* and *trong khoảng* do not say from which side: a milestone below the target is to be reached from
    below, one above it from above. Whoever is ahead of it has not missed it.
    """
    milestone, target = rows["objective_milestone"], rows["objective_target"]
    from_above = milestone > rows["objective_target_upper"].fillna(target) + _NOISE
    side = pd.Series(np.where(from_above, Comparator.AT_MOST, Comparator.AT_LEAST), index=rows.index)
    both_sides = rows["objective_comparator"].isin([Comparator.EXACTLY, Comparator.BETWEEN])
    exactly_at_target = (rows["objective_comparator"] == Comparator.EXACTLY) & (milestone == target)
    comparator = rows["objective_comparator"].mask(both_sides & ~exactly_at_target, side)
    return _compare(comparator, value, milestone, None)


def _met(rows: pd.DataFrame, value: pd.Series) -> Mask:
    yes_no = rows["objective_measure"] == Measure.YES_NO
    said_yes = rows["word"] == YesNo.YES
    by_figure = _compare(rows["objective_comparator"], value, rows["objective_target"], rows["objective_target_upper"])
    return (yes_no & said_yes) | (~yes_no & by_figure)


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
    floors = results["objective_comparator"].isin(_FLOORS)
    met = results["computed_status"] == Status.MET
    return met & floors & (results["value"] > results["objective_target"] + _NOISE)


def degree(results: pd.DataFrame) -> pd.Series:
    """How much of the target was reached, 1 = all: value/target for floors, target/value for ceilings, else missing."""
    value, target = results["value"], results["objective_target"]
    up = value / target.where(target != 0)
    down = target / value.where(value != 0)
    comparator = results["objective_comparator"]
    return up.where(comparator.isin(_FLOORS), down.where(comparator.isin(_CEILINGS)))


def is_weaker(comparator: pd.Series, figure: pd.Series, than: pd.Series) -> Mask:
    """Whether a figure asks less than another under the same comparator; never for đúng bằng or trong khoảng."""
    lower = comparator.isin(_FLOORS) & (figure < than - _NOISE)
    higher = comparator.isin(_CEILINGS) & (figure > than + _NOISE)
    return lower | higher


def is_lowered(comparator: pd.Series, target: pd.Series, before: pd.Series) -> Mask:
    """Whether a target asks less than the one before it; of đúng bằng and trong khoảng, whether it is smaller."""
    sides = comparator.isin([Comparator.EXACTLY, Comparator.BETWEEN])
    return (sides & (target < before)) | is_weaker(comparator, target, before)


def commitment_words(objectives: pd.DataFrame) -> pd.Series:
    """Each objective's commitment in words: "ít nhất 95 %", "trong khoảng 3 đến 5 ngày", "có"; blank when unknown.

    Needs ``measure``, ``comparator``, ``target``, ``target_upper`` and ``unit``.
    """
    columns = ["measure", "comparator", "target", "target_upper", "unit"]
    words = [_commitment(*row) for row in objectives[columns].itertuples(index=False)]
    return pd.Series(words, index=objectives.index, dtype="str")


def _commitment(measure: object, comparator: object, target: float, upper: float, unit: object) -> str:
    if measure == Measure.YES_NO:
        return str(YesNo.YES)
    if not isinstance(comparator, str) or pd.isna(target):
        return ""
    reach = f" đến {format_number(upper)}" if comparator == Comparator.BETWEEN and not pd.isna(upper) else ""
    counted = f" {unit}" if isinstance(unit, str) else ""
    return f"{comparator} {format_number(target)}{reach}{counted}"


def pooled_share(numerators: pd.Series, denominators: pd.Series) -> float:
    """A rate over several divisions in percent, from its parts; never the mean of percentages. NaN without cases.

    A part whose other half is missing is left out on both sides.
    """
    both = numerators.notna() & denominators.notna()
    whole = float(denominators[both].sum())
    return 100 * float(numerators[both].sum()) / whole if whole else float("nan")
