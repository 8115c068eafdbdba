"""The bounds that a field's limits set, as a template says and holds them."""

from dataclasses import dataclass

from pipeline.vocabulary.fields import LONGEST_TEXT, Field
from pipeline.vocabulary.limits import AtLeast, Length, Matches, Whole


@dataclass(frozen=True)
class Bounds:
    """How long a text and how low a number may be; ``is_code`` for an identity of a fixed pattern."""

    shortest: int = 1
    longest: int = LONGEST_TEXT
    lowest: float | None = None
    whole: bool = False
    is_code: bool = False


def bounds_of(field: Field) -> Bounds:
    """The bounds of a field."""
    length = next((limit for limit in field.limits if isinstance(limit, Length)), Length(1, LONGEST_TEXT))
    return Bounds(
        shortest=length.shortest,
        longest=length.longest,
        lowest=next((limit.lowest for limit in field.limits if isinstance(limit, AtLeast)), None),
        whole=Whole() in field.limits,
        is_code=any(isinstance(limit, Matches) for limit in field.limits),
    )
