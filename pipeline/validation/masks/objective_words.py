"""Rules on the words of an objective."""

import pandas as pd

from pipeline.validation.masks.asked import Asked, case
from pipeline.vietnamese import fold


def nothing_against(asked: Asked) -> pd.Series:
    """The sentence says nothing against its row: the words that would, in the column ``against``, are blank."""
    return asked.column("against").isna()


def sentence_agrees(asked: Asked) -> pd.Series:
    """Sentence and columns say the same: number, unit and direction; the words that differ stand in ``against``."""
    return nothing_against(asked)


def due_as_said(asked: Asked) -> pd.Series:
    """The due date is not later than the deadline that the sentence names, whose words stand in ``against``."""
    return nothing_against(asked)


def names_what_is_measured(asked: Asked) -> pd.Series:
    """At least two words of letters."""
    words = asked.value.fillna("").map(lambda text: sum(word.isalpha() for word in fold(text).split()))
    return asked.value.isna() | (words >= 2)


def names_both_parts(asked: Asked) -> pd.Series:
    """In the case ``when`` the text names the numerator and the denominator."""
    plain = asked.value.fillna("").map(fold)
    named = plain.str.contains("tu so") & plain.str.contains("mau so")
    return asked.value.isna() | named | ~case(asked, "when")


MASKS = (
    nothing_against,
    sentence_agrees,
    due_as_said,
    names_what_is_measured,
    names_both_parts,
)
