"""The words in which a form is written: columns of a pandera schema that also carry what staff see.

A sheet is one ``pandera.DataFrameSchema``. A field is a ``pandera.Column`` whose title is the Vietnamese label, whose
description is the hint, whose checks are the rules on its own value, and whose metadata holds a :class:`Field`.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypedDict, Unpack

import pandera.pandas as pa

from pipeline.forms.versions import Earlier
from pipeline.settings import PeriodKind

BLANK_REQUIRED: Final = "C401"
NOT_LISTED: Final = "V303"
UNKNOWN_DIVISION: Final = "T203"
TEXT_LENGTH: Final = "V304"
NUMBER_RANGE: Final = "V305"
NOT_WHOLE: Final = "V314"
WRONG_CODE: Final = "V313"
UNIT_DIFFERS: Final = "V309"
SHARE_OR_PERCENT: Final = "V308"
BELOW_ONE_PERCENT: Final = "V318"

LONGEST_TEXT: Final = 1000
EXAMPLE_YEAR: Final = 2019
"""The year for which the examples of the fields are written; a suggested day is brought into the form's own."""


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


class Layout(StrEnum):
    """How a sheet is laid out."""

    COVER = "cover"
    TABLE = "table"


@dataclass(frozen=True)
class Listed:
    """Choices that stand in the settings, by the name of their list."""

    name: str


Options = Mapping[str, str]
"""Stored value to the words shown for it."""


@dataclass(frozen=True)
class Field:
    """What a field is beyond pandera's own column: how it is read, shown and explained."""

    name: str
    kind: Kind
    label: str
    hint: str = ""
    example: str = ""
    width: float = 14
    required: bool = False
    printed: bool = False
    # pandera deep-copies its columns, which a read-only mapping refuses, so this is a plain dict left out of the hash.
    options: Options | Listed | None = dataclasses.field(default=None, hash=False)
    any_other: bool = False
    coded: tuple[str, ...] = ()
    measured_in: str | None = None


def coded_column(field: str) -> str:
    """Where a field's coded answer (*chưa có số liệu*…) stands."""
    return f"{field}_coded"


def unit_column(field: str) -> str:
    """Where the unit typed together with a number stands; blank when none was typed."""
    return f"{field}__unit"


def decimals_column(field: str) -> str:
    """Where the count of typed decimals stands."""
    return f"{field}__decimals"


class Look(TypedDict, total=False):
    """What a field may say besides its name and label."""

    hint: str
    example: str
    width: float
    required: bool
    printed: bool


def _column(dtype: Any, checks: Sequence[pa.Check], field: Field) -> pa.Column:  # noqa: ANN401 - pandera's own type
    plainly_required = field.required and not field.coded
    return pa.Column(
        dtype,
        list(checks),
        name=field.name,
        nullable=not plainly_required,
        title=field.label,
        description=field.hint,
        metadata={"field": field},
    )


def text(name: str, label: str, *, shortest: int = 1, longest: int = LONGEST_TEXT, **look: Unpack[Look]) -> pa.Column:
    """A free text of ``shortest`` to ``longest`` characters."""
    length = pa.Check.str_length(shortest, longest, error=TEXT_LENGTH)
    return _column(str, [length], Field(name, Kind.TEXT, label, **look))


def code(name: str, label: str, *, pattern: str, **look: Unpack[Look]) -> pa.Column:
    """An identity printed by us, such as MT01, that must still be what was printed."""
    matches = pa.Check.str_matches(f"^(?:{pattern})$", error=WRONG_CODE)
    return _column(str, [matches], Field(name, Kind.TEXT, label, **look))


def number(name: str, label: str, *, coded: tuple[str, ...] = (), **look: Unpack[Look]) -> pa.Column:
    """A number; with ``coded``, one of these words instead."""
    return _column(float, [], Field(name, Kind.NUMBER, label, coded=coded, **look))


def measured(name: str, label: str, *, unit: str, coded: tuple[str, ...] = (), **look: Unpack[Look]) -> pa.Column:
    """A number in the unit that stands in the column ``unit`` of the same row."""
    return _column(float, [], Field(name, Kind.NUMBER, label, coded=coded, measured_in=unit, **look))


def count(name: str, label: str, *, whole: bool = True, **look: Unpack[Look]) -> pa.Column:
    """A number not below zero; ``whole`` ones have no decimals."""
    checks = [pa.Check.ge(0, error=NUMBER_RANGE)]
    if whole:
        checks.append(pa.Check(is_whole, name="is_whole", error=NOT_WHOLE))
    return _column(float, checks, Field(name, Kind.NUMBER, label, **look))


def date(name: str, label: str, *, coded: tuple[str, ...] = (), **look: Unpack[Look]) -> pa.Column:
    """A calendar day; with ``coded``, one of these words instead."""
    return _column("datetime64[us]", [], Field(name, Kind.DATE, label, coded=coded, **look))


def choice(
    name: str, label: str, options: Sequence[str] | Options, *, any_other: bool = False, **look: Unpack[Look]
) -> pa.Column:
    """One of a fixed list; with ``any_other`` the list only proposes."""
    shown = options if isinstance(options, Mapping) else {str(option): str(option) for option in options}
    checks = [] if any_other else [pa.Check.isin([str(key) for key in shown], error=NOT_LISTED)]
    field = Field(name, Kind.CHOICE, label, options=dict(shown), any_other=any_other, **look)
    return _column(str, checks, field)


def listed(name: str, label: str, options: Listed, *, any_other: bool = False, **look: Unpack[Look]) -> pa.Column:
    """One of a list that stands in the settings; the rule ``in_list`` judges it."""
    return _column(str, [], Field(name, Kind.CHOICE, label, options=options, any_other=any_other, **look))


