"""One rule asked of one row, and the look-ups that its formulas share: the sibling of ``validation.masks.asked``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandera.pandas as pa

from pipeline.forms import Field, Kind, fields_of
from pipeline.vietnamese import KNOWN_UNITS, spellings_of
from pipeline.workbooks.live.expressions import (
    NEVER,
    PIECES,
    every,
    filled,
    in_pieces,
    is_nearly,
    is_one,
    negated,
    some,
)
from pipeline.workbooks.live.patterns import patterns_of
from pipeline.workbooks.live.where import Where

_PERCENT_AT_MOST = 10
"""Up to 1,000 %: only there is the cell asked for its format, which makes Excel compute it again at every change."""


@dataclass(frozen=True)
class Live:
    """What a formula can say of a rule: where it is surely ``broken``, and where it is ``unsure``.

    Unsure is a text that the reader will read (``95,5``), a choice typed without accents: never told as wrong.
    ``untold`` is what a form does not tell while it is filled, being too rare for a formula in every row, and what is
    all the same not kept.
    """

    broken: str
    unsure: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()

    @property
    def kept(self) -> str:
        """TRUE where the rule is surely kept."""
        return negated(some(self.broken, *self.unsure, *self.untold))


@dataclass(frozen=True)
class Asked:
    """One rule asked of one row. ``facts`` are the statistics that the form gives the rule."""

    schema: pa.DataFrameSchema
    field: str
    facts: Mapping[str, Any]
    where: Where

    @property
    def value(self) -> str:
        """The cell that the rule is about."""
        return self.where.cell(self.field)

    def cell(self, fact: str) -> str:
        """The cell that a statistic names."""
        return self.where.cell(str(self.facts[fact]))

    def declared(self, name: str) -> Field | None:
        """The field of that name; None for a context."""
        return next((field for field in fields_of(self.schema) if field.name == name), None)

    def figure(self, name: str) -> str:
        """The number in a field's cell; 95% is 95 where a unit stands beside it (``parsing.values``)."""
        cell, field = self.where.cell(name), self.declared(name)
        if field is None or not field.measured_in:
            return cell
        return f"IF(ABS({cell})>{_PERCENT_AT_MOST},{cell},IF({is_percent(cell)},ROUND({cell}*100,10),{cell}))"

    def is_read(self, name: str) -> str:
        """A number or a day stands there, not a text; LibreOffice takes truth values for numbers."""
        cell = self.where.cell(name)
        return every(f"ISNUMBER({cell})", f"NOT(ISLOGICAL({cell}))")

    def unread(self, name: str) -> str:
        """A text stands where the rule needs a number or a day: the reader may know what it says, Excel does not."""
        cell, field = self.where.cell(name), self.declared(name)
        if field is None or field.kind not in {Kind.NUMBER, Kind.DATE}:
            return NEVER
        return every(f"ISTEXT({cell})", filled(cell), negated(is_one(cell, field.coded)))

    def unknown(self, name: str) -> str:
        """A choice of a fixed list is typed in another way than the list has it: the reader may know it, Excel not."""
        cell, field = self.where.cell(name), self.declared(name)
        if field is None or field.options is None or field.any_other:
            return NEVER
        return every(filled(cell), negated(is_one(cell, tuple(self.where.options(field)))))

    def in_pieces(self, name: str) -> str:
        """The text of a field's cell is written in pieces (NFD), which no formula knows again."""
        return in_pieces(self.where.cell(name), self.where.texts(PIECES))

    def is_among(self, name: str, words: Sequence[object]) -> str:
        """A choice is one of the words, as a formula can know it again."""
        return is_one(self.where.cell(name), self._spelt(name, tuple(map(str, words))))

    def is_other(self, name: str, words: Sequence[object]) -> str:
        """A choice is surely none of the words though something stands there."""
        cell, named, field = self.where.cell(name), tuple(map(str, words)), self.declared(name)
        if field is not None and field.options is not None and not field.any_other:
            return is_one(cell, [word for word in self.where.options(field) if word not in named])
        spelt = self._spelt(name, named)
        near = is_nearly(cell, self.where.texts(patterns_of(spelt)))
        return every(filled(cell), negated(is_one(cell, spelt)), negated(near), negated(self.in_pieces(name)))

    def _spelt(self, name: str, words: Sequence[str]) -> Sequence[str]:
        """The words in every listed spelling, where they are units: phần trăm is %."""
        field = self.declared(name)
        is_unit = field is None or (field.any_other and "%" in self.where.options(field))
        if not is_unit:
            return words
        return tuple(dict.fromkeys(made for word in words for made in (word, *_other_spellings(word))))

    def given(self) -> str:
        """Something stands in the cell, readable or not."""
        return filled(self.value)


def is_percent(cell: str) -> str:
    """The cell shows its number as a percentage. A cell's format is known to CELL alone, which takes no array."""
    return f'LEFT(CELL("format",{cell}),1)="P"'


def _other_spellings(word: str) -> tuple[str, ...]:
    return spellings_of(word) if word in KNOWN_UNITS else ()
