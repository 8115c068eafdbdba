"""Which codes a form tells already while it is filled, and why the others wait until it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from docs.words import words_of
from pipeline.findings import Entry
from pipeline.forms import FORMS
from pipeline.rules.live import live_formula, own_checks
from pipeline.vocabulary.fields import Field, Options
from pipeline.vocabulary.live import LiveRow, NoPlaceError
from pipeline.vocabulary.sheets import Form, SheetSchema


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
    places = [
        (form, schema, name)
        for form in FORMS
        for schema in form.all_sheets
        for name in _fields_with(schema, entry.code)
    ]
    if not places:
        return ""
    live = [live_formula(_row(form, schema), entry.code, name) is not None for form, schema, name in places]
    if any(live):
        return str(words["at_once" if all(live) else "partly"])
    rules = (rule for _, schema, _ in places for rule in schema.rules if rule.code == entry.code)
    reasons = dict.fromkeys(rule.why_not_live or str(words["no_context"]) for rule in rules)
    return str(words["when_sent"]).format(reason=" ".join(reasons) or words["no_reason"])


def _fields_with(schema: SheetSchema, code: str) -> list[str]:
    own = [field.name for field in schema.fields if code in own_checks(field)]
    return list(dict.fromkeys([*own, *(rule.field for rule in schema.rules if rule.code == code)]))


def _row(form: Form, schema: SheetSchema) -> LiveRow:
    return LiveRow(form, schema, _Blank(frozenset(schema.by_name)))
