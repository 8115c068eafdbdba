"""One declaration replaces one earlier decision or several, as after a merger; what is replaced is in force no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.formulas.expressions import every, filled, negated, plainly, quoted, some
from pipeline.rules.cases import Is
from pipeline.rules.choosing import nearest_text, only
from pipeline.vocabulary.entries import Entry
from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Join, Mask, Rows
from pipeline.vocabulary.rules import Rule
from pipeline.vocabulary.several import APART, SIGNS, each_of, several_of

WRONG = "wrong_decisions"


def replaced_in(rows: Rows, field: str) -> pd.DataFrame:
    """Each decision that a row replaces, one a row under the row's index: submission_id, decision."""
    each = each_of(rows[field])
    return pd.DataFrame({"submission_id": rows["submission_id"].loc[each.index], "decision": each})


def _listed(rows: Rows, key: str, each: pd.DataFrame) -> pd.Series:
    """Which of them the sheet has."""
    keys = pd.MultiIndex.from_frame(rows.frame[["submission_id", key]])
    return pd.Series(pd.MultiIndex.from_frame(each).isin(keys), index=each.index)


def _with_any(rows: Rows, each: pd.Series) -> Mask:
    """The rows of which any decision is so."""
    return pd.Series(rows.frame.index.isin(each.index[each]), index=rows.frame.index)


def listing(text: str) -> str:
    """The numbers of a cell, or of each cell of a column, between semicolons in a formula: ``;98/QĐ;45/QĐ;``."""
    for sign in SIGNS:
        written = "CHAR(10)" if sign == "\n" else quoted(sign)
        text = f'SUBSTITUTE({text},{written},";")'
    text = f'SUBSTITUTE(SUBSTITUTE(TRIM({text}),"; ",";")," ;",";")'
    return f'(";"&{text}&";")'


def listed_in(keys: str, column: str) -> str:
    """Which row of a column of listings is the first that names each of the keys."""
    return f'MATCH("*;"&{plainly(keys)}&";*",{column},0)'


def named_in(keys: str, lists: str) -> str:
    """Which of the keys a listing names."""
    return f'(TRIM({keys})<>"")*ISNUMBER(FIND(";"&TRIM({keys})&";",{lists}))'


def length_of(lists: str) -> str:
    """How many numbers a listing names; one for a blank cell."""
    return f'(LEN({lists})-LEN(SUBSTITUTE({lists},";",""))-1)'


@dataclass(frozen=True)
class ReplacesEarlier(Rule):
    """Each replaced decision stands in the sheet and is older, where both days are known."""

    key: str
    dated: str

    @property
    def needs(self) -> tuple[Join, ...]:
        return (self._wrong,)

    @property
    def facts(self) -> Mapping[str, str]:
        return {"wrong": WRONG}

    @property
    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        return {"": (self.key, self.dated)}

    def _wrong(self, rows: Rows) -> dict[str, pd.Series]:
        """The decisions of each row that are not there or not older; blank without."""
        each = replaced_in(rows, self.field)
        key = ["submission_id", self.key]
        dated = rows.frame.drop_duplicates(key).set_index(key)[self.dated]
        replaced_on = pd.Series(dated.reindex(pd.MultiIndex.from_frame(each)).to_numpy(), index=each.index)
        is_younger = replaced_on >= rows[self.dated].loc[each.index]
        wrong = each.loc[~_listed(rows, self.key, each) | is_younger, "decision"]
        # Of no rows pandas makes floats, which take no text.
        words = wrong.groupby(level=0).agg(", ".join).astype("str").reindex(rows.frame.index)
        return {WRONG: words.fillna("")}

    def kept(self, rows: Rows) -> Mask:
        return rows[WRONG] == ""

    def live(self, row: LiveRow) -> Live:
        """The sheet has fewer of the decisions than are named, or a day is not the earlier one."""
        cell, keys, own = row.cell(self.field), row.column(self.key), row.cell(self.dated)
        days, lists = row.column(self.dated), listing(cell)
        named = named_in(keys, lists)
        missing = f"SUMPRODUCT({named}*1)<{length_of(lists)}"
        younger = f"IF(ISNUMBER({own}),SUMPRODUCT({named}*ISNUMBER({days})*({days}>=INT({own})))>0,FALSE)"
        other_words = some(row.in_pieces(self.field), f'ISNUMBER(FIND(" ",{lists}))')
        unread = some(row.unread(self.dated), f"SUMPRODUCT({named}*ISTEXT({days}))>0")
        broken = some(every(missing, negated(other_words)), younger)
        return Live(every(filled(cell), broken), (every(filled(cell), some(unread, other_words)),))

    def proposal(self, entry: Entry) -> str | None:
        """The earlier decisions that were meant; for a blank cell the only one that no other row replaces yet."""
        if entry.name != self.field:
            return None
        day, sheet = entry.value(self.dated), entry.sheet
        if day is None:
            return ""
        replaced = set(each_of(entry.other_rows[entry.name]))
        earlier = sheet.loc[~(sheet[self.dated] >= day), self.key].dropna()
        free = [str(key) for key in earlier if key not in replaced]
        if entry.typed is None:
            return only(free) or None
        meant = [nearest_text(key, free) for key in several_of(str(entry.typed))]
        return APART.join(meant) if all(meant) else None


