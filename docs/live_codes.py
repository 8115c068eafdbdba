"""Which codes a form tells already while it is filled, and why the others wait until it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandera.pandas as pa

from docs.words import words_of
from pipeline.findings import Entry
from pipeline.forms import FORMS, Field, fields_of, rules_of
from pipeline.forms.vocabulary import Options
from pipeline.workbooks.live import NOT_LIVE, NoPlaceError, live_formula
from pipeline.workbooks.live.own_values import own_rules


@dataclass(frozen=True)
class _Blank:
    """A blank form: its own cells and lists are there, what was agreed before is not."""

    names: frozenset[str]

    def cell(self, field: str) -> str:
        if field not in self.names:
            raise NoPlaceError(field)
        return field

    def column(self, sheet: str, field: str) -> str:
        return f"{sheet}.{field}"

    def cover(self, field: str) -> str:
        return field

    def options(self, field: Field) -> Options:
        return field.options if isinstance(field.options, dict) else {"…": "…"}

    def texts(self, _items: Sequence[str]) -> str:
        return "…"


def live_words(entry: Entry) -> str:
    """When the code is told; nothing for codes that are about no cell of a form."""
    words = words_of("codes")["live"]
    asked = [
        (schema, name) for form in FORMS for schema in form.all_sheets for name in _fields_told(schema, entry.code)
    ]
    if not asked:
        return ""
    live = [live_formula(schema, entry.code, name, _places(schema)) is not None for schema, name in asked]
    if any(live):
        return str(words["at_once" if all(live) else "partly"])
    reasons = dict.fromkeys(_reason(kind) for schema, _ in asked for kind in _kinds(schema, entry.code))
    return str(words["when_sent"]).format(reason=" ".join(reasons) or words["no_reason"])


def _reason(kind: str) -> str:
    return NOT_LIVE.get(kind, str(words_of("codes")["live"]["no_context"]))


def _fields_told(schema: pa.DataFrameSchema, code: str) -> list[str]:
    own = [field.name for field in fields_of(schema) if code in own_rules(schema, field.name)]
    rules = [str(r.checks[0].statistics["field"]) for r in rules_of(schema) if r.checks[0].error == code]
    return list(dict.fromkeys([*own, *rules]))


def _kinds(schema: pa.DataFrameSchema, code: str) -> list[str]:
    return [str(r.checks[0].name) for r in rules_of(schema) if r.checks[0].error == code]


def _places(schema: pa.DataFrameSchema) -> _Blank:
    return _Blank(frozenset(field.name for field in fields_of(schema)))
