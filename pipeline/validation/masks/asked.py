"""One rule asked of the rows of one sheet, and the look-ups that masks share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.validation.context import Known


@dataclass(frozen=True)
class Asked:
    """One rule asked of the rows of one sheet; ``tables`` are the frames of all sheets of the form."""

    rows: pd.DataFrame
    field: str
    facts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    known: Known

    @property
    def value(self) -> pd.Series:
        """The column that the rule is about."""
        return self.rows[self.field]

    def column(self, fact: str) -> pd.Series:
        """The column that a statistic names."""
        return self.rows[str(self.facts[fact])]


def case(asked: Asked, fact: str) -> pd.Series:
    """Rows in which every column named in a ``when`` or ``unless`` holds one of its values."""
    holds = pd.Series(data=True, index=asked.rows.index)
    for column, values in asked.facts[fact].items():
        holds &= asked.rows[column].isin([str(value) for value in values])
    return holds


def undecided(asked: Asked, fact: str) -> pd.Series:
    """Rows in which a cell that decides the case is blank, neither value nor coded answer: nothing follows from it."""
    blank = pd.Series(data=False, index=asked.rows.index)
    for column in asked.facts[fact]:
        blank |= asked.rows[column].isna() & asked.rows[column.removesuffix("_coded")].isna()
    return blank


def has_rows_in(asked: Asked, fact: str) -> pd.Series:
    """Whether the submission has at least one used row in the sheet that a statistic names."""
    return asked.rows["submission_id"].isin(asked.tables[str(asked.facts[fact])]["submission_id"])


def pairs(frame: pd.DataFrame, *columns: str) -> pd.MultiIndex:
    """The columns side by side, to be looked up together."""
    return pd.MultiIndex.from_frame(frame[list(columns)])


def among(asked: Asked, columns: tuple[str, ...], table: pd.DataFrame, keys: tuple[str, ...]) -> pd.Series:
    """Whether the row's columns stand together in a table."""
    found = pairs(asked.rows, *columns).isin(pairs(table, *keys))
    return pd.Series(found, index=asked.rows.index)
