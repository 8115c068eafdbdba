"""A sheet of a form, and a form: data from which templates, reading, judging, tables and documentation are made.

A sheet is judged by one ``pandera.DataFrameSchema``: a field is a column with the checks of its limits, a rule across
columns is a derived boolean column.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

import pandera.pandas as pa

from pipeline.findings.codes import Code
from pipeline.settings import PeriodKind
from pipeline.vocabulary.fields import DTYPES, Field
from pipeline.vocabulary.rules import Rule, checked_column, column_of
from pipeline.vocabulary.versions import Earlier

BLANK_REQUIRED: Final = Code.C401


class Layout(StrEnum):
    """How a sheet is laid out."""

    COVER = "cover"
    TABLE = "table"


@dataclass(frozen=True)
class SheetPlan:
    """What a sheet is beyond its columns.

    ``codes`` is the prefix of the identities that we print down the first column ("MT" gives MT01…); ``rows`` how many
    rows it has room for, ``most`` how many are read where a pre-filled one may have more; ``is_open`` lets one type on
    below the rows laid out, as far as is read; ``intro`` the sentence under its title. ``taken_over`` is the field that
    marks a row filled by us from the year before, ``decided`` the fields that we never fill: a sheet of such rows in
    which none of them is filled was filled by nobody. ``ruled`` rows show lines, and print, in a blank form.
    ``answers`` is the table of the accepted BM-01 each row of which, where we printed it, wants an answer.
    """

    layout: Layout
    rows: int = 60
    codes: str = ""
    intro: str = ""
    most: int | None = None
    is_open: bool = False
    taken_over: str = ""
    decided: tuple[str, ...] = ()
    ruled: int = 12
    answers: str = ""

    @property
    def read_rows(self) -> int:
        """How many used rows are read before the sender is told that there are too many."""
        return self.most or self.rows


@dataclass(frozen=True, eq=False)
class SheetSchema:
    """One sheet of a form: its fields in the order staff see them, the rules across them, and its plan."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]
    plan: SheetPlan

    def __post_init__(self) -> None:
        """Refuse two columns of one name.

        Raises:
            ValueError: their names.
        """
        names = [*(field.name for field in self.fields), *map(column_of, self.rules)]
        if len(set(names)) != len(names):
            raise ValueError(sorted(name for name in names if names.count(name) > 1))

    @cached_property
    def first_to_fill(self) -> Field:
        """The first field that every row must fill and that we do not print."""
        return next(field for field in self.fields if field.required and not field.printed)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by name."""
        return {field.name: field for field in self.fields}

    def field(self, name: str) -> Field:
        """One field.

        Raises:
            KeyError: the sheet has no such field.
        """
        return self.by_name[name]

    def without(self, names: Collection[str]) -> "SheetSchema":
        """The sheet as it was before some of its fields were added."""
        return replace(self, fields=tuple(field for field in self.fields if field.name not in names))

    @cached_property
    def value_checks(self) -> pa.DataFrameSchema:
        """What pandera judges first: each value by itself."""
        return self.checks.select_columns([name for name in self.checks.columns if name not in self._relations])

    @cached_property
    def relation_checks(self) -> pa.DataFrameSchema:
        """What it judges then, over the values in which nothing is wrong: what holds between them."""
        return self.checks.select_columns(list(self._relations))

    @cached_property
    def _relations(self) -> Collection[str]:
        return [column_of(rule) for rule in self.rules if not rule.is_of_value]

    @cached_property
    def checks(self) -> pa.DataFrameSchema:
        """What pandera judges: the fields, then the rules."""
        columns = [*map(_typed_column, self.fields), *map(checked_column, self.rules)]
        index = pa.Index(int, unique=True, name="row_id")
        return pa.DataFrameSchema({column.name: column for column in columns}, index=index, name=self.name)


def _typed_column(field: Field) -> pa.Column:
    checks = [limit.check for limit in field.limits]
    return pa.Column(DTYPES[field.kind], checks, name=field.name, nullable=not field.is_plainly_required)


@dataclass(frozen=True)
class Form:
    """One form. ``sheets`` come in the order staff see; forms are judged in the order of ``judged_in`` (design 6).

    ``is_register``: it is kept on from version to version, so each is held against the one accepted last.
    """

    form_id: str
    number: str
    title: str
    short_title: str
    file_name: str
    version: int
    periods: tuple[PeriodKind, ...]
    cover: SheetSchema
    sheets: tuple[SheetSchema, ...]
    judged_in: int = 0
    is_register: bool = False
    earlier: tuple[Earlier, ...] = ()

    @property
    def all_sheets(self) -> tuple[SheetSchema, ...]:
        """The cover, then the sheets."""
        return (self.cover, *self.sheets)

    def sheet(self, name: str) -> SheetSchema:
        """The sheet of that name.

        Raises:
            KeyError: the form has no such sheet.
        """
        return {schema.name: schema for schema in self.all_sheets}[name]


def duty_column(form: Form) -> str:
    """The column of the secretary's directory that says whether a division owes a form."""
    return f"owes_{form.form_id}"