def is_whole(values: Any) -> Any:  # noqa: ANN401 - a pandas Series in, a Series out
    """Whether each number has no decimals."""
    return values.round(0) == values


@dataclass(frozen=True)
class SheetPlan:
    """What a sheet is beyond its columns.

    ``codes`` is the prefix of the identities that we print down the first column ("MT" gives MT01…); ``rows`` how many
    rows it has room for, ``most`` how many are read where a pre-filled one may have more; ``intro`` the sentence under
    its title. ``taken_over`` is the field that marks a row filled by us from the year before, ``decided`` the fields
    that we never fill: a sheet of such rows in which none of them is filled was filled by nobody.
    """

    layout: Layout
    rows: int = 60
    codes: str = ""
    intro: str = ""
    most: int | None = None
    taken_over: str = ""
    decided: tuple[str, ...] = ()

    @property
    def read_rows(self) -> int:
        """How many used rows are read before the sender is told that there are too many."""
        return self.most or self.rows


def sheet(
    name: str, title: str, columns: Sequence[pa.Column], rules: Sequence[pa.Column], plan: SheetPlan
) -> pa.DataFrameSchema:
    """One sheet of a form: its fields, then its rules as derived boolean columns.

    Raises:
        ValueError: two columns have the same name.
    """
    every = [*columns, *_implied_rules(columns), *rules]
    names = [column.name for column in every]
    if len(set(names)) != len(names):
        raise ValueError(sorted(name for name in names if names.count(name) > 1))
    return pa.DataFrameSchema(
        {column.name: column for column in every},
        index=pa.Index(int, unique=True, name="row_id"),
        name=name,
        title=title,
        metadata={"plan": plan},
    )


def holds(values: Any) -> Any:  # noqa: ANN401 - a pandas Series in, a Series out
    """The check of every derived column: the mask itself says where the rule is kept."""
    return values


def rule(kind: str, finding: str, field: str, **statistics: object) -> pa.Column:
    """A rule across columns: a derived boolean column with one named check, its target and facts in the statistics.

    A frame-level check would report every column of a failing row and costs 30 times as much (design 4, measured).
    """
    check = pa.Check(holds, name=kind, error=finding, statistics={"field": field, **statistics})
    return pa.Column(bool, check, name=f"{kind}:{field}:{finding}", metadata={"rule": kind})


def _implied_rules(columns: Sequence[pa.Column]) -> Iterator[pa.Column]:
    for field in map(field_of, columns):
        if field.required and field.coded:
            yield rule("answered", BLANK_REQUIRED, field.name)
        if isinstance(field.options, Listed) and not field.any_other:
            unknown = UNKNOWN_DIVISION if field.options.name == "divisions" else NOT_LISTED
            yield rule("in_list", unknown, field.name, list=field.options.name)
        if field.measured_in:
            yield rule("unit_as_declared", UNIT_DIFFERS, field.name, unit=field.measured_in)
            yield rule("surely_percent", SHARE_OR_PERCENT, field.name, unit=field.measured_in)
            yield rule("plainly_percent", BELOW_ONE_PERCENT, field.name, unit=field.measured_in)


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
    cover: pa.DataFrameSchema
    sheets: tuple[pa.DataFrameSchema, ...]
    judged_in: int = 0
    is_register: bool = False
    earlier: tuple[Earlier, ...] = ()

    @property
    def all_sheets(self) -> tuple[pa.DataFrameSchema, ...]:
        """The cover, then the sheets."""
        return (self.cover, *self.sheets)

    def sheet(self, name: str) -> pa.DataFrameSchema:
        """The sheet of that name.

        Raises:
            KeyError: the form has no such sheet.
        """
        found = {schema.name: schema for schema in self.all_sheets}
        return found[name]


def duty_column(form: Form) -> str:
    """The column of the secretary's directory that says whether a division owes a form."""
    return f"owes_{form.form_id}"


def field_of(column: pa.Column) -> Field:
    """The field that a column carries.

    Raises:
        KeyError: the column is a rule's.
    """
    carried: Field = (column.metadata or {})["field"]
    return carried


def fields_of(schema: pa.DataFrameSchema) -> tuple[Field, ...]:
    """The fields of a sheet in the order staff see them."""
    return tuple(field_of(c) for c in schema.columns.values() if "field" in (c.metadata or {}))


def rules_of(schema: pa.DataFrameSchema) -> tuple[pa.Column, ...]:
    """The rules across columns of a sheet."""
    return tuple(c for c in schema.columns.values() if "rule" in (c.metadata or {}))


def field_named(schema: pa.DataFrameSchema, name: str) -> Field:
    """One field of a sheet.

    Raises:
        KeyError: the sheet has no such field.
    """
    return field_of(schema.columns[name])


def plan_of(schema: pa.DataFrameSchema) -> SheetPlan:
    """What a sheet is beyond its columns."""
    carried: SheetPlan = (schema.metadata or {})["plan"]
    return carried


def printed_code(prefix: str, position: int) -> str:
    """The identity printed in the ``position``-th row, counted from 1: MT01."""
    return f"{prefix}{position:02d}"


def code_pattern(prefix: str, rows: int = 60) -> str:
    """The regular expression of the printed identities of a sheet."""
    return "|".join(re.escape(printed_code(prefix, position)) for position in range(1, rows + 1))


def printed(field: Field) -> Field:
    """The same field, printed by us and locked in a pre-filled form."""
    return replace(field, printed=True)
