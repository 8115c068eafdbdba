"""The fields of a sheet: how each is read, shown, explained and bounded, and the columns that stand beside it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.vocabulary.limits import Limit

LONGEST_TEXT: Final = 1000
EXAMPLE_YEAR: Final = 2019
"""The year for which the examples of the fields are written; a suggested day is brought into the form's own."""
EXAMPLE_SYMBOL: Final = "SLĐTBXH"
EXAMPLE_UNIT: Final = "VP"
EXAMPLE_TELEPHONE: Final = "0299 3821 234"
"""The agency, the unit and the telephone of the examples: a form shows those of its own issue."""


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


DTYPES: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "str",
    Kind.CHOICE: "str",
    Kind.NUMBER: "float64",
    Kind.DATE: "datetime64[us]",
}
"""The pandas dtype of a field's column."""


@dataclass(frozen=True)
class Listed:
    """Choices that stand in the settings, by the name of their list."""

    name: str


Options = Mapping[str, str]
"""Stored value to the words shown for it."""


@dataclass(frozen=True)
class Field:
    """One column of a table, or one line of a cover.

    Attributes:
        coded: the words that may stand in place of a number or a day.
        measured_in: the field that holds the unit of this number.
        any_other: the list of choices only proposes.
        printed: filled by us, and locked in a pre-filled form.
        limits: what the value must keep to by itself.
        synonyms: the lists of other words for its choices and coded words (``synonyms.toml``).
        identities: codes or people that this text may name, and is then read as.
        compared_by: the field that says how this number is compared, which may be typed before it: “≥ 95”.
        is_several: the text may name several things, kept apart by a semicolon (``vocabulary.several``).
    """

    name: str
    kind: Kind
    label: str
    hint: str = ""
    example: str = ""
    width: float = 14
    required: bool = False
    printed: bool = False
    options: Options | Listed | None = dataclasses.field(default=None, hash=False)
    any_other: bool = False
    coded: tuple[str, ...] = ()
    measured_in: str | None = None
    limits: "tuple[Limit, ...]" = ()
    synonyms: tuple[str, ...] = ()
    identities: Options | Listed | None = dataclasses.field(default=None, hash=False)
    compared_by: str = ""
    is_several: bool = False

    @property
    def is_plainly_required(self) -> bool:
        """Whether the cell itself must be filled; one with coded answers may hold a word beside its column."""
        return self.required and not self.coded

    @property
    def may_be_spelt_otherwise(self) -> bool:
        """Whether a word of another spelling is read as one of a list that takes others as well."""
        return self.any_other or self.identities is not None

    @property
    def dtypes(self) -> Mapping[str, str]:
        """The columns that a sheet's frame has of the field, with their dtypes."""
        columns = {self.name: DTYPES[self.kind]}
        if self.coded:
            columns[coded_column(self.name)] = "str"
        if self.measured_in:
            columns |= {unit_column(self.name): "str", decimals_column(self.name): "float64"}
        return columns


def coded_column(field: str) -> str:
    """Where a field's coded answer (*chưa có số liệu*…) stands."""
    return f"{field}_coded"


def unit_column(field: str) -> str:
    """Where the unit typed together with a number stands; blank when none was typed."""
    return f"{field}__unit"


def decimals_column(field: str) -> str:
    """Where the count of typed decimals stands."""
    return f"{field}__decimals"


class Column:
    """A field as a class of columns declares it: ``Objectives.due_on`` is the field's name, ``"due_on"``."""

    def __init__(self, field: Field) -> None:
        self.field = field

    def __set_name__(self, _owner: type, name: str) -> None:
        self.field = replace(self.field, name=name)

    def __get__(self, _instance: object, _owner: type) -> str:
        return self.field.name


class Columns:
    """The columns of a sheet, each spelled once: a subclass names them in the order in which staff see them."""

    @classmethod
    def fields(cls) -> tuple[Field, ...]:
        """The declared fields, those of a base class first."""
        declared = {
            name: column.field
            for owner in reversed(cls.__mro__)
            for name, column in vars(owner).items()
            if isinstance(column, Column)
        }
        return tuple(declared.values())
