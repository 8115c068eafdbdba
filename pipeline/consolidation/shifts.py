"""What became of the commitments: targets lowered, measures changed, objectives dropped, from one BM-01 to the next."""

from enum import StrEnum

import numpy as np
import pandas as pd

from pipeline.achievement import is_lowered
from pipeline.consolidation.selection import View
from pipeline.vocabulary.choices import Status


class Shift(StrEnum):
    """How a commitment moved, what needs the reader most first."""

    DROPPED = "dropped"
    LOWERED = "lowered"
    CHANGED = "changed"
    ENDED = "ended"


_COMMITTED = ("measure", "comparator", "target", "target_upper", "unit")
_NOW = ["division", "code", "statement", "year", "plan_id", "plan_row", *_COMMITTED]


def shifts(judged: pd.DataFrame, view: View) -> pd.DataFrame:
    """One row a move between two BM-01 of a division, the later year first.

    Columns: shift (a :class:`Shift`), division, code, statement, year (of the BM-01 that moved it), year_before,
    ``_COMMITTED`` and the same with ``_before``, plan_id, plan_row (of the objective as it stands, or as it last
    stood). Dropped: a later BM-01 of the division does not go on with it; ended: so, with an approving document.
    """
    planned = judged[judged["plan_id"].notna()]
    plain = planned[["thread", "division", "code", "plan_id", "plan_row"]].assign(
        year=planned["period"].str[:4],
        statement=planned["objective_statement"],
        **{name: planned[f"objective_{name}"] for name in _COMMITTED},
    )
    plans = plain.drop_duplicates(["plan_id", "code"])
    # A BM-01 revised after a report was due holds for the next one only, so the plans go by when they were judged.
    ordered = plans.sort_values(["year", "plan_id", "code"], kind="stable")
    ended = judged.loc[judged["status"] == Status.NO_LONGER, "thread"]
    made = pd.concat([_moved(ordered), _gone(ordered, set(ended))], ignore_index=True)
    order = made["shift"].map({str(shift): place for place, shift in enumerate(Shift)})
    placed = made.assign(order=order, place=view.places(made["division"]))
    keys = ["year", "order", "place", "code"]
    sorted_rows = placed.sort_values(keys, ascending=[False, True, True, True], kind="stable")
    return sorted_rows.drop(columns=["order", "place"]).reset_index(drop=True)


def _moved(plans: pd.DataFrame) -> pd.DataFrame:
    """Objectives whose commitment is not that of the BM-01 before."""
    heads = plans.drop_duplicates(["thread", "plan_id"])
    before_id = heads.groupby("thread")["plan_id"].shift(1)
    linked = plans.merge(
        heads.assign(before_id=before_id)[["thread", "plan_id", "before_id"]], on=["thread", "plan_id"]
    )
    before = heads[["thread", "plan_id", "year", *_COMMITTED]].rename(columns={"plan_id": "before_id"})
    both = linked.merge(before, on=["thread", "before_id"], suffixes=("", "_before"))
    changed = (both["unit"].fillna("") != both["unit_before"].fillna("")) | (
        both["comparator"].fillna("") != both["comparator_before"].fillna("")
    )
    lowered = is_lowered(both["comparator"], both["target"], both["target_before"]) & ~changed
    shift = pd.Series(np.where(changed, Shift.CHANGED, Shift.LOWERED), index=both.index, dtype="str")
    columns = ["shift", *_NOW, "year_before", *(f"{name}_before" for name in _COMMITTED)]
    return both.assign(shift=shift).loc[changed | lowered, columns]


def _gone(plans: pd.DataFrame, ended: set[str]) -> pd.DataFrame:
    """Objectives with which the division's next BM-01 does not go on: nothing stands where the commitment was."""
    sequence = plans.drop_duplicates(["division", "plan_id"])[["division", "plan_id", "year"]]
    following = sequence.assign(
        next_id=sequence.groupby("division")["plan_id"].shift(-1), next=sequence.groupby("division")["year"].shift(-1)
    )
    last = plans.drop_duplicates("thread", keep="last").merge(
        following[["division", "plan_id", "next_id", "next"]], on=["division", "plan_id"]
    )
    gone = last[last["next_id"].notna()]
    was = {f"{name}_before": gone[name] for name in _COMMITTED}
    nothing = {name: pd.Series(index=gone.index, dtype=gone[name].dtype) for name in _COMMITTED}
    shift = gone["thread"].isin(ended).map({True: str(Shift.ENDED), False: str(Shift.DROPPED)})
    told = gone.assign(shift=shift.astype("str"), year_before=gone["year"], year=gone["next"], **was)
    return told.assign(**nothing)[["shift", *_NOW, "year_before", *was]]