@dataclass(frozen=True)
class ReplacedOnce(Rule):
    """No row above replaces a decision of the sheet that this one replaces."""

    key: str

    def kept(self, rows: Rows) -> Mask:
        each = replaced_in(rows, self.field)
        return ~_with_any(rows, _listed(rows, self.key, each) & each.duplicated(keep="first"))

    def live(self, row: LiveRow) -> Live:
        """A key stands in the cell and in a cell above."""
        cell, column, keys = row.cell(self.field), row.column(self.field), row.column(self.key)
        above = f"REPT({listing(column)},(ROW({column})<ROW({cell}))*1)"
        again = f"SUMPRODUCT({named_in(keys, listing(cell))}*ISNUMBER({listed_in(keys, above)}))>0"
        lists = listing(column)
        return Live(every(filled(cell), again), (every(filled(cell), f'SUMPRODUCT(ISNUMBER(FIND(" ",{lists}))*1)>0'),))

    def proposal(self, entry: Entry) -> str | None:
        """The decisions of the cell that no other row replaces, where some are left and some are not."""
        if entry.name != self.field or entry.typed is None:
            return None
        replaced = set(each_of(entry.other_rows[entry.name]))
        typed = several_of(str(entry.typed))
        left = [key for key in typed if key not in replaced]
        return APART.join(left) if 0 < len(left) < len(typed) else None


@dataclass(frozen=True)
class OnlyOneInForce(Rule):
    """Every decision but the newest is replaced by another; of two of the same day the lower one is the newer.

    Where a later declaration (``again``) names no decision, one that is not in the sheet, or one that another replaces,
    that is said first: it may replace this one.
    """

    replaces: str
    dated: str
    again: Is

    def kept(self, rows: Rows) -> Mask:
        each = replaced_in(rows, self.replaces)
        listed = _listed(rows, self.field, each)
        replaced = pd.Series(rows.pairs("submission_id", self.field).isin(pd.MultiIndex.from_frame(each)))
        dated = rows.frame[rows[self.field].notna() & rows[self.dated].notna() & ~replaced.to_numpy()]
        last = dated.sort_values(self.dated, kind="stable").drop_duplicates("submission_id", keep="last")
        in_force_too = pd.Series(rows.frame.index.isin(dated.index.difference(last.index)), index=rows.frame.index)
        open_rows = _with_any(rows, ~listed | each.duplicated(keep="first"))
        names_none = self.again.holds(rows) & rows[self.replaces].isna()
        unsettled = rows.frame.loc[names_none | open_rows, "submission_id"]
        return ~in_force_too | rows["submission_id"].isin(unsettled)

    def live(self, row: LiveRow) -> Live:
        """A newer decision is in force too; nothing is said while a later declaration is not settled."""
        cell, day = row.cell(self.field), row.cell(self.dated)
        keys, replaced, days = (row.column(name) for name in (self.field, self.replaces, self.dated))
        lists = listing(replaced)
        newer = f"(({days}>{day})+({days}={day})*(ROW({days})>ROW({cell})))"
        others = f'SUMPRODUCT(({keys}<>"")*ISNUMBER({days})*ISNA({listed_in(keys, lists)})*{newer})'
        in_force = every(f"ISNUMBER({day})", f"ISNA({listed_in(cell, lists)})")
        broken = f"IF({in_force},AND({others}>0,{self._settled(row, keys, replaced)}),FALSE)"
        texts = f'SUMPRODUCT(ISTEXT({days})*(TRIM({days})<>""))>0'
        spoken = f'SUMPRODUCT(ISNUMBER(FIND(" ",{lists}))*1)>0'
        return Live(every(filled(cell), broken), (every(filled(cell), some(texts, spoken)),))

    def _settled(self, row: LiveRow, keys: str, replaced: str) -> str:
        """Each later declaration names decisions of the sheet, and no decision is named twice."""
        lists = listing(replaced)
        named = f'SUMPRODUCT((TRIM({replaced})<>"")*{length_of(lists)})'
        there = f'SUMPRODUCT((TRIM({keys})<>"")*ISNUMBER({listed_in(keys, lists)}))'
        again = f'(TRIM({row.column(self.again.column)})="{self.again.words[0]}")'
        return f'{named}<={there},SUMPRODUCT({again}*(TRIM({replaced})=""))=0'
