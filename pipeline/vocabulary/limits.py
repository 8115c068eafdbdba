"""What a field's own value must keep to, as pandera's check and as the formula of a live check.

Blanks are another rule's business. ``code`` is the finding of a value beyond the limit.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import pandera.pandas as pa

from pipeline.findings.codes import Code
from pipeline.formulas.expressions import (
    NEVER,
    every,
    filled,
    holds_any,
    is_listed,
    is_nearly,
    negated,
    patterns_of,
    some,
)
from pipeline.vocabulary.fields import Options
from pipeline.vocabulary.live import Live, LiveRow, NoPlaceError
from pipeline.vocabulary.synonyms import is_code, parts_of_code

_DIGITS = tuple("0123456789")
_LONG = 80
"""Longer words are shown in the guide alone: a cell that repeats them is left to the reader."""


class Limit(ABC):
    """A bound on one value."""

    code: ClassVar[Code]

    @property
    @abstractmethod
    def check(self) -> pa.Check:
        """The check of the field's column."""

    @abstractmethod
    def live(self, row: LiveRow, name: str) -> Live:
        """What a formula says of the field's cell.

        Raises:
            NoPlaceError: no formula can hold it.
        """


@dataclass(frozen=True)
class OneOf(Limit):
    """One of the stored values of a fixed list."""

    values: tuple[str, ...]
    code: ClassVar[Code] = Code.V303

    @property
    def check(self) -> pa.Check:
        return pa.Check.isin(list(self.values), error=self.code)

    def live(self, row: LiveRow, name: str) -> Live:
        """The cell holds a word of its list."""
        return not_listed(row, name)


@dataclass(frozen=True)
class Says(Limit):
    """A word of one's own that says something: none of ``nothing``."""

    nothing: tuple[str, ...]
    code: ClassVar[Code] = Code.V303

    @property
    def check(self) -> pa.Check:
        return pa.Check.notin(list(self.nothing), error=self.code)

    def live(self, row: LiveRow, name: str) -> Live:
        """The cell holds a word that says nothing."""
        return Live(is_listed(row.cell(name), row.where.texts(self.nothing)))


@dataclass(frozen=True)
class Length(Limit):
    """A text of ``shortest`` to ``longest`` characters."""

    shortest: int
    longest: int
    code: ClassVar[Code] = Code.V304

    @property
    def check(self) -> pa.Check:
        return pa.Check.str_length(self.shortest, self.longest, error=self.code)

    def live(self, row: LiveRow, name: str) -> Live:
        """The text, without spaces at its ends, is neither too short nor too long."""
        cell = row.cell(name)
        plain = f'TRIM(SUBSTITUTE(SUBSTITUTE({cell},CHAR(160)," "),CHAR(10)," "))'
        short = f"LEN({plain})<{self.shortest}" if self.shortest > 1 else NEVER
        wrong = every(filled(cell), some(short, f"LEN({plain})>{self.longest}"))
        return Live(every(wrong, negated(row.in_pieces(name))), (wrong,))


@dataclass(frozen=True)
class Matches(Limit):
    """An identity that a regular expression knows whole."""

    pattern: str
    code: ClassVar[Code] = Code.V313

    @property
    def check(self) -> pa.Check:
        return pa.Check.str_matches(f"^(?:{self.pattern})$", error=self.code)

    def live(self, row: LiveRow, name: str) -> Live:
        """Excel knows no regular expressions.

        Raises:
            NoPlaceError: always.
        """
        raise NoPlaceError(self.pattern, name, row.sheet)


