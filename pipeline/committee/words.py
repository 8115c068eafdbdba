"""The words that several sheets share: titles, headers, periods, commitments, figures, changes."""

from collections.abc import Hashable, Mapping
from typing import Final

import pandas as pd

from pipeline.achievement import PROMISE
from pipeline.consolidation.changes import Subject
from pipeline.consolidation.declaration import Proof
from pipeline.excel.signs import word
from pipeline.excel.tables import Column, Kind
from pipeline.findings import entry_of
from pipeline.forms import BY_NUMBER
from pipeline.settings import Period
from pipeline.vietnamese import format_number, format_percent, format_quantity
from pipeline.vocabulary.choices import DivisionKind, Measure, YesNo
from pipeline.wording import say, topic


def percent(share: float) -> str:
    """A fraction in words: "81,3%"; blank where there is none."""
    return "" if pd.isna(share) else say("committee.percent", number=format_percent(share))


def workbook_title(period: Period) -> str:
    """What a period's workbook is called at its head."""
    return say(f"committee.period_title.{period.kind}", period=period.in_words)


def kind_word(kind: str) -> str:
    """The kind of a division, as a heading has it."""
    return label(f"kind_{DivisionKind(kind).name.lower()}")


def sheet_title(name: str) -> str:
    """A sheet's title on its tab."""
    return say(f"committee.sheet.{name}")


def label(name: str) -> str:
    """The header of a column that the forms do not have."""
    return say(f"committee.label.{name}")


def own(name: str, width: float, kind: Kind = Kind.TEXT, group: str = "", *, named: str = "") -> Column:
    """A column that the forms do not have; ``named``: its label, where that is another than its name."""
    return Column(name, label(named or name), width, kind, group)


def field(sheet: str, name: str, width: float, kind: Kind = Kind.TEXT) -> Column:
    """A column of a form, under what staff read above it: the committee reads the same (design 2.3).

    ``sheet``: a form's sheet by its name, or ``cover``, which is of every form.
    """
    schemas = {schema.name: schema for form in BY_NUMBER.values() for schema in form.all_sheets}
    return Column(name, schemas[sheet].field(name).label, width, kind)


def form_sheet_title(sheet: str) -> str:
    """The title of a form's sheet."""
    return next(str(s.title) for form in BY_NUMBER.values() for s in form.sheets if s.name == sheet)


def commitment_signs(frame: pd.DataFrame, suffix: str = "") -> pd.Series:
    """Each row's commitment in signs, from its columns with this suffix: "≥ 95%", "2 – 3 điểm %".

    *có* for a yes-no objective, blank where there is none.
    """
    columns = [f"{name}{suffix}" for name in PROMISE]
    signs = [_commitment(*row) for row in frame[columns].itertuples(index=False)]
    return pd.Series(signs, index=frame.index, dtype="str")


def _commitment(measure: object, comparator: object, target: float, upper: float, unit: object) -> str:
    if measure == Measure.YES_NO:
        return str(YesNo.YES)
    if pd.isna(target) or not isinstance(comparator, str):
        return ""
    if not pd.isna(upper):
        return format_quantity(f"{format_number(target)} – {format_number(upper)}", unit)
    return f"{topic('committee')['comparator'][comparator]} {format_quantity(format_number(target), unit)}"


def figure_or_word(figures: pd.Series, words: pd.Series) -> pd.Series:
    """Each figure, or the coded answer that stands in its place."""
    return figures.astype(object).where(figures.notna(), words.astype(object))


def first_errors(files: pd.DataFrame) -> pd.Series:
    """Each file's first error, its code and what the catalogue calls it; blank without."""
    titles = {code: f"{code}: {entry_of(code).title}" for code in files["first_code"].dropna().unique()}
    return files["first_code"].map(titles).astype("str")


def shortened(names: str, most: int) -> str:
    """A list of names cut to what can be read: "VP, KHTC và 3 mục khác"."""
    listed = names.split(", ")
    if len(listed) <= most:
        return names
    return say("committee.and_more", names=", ".join(listed[:most]), count=len(listed) - most)


def change_words(change: Mapping[Hashable, object]) -> dict[str, str]:
    """One row of the changes in words: subject, before, after, which."""
    subject = Subject(str(change["subject"]))
    sides = {side: _side(subject, str(change[side])) for side in ("before", "after")}
    which = str(change["which"])
    if subject is Subject.PROOF:
        for proof in Proof:
            which = which.replace(f"{proof} ", f"{word('proof_name', proof)} ")
    return {"subject": say(f"committee.change.{subject}"), **sides, "which": which}


_GROUPS: Final = {
    Subject.OBLIGATION: "state",
    Subject.FILE: "verdict",
    Subject.PERSON: "knowledge",
    Subject.PROOF: "proof",
    Subject.SCOPE: "declared",
}
"""The signs from which the states of a subject have their words; others are words already."""


def _side(subject: Subject, value: str) -> str:
    """A state before or after; where there was none, so."""
    if not value:
        return say("committee.change.new")
    if subject in {Subject.ACTION, Subject.TASK} and value in topic("committee")["change"]["timed"]:
        return say(f"committee.change.timed.{value}")
    return word(_GROUPS[subject], value) if subject in _GROUPS else value
