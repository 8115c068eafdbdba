"""One row of a workbook as a live formula sees it: where its cells stand, and what Excel can know of them.

A formula says where a rule is surely broken and where it cannot tell, as the reader knows more ways of typing than
Excel: a text such as ``95,5`` or a choice without accents is never called wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.formulas.expressions import (
    ALWAYS,
    NEVER,
    PIECES,
    every,
    filled,
    holds_any,
    in_pieces,
    is_listed,
    is_nearly,
    is_one,
    negated,
    patterns_of,
    some,
)
from pipeline.vietnamese import KNOWN_UNITS, spellings_of
from pipeline.vocabulary.fields import Field, Kind, Options
from pipeline.vocabulary.synonyms import is_spoken, synonyms_of

if TYPE_CHECKING:
    from pipeline.vocabulary.sheets import Form, SheetSchema

_AROUND = (" - ", " – ", ":", "(", "“", " 20")
"""What stands around a word that is explained or quoted: only the reader tells the word from what is around it."""
_PERCENT_AT_MOST = 10
"""Up to 1,000 %: only there is the cell asked for its format, which makes Excel compute it again at every change."""


class NoPlaceError(LookupError):
    """This workbook has no such cell, column or context: the rule cannot be held against it live."""


class Where(Protocol):
    """Turns names of fields into references of one workbook, seen from one row of one sheet.

    Every method raises :class:`NoPlaceError` where the workbook has no such place.
    """

    def cell(self, field: str) -> str:
        """The cell of a field, or of a context such as ``objective_measure``, in this row: ``$F7``."""

    def column(self, sheet: str, field: str) -> str:
        """The whole column of a field of a sheet, the same rows for each: a defined name, or a fixed reference."""

    def cover(self, field: str) -> str:
        """The cell of a field of the cover."""

    def options(self, field: Field) -> Options:
        """The choices of a field: stored value to shown words."""

    def texts(self, items: Sequence[str]) -> str:
        """A list of texts that a formula can hold a cell against: ``{"có","không"}``, or a name for it."""


@dataclass(frozen=True)
class Live:
    """What a formula can say of a rule: where it is surely ``broken``, and where it is ``unsure``.

    ``silent`` is what a form does not tell while it is filled, being too rare for a formula in every row, and what is
    all the same not kept.
    """

    broken: str
    unsure: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def kept(self) -> str:
        """TRUE where the rule is surely kept."""
        return negated(some(self.broken, *self.unsure, *self.silent))


@dataclass(frozen=True)
class LiveCase:
    """Where the case of a rule surely holds, and where it surely does not."""

    holds: str
    fails: str

    @property
    def opposite(self) -> "LiveCase":
        """The other case."""
        return LiveCase(self.fails, self.holds)


@dataclass(frozen=True)
class LiveRow:
    """The cells of one row of a sheet of a form, at their places in a workbook."""

    form: "Form"
    schema: "SheetSchema"
    where: Where

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields of the sheet by name; a context is none of them."""
        return self.schema.by_name

    @property
    def sheet(self) -> str:
        """The name of the sheet."""
        return self.schema.name

    def cell(self, name: str) -> str:
        """The reference of a field's cell in this row, or of a context's.

        Raises:
            NoPlaceError: the workbook has none.
        """
        return self.where.cell(name)

    def column(self, name: str, sheet: str | None = None) -> str:
        """The whole column of a field, of this sheet unless another is named.

        Raises:
            NoPlaceError: the workbook has none.
        """
        return self.where.column(sheet or self.sheet, name)

    def figure(self, name: str) -> str:
        """The number in a field's cell; 95% is 95 where a unit stands beside it (``parsing.values``)."""
        cell, field = self.cell(name), self.fields.get(name)
        if field is None or not field.measured_in:
            return cell
        return f"IF(ABS({cell})>{_PERCENT_AT_MOST},{cell},IF({is_percent(cell)},ROUND({cell}*100,10),{cell}))"

    def is_read(self, name: str) -> str:
        """A number or a day stands there, not a text; LibreOffice takes truth values for numbers."""
        cell = self.cell(name)
        return every(f"ISNUMBER({cell})", f"NOT(ISLOGICAL({cell}))")

    def unread(self, name: str) -> str:
        """A text stands where the rule needs a number or a day: the reader may know what it says, Excel does not."""
        cell, field = self.cell(name), self.fields.get(name)
        if field is None or field.kind not in {Kind.NUMBER, Kind.DATE}:
            return NEVER
        return every(f"ISTEXT({cell})", filled(cell), negated(is_one(cell, field.coded)))

    def unrecognised(self, name: str) -> str:
        """A choice of a fixed list is typed in another way than the list has it: the reader may know it, Excel not."""
        cell, field = self.cell(name), self.fields.get(name)
        if field is None or field.options is None or field.any_other:
            return NEVER
        return every(filled(cell), negated(is_one(cell, tuple(self.where.options(field)))))

    def is_synonym(self, name: str) -> str:
        """The cell holds another word that the reader knows for a choice or a coded word, or may know by its head."""
        cell, words = self.cell(name), tuple(synonyms_of(*self.fields[name].synonyms))
        spoken = tuple(dict.fromkeys(patterns_of([word])[0] for word in words if is_spoken(word)))
        signs = tuple(word for word in words if not is_spoken(word))
        return some(
            is_listed(cell, self.where.texts(signs)) if signs else NEVER,
            is_nearly(cell, self.where.texts(spoken)) if spoken else NEVER,
            holds_any(cell, self.where.texts(_AROUND)),
        )

    def in_pieces(self, name: str) -> str:
        """The text of a field's cell is written in pieces (NFD), which no formula knows again."""
        return in_pieces(self.cell(name), self.where.texts(PIECES))

    def is_among(self, name: str, words: Sequence[object]) -> str:
        """A choice is one of the words, as a formula can know it again."""
        return is_one(self.cell(name), self._spelt(name, tuple(map(str, words))))

    def is_other(self, name: str, words: Sequence[object]) -> str:
        """A choice is surely none of the words though something stands there."""
        cell, named, field = self.cell(name), tuple(map(str, words)), self.fields.get(name)
        if field is not None and field.options is not None and not field.any_other:
            return is_one(cell, [word for word in self.where.options(field) if word not in named])
        spelt = self._spelt(name, named)
        near = is_nearly(cell, self.where.texts(patterns_of(spelt)))
        return every(filled(cell), negated(is_one(cell, spelt)), negated(near), negated(self.in_pieces(name)))

    def both_read(self, name: str, other: str, broken: str) -> Live:
        """Broken where both cells hold a number or a day; unsure where one holds a text."""
        read = every(self.is_read(name), self.is_read(other))
        return Live(f"IF({read},{broken},FALSE)", (self.unread(name), self.unread(other)))

    def count_of_used(self, sheet: str) -> str:
        """How many rows of a sheet are used; rows taken over from last year and left alone are none (``parsing``)."""
        schema = self.form.sheet(sheet)
        plan, to_fill = schema.plan, [field.name for field in schema.fields if not field.printed]
        if not plan.taken_over:
            return f"SUMPRODUCT(--({self._any_filled(sheet, to_fill)}))"
        new = f'(TRIM({self.column(plan.taken_over, sheet)})="")'
        added = f"SUMPRODUCT({new}*({self._any_filled(sheet, to_fill)}))"
        return f"{added}+SUMPRODUCT(--({self._any_filled(sheet, plan.decided)}))"

    def count_below(self, row: int, sheet: str) -> str:
        """How many rows of a sheet are used below its ``row``-th one."""
        to_fill = [field.name for field in self.form.sheet(sheet).fields if not field.printed]
        column = self.column(to_fill[0], sheet)
        return f"SUMPRODUCT(({self._any_filled(sheet, to_fill)})*(ROW({column})-MIN(ROW({column}))>={row}))"

    def used_rows(self, name: str, sheet: str | None = None) -> str:
        """Which rows of a sheet are used, for products with a column of it; what we did not print is used itself."""
        schema = self.form.sheet(sheet or self.sheet)
        if not schema.field(name).printed:
            return ALWAYS
        return self._any_filled(schema.name, [field.name for field in schema.fields if not field.printed])

    def _any_filled(self, sheet: str, names: Iterable[str]) -> str:
        joined = "&".join(self.column(name, sheet) for name in names)
        return f'TRIM({joined})<>""'

    def _spelt(self, name: str, words: Sequence[str]) -> Sequence[str]:
        """The words in every listed spelling, where they are units: phần trăm is %."""
        field = self.fields.get(name)
        is_unit = field is None or (field.any_other and "%" in self.where.options(field))
        if not is_unit:
            return words
        return tuple(dict.fromkeys(spelling for word in words for spelling in (word, *_other_spellings(word))))


def is_percent(cell: str) -> str:
    """The cell shows its number as a percentage. A cell's format is known to CELL alone, which takes no array."""
    return f'LEFT(CELL("format",{cell}),1)="P"'


def _other_spellings(word: str) -> tuple[str, ...]:
    return spellings_of(word) if word in KNOWN_UNITS else ()
