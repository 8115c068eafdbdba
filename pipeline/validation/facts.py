"""From a failed check to a finding: its code, its cell, and the facts that its words ask for."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pipeline.findings import Finding, entry_of
from pipeline.forms import Field, Form, coded_column, field_named, fields_of, unit_column
from pipeline.forms.lists import options_of
from pipeline.forms.vocabulary import BLANK_REQUIRED
from pipeline.parsing import Frames, ParsedForm
from pipeline.validation.context import Known
from pipeline.validation.suggesting import Asking, suggestion
from pipeline.vietnamese import format_date, format_number

_SHOWN_CHOICES = 12
_OF_VALUE = ("in_list", "unit_as_declared", "surely_percent")
"""The implied rules: they judge one cell, though against a list or a unit that stands elsewhere."""
_PLACES = ("sheet", "place", "place_field", "main")
"""The statistics that name sheets and fields in the code's own words, which staff never read."""
_ELSEWHERE = (*_PLACES, "key", "by")
"""The statistics that name what stands on another sheet."""
CASES = ("when", "unless")
"""The statistics that name columns and the values by which they decide."""


@dataclass(frozen=True)
class Failure:
    """One failed check on one row. ``check`` is None where a required field is missing."""

    schema: pa.DataFrameSchema
    column: str
    check: pa.Check | None
    row: Mapping[str, Any]
    order: tuple[int, int]

    @property
    def code(self) -> str:
        """The catalogue's code, carried by the check."""
        return BLANK_REQUIRED if self.check is None else str(self.check.error)

    @property
    def statistics(self) -> Mapping[str, Any]:
        """What the form told the check."""
        return {} if self.check is None else dict(self.check.statistics or {})

    @property
    def field(self) -> Field:
        """The field that the check is about."""
        return field_named(self.schema, str(self.statistics.get("field", self.column)))

    @property
    def leans_on(self) -> frozenset[str]:
        """The fields of the row that the check looks at, as far as its statistics name them."""
        named = {said for name, said in self.statistics.items() if isinstance(said, str) and name not in _ELSEWHERE}
        decided_by = {column.removesuffix("_coded") for case in CASES for column in self.statistics.get(case, ())}
        return frozenset({field.name for field in fields_of(self.schema)} & {self.field.name, *named, *decided_by})

    @property
    def place(self) -> str:
        """The sheet at whose header the finding points, where it is about a whole sheet; else nothing."""
        return str(self.statistics.get("place", ""))

    @property
    def is_of_value(self) -> bool:
        """Whether the value is wrong in itself, whatever stands beside it."""
        return self.check is None or self.column == self.field.name or self.check.name in _OF_VALUE


@dataclass(frozen=True)
class Beside:
    """What stands beside a row: the frames of all sheets of the form, and what is known."""

    tables: Frames
    known: Known

    def suggestion(self, schema: pa.DataFrameSchema, field: Field, row: Mapping[str, Any]) -> str:
        """A value that the field of the row would take; "" where none would do."""
        return suggestion(Asking(schema, field, row, self.tables, self.known))


def to_finding(failure: Failure, form: Form, read: ParsedForm, beside: Beside) -> Finding | None:
    """The finding of a failure; None where reading already said why the cell, or what it leans on, is of no use."""
    sheet, field = failure.place or str(failure.schema.name), failure.field
    if failure.place:
        field = _field_of_place(failure, form)
    cell = read.addresses.cell(sheet, field.name, None if failure.place else int(failure.row["excel_row"]))
    if not cell or _leans_on_nothing(failure, read):
        return None
    return Finding(
        code=failure.code,
        sheet=read.addresses.title(sheet),
        cell=cell,
        field=field.name,
        label=field.label,
        facts=_facts(failure, read, beside),
    )


def _leans_on_nothing(failure: Failure, read: ParsedForm) -> bool:
    """Whether something that the rule looks at could not be read, or is not there at all: that is told already."""
    sheet, row = str(failure.schema.name), int(failure.row["excel_row"])
    if not failure.place:
        for name in failure.leans_on:
            if (sheet, row, name) in read.unreadable or not read.addresses.cell(sheet, name):
                return True
    target = str(failure.statistics.get("sheet", sheet))
    columns = [str(failure.statistics[said]) for said in ("key", "by") if said in failure.statistics]
    return target not in read.addresses.maps or not all(read.addresses.cell(target, name) for name in columns)


