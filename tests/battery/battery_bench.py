"""The battery: hurried words, each typed alone into an otherwise valid form, and what becomes of it."""

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rules_bases import BASES, Value
from rules_settings import SETTINGS
from rules_sheets import Case, form_of, judge_cases

from pipeline.findings import Finding, Severity
from pipeline.parsing import parse_form
from pipeline.vietnamese import fold
from pipeline.vocabulary.fields import coded_column
from pipeline.vocabulary.lists import lists_of, options_of

_FILE = Path(__file__).parent / "variants.toml"
_AS_TYPED = "=typed"
UNDERSTOOD = "V320"


@dataclass(frozen=True)
class Variant:
    """One word in one cell. ``reads`` is what it must be read as; None where it must be asked."""

    kind: str
    base: str
    at: str
    typed: str
    reads: str | float | dt.date | None
    given: tuple[tuple[str, Value], ...]

    @property
    def name(self) -> str:
        """How it is called in a list of misses."""
        return f"{self.base} {self.at} “{self.typed}”"

    @property
    def case(self) -> Case:
        """The submission in which it is typed."""
        blanked = {key: None if value == "" else value for key, value in self.given}
        return Case(self.base, {**blanked, self.at: self.typed})

    @property
    def place(self) -> tuple[str, str, int]:
        """Sheet, field and row counted from 1."""
        sheet, name, *rows = self.at.split(".")
        return sheet, name, int(rows[0]) if rows else 1

    @property
    def is_other_word(self) -> bool:
        """Whether the word is another one than the list has, so that a note must name what was understood."""
        sheet, name, _ = self.place
        field = form_of(BASES[self.base]).sheet(sheet).field(name)
        options = options_of(field, lists_of(SETTINGS, 2019))
        words = {fold(str(self.reads)), fold(options.get(str(self.reads), str(self.reads)))}
        return isinstance(self.reads, str) and self.reads != self.typed and fold(self.typed) not in words


@dataclass(frozen=True)
class Result:
    """What became of a variant: what stands in its cell, and what was found in the form."""

    variant: Variant
    value: object
    findings: Sequence[Finding]

    @property
    def errors(self) -> list[str]:
        """The codes that return the form."""
        return [finding.code for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def notes(self) -> list[str]:
        """The codes at the word's own field that name what was understood."""
        return [each.code for each in self.findings if each.code == UNDERSTOOD and each.field == self.variant.place[1]]

    @property
    def is_read(self) -> bool:
        """Whether the value is the right one and nothing returns the form."""
        return not self.errors and self.value == self.variant.reads

    @property
    def is_right(self) -> bool:
        """Whether it was read and noted once, or asked by exactly one error, as the battery has it."""
        if self.variant.reads is None:
            return len(self.errors) == 1
        if not isinstance(self.variant.reads, str):
            return self.is_read and len(self.notes) <= 1  # a figure or a day is noted where words stood before it
        return self.is_read and len(self.notes) == int(self.variant.is_other_word)


@cache
def variants() -> tuple[Variant, ...]:
    """The whole battery."""
    return tuple(_variants(tomllib.loads(_FILE.read_text(encoding="utf-8"))))


def _variants(table: Mapping[str, Sequence[Mapping[str, object]]]) -> Iterator[Variant]:
    for group in (*table["read"], *table["asked"]):
        reads, given = group.get("reads"), group.get("given", {})
        for typed in group["typed"]:  # type: ignore[attr-defined]
            expected = typed if reads == _AS_TYPED else reads
            yield Variant(group["kind"], group["base"], group["at"], typed, expected, tuple(given.items()))  # type: ignore[arg-type, attr-defined]


@cache
def results() -> tuple[Result, ...]:
    """What becomes of each variant; all of one form are judged together."""
    outcomes = judge_cases([variant.case for variant in variants()])
    return tuple(Result(one, _value(one), found) for one, (_, found) in zip(variants(), outcomes, strict=True))


def _value(variant: Variant) -> object:
    sheet, name, row = variant.place
    read = parse_form(variant.case.workbook, form_of(BASES[variant.base]), lists_of(SETTINGS, 2019))
    rows = read.rows.get(sheet, ())
    if row > len(rows):
        return None
    return rows[row - 1].get(name) or rows[row - 1].get(coded_column(name))


def figures() -> str:
    """Right of all, by kind: read and asked apart, then every miss."""
    lines, misses = [], [one for one in results() if not one.is_right]
    for what, is_read in (("read", True), ("asked", False)):
        of = [one for one in results() if (one.variant.reads is not None) is is_read]
        every = Counter(one.variant.kind for one in of)
        right = Counter(one.variant.kind for one in of if one.is_right)
        lines.append(f"{what}: {sum(right.values())} of {sum(every.values())}")
        lines += [f"  {kind}: {right[kind]} of {count}" for kind, count in sorted(every.items())]
    lines += [f"- {one.variant.name}: {one.value!r} {one.errors} {one.notes}" for one in misses]
    return "\n".join(lines)
