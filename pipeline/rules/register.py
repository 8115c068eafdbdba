"""BM-04 is one register with its whole history: what follows from its rows, what became of those accepted before."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from pipeline.formulas.expressions import every, filled
from pipeline.rules.replacing import length_of, listing, named_in, replaced_in
from pipeline.sheets.declaration import (
    CHECKS,
    DECLARATIONS,
    POSTINGS,
    SCOPE_CHANGES,
    Checks,
    Declarations,
    Postings,
    ScopeChanges,
)
from pipeline.vietnamese import format_date
from pipeline.vocabulary.entries import Entry, typed_figure
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Join, Mask, Rows, pairs
from pipeline.vocabulary.rules import NotLive, Rule

KEYS: Mapping[str, tuple[str, ...]] = {
    DECLARATIONS: (Declarations.decision_no,),
    POSTINGS: (Postings.of_decision, Postings.posted_by, Postings.place),
    CHECKS: (Checks.checked_on, Checks.checked_by),
    SCOPE_CHANGES: (ScopeChanges.scope_change, ScopeChanges.effective_on, ScopeChanges.legal_basis),
}
"""By what a row of a sheet is known again in the next submission."""
COMPUTED_COUNT, CHANGED = "computed_count", "changed"


def computed_count(rows: Rows) -> dict[str, pd.Series]:
    """The procedures that a declaration must have: the replaced ones', plus added, minus removed by what it answers.

    Missing where a replaced one's count is not known, or one of the numbers added or removed.
    """
    declarations, changes = rows.frame, rows.tables[SCOPE_CHANGES]
    key = ["submission_id", Declarations.decision_no]
    counts = declarations.drop_duplicates(key).set_index(key)[Declarations.procedures_count]
    each = replaced_in(rows, Declarations.replaces)
    replaced = pd.Series(counts.reindex(pd.MultiIndex.from_frame(each)).to_numpy(), index=each.index)
    earlier = replaced.groupby(level=0).sum(skipna=False).reindex(declarations.index).to_numpy()
    owners = [changes["submission_id"], changes[ScopeChanges.declared_in]]
    net = (changes[ScopeChanges.procedures_added] - changes[ScopeChanges.procedures_removed]).groupby(owners)
    moved = net.sum(skipna=False)
    own = rows.pairs(*key)
    answered = pd.Series(moved.reindex(own).to_numpy(), index=declarations.index)
    return {COMPUTED_COUNT: answered.mask(~own.isin(moved.index), 0) + earlier}


def changed_fields(sheet: str, rows: Rows) -> dict[str, pd.Series]:
    """The fields in which a row differs from the same row of the last accepted register, named; blank when in none.

    A cell that was blank, or *chưa thực hiện*, and now is filled is progress, not a change.
    """
    register, key = rows.knowledge.frame(sheet), list(KEYS[sheet])
    frame = rows.frame
    shared = [c for c in register.columns if c in frame.columns and c not in key and not c.endswith("_coded")]
    names = pd.Series("", index=frame.index, dtype="str")
    if register.empty or not shared:
        return {CHANGED: names}
    before = frame[key].merge(register.drop_duplicates(key), on=key, how="left").set_axis(frame.index)
    for name in shared:
        differs = before[name].notna() & (frame[name].isna() | (frame[name] != before[name]))
        names = names.where(~differs, names + f"{name} ")
    return {CHANGED: names.str.strip()}


def _gone_rows(submissions: pd.Series, rows: pd.DataFrame, register: pd.DataFrame, sheet: str) -> pd.DataFrame:
    """The rows of the last accepted register that a submission no longer lists: submission_id, words (its key)."""
    key = list(KEYS[sheet])
    before = register[key].merge(submissions.to_frame("submission_id"), how="cross")
    gone = before[~pairs(before, "submission_id", *key).isin(pairs(rows, "submission_id", *key))]
    words = [" ".join(map(_in_words, row)) for row in gone[key].itertuples(index=False)]
    return gone[["submission_id"]].assign(words=pd.Series(words, index=gone.index, dtype="str"))


def _in_words(value: object) -> str:
    if isinstance(value, dt.date) and not pd.isna(value):
        return format_date(value)
    return value if isinstance(value, str) else ""


def listed_by_owner(rows: Rows, owner: pd.Series, names: pd.Series, column: str) -> dict[str, pd.Series]:
    """The names that belong to each submission as one text in ``column``, and how many in ``<column>_count``."""
    grouped = names.groupby(owner)
    return {
        column: rows["submission_id"].map(grouped.agg(", ".join)).astype("str"),
        f"{column}_count": rows["submission_id"].map(grouped.size()).fillna(0).astype("float64"),
    }


@dataclass(frozen=True)
class ProceduresAddUp(Rule):
    """The count is the replaced decisions' plus added minus removed by what this one declares."""

    @property
    def needs(self) -> tuple[Join, ...]:
        return (computed_count,)

    @property
    def looks_at(self) -> tuple[str, ...]:
        return (Declarations.decision_no, Declarations.replaces)

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        declared = (ScopeChanges.declared_in, ScopeChanges.procedures_added, ScopeChanges.procedures_removed)
        return {SCOPE_CHANGES: declared, "": (Declarations.decision_no, self.field)}

    def kept(self, rows: Rows) -> Mask:
        value, expected = rows[self.field], rows[COMPUTED_COUNT]
        return value.isna() | expected.isna() | (value == expected)

    def live(self, row: LiveRow) -> Live:
        """Another count, by a whole number: Excel cannot tell a count in percent, which is not read, from decimals."""
        declared, added, removed = (
            row.column(name, SCOPE_CHANGES)
            for name in (ScopeChanges.declared_in, ScopeChanges.procedures_added, ScopeChanges.procedures_removed)
        )
        decision, value = row.cell(Declarations.decision_no), row.cell(self.field)
        own = f'(EXACT(TRIM({declared}),TRIM({decision}))*(TRIM({declared})<>""))'
        keys, counts, lists = (
            row.column(Declarations.decision_no),
            row.column(self.field),
            listing(row.cell(Declarations.replaces)),
        )
        named = named_in(keys, lists)
        earlier = f"SUMPRODUCT({named}*1,{counts})"
        are_there = f"SUMPRODUCT({named}*ISNUMBER({counts}))={length_of(lists)}"
        are_read = f"SUMPRODUCT({own}*(1-ISNUMBER({added})*ISNUMBER({removed})))=0"
        net = f"SUMPRODUCT({own}*1,{added})-SUMPRODUCT({own}*1,{removed})"
        differs = f"({value}-{earlier}-({net}))"
        odd = f"{differs}<>ROUND({differs},0)"
        read = every(row.is_read(self.field), filled(row.cell(Declarations.replaces)), are_there)
        wrong = f"IF({every(read, are_read)},AND({differs}<>0,NOT({odd})),FALSE)"
        texts = f"SUMPRODUCT({own}*(ISTEXT({added})+ISTEXT({removed})))>0"
        unread = f"SUMPRODUCT({named}*ISTEXT({counts}))>0"
        spoken = f'ISNUMBER(FIND(" ",{lists}))'
        return Live(wrong, (row.unread(self.field), texts, unread, spoken, f"IF({read},{odd},FALSE)"))

    def proposal(self, entry: Entry) -> str | None:
        """The count that follows."""
        count = entry.value(COMPUTED_COUNT) if entry.name == self.field else None
        return None if count is None else typed_figure(count)