def _field_of_place(failure: Failure, form: Form) -> Field:
    """A finding about a whole sheet points at a header of it, the first unless the rule names one."""
    schema = form.sheet(str(failure.statistics["place"]))
    first = fields_of(schema)[0].name
    return field_named(schema, str(failure.statistics.get("place_field", first)))


def _facts(failure: Failure, read: ParsedForm, beside: Beside) -> Mapping[str, str]:
    """The facts that the code's words ask for, what was found, and what is proposed: nothing more is kept."""
    field = failure.field
    found = read.shown.get((str(failure.schema.name), int(failure.row["excel_row"]), field.name), "")
    known = {
        **{name: _in_words(value) for name, value in failure.row.items() if _is_plain(value)},
        **_named_by_statistics(failure),
        "hint": field.hint,
        "choices": _choices(field),
        "length": str(len(found)),
        "typed_unit": _in_words(failure.row.get(unit_column(field.name))),
        "hundredfold": _hundredfold(failure.row.get(field.name)),
        "days": _days(failure),
        "changed": _labels(failure),
        "found": found or _in_words(failure.row.get(field.name)),
    }
    if failure.place:
        known["found"] = ""
    # Only what a rule names is a proposal: BM-02 has a field of that name, *Kiến nghị*.
    proposed = {"proposal"} & failure.statistics.keys()
    asked = entry_of(failure.code).facts | {"found"} | proposed
    if "example" in asked:
        known["example"] = beside.suggestion(failure.schema, field, failure.row)
    return {name: known[name] for name in sorted(asked) if name in known}


def _named_by_statistics(failure: Failure) -> dict[str, str]:
    """A statistic that names a column gives that column's value, and its label as ``<statistic>_label``."""
    words: dict[str, str] = {}
    labels = {field.name: field.label for field in fields_of(failure.schema)}
    for name, said in failure.statistics.items():
        if name in _PLACES:
            continue
        if name in CASES:
            words["case"] = _case(labels, said, "là" if name == "when" else "không phải là")
        elif isinstance(said, str) and said in failure.row:
            words[name] = _in_words(failure.row[said]) or _in_words(failure.row.get(coded_column(said)))
            words[f"{name}_label"] = labels.get(said, "")
        elif isinstance(said, int | float | str):
            words[name] = _in_words(said)
    if "identity" in words:
        options = failure.field.options
        shown = options if isinstance(options, Mapping) else {}
        words["issued"] = shown.get(words["identity"], words["identity"])
    return words


def _case(labels: Mapping[str, str], case: Mapping[str, Iterable[object]], joint: str) -> str:
    return " và ".join(
        f"{labels.get(column, column)} {joint} {' hoặc '.join(str(value) for value in values)}"
        for column, values in case.items()
    )


def _labels(failure: Failure) -> str:
    """What staff call the fields that the context column ``changed`` lists."""
    labels = {field.name: field.label for field in fields_of(failure.schema)}
    return ", ".join(labels[name] for name in str(failure.row.get("changed", "")).split())


def _choices(field: Field) -> str:
    if not isinstance(field.options, Mapping):
        return "các mục trong danh sách thả xuống"
    words = list(options_of(field, {}).values())
    more = "…" if len(words) > _SHOWN_CHOICES else ""
    return ", ".join(words[:_SHOWN_CHOICES]) + more


def _hundredfold(value: object) -> str:
    return format_number(round(value * 100, 10)) if isinstance(value, float) and not pd.isna(value) else ""


def _days(failure: Failure) -> str:
    since, now = failure.row.get(str(failure.statistics.get("since", ""))), failure.row.get("arrived_on")
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
            return "có" if value else "không"
        case float() | int():
            return "" if pd.isna(value) else format_number(float(value))
        case dt.date():
            return "" if pd.isna(value) else format_date(value)
        case _:
            return ""
