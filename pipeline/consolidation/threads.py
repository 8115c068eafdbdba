"""One objective over periods and years: the code within a year, ``continues`` from one year to the next (BM-01)."""

import pandas as pd


def threads(judged: pd.DataFrame) -> pd.Series:
    """One name for each row's objective over time: its division and the year and code under which it began."""
    keys = pd.DataFrame(
        {
            "division": judged["division"],
            "year": judged["period"].str[:4].astype("int64"),
            "code": judged["code"],
            "continues": judged["objective_continues"],
        }
    )
    named: dict[tuple[str, int, str], str] = {}
    every = keys.sort_values(["year", "continues"], kind="stable").drop_duplicates(["division", "year", "code"])
    for division, year, code, continues in every.itertuples(index=False, name=None):
        named[division, year, code] = named.get((division, year - 1, continues), f"{division} {year} {code}")
    names = [named[key] for key in keys[["division", "year", "code"]].itertuples(index=False, name=None)]
    return pd.Series(names, index=judged.index, dtype="str")
