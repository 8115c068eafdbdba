"""The words that the workbook has for an objective beyond the computed status, and better or worse than before."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from pipeline.achievement import may_be_rate, open_ends
from pipeline.sheets.objectives import Objectives, committed
from pipeline.sheets.results import Results
from pipeline.vocabulary.choices import Comparator, Measure, Status, YesNo
from pipeline.vocabulary.fields import coded_column


class Stated(StrEnum):
    """What stands where the algorithm's own status does not say it (forms.md, computed status)."""

    EXCEEDED = "Vượt"
    NOT_REPORTED = "Chưa có báo cáo"
    NOT_PLANNED = "Chưa có BM-01 hợp lệ"


class Remark(StrEnum):
    """Why a status is what it is, where the status alone would puzzle."""

    BY_ESTIMATE = "by_estimate"
    BOUND_BROKEN = "bound_broken"
    MILESTONE_MISSED = "milestone_missed"
    ON_TRACK = "on_track"
    NO_HOLDER = "no_holder"
    PROVISIONAL = "provisional"


class Arrow(StrEnum):
    """How the figure stands to the baseline, by the comparator."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNKNOWN = "unknown"


REACHED: Final = (str(Status.MET), str(Stated.EXCEEDED))
"""In fact: what is reached by an estimate alone is counted apart, and so is what is missed by one."""
BY_ESTIMATE: Final = (str(Status.MET_BY_ESTIMATE), str(Status.NOT_MET_BY_ESTIMATE))
REGISTERED_ORDER: Final = (
    str(Status.NOT_MET),
    str(Status.NOT_MET_BY_ESTIMATE),
    str(Stated.NOT_REPORTED),
    str(Status.NO_DATA),
    str(Status.NOT_DUE),
    str(Status.MET_BY_ESTIMATE),
    *REACHED,
    str(Status.NO_CASE),
    str(Status.NO_LONGER),
)
"""Every status of a registered objective, what needs the reader most first."""
STATUS_ORDER: Final = (*REGISTERED_ORDER, str(Stated.NOT_PLANNED))
"""Every status of the workbook; what no accepted BM-01 holds stands apart."""
_NOISE: Final = 1e-9
_MEASURE, _COMPARATOR = committed(Objectives.measure), committed(Objectives.comparator)
_TARGET, _UPPER = committed(Objectives.target), committed(Objectives.target_upper)
_BASELINE = committed(Objectives.baseline)


def is_registered(rows: pd.DataFrame) -> pd.Series:
    """Where an objective stands in the BM-01 in force: only these are registered, counted and added up."""
    return rows["status"] != Stated.NOT_PLANNED


def tolerance(results: pd.DataFrame) -> pd.Series:
    """Half the last decimal of each judged figure that was typed; 0 where it was computed from its parts.

    What was typed may have been rounded by so much, up or down: such a step is no movement.
    """
    computed = may_be_rate(results) & (results[Results.denominator] > 0) & results[Results.numerator].notna()
    return _half_of_last_decimal(results["value"]).mask(computed & ~results["by_estimate"], 0.0)


def _half_of_last_decimal(figures: pd.Series) -> pd.Series:
    """0.5 for 12, 0.05 for 83.3, 0.005 for 81.58; 0 for a missing figure and beyond six decimals."""
    last = [(figures * 10.0**places).round().sub(figures * 10.0**places).abs() < _NOISE * 1e3 for places in range(7)]
    halves = np.select(last, [0.5 * 10.0**-places for places in range(7)], default=0.0)
    return pd.Series(halves, index=figures.index, dtype="float64")


def arrows(rows: pd.DataFrame, alike: float = 0.0) -> pd.Series:
    """Each row's :class:`Arrow` from the baseline to the judged figure, by comparator (committee_workbook, sheet 3).

    Floors: more is better; ceilings: less is better; đúng bằng: nearer to the target is better; trong khoảng: nearer
    to the range, anywhere inside, or beyond an end that may be beaten, being equally good; có/không: có is better. A
    *tăng, giảm* is held like any other figure: its baseline is last year's change in the same unit (BM-01, Giá trị
    gốc). Before the objective is due, a *số lũy kế* says only what later months cannot undo, and a *tăng, giảm*, a
    figure on its way into a range and a *có/không* are never called worse. A coded or missing figure on either side:
    unknown.

    Figures within half the last typed decimal of each other (``tolerance``), and within the fraction ``alike`` of the
    baseline (settings, [thresholds]), are equal.
    """
    baseline = rows[_BASELINE], rows[coded_column(_BASELINE)]
    now, before = _badness(rows, (rows["value"], rows["word"]), baseline)
    typed = _half_of_last_decimal(rows[_BASELINE])
    margin = _margin(rows["tolerance"], typed, rows[_BASELINE], alike)
    better, worse = now < before - margin, now > before + margin
    both, early = now.notna() & before.notna(), ~rows["is_final"]
    early_sum = early & (rows[_MEASURE] == Measure.CUMULATIVE)
    is_between = rows[_COMPARATOR] == Comparator.BETWEEN
    on_its_way = early & (rows[_MEASURE].isin([Measure.CHANGE, Measure.YES_NO]) | is_between)
    grows_better = rows[_COMPARATOR].isin(Comparator.floors())
    grows_worse = rows[_COMPARATOR].isin(Comparator.ceilings()) | (
        (rows[_COMPARATOR] == Comparator.EXACTLY) & (rows["value"] >= rows[_TARGET])
    )
    arrow = np.select(
        [
            both & better & (~early_sum | grows_better),
            both & worse & (~early_sum | grows_worse) & ~on_its_way,
            both & ~better & ~worse & ~early_sum,
        ],
        [Arrow.BETTER, Arrow.WORSE, Arrow.SAME],
        default=Arrow.UNKNOWN,
    )
    return pd.Series(arrow, index=rows.index, dtype="str")


def _margin(now: pd.Series, before: pd.Series, figures: pd.Series, alike: float) -> pd.Series:
    """How far apart two figures may lie and be equal, by the tolerance of each and the earlier ``figures``."""
    typed = now.where(now >= before, before).fillna(0.0)
    return typed.clip(lower=alike * figures.abs().fillna(0.0)) + _NOISE


def arrow_between(rows: pd.DataFrame, now: pd.DataFrame, before: pd.DataFrame, alike: float = 0.0) -> pd.Series:
    """Each row's :class:`Arrow` from one period's figures to another's, by the commitment of ``rows``.

    ``now`` and ``before``, in the order of ``rows``: value, word, tolerance and the objective's unit. Another unit, or
    no figure on one side: missing. Equal is what :func:`arrows` holds equal.
    """
    unit = committed(Objectives.unit)
    is_same_unit = now[unit].fillna("") == before[unit].fillna("")
    after, earlier = _badness(rows, *((each["value"], each["word"]) for each in (now, before)))
    margin = _margin(now["tolerance"], before["tolerance"], before["value"], alike)
    better, worse = after < earlier - margin, after > earlier + margin
    arrow = np.select([better, worse], [Arrow.BETTER, Arrow.WORSE], default=Arrow.SAME)
    return pd.Series(arrow, index=rows.index, dtype="str").where(after.notna() & earlier.notna() & is_same_unit)


def _badness(rows: pd.DataFrame, *figures: tuple[pd.Series, pd.Series]) -> Iterator[pd.Series]:
    """How far figures, each beside its coded answer, are from good: smaller is better; missing without a figure."""
    comparator, target = rows[_COMPARATOR], rows[_TARGET]
    below, above = open_ends(rows)
    conditions = [
        rows[_MEASURE] == Measure.YES_NO,
        comparator.isin(Comparator.floors()),
        comparator.isin(Comparator.ceilings()),
        comparator == Comparator.EXACTLY,
        comparator == Comparator.BETWEEN,
    ]
    for figure, coded in figures:
        answered = coded.map({str(YesNo.YES): 0.0, str(YesNo.NO): 1.0}).astype("float64")
        short, over = (target - figure).clip(lower=0), (figure - rows[_UPPER]).clip(lower=0)
        outside = short.mask(below & short.notna(), 0) + over.mask(above & over.notna(), 0)
        distances = [answered, -figure, figure, (figure - target).abs(), outside]
        yield pd.Series(np.select(conditions, distances, default=np.nan), index=rows.index, dtype="float64")
