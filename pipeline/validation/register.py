"""BM-04 is one register with its whole history: what follows from its rows, what became of those accepted before."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from pipeline.vietnamese import format_date

KEYS: Mapping[str, tuple[str, ...]] = {
    "declarations": ("decision_no",),
    "scope_changes": ("scope_change", "effective_on", "legal_basis"),
}
"""By what a row of a sheet is known again in the next submission."""

RENEWED = ("checked_on", "checked_by", "check_result")
"""What is written anew at each check of a declaration (dispatch, duty 1): the latest one stands there."""


def computed_count(declarations: pd.DataFrame, changes: pd.DataFrame) -> pd.Series:
    """The procedures that a declaration must have: the replaced one's, plus added, minus removed by what it answers.

    Missing where the replaced one's count is not known, or one of the numbers added or removed.
    """
    key = ["submission_id", "decision_no"]
    counts = declarations.drop_duplicates(key).set_index(key)["procedures_count"]
    earlier = counts.reindex(pd.MultiIndex.from_frame(declarations[["submission_id", "replaces"]])).to_numpy()
    owners = [changes["submission_id"], changes["declared_in"]]
    moved = (changes["procedures_added"] - changes["procedures_removed"]).groupby(owners).sum(skipna=False)
    own = pd.MultiIndex.from_frame(declarations[key])
    net = pd.Series(moved.reindex(own).to_numpy(), index=declarations.index)
    count: pd.Series = net.mask(~own.isin(moved.index), 0) + earlier
    return count


def changed_fields(rows: pd.DataFrame, register: pd.DataFrame, sheet: str) -> pd.Series:
    """The fields in which a row differs from the same row of the last accepted register, named; blank when in none.

    A cell that was blank, or *chưa thực hiện*, and now is filled is progress, not a change; nor is a later check.
    """
    key = list(KEYS[sheet])
    shared = [c for c in register.columns if c in rows.columns and c not in key and not c.endswith("_coded")]
    names = pd.Series("", index=rows.index, dtype="str")
    if register.empty or not shared:
        return names
    before = rows[key].merge(register.drop_duplicates(key), on=key, how="left").set_axis(rows.index)
    for name in shared:
        other = (rows[name] != before[name]) & (name not in RENEWED)
        differs = before[name].notna() & (rows[name].isna() | other)
        names = names.where(~differs, names + f"{name} ")
    return names.str.strip()


def gone_rows(submissions: pd.Series, listed: pd.DataFrame, register: pd.DataFrame, sheet: str) -> pd.DataFrame:
    """The rows of the last accepted register that a submission no longer lists: submission_id, words (its key)."""
    key = list(KEYS[sheet])
    kept = pd.MultiIndex.from_frame(listed[["submission_id", *key]])
    before = register[key].merge(submissions.to_frame("submission_id"), how="cross")
    gone = before[~pd.MultiIndex.from_frame(before[["submission_id", *key]]).isin(kept)]
    words = [" ".join(map(_said, row)) for row in gone[key].itertuples(index=False)]
    return gone[["submission_id"]].assign(words=pd.Series(words, index=gone.index, dtype="str"))


def _said(value: object) -> str:
    if isinstance(value, dt.date) and not pd.isna(value):
        return format_date(value)
    return value if isinstance(value, str) else ""
