"""The hidden sheet, the duties of the division, and what was accepted before."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.rules.choosing import meant_or_left, nearest_text, of_year
from pipeline.rules.people import is_listed
from pipeline.sheets.objectives import Objectives
from pipeline.vocabulary.entries import Entry
from pipeline.vocabulary.rows import Join, Mask, Rows
from pipeline.vocabulary.rules import NotLive
from pipeline.wording import say

PERIOD_CODE, HAS_PLAN, UNLIKE = "period_code", "has_plan", "unlike"
_LABELS = {field.name: field.label for field in Objectives.fields()}


def period_code(rows: Rows) -> dict[str, pd.Series]:
    """The cover's period as the settings spell it, "2019-6T"."""
    return {PERIOD_CODE: rows["year"].fillna("") + "-" + rows["period"].fillna("")}


def has_plan(rows: Rows) -> dict[str, pd.Series]:
    """Whether the division has a BM-01 in force for the period."""
    return {HAS_PLAN: rows.among(("division", PERIOD_CODE), rows.knowledge.objectives, ("division", "period"))}


def _duties(rows: Rows, form: str) -> pd.DataFrame:
    return rows.knowledge.duties[rows.knowledge.duties["form"] == form]


@dataclass(frozen=True)
class SameAsIdentity(NotLive):
    """The cover says what the hidden sheet says in ``identity``, where that says anything."""

    identity: str

    def kept(self, rows: Rows) -> Mask:
        issued = rows[self.identity].fillna("")
        return rows[self.field].isna() | (issued == "") | (rows[self.field] == issued)

    def proposal(self, entry: Entry) -> str | None:
        """What the hidden sheet says."""
        issued = str(entry.value(self.identity) or "") if entry.name == self.field else ""
        if not issued:
            return None
        options = entry.field.options
        return options.get(issued, "") if isinstance(options, Mapping) else issued


@dataclass(frozen=True)
class OwesForm(NotLive):
    """The division owes the form ``form`` for that period; an unknown division or period is another rule's business."""

    form: str

    @property
    def needs(self) -> tuple[Join, ...]:
        return (period_code,)

    def kept(self, rows: Rows) -> Mask:
        duties = _duties(rows, self.form)
        is_due = rows.among(("division", PERIOD_CODE), duties, ("division", "period"))
        return is_due | ~is_listed(rows, "division") | ~rows[PERIOD_CODE].isin(duties["period"])


@dataclass(frozen=True)
class HasDueDate(NotLive):
    """The form has a due date for that year and period; an unknown year is another rule's business."""

    form: str

    @property
    def needs(self) -> tuple[Join, ...]:
        return (period_code,)

    def kept(self, rows: Rows) -> Mask:
        unknown = rows["period"].isna() | ~is_listed(rows, "year")
        return unknown | rows[PERIOD_CODE].isin(_duties(rows, self.form)["period"])

    def proposal(self, entry: Entry) -> str | None:
        """The period that was meant; for a blank cell the only one of the year for which the form is due."""
        if entry.name != self.field:
            return None
        duties = entry.knowledge.duties
        periods = set(duties.loc[duties["form"] == self.form, "period"])
        options = entry.field.options if isinstance(entry.field.options, Mapping) else {}
        left = [words for kind, words in options.items() if f"{entry.year}-{kind}" in periods]
        typed = options.get(entry.typed, entry.typed)
        return meant_or_left(typed if typed not in left else None, left) or None


@dataclass(frozen=True)
class PlanAccepted(NotLive):
    """A BM-01 has been accepted for the year; asked only of those who owe the report, the others are told that."""

    form: str

    @property
    def needs(self) -> tuple[Join, ...]:
        return (period_code, has_plan)

    def kept(self, rows: Rows) -> Mask:
        duties = _duties(rows, self.form)
        return rows[HAS_PLAN] | ~rows.among(("division", PERIOD_CODE), duties, ("division", "period"))


@dataclass(frozen=True)
class ContinuesKnown(NotLive):
    """The continued code stands in last year's accepted BM-01, where there is one."""

    def kept(self, rows: Rows) -> Mask:
        last = rows.knowledge.last_year
        there = rows.among(("division", "year", self.field), last, ("division", "year", Objectives.code))
        no_plan = ~rows.among(("division", "year"), last, ("division", "year"))
        return rows[self.field].isna() | there | no_plan

    def proposal(self, entry: Entry) -> str | None:
        """The code of last year that was meant, of those that no other row continues."""
        if entry.name != self.field:
            return None
        last = of_year(entry, entry.knowledge.last_year)
        codes = last.loc[last["division"] == entry.value("division"), Objectives.code]
        used = set(entry.other_rows[entry.name].dropna())
        return nearest_text(entry.typed, [code for code in codes if code not in used]) or None


@dataclass(frozen=True)
class LikeAgencyObjective(NotLive):
    """Same measure and unit as the agency's objective, else the two cannot be pooled."""

    measure: str
    unit: str

    @property
    def needs(self) -> tuple[Join, ...]:
        return (self._unlike,)

    @property
    def facts(self) -> Mapping[str, str]:
        return {UNLIKE: UNLIKE}

    def _unlike(self, rows: Rows) -> dict[str, pd.Series]:
        """In what each row differs from the agency's objective that it names, in words; "" where in nothing."""
        objectives = rows.knowledge.agency_objectives.set_index(["year", "code"])
        named = objectives.reindex(rows.pairs("year", self.field)).set_axis(rows.frame.index)
        words = pd.Series("", index=rows.frame.index, dtype="str")
        for shared, own in (("measure", self.measure), ("unit", self.unit)):
            differs = named[shared].notna() & (named[shared] != rows[own])
            stated = [_unlike_words(own, *pair) for pair in zip(rows[own], named[shared], strict=True)]
            words = words.where(~differs, words + pd.Series(stated, index=words.index, dtype="str"))
        return {UNLIKE: words.str.removeprefix(say("validation.unlike.and"))}

    def kept(self, rows: Rows) -> Mask:
        return rows[self.field].isna() | (rows[UNLIKE] == "")


def _unlike_words(field: str, own: object, agency: object) -> str:
    """One difference, with a comma before it: ", Đơn vị tính là “học viên” mà mục tiêu chung là “%”"."""
    kind = "differs" if isinstance(own, str) else "blank"
    words = say(f"validation.unlike.{kind}", label=_LABELS[field], own=own, agency=agency)
    return f"{say('validation.unlike.and')}{words}"
