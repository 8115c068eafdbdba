"""Better or worse than the baseline: which way is good depends on the comparator (committee_workbook, sheet 3)."""

import numpy as np
import pandas as pd

from pipeline.consolidation.status import Arrow
from pipeline.vocabulary.choices import Comparator, Measure, YesNo

_NOISE = 1e-9
_FLOORS = (Comparator.AT_LEAST, Comparator.MORE_THAN)
_CEILINGS = (Comparator.AT_MOST, Comparator.LESS_THAN)


def arrows(rows: pd.DataFrame) -> pd.Series:
    """Each row's :class:`Arrow`.

    Floors: more is better; ceilings: less is better; đúng bằng: nearer to the target is better; trong khoảng: nearer
    to the range, anywhere inside being equally good; có/không: có is better. A *tăng, giảm* is held like any other
    figure: its baseline is last year's change in the same unit (BM-01, Giá trị gốc). Before the objective is due, a
    *số lũy kế* says only what later months cannot undo, and a *tăng, giảm*, a figure on its way into a range and a
    *có/không* are never called worse. A coded or missing figure on either side: unknown.

    Needs ``objective_comparator``, ``objective_measure``, ``objective_target``, ``objective_target_upper``,
    ``objective_baseline``, ``objective_baseline_coded``, ``value``, ``word``, ``is_final``.
    """
    now = _badness(rows, rows["value"], rows["word"])
    before = _badness(rows, rows["objective_baseline"], rows["objective_baseline_coded"])
    better, worse = now < before - _NOISE, now > before + _NOISE
    known = now.notna() & before.notna()
    early = ~rows["is_final"]
    early_sum = early & (rows["objective_measure"] == Measure.CUMULATIVE)
    on_its_way = early & (
        rows["objective_measure"].isin([Measure.CHANGE, Measure.YES_NO])
        | (rows["objective_comparator"] == Comparator.BETWEEN)
    )
    grows_better = rows["objective_comparator"].isin(_FLOORS)
    grows_worse = rows["objective_comparator"].isin(_CEILINGS) | (
        (rows["objective_comparator"] == Comparator.EXACTLY) & (rows["value"] >= rows["objective_target"])
    )
    arrow = np.select(
        [
            known & better & (~early_sum | grows_better),
            known & worse & (~early_sum | grows_worse) & ~on_its_way,
            known & ~better & ~worse & ~early_sum,
        ],
        [Arrow.BETTER, Arrow.WORSE, Arrow.SAME],
        default=Arrow.UNKNOWN,
    )
    return pd.Series(arrow, index=rows.index, dtype="str")


def arrow_between(rows: pd.DataFrame, now: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """Each row's :class:`Arrow` from one period's figures to another's, by the commitment of ``rows``.

    ``now`` and ``before``, in the order of ``rows``: value, word, objective_unit. Another unit, or no figure on one
    side: missing.
    """
    alike = now["objective_unit"].fillna("") == before["objective_unit"].fillna("")
    after, earlier = (_badness(rows, each["value"], each["word"]) for each in (now, before))
    known = after.notna() & earlier.notna() & alike
    better, worse = after < earlier - _NOISE, after > earlier + _NOISE
    arrow = np.select([better, worse], [Arrow.BETTER, Arrow.WORSE], default=Arrow.SAME)
    return pd.Series(arrow, index=rows.index, dtype="str").where(known)


def _badness(rows: pd.DataFrame, figure: pd.Series, coded: pd.Series) -> pd.Series:
    """How far a figure is from good: smaller is better; missing where there is no figure to hold."""
    comparator, target = rows["objective_comparator"], rows["objective_target"]
    below = (target - figure).clip(lower=0)
    above = (figure - rows["objective_target_upper"]).clip(lower=0)
    cases = [
        rows["objective_measure"] == Measure.YES_NO,
        comparator.isin(_FLOORS),
        comparator.isin(_CEILINGS),
        comparator == Comparator.EXACTLY,
        comparator == Comparator.BETWEEN,
    ]
    answered = coded.map({str(YesNo.YES): 0.0, str(YesNo.NO): 1.0}).astype("float64")
    distances = [answered, -figure, figure, (figure - target).abs(), below + above]
    return pd.Series(np.select(cases, distances, default=np.nan), index=rows.index, dtype="float64")
