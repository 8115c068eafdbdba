"""The rows that rules judge: those of one sheet over all submissions, with what is joined and what is known beside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

Mask = pd.Series
"""A boolean column: where a rule is kept, or where a case holds."""


@dataclass(frozen=True)
class Knowledge:
    """What is known beside the submissions that are judged, as frames.

    ``options``: list, year, value. ``duties``: division, form, period. ``staff``: staff_code, name, division,
    valid_from, valid_to. ``policies``: version, approved_on. ``agency_objectives``: year, code, measure,
    unit.
    ``objectives`` and ``tasks``: the accepted BM-01 against which a report of ``period`` by ``division`` is judged.
    ``last_year``: division, year, code. ``declarations``, ``postings``, ``checks`` and ``scope_changes``: the last
    accepted register. ``standards``: designation, valid_from, valid_to. Days are ``datetime64[us]``.
    """

    options: pd.DataFrame
    duties: pd.DataFrame
    staff: pd.DataFrame
    policies: pd.DataFrame
    agency_objectives: pd.DataFrame
    objectives: pd.DataFrame
    tasks: pd.DataFrame
    last_year: pd.DataFrame
    declarations: pd.DataFrame
    postings: pd.DataFrame
    checks: pd.DataFrame
    scope_changes: pd.DataFrame
    standards: pd.DataFrame

    def frame(self, name: str) -> pd.DataFrame:
        """The frame of that name."""
        frame: pd.DataFrame = getattr(self, name)
        return frame


@dataclass(frozen=True)
class Rows:
    """The rows of one sheet over all submissions, with what is joined; ``tables`` are the frames of all sheets."""

    frame: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    knowledge: Knowledge

    def __getitem__(self, column: str) -> pd.Series:
        return self.frame[column]

    def pairs(self, *columns: str) -> pd.MultiIndex:
        """The columns side by side, to be looked up together."""
        return pairs(self.frame, *columns)

    def among(self, columns: Sequence[str], table: pd.DataFrame, keys: Sequence[str]) -> Mask:
        """Whether the row's columns stand together in a table."""
        return pd.Series(self.pairs(*columns).isin(pairs(table, *keys)), index=self.frame.index)

    def has_rows_in(self, sheet: str) -> Mask:
        """Whether the submission has at least one used row in a sheet."""
        return self["submission_id"].isin(self.tables[sheet]["submission_id"])


Join = Callable[[Rows], Mapping[str, pd.Series]]
"""Columns that rules lean on beyond their own row, to be joined before pandera is asked (design 4)."""


def pairs(frame: pd.DataFrame, *columns: str) -> pd.MultiIndex:
    """The columns of a frame side by side."""
    return pd.MultiIndex.from_frame(frame[list(columns)])
