"""What several rules need to choose a value to propose."""

from collections.abc import Iterable

import pandas as pd

from pipeline.vocabulary.entries import Entry


def first(values: Iterable[object], liked: str = "") -> str:
    """The liked one where it is among the values, else the first; "" when there is none."""
    every = [str(value) for value in values]
    return liked if liked in every else next(iter(every), "")


def of_year(entry: Entry, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table of :class:`Knowledge` that are of the form's year."""
    return table[table["year"] == entry.year]
