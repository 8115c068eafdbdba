"""The kinds of columns in which a sheet is declared; a class of :class:`Columns` gives each its name."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypedDict, Unpack

from pipeline.vocabulary.fields import LONGEST_TEXT, Column, Field, Kind, Listed, Options
from pipeline.vocabulary.limits import AtLeast, Length, Limit, Matches, OneOf, Says, Whole, printed_codes
from pipeline.vocabulary.synonyms import CODED, CODED_DAY, list_name, says_nothing


class Look(TypedDict, total=False):
    """What a column may say besides its label."""

    hint: str
    example: str
    width: float
    required: bool
    printed: bool


class Printed(TypedDict):
    """What a printed column says."""

    hint: str
    example: str
    width: float


def text(
    label: str,
    *,
    shortest: int = 1,
    longest: int = LONGEST_TEXT,
    identities: Options | Listed | None = None,
    **look: Unpack[Look],
) -> Column:
    """A free text of ``shortest`` to ``longest`` characters; one that names one of ``identities`` is read as that."""
    return Column(Field("", Kind.TEXT, label, limits=(Length(shortest, longest),), identities=identities, **look))


def several(label: str, **look: Unpack[Look]) -> Column:
    """A text that names one thing or several."""
    return Column(Field("", Kind.TEXT, label, limits=(Length(1, LONGEST_TEXT),), is_several=True, **look))


def code(label: str, *, pattern: str, **look: Unpack[Look]) -> Column:
    """An identity that a regular expression knows."""
    return Column(Field("", Kind.TEXT, label, limits=(Matches(pattern),), **look))


def printed(label: str, *, prefix: str, may_be_taken_over: bool = False, **look: Unpack[Printed]) -> Column:
    """An identity printed by us, such as MT01, that must still be one of those that were printed."""
    limit = printed_codes(prefix, may_be_taken_over=may_be_taken_over)
    return Column(
        Field("", Kind.TEXT, label, required=True, printed=True, limits=(limit,), identities=limit.printed, **look)
    )


def measured(
    label: str,
    *,
    unit: str,
    coded: tuple[str, ...] = (),
    compared_by: str = "",
    answers: type[StrEnum] | None = None,
    **look: Unpack[Look],
) -> Column:
    """A number in the unit that stands in the column ``unit`` of the row; with ``coded``, or one of these words.

    Before it may stand what the column ``compared_by`` says: “≥ 95” beside *ít nhất*. ``answers`` are those of its
    coded words that may be ticked.
    """
    lists = (*([CODED] if coded else []), *([list_name(answers)] if answers else []))
    return Column(
        Field("", Kind.NUMBER, label, coded=coded, measured_in=unit, compared_by=compared_by, synonyms=lists, **look)
    )


def count(label: str, *, whole: bool = True, **look: Unpack[Look]) -> Column:
    """A number not below zero; ``whole`` ones have no decimals."""
    limits: tuple[Limit, ...] = (AtLeast(0), Whole()) if whole else (AtLeast(0),)
    return Column(Field("", Kind.NUMBER, label, limits=limits, **look))


def date(label: str, *, coded: tuple[str, ...] = (), **look: Unpack[Look]) -> Column:
    """A calendar day; with ``coded``, or one of these words instead."""
    return Column(Field("", Kind.DATE, label, coded=coded, synonyms=(CODED_DAY,) if coded else (), **look))


def choice(label: str, options: Sequence[str] | Options, *, any_other: bool = False, **look: Unpack[Look]) -> Column:
    """One of a fixed list, stored values in the order shown; with ``any_other`` the list only proposes."""
    words = dict(options) if isinstance(options, dict) else {str(option): str(option) for option in options}
    name = list_name(options)
    nothing = (Says(says_nothing(name)),) if says_nothing(name) else ()
    limits = nothing if any_other else (OneOf(tuple(words)),)
    return Column(
        Field(
            "",
            Kind.CHOICE,
            label,
            options=words,
            any_other=any_other,
            limits=limits,
            synonyms=(name,) * bool(name),
            **look,
        )
    )


def listed(label: str, options: Listed, *, any_other: bool = False, **look: Unpack[Look]) -> Column:
    """One of a list that stands in the settings; the rule ``InList`` judges it."""
    return Column(Field("", Kind.CHOICE, label, options=options, any_other=any_other, **look))