@dataclass(frozen=True)
class AsLastAccepted(NotLive):
    """The row is as the last accepted register had it; ``register`` is the sheet."""

    register: str

    @property
    def needs(self) -> tuple[Join, ...]:
        return (partial(changed_fields, self.register),)

    def kept(self, rows: Rows) -> Mask:
        return rows[CHANGED] == ""


@dataclass(frozen=True)
class OfSheet(NotLive):
    """A rule on the whole of ``sheet``, said at the header of its field ``header``.

    A form without any row in ``main`` is told that alone.
    """

    sheet: str
    header: str
    main: str

    @property
    def place(self) -> tuple[str, str | None]:
        return self.sheet, self.header

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        return {self.sheet: (self.header,)}


@dataclass(frozen=True)
class KeepsRegister(OfSheet):
    """No row of the last accepted register's ``sheet`` is gone."""

    @property
    def gone(self) -> str:
        """The joined column that names the rows that are gone; beside it stands how many they are."""
        return f"gone_{self.sheet}"

    @property
    def needs(self) -> tuple[Join, ...]:
        return (self._gone,)

    def _gone(self, rows: Rows) -> dict[str, pd.Series]:
        register = rows.knowledge.frame(self.sheet)
        gone = _gone_rows(rows["submission_id"], rows.tables[self.sheet], register, self.sheet)
        return listed_by_owner(rows, gone["submission_id"], gone["words"], self.gone)

    @property
    def facts(self) -> Mapping[str, str]:
        return {"gone": self.gone, "count": f"{self.gone}_count"}

    def kept(self, rows: Rows) -> Mask:
        return (rows[f"{self.gone}_count"] == 0) | ~rows.has_rows_in(self.main)