@dataclass(frozen=True)
class PrintedCode(Matches):
    """One of the identities that we print down a column: ``prefix`` and 01 to ``rows``.

    ``may_be_taken_over``: before it may stand the code of a former division and a hyphen, NCC-MT01.
    """

    prefix: str = ""
    rows: int = 60
    may_be_taken_over: bool = False

    @property
    def printed(self) -> dict[str, str]:
        """The identities that are printed, as choices."""
        return {code: code for code in (printed_code(self.prefix, place) for place in range(1, self.rows + 1))}

    def live(self, row: LiveRow, name: str) -> Live:
        """No prefix and number; those that are spelt otherwise than we print them are for the reader."""
        cell, code = row.cell(name), f"TRIM({row.cell(name)})"
        if self.may_be_taken_over:
            code = f'MID({code},IFERROR(FIND("-",{code}),0)+1,9)'
        number = f"MID({code},{len(self.prefix) + 1},9)"
        spelt = f'EXACT({code},"{self.prefix}"&TEXT(VALUE({number}),"00"))'
        right = f"IFERROR(AND({spelt},VALUE({number})>=1,VALUE({number})<={self.rows}),FALSE)"
        wrong = every(filled(cell), negated(right))
        maybe = every(f'ISNUMBER(SEARCH("{self.prefix}",{cell}))', holds_any(cell, row.where.texts(_DIGITS)))
        return Live(every(wrong, negated(maybe), negated(row.in_pieces(name))), (wrong,))


@dataclass(frozen=True)
class AtLeast(Limit):
    """A number not below ``lowest``."""

    lowest: int
    code: ClassVar[Code] = Code.V305

    @property
    def check(self) -> pa.Check:
        return pa.Check.ge(self.lowest, error=self.code)

    def live(self, row: LiveRow, name: str) -> Live:
        """The number is not below the lowest."""
        cell = row.cell(name)
        return Live(f"IF(ISNUMBER({cell}),{cell}<{self.lowest},FALSE)", (row.unread(name),))


@dataclass(frozen=True)
class Whole(Limit):
    """A number without decimals."""

    code: ClassVar[Code] = Code.V314

    @property
    def check(self) -> pa.Check:
        return pa.Check(_is_whole, name="is_whole", error=self.code)

    def live(self, row: LiveRow, name: str) -> Live:
        """The number is as it is rounded."""
        cell = row.cell(name)
        return Live(f"IF(ISNUMBER({cell}),{cell}<>ROUND({cell},0),FALSE)", (row.unread(name),))


def printed_code(prefix: str, position: int) -> str:
    """The identity printed in the ``position``-th row, counted from 1: MT01."""
    return f"{prefix}{position:02d}"


def printed_codes(prefix: str, rows: int = 60, *, may_be_taken_over: bool = False) -> PrintedCode:
    """The limit of a column in which we print the identities of so many rows, or those of a former division, too."""
    codes = "|".join(re.escape(printed_code(prefix, position)) for position in range(1, rows + 1))
    pattern = f"(?:[A-Z][A-Z0-9]{{1,11}}-)?(?:{codes})" if may_be_taken_over else codes
    return PrintedCode(pattern, prefix, rows, may_be_taken_over)


def not_listed(row: LiveRow, name: str) -> Live:
    """Broken where the cell surely holds no word of its list; unsure where it is typed otherwise."""
    cell, options = row.cell(name), row.where.options(row.fields[name])
    words = _short_words(options.items())
    other = every(filled(cell), negated(is_listed(cell, row.where.texts(words))))
    near = is_nearly(cell, row.where.texts((*patterns_of(words), *_patterns_of_codes(options), *_beginnings(options))))
    read = some(near, row.is_synonym(name), row.in_pieces(name))
    return Live(every(other, negated(read), f"LEN({cell})<={_LONG}"), (other,))


def _patterns_of_codes(options: Options) -> Iterator[str]:
    """What every tolerant spelling of a list's codes looks like, whatever stands around it."""
    for code in options if all(map(is_code, options)) else ():
        parts = parts_of_code(code)
        numbers = [place for place, part in enumerate(parts) if part.isdecimal()]
        needed = parts[numbers[0] :] if len(numbers) > 1 else parts
        yield f"*{'*'.join(needed)}*"


def _beginnings(options: Options) -> Iterator[str]:
    """How the words of a list begin whose codes stand before them: they are known by that alone."""
    for code, words in options.items():
        if words != code:
            first, *_ = patterns_of([" ".join(words.removeprefix(f"{code} - ").split()[:2])])
            yield f"{first}*"


def _short_words(options: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for pair in options for text in pair if len(text) <= _LONG))


def _is_whole(values: pd.Series) -> pd.Series:
    return values.round(0) == values
