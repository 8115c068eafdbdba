"""What must hold in the secretary's directory: who takes over from whom, and who bears which code when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from pipeline.formulas.expressions import blank, every, filled, looked_up, some
from pipeline.rules.days import NotAfterReferred
from pipeline.settings.succession import heirs_of, line_of
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Mask, Rows
from pipeline.vocabulary.rules import Rule


@dataclass(frozen=True)
class TakesOverFromOthers(Rule):
    """No division is its own heir, nor comes back to itself over its heirs; ``key`` is the column of its code."""

    key: str

    def kept(self, rows: Rows) -> Mask:
        named = rows.frame[["submission_id", self.key, self.field]].dropna()
        rings = [
            (submission, code)
            for submission, table in named.groupby("submission_id")
            for code in _rings(dict(zip(table[self.key], table[self.field], strict=True)))
        ]
        return pd.Series(~rows.pairs("submission_id", self.key).isin(rings), rows.frame.index) | rows[self.field].isna()

    def live(self, row: LiveRow) -> Live:
        """The cell names its own division, or one whose heir that is; a longer ring is for the reader."""
        cell, own = row.cell(self.field), row.cell(self.key)
        heir = looked_up(row.column(self.key), row.column(self.field), cell)
        back = some(f"TRIM({cell})=TRIM({own})", f"TRIM({heir})=TRIM({own})")
        return Live(every(filled(cell), filled(own), back))


def _rings(successors: Mapping[str, str]) -> Iterator[str]:
    """The divisions that stand in their own line of heirs."""
    for code in successors:
        line = (code, *line_of(code, successors.get))
        if any(heir.code == code for former in line for heir in heirs_of(successors.get(former))):
            yield code


@dataclass(frozen=True)
class OnePersonEach(Rule):
    """A code has one holder: where an earlier row bears it, the name in the column ``named`` is the same."""

    named: str
    is_of_value: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        names = rows[self.named].str.casefold()
        first = names.groupby([rows["submission_id"], rows[self.field]]).transform("first")
        return rows[self.field].isna() | names.isna() | (names == first)

    def live(self, row: LiveRow) -> Live:
        """A row above has exactly the code, and another name."""
        cell, column = row.cell(self.field), row.column(self.field)
        name, names = row.cell(self.named), row.column(self.named)
        other = f'(TRIM({names})<>"")*(TRIM({names})<>TRIM({name}))'
        above = f"SUMPRODUCT(EXACT(TRIM({column}),TRIM({cell}))*(ROW({column})<ROW({cell}))*{other})"
        return Live(every(filled(cell), filled(name), f"{above}>0"))


@dataclass(frozen=True)
class AfterTheRowBefore(Rule):
    """Rows of one ``key`` follow each other: each begins after the day ``until`` of those that began before it."""

    key: str
    until: str

    def kept(self, rows: Rows) -> Mask:
        columns = ["submission_id", self.key, self.field]
        spans = rows.frame[[*columns, self.until]].dropna(subset=[self.key, self.field])
        spans = spans.sort_values(columns, kind="stable")
        ends = spans[self.until].fillna(pd.Timestamp.max.floor("D"))
        latest = ends.groupby([spans["submission_id"], spans[self.key]]).cummax()
        before = latest.groupby([spans["submission_id"], spans[self.key]]).shift()
        overlapping = spans.index[(spans[self.field] <= before).fillna(value=False)]
        return pd.Series(~rows.frame.index.isin(overlapping), index=rows.frame.index)

    def live(self, row: LiveRow) -> Live:
        """A row of the same key that began before has not ended by then."""
        day, days, key, keys = row.cell(self.field), row.column(self.field), row.cell(self.key), row.column(self.key)
        ends = row.column(self.until)
        before = f"(({days}<{day})+({days}={day})*(ROW({days})<ROW({day}))>0)*ISNUMBER({days})"
        goes_on = f'((TRIM({ends})="")+ISNUMBER({ends})*({ends}>={day})>0)'
        there = f"SUMPRODUCT(EXACT(TRIM({keys}),TRIM({key}))*{before}*{goes_on})>0"
        return Live(f"IF(ISNUMBER({day}),{every(filled(key), there)},FALSE)", (row.unread(self.field),))


@dataclass(frozen=True)
class EndsWithReferred(NotAfterReferred):
    """Nobody stays in a division that has ended: a day stands there, and it is not after the division's."""

    def kept(self, rows: Rows) -> Mask:
        return rows[self.other].isna() | (rows[self.field] <= rows[self.other])

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        return {self.sheet: (self.key, self.day)}

    def live(self, row: LiveRow) -> Live:
        """The division has a last day, and the row none or a later one."""
        day = looked_up(row.column(self.key, self.sheet), row.column(self.day, self.sheet), row.cell(self.via))
        cell = row.cell(self.field)
        late = f"IF(ISNUMBER({cell}),{cell}>{day},{blank(cell)})"
        return Live(f"IF(ISNUMBER({day}),{late},FALSE)", (row.unread(self.field),))
