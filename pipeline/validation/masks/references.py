"""Rules across the rows and sheets of one submission."""

import pandas as pd

from pipeline.validation.masks.asked import Asked, among, pairs


def unique_in_sheet(asked: Asked) -> pd.Series:
    """No earlier row of the submission holds the same value; blanks are not alike."""
    again = asked.rows.duplicated(["submission_id", asked.field], keep="first")
    return asked.value.isna() | ~again


def refers_to(asked: Asked) -> pd.Series:
    """The value stands in the column ``key`` of the submission's sheet ``sheet``."""
    target = asked.tables[asked.facts["sheet"]]
    there = among(asked, ("submission_id", asked.field), target, ("submission_id", asked.facts["key"]))
    return asked.value.isna() | there


def referred_to_by(asked: Asked) -> pd.Series:
    """The value stands in the column ``by`` of the submission's sheet ``sheet``."""
    source = asked.tables[asked.facts["sheet"]]
    there = among(asked, ("submission_id", asked.field), source, ("submission_id", asked.facts["by"]))
    return asked.value.isna() | there


def replaces_earlier(asked: Asked) -> pd.Series:
    """The replaced decision stands in the sheet and is older."""
    key = ["submission_id", asked.facts["key"]]
    dated = asked.rows.drop_duplicates(key).set_index(key)[asked.facts["dated"]]
    replaced_on = dated.reindex(pairs(asked.rows, "submission_id", asked.field)).to_numpy()
    return asked.value.isna() | (pd.Series(replaced_on, index=asked.rows.index) < asked.column("dated"))


def only_one_in_force(asked: Asked) -> pd.Series:
    """Every decision but the newest is replaced by another."""
    replaced = among(asked, ("submission_id", asked.field), asked.rows, ("submission_id", asked.facts["replaces"]))
    newest: pd.Series = asked.column("dated") == asked.rows.groupby("submission_id")[asked.facts["dated"]].transform("max")
    return asked.value.isna() | replaced | newest


def procedures_add_up(asked: Asked) -> pd.Series:
    """The count is the replaced decision's plus added minus removed."""
    expected = asked.rows["computed_count"]
    return asked.value.isna() | expected.isna() | (asked.value == expected)


def as_last_accepted(asked: Asked) -> pd.Series:
    """The row is as the last accepted register had it."""
    return asked.rows["changed"] == ""


def keeps_register(asked: Asked) -> pd.Series:
    """No decision of the last accepted register is gone."""
    return asked.rows["count"] == 0


MASKS = (
    unique_in_sheet,
    refers_to,
    referred_to_by,
    replaces_earlier,
    only_one_in_force,
    procedures_add_up,
    as_last_accepted,
    keeps_register,
)
