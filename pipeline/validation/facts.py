"""From a failed check to a finding: its code, its cell, and the facts that its words ask for."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.findings import Finding, entry_of
from pipeline.parsing import Frames, ParsedForm
from pipeline.rules.register import CHANGED
from pipeline.rules.suggestion import illustration, proposal
from pipeline.vietnamese import format_date, format_number
from pipeline.vocabulary.choices import YesNo
from pipeline.vocabulary.entries import Entry
from pipeline.vocabulary.fields import Field, coded_column, unit_column
from pipeline.vocabulary.lists import options_of
from pipeline.vocabulary.rows import Knowledge
from pipeline.vocabulary.rules import Case, Rule
from pipeline.vocabulary.sheets import BLANK_REQUIRED, Form, SheetSchema
from pipeline.wording import say

PROPOSAL, ILLUSTRATION = "proposal", "illustration"
_MOST_CHOICES = 12
_CASES = ("when", "unless")
_UNNAMED = frozenset({"field", "sheet", "main", "header"})
"""The parameters that name sheets and fields in the code's own words, which staff never read."""


@dataclass(frozen=True)
class Failure:
    """One failed check on one row. ``stated`` is the check's code; None where a required field is missing.

    ``rule`` is the rule across columns that is broken; None for a limit of the column's own value.
    """

    schema: SheetSchema
    column: str
    stated: str | None
    rule: Rule | None
    row: Mapping[str, Any]
    order: tuple[int, int]

    @property
    def code(self) -> str:
        """The catalogue's code."""
        return self.stated or BLANK_REQUIRED

    @cached_property
    def field(self) -> Field:
        """The field that the check is about."""
        return self.schema.field(self.rule.field if self.rule else self.column)

    @property
    def place(self) -> tuple[str, str | None] | None:
        """The sheet and field at whose header the finding points, where it is about a whole sheet."""
        return self.rule.place if self.rule else None

    @property
    def is_of_value(self) -> bool:
        """Whether the value is wrong in itself, whatever stands beside it."""
        return self.rule is None or self.rule.is_of_value


@dataclass(frozen=True)
class Beside:
    """What stands beside a row: the frames of all sheets of the form, and what is known."""

    tables: Frames
    knowledge: Knowledge

    def suggestion(self, schema: SheetSchema, field: Field, row: Mapping[str, Any]) -> Mapping[str, str]:
        """The facts ``proposal`` and ``illustration`` for a field of the row."""
        entry = Entry(schema, field, row, self.tables, self.knowledge)
        return {PROPOSAL: proposal(entry), ILLUSTRATION: illustration(entry)}


def to_finding(failure: Failure, form: Form, read: ParsedForm, beside: Beside) -> Finding | None:
    """The finding of a failure; None where reading already said why the cell, or what it leans on, is of no use."""
    sheet, field, row = failure.schema.name, failure.field, int(failure.row["excel_row"])
    cell = read.addresses.cell(sheet, field.name, row)
    if failure.place:
        sheet, header = failure.place
        field = form.sheet(sheet).field(header) if header else form.sheet(sheet).fields[0]
        cell = read.addresses.cell(sheet, field.name, None)
    if not cell or any(_missing(failure, read, row)):
        return None
    return Finding(
        code=failure.code,
        sheet=read.addresses.title(sheet),
        cell=cell,
        field=field.name,
        label=field.label,
        facts=_facts(failure, read, beside),
    )


def _missing(failure: Failure, read: ParsedForm, row: int) -> Iterator[bool]:
    """Whether what the rule looks at could not be read, or is not there at all: that is told already."""
    sheet, rule = failure.schema.name, failure.rule
    names = list(rule.leans_on(failure.schema.fields)) if rule else [failure.field.name]
    if not failure.place:
        yield from ((sheet, row, name) in read.unreadable or not read.addresses.cell(sheet, name) for name in names)
    for other, columns in rule.elsewhere.items() if rule else ():
        target = other or sheet
        yield target not in read.addresses.maps or not all(read.addresses.cell(target, name) for name in columns)


