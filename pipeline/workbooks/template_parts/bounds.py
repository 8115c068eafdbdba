"""The bounds that a field's own checks set, read back from its pandera column so that they are written once."""

from dataclasses import dataclass

import pandera.pandas as pa

from pipeline.forms.vocabulary import LONGEST_TEXT


@dataclass(frozen=True)
class Bounds:
    """How long a text and how low a number may be; ``is_code`` for an identity of a fixed pattern."""

    shortest: int = 1
    longest: int = LONGEST_TEXT
    lowest: float | None = None
    whole: bool = False
    is_code: bool = False


def bounds_of(column: pa.Column) -> Bounds:
    """The bounds of a column's checks."""
    stated = {check.name: check.statistics or {} for check in column.checks}
    length = stated.get("str_length", {})
    return Bounds(
        shortest=length.get("min_value", 1),
        longest=length.get("max_value", LONGEST_TEXT),
        lowest=stated.get("greater_than_or_equal_to", {}).get("min_value"),
        whole="is_whole" in stated,
        is_code="str_matches" in stated,
    )
