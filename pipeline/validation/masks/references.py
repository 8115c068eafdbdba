"""Rules across the rows and sheets of one submission."""

import pandas as pd

from pipeline.validation.masks.asked import Asked, among, case, has_rows_in, pairs


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
    """The replaced decision stands in the sheet and is older, where both days are known."""
    key = ("submission_id", asked.facts["key"])
    dated = asked.rows.drop_duplicates(key).set_index(list(key))[asked.facts["dated"]]
    replaced_on = dated.reindex(pairs(asked.rows, "submission_id", asked.field)).set_axis(asked.rows.index)
    there = among(asked, ("submission_id", asked.field), asked.rows, key)
    older: pd.Series = ~(replaced_on >= asked.column("dated"))
    return asked.value.isna() | (there & older)


def only_one_in_force(asked: Asked) -> pd.Series:
    """Every decision but the newest is replaced by another; of two of the same day the lower one is the newer.

    Where a later declaration names no decision of the sheet, or one that another replaces, that is said first: it may
    replace this one.
    """
    replaced = among(asked, ("submission_id", asked.field), asked.rows, ("submission_id", asked.facts["replaces"]))
    dated = asked.rows[asked.value.notna() & asked.column("dated").notna() & ~replaced]
    last = dated.sort_values(asked.facts["dated"], kind="stable").drop_duplicates("submission_id", keep="last")
    in_force_too = pd.Series(asked.rows.index.isin(dated.index.difference(last.index)), index=asked.rows.index)
    named = among(asked, ("submission_id", asked.facts["replaces"]), asked.rows, ("submission_id", asked.field))
    repeated = asked.rows.duplicated(["submission_id", asked.facts["replaces"]], keep="first")
    unsettled = asked.rows.loc[case(asked, "again") & (~named | repeated), "submission_id"]
    return ~in_force_too | asked.rows["submission_id"].isin(unsettled)


def procedures_add_up(asked: Asked) -> pd.Series:
    """The count is the replaced decision's plus added minus removed."""
    expected = asked.rows["computed_count"]
    return asked.value.isna() | expected.isna() | (asked.value == expected)


def as_last_accepted(asked: Asked) -> pd.Series:
    """The row is as the last accepted register had it."""
    return asked.rows["changed"] == ""


def keeps_register(asked: Asked) -> pd.Series:
    """No row of the last accepted register is gone; a form without any row in ``main`` is told that alone."""
    return (asked.column("count") == 0) | ~has_rows_in(asked, "main")


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
