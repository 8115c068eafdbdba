"""BM-04 is one register with its whole history: what follows from its rows, what became of those accepted before."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from pipeline.formulas.expressions import every, filled, found_in, is_text, looked_up, negated, plainly, some
from pipeline.rules.cases import Is
from pipeline.rules.choosing import meant_or_left
from pipeline.sheets.declaration import Declarations, ScopeChanges
from pipeline.vietnamese import format_date
from pipeline.vocabulary.entries import Entry, typed_figure
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Join, Mask, Rows, pairs
from pipeline.vocabulary.rules import NotLive, Rule

DECLARATIONS, SCOPE_CHANGES = "declarations", "scope_changes"
KEYS: Mapping[str, tuple[str, ...]] = {
    DECLARATIONS: (Declarations.decision_no,),
    SCOPE_CHANGES: (ScopeChanges.scope_change, ScopeChanges.effective_on, ScopeChanges.legal_basis),
}
"""By what a row of a sheet is known again in the next submission."""
RENEWED = (Declarations.checked_on, Declarations.checked_by, Declarations.check_result)
"""What is written anew at each check of a declaration (dispatch, duty 1): the latest one stands there."""
COMPUTED_COUNT, CHANGED = "computed_count", "changed"


def computed_count(rows: Rows) -> dict[str, pd.Series]:
    """The procedures that a declaration must have: the replaced one's, plus added, minus removed by what it answers.

    Missing where the replaced one's count is not known, or one of the numbers added or removed.
    """
    declarations, changes = rows.frame, rows.tables[SCOPE_CHANGES]
    key = ["submission_id", Declarations.decision_no]
    counts = declarations.drop_duplicates(key).set_index(key)[Declarations.procedures_count]
    earlier = counts.reindex(rows.pairs("submission_id", Declarations.replaces)).to_numpy()
    owners = [changes["submission_id"], changes[ScopeChanges.declared_in]]
    net = (changes[ScopeChanges.procedures_added] - changes[ScopeChanges.procedures_removed]).groupby(owners)
    moved = net.sum(skipna=False)
    own = rows.pairs(*key)
    answered = pd.Series(moved.reindex(own).to_numpy(), index=declarations.index)
    return {COMPUTED_COUNT: answered.mask(~own.isin(moved.index), 0) + earlier}


def changed_fields(sheet: str, rows: Rows) -> dict[str, pd.Series]:
    """The fields in which a row differs from the same row of the last accepted register, named; blank when in none.

    A cell that was blank, or *chưa thực hiện*, and now is filled is progress, not a change; nor is a later check.
    """
    register, key = rows.knowledge.frame(sheet), list(KEYS[sheet])
    frame = rows.frame
    shared = [c for c in register.columns if c in frame.columns and c not in key and not c.endswith("_coded")]
    names = pd.Series("", index=frame.index, dtype="str")
    if register.empty or not shared:
        return {CHANGED: names}
    before = frame[key].merge(register.drop_duplicates(key), on=key, how="left").set_axis(frame.index)
    for name in shared:
        other = (frame[name] != before[name]) & (name not in RENEWED)
        differs = before[name].notna() & (frame[name].isna() | other)
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
class ReplacesEarlier(Rule):
    """The replaced decision stands in the sheet and is older, where both days are known."""

    key: str
    dated: str

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        return {"": (self.key,)}

    def kept(self, rows: Rows) -> Mask:
        key = ("submission_id", self.key)
        dated = rows.frame.drop_duplicates(key).set_index(list(key))[self.dated]
        replaced_on = dated.reindex(rows.pairs("submission_id", self.field)).set_axis(rows.frame.index)
        there = rows.among(("submission_id", self.field), rows.frame, key)
        older: pd.Series = ~(replaced_on >= rows[self.dated])
        return rows[self.field].isna() | (there & older)

    def live(self, row: LiveRow) -> Live:
        """No row has the decision, or its day is not the earlier one."""
        cell, keys, own = row.cell(self.field), row.column(self.key), row.cell(self.dated)
        replaced = looked_up(keys, row.column(self.dated), cell)
        younger = f"IF(AND(ISNUMBER({own}),ISNUMBER({replaced})),INT({replaced})>=INT({own}),FALSE)"
        in_pieces = row.in_pieces(self.field)
        missing = every(f"{found_in(keys, cell)}=0", negated(in_pieces))
        unread = some(row.unread(self.dated), is_text(replaced))
        return Live(every(filled(cell), some(missing, younger)), (every(filled(cell), some(unread, in_pieces)),))

    def proposal(self, entry: Entry) -> str | None:
        """The earlier decision that was meant; for a blank cell the only one that no other row replaces yet."""
        if entry.name != self.field:
            return None
        day, sheet = entry.value(self.dated), entry.sheet
        replaced = set(entry.other_rows[entry.name].dropna())
        earlier = sheet[~(sheet[self.dated] >= day)] if day is not None else sheet.head(0)
        return meant_or_left(entry.typed, (key for key in earlier[self.key].dropna() if key not in replaced)) or None


@dataclass(frozen=True)
class OnlyOneInForce(Rule):
    """Every decision but the newest is replaced by another; of two of the same day the lower one is the newer.

    Where a later declaration (``again``) names no decision of the sheet, or one that another replaces, that is said
    first: it may replace this one.
    """

    replaces: str
    dated: str
    again: Is

    def kept(self, rows: Rows) -> Mask:
        replaced = rows.among(("submission_id", self.field), rows.frame, ("submission_id", self.replaces))
        dated = rows.frame[rows[self.field].notna() & rows[self.dated].notna() & ~replaced]
        last = dated.sort_values(self.dated, kind="stable").drop_duplicates("submission_id", keep="last")
        in_force_too = pd.Series(rows.frame.index.isin(dated.index.difference(last.index)), index=rows.frame.index)
        names_one = rows.among(("submission_id", self.replaces), rows.frame, ("submission_id", self.field))
        repeated = rows.frame.duplicated(["submission_id", self.replaces], keep="first")
        unsettled = rows.frame.loc[self.again.holds(rows) & (~names_one | repeated), "submission_id"]
        return ~in_force_too | rows["submission_id"].isin(unsettled)

    def live(self, row: LiveRow) -> Live:
        """A newer decision is in force too; nothing is said while a later declaration is not settled."""
        cell, day = row.cell(self.field), row.cell(self.dated)
        keys, replaced, days = (row.column(name) for name in (self.field, self.replaces, self.dated))
        newer = f"(({days}>{day})+({days}={day})*(ROW({days})>ROW({cell})))"
        others = f'SUMPRODUCT(({keys}<>"")*ISNUMBER({days})*ISNA({_first_of(keys, replaced)})*{newer})'
        in_force = every(f"ISNUMBER({day})", f"ISNA({_first_of(cell, replaced)})")
        broken = f"IF({in_force},AND({others}>0,{self._unsettled(row, keys, replaced)}=0),FALSE)"
        texts = f'SUMPRODUCT(ISTEXT({days})*(TRIM({days})<>""))>0'
        return Live(every(filled(cell), broken), (every(filled(cell), texts),))

    def _unsettled(self, row: LiveRow, keys: str, replaced: str) -> str:
        """How many later declarations name no decision of the sheet, or one that a row above names already."""
        again = f'(TRIM({row.column(self.again.column)})="{self.again.words[0]}")'
        unnamed = f"ISNA({_first_of(replaced, keys)})"
        repeated = f"({_first_of(replaced, replaced)}<ROW({replaced})-MIN(ROW({replaced}))+1)"
        return f'SUMPRODUCT({again}*((({replaced}="")+{unnamed}+{repeated})>0))'


def _first_of(text: str, column: str) -> str:
    """Which row of a column is the first that holds the text."""
    return f'MATCH({plainly(text)},{column}&"",0)'


@dataclass(frozen=True)
class ProceduresAddUp(Rule):
    """The count is the replaced decision's plus added minus removed by what this one declares."""

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
        earlier = looked_up(
            row.column(Declarations.decision_no), row.column(self.field), row.cell(Declarations.replaces)
        )
        are_read = f"SUMPRODUCT({own}*(1-ISNUMBER({added})*ISNUMBER({removed})))=0"
        net = f"SUMPRODUCT({own}*1,{added})-SUMPRODUCT({own}*1,{removed})"
        differs = f"({value}-{earlier}-({net}))"
        odd = f"{differs}<>ROUND({differs},0)"
        read = every(row.is_read(self.field), f"ISNUMBER({earlier})")
        wrong = f"IF({every(read, are_read)},AND({differs}<>0,NOT({odd})),FALSE)"
        texts = f"SUMPRODUCT({own}*(ISTEXT({added})+ISTEXT({removed})))>0"
        return Live(wrong, (row.unread(self.field), texts, is_text(earlier), f"IF({read},{odd},FALSE)"))

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
class KeepsRegister(NotLive):
    """No row of the last accepted register's ``sheet`` is gone; said at the header of its field ``header``.

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