def _facts(failure: Failure, read: ParsedForm, beside: Beside) -> Mapping[str, str]:
    """The facts that the code's words ask for, what was found, and what is proposed: nothing more is kept."""
    field, row = failure.field, failure.row
    typed = read.visible.get((failure.schema.name, int(row["excel_row"]), field.name), "")
    every = {
        **{name: _in_words(value) for name, value in row.items() if _is_plain(value)},
        **_named_by_rule(failure),
        **_beside(failure, read),
        "standard": _standard(beside.knowledge, row),
        "hint": field.hint,
        "choices": _choices(field),
        "length": str(len(typed)),
        "typed_unit": _in_words(row.get(unit_column(field.name))),
        "hundredfold": _hundredfold(row.get(field.name)),
        "days": _days(failure),
        "changed": _labels(failure),
        "found": "" if failure.place else typed or _in_words(row.get(field.name)),
    }
    used = entry_of(failure.code).facts | {"found"}
    if used & {PROPOSAL, ILLUSTRATION}:
        own = {name: every[name] for name in failure.rule.facts if name == ILLUSTRATION} if failure.rule else {}
        # BM-02 has a field of the name of a proposal, *Kiến nghị*: what stands there is none.
        every |= {**beside.suggestion(failure.schema, field, row), **own}
    return {name: every[name] for name in sorted(used) if name in every}


def _beside(failure: Failure, read: ParsedForm) -> dict[str, str]:
    """The other cell of the row on which the finding hangs: its label, its address, and what stands there."""
    name = failure.rule.beside(failure.row) if failure.rule else ""
    field = next((field for field in failure.schema.fields if field.name == name), None)
    if field is None:
        return {}
    sheet, row = failure.schema.name, int(failure.row["excel_row"])
    value = read.visible.get((sheet, row, name)) or _in_words(failure.row.get(name))
    return {"beside": value, "beside_label": field.label, "beside_cell": read.addresses.cell(sheet, name, row)}


def _standard(knowledge: Knowledge, row: Mapping[str, Any]) -> str:
    """The newest standard that is applied on the day of arrival."""
    dated, day = knowledge.standards, row.get("arrived_on")
    applied = dated[(dated["begins_on"] <= day) & (day <= dated["ends_on"])] if day is not None else dated
    return "" if applied.empty else str(applied.sort_values("begins_on", kind="stable")["designation"].iloc[-1])


def _named_by_rule(failure: Failure) -> dict[str, str]:
    """The bounds of a limit; of a rule's parameters, one that names a column gives its value and label."""
    if failure.rule is None:
        checks = (limit.check for limit in failure.field.limits if limit.code == failure.code)
        bounds = (bound for check in checks for bound in (check.statistics or {}).items())
        return {name: _in_words(bound) for name, bound in bounds if isinstance(bound, int | float | str)}
    words: dict[str, str] = {}
    labels = {field.name: field.label for field in failure.schema.fields}
    for name, value in {**failure.rule.parameters, **failure.rule.facts}.items():
        if name in _UNNAMED:
            continue
        if isinstance(value, Case) and name in _CASES:
            named = (say("validation.choice", value=word) for word in value.matching)
            column, values = labels.get(value.column, value.column), say("validation.or").join(named)
            words["case"] = say(f"validation.case.{name}", column=column, values=values)
        elif isinstance(value, str) and value in failure.row:
            words[name] = _in_words(failure.row[value]) or _in_words(failure.row.get(coded_column(value)))
            words[f"{name}_label"] = labels.get(value, "")
        elif isinstance(value, str):
            words[name] = value
    if "identity" in words:
        options = failure.field.options
        displayed = options if isinstance(options, Mapping) else {}
        words["issued"] = displayed.get(words["identity"], words["identity"])
    return words


def _labels(failure: Failure) -> str:
    """What staff call the fields that the context column ``changed`` lists."""
    labels = {field.name: field.label for field in failure.schema.fields}
    return ", ".join(labels[name] for name in str(failure.row.get(CHANGED, "")).split())


def _choices(field: Field) -> str:
    if not isinstance(field.options, Mapping):
        return say("validation.dropdown")
    words = list(options_of(field, {}).values())
    more = "…" if len(words) > _MOST_CHOICES else ""
    return ", ".join(words[:_MOST_CHOICES]) + more


def _hundredfold(value: object) -> str:
    return format_number(round(value * 100, 10)) if isinstance(value, float) and not pd.isna(value) else ""


def _days(failure: Failure) -> str:
    since, now = failure.row.get(getattr(failure.rule, "since", "")), failure.row.get("arrived_on")
    if isinstance(since, dt.datetime) and isinstance(now, dt.datetime) and not pd.isna(since):
        return str((now - since).days)
    return ""


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | float | int | dt.date)


def _in_words(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return str(YesNo.YES if value else YesNo.NO)
        case float() | int():
            return "" if pd.isna(value) else format_number(float(value))
        case dt.date():
            return "" if pd.isna(value) else format_date(value)
        case _:
            return ""
