"""Identities across the rows and sheets of one submission."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from pipeline.formulas.expressions import ALWAYS, every, filled, holds_any, is_listed, negated, plainly, some
from pipeline.rules.choosing import meant_or_left, nearest_text
from pipeline.settings.succession import Heir, heirs_of
from pipeline.vocabulary.entries import Entry
from pipeline.vocabulary.fields import Kind
from pipeline.vocabulary.limits import printed_code
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Mask, Rows
from pipeline.vocabulary.rules import Rule

_DIGITS = tuple("0123456789")
_OBJECTIVE = re.compile(r"MT\d\d")


@dataclass(frozen=True)
class UniqueInSheet(Rule):
    """No earlier row of the submission holds the same value; blanks are not alike."""

    is_of_value: ClassVar[bool] = True
    is_last_resort: ClassVar[bool] = True

    def kept(self, rows: Rows) -> Mask:
        again = rows.frame.duplicated(["submission_id", self.field], keep="first")
        return rows[self.field].isna() | ~again

    def doubts(self, rows: Rows) -> Mask:
        """Each of the rows that are alike: which is the wrong one, only the sender knows."""
        return rows[self.field].notna() & rows.frame.duplicated(["submission_id", self.field], keep=False)

    def live(self, row: LiveRow) -> Live:
        """A used row above holds exactly the cell's text."""
        cell, column = row.cell(self.field), row.column(self.field)
        used = row.used_rows(self.field)
        earlier = "" if used == ALWAYS else f"*({used})"
        same = f"SUMPRODUCT(EXACT(TRIM({column}),TRIM({cell}))*(ROW({column})<ROW({cell})){earlier})"
        return Live(every(filled(cell), f"{same}>0"))

    def proposal(self, entry: Entry) -> str | None:
        """The next identity that is printed down the column and that no row has yet; nothing where none is printed."""
        plan = entry.schema.plan
        if entry.name != self.field or not plan.codes:
            return None
        used = set(entry.other_rows[entry.name].dropna())
        printed = [printed_code(plan.codes, position) for position in range(1, plan.rows + 1)]
        referred = [code for code in _referred_to(entry) if code in printed]
        return next((code for code in [*referred, *printed] if code not in used), None)


def _referred_to(entry: Entry) -> list[str]:
    """What another sheet says in the column that must name this field: a code that was lost is still asked for."""
    for rule in entry.schema.rules:
        if isinstance(rule, ReferredToBy) and rule.field == entry.name:
            return [str(code) for code in entry.table(rule.sheet)[rule.by].dropna()]
    return []


@dataclass(frozen=True)
class RefersTo(Rule):
    """The value stands in the column ``key`` of the submission's sheet ``sheet``."""

    sheet: str
    key: str
    is_of_value: ClassVar[bool] = True

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        return {self.sheet: (self.key,)}

    def kept(self, rows: Rows) -> Mask:
        there = rows.among(("submission_id", self.field), rows.tables[self.sheet], ("submission_id", self.key))
        return rows[self.field].isna() | there

    def live(self, row: LiveRow) -> Live:
        """No used row has the key. The reader knows a code again whatever its case, and with a sign behind it."""
        cell, column = row.cell(self.field), row.column(self.key, self.sheet)
        used = row.used_rows(self.key, self.sheet)
        in_use = "" if used == ALWAYS else f"*({used})"
        exactly = f"SUMPRODUCT(EXACT(TRIM({column}),TRIM({cell})){in_use}*1)=0"
        unsure = (every(filled(cell), exactly),)
        if row.fields[self.field].kind is not Kind.CHOICE:
            return Live(every(filled(cell), exactly, negated(row.in_pieces(self.field))), unsure)
        missing = f"SUMPRODUCT((TRIM({column})=TRIM({cell})){in_use}*1)=0"
        near = f"SUMPRODUCT(ISNUMBER(SEARCH({column},{cell}))*(LEN({column})>0)*(LEN({column})<LEN(TRIM({cell}))))>0"
        texts = row.where.texts(tuple(row.where.options(row.fields[self.field])))
        spelt = some(is_listed(cell, texts), negated(holds_any(cell, row.where.texts(_DIGITS))))
        certain = every(spelt, f"{_otherwise_spelt(column, texts)}=0")
        return Live(every(filled(cell), missing, negated(near), certain), unsure)

    def proposal(self, entry: Entry) -> str | None:
        """The key of that sheet that was meant; for a blank cell the one that no other row names."""
        if entry.name != self.field:
            return None
        keys = entry.table(self.sheet)[self.key].dropna()
        unnamed = keys[~keys.isin(entry.other_rows[entry.name])]
        return meant_or_left(entry.typed, unnamed if entry.typed is None else keys) or None


@dataclass(frozen=True)
class NamesHeirs(Rule):
    """Each division that takes over stands in the column ``key`` of the sheet ``sheet``.

    Behind its code may stand the objectives that go to it.
    """

    sheet: str
    key: str

    def kept(self, rows: Rows) -> Mask:
        listed = {*rows.tables[self.sheet][self.key].dropna()}
        named = [heirs_of(text) for text in rows[self.field].fillna("")]
        return pd.Series([_are_heirs(heirs, listed) for heirs in named], index=rows.frame.index, dtype="bool")

    def live(self, row: LiveRow) -> Live:
        """A single code that no row has; several, and what goes to each, are for the reader."""
        cell, column = row.cell(self.field), row.column(self.key, self.sheet)
        single = negated(holds_any(f"TRIM({cell})", row.where.texts((",", ";", " "))))
        return Live(every(filled(cell), single, f"SUMPRODUCT(--(TRIM({column})=TRIM({cell})))=0"))

    def proposal(self, entry: Entry) -> str | None:
        """The division of the list that was meant."""
        if entry.name != self.field:
            return None
        return nearest_text(entry.typed, entry.table(self.sheet)[self.key].dropna()) or None


def _are_heirs(heirs: Sequence[Heir], listed: Collection[str]) -> bool:
    codes = [code for heir in heirs for code in heir.objectives]
    return all(heir.code in listed for heir in heirs) and all(map(_OBJECTIVE.fullmatch, codes))


@dataclass(frozen=True)
class ReferredToBy(Rule):
    """The value stands in the column ``by`` of the submission's sheet ``sheet``."""

    sheet: str
    by: str

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        return {self.sheet: (self.by,)}

    def kept(self, rows: Rows) -> Mask:
        there = rows.among(("submission_id", self.field), rows.tables[self.sheet], ("submission_id", self.by))
        return rows[self.field].isna() | there

    def live(self, row: LiveRow) -> Live:
        """No cell of the column holds the text, and none holds a code that only the reader knows."""
        cell, column = row.cell(self.field), row.column(self.by, self.sheet)
        nowhere = f'COUNTIF({column},"*"&{plainly(f"TRIM({cell})")}&"*")=0'
        not_plainly = f"SUMPRODUCT(--(TRIM({column})=TRIM({cell})))=0"
        identities = row.fields[self.field].identities
        printed = tuple(identities) if isinstance(identities, Mapping) else ()
        certain = f"{_otherwise_spelt(column, row.where.texts(printed))}=0"
        return Live(every(filled(cell), nowhere, certain), (every(filled(cell), not_plainly),))


def _otherwise_spelt(column: str, texts: str) -> str:
    """How many cells of a column hold a code in another spelling than the printed ``texts``, or none at all."""
    return f'SUMPRODUCT((TRIM({column})<>"")*ISNA(MATCH(TRIM({column}),{texts},0)))'
