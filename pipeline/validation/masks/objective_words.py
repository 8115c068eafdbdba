"""Rules on the words of an objective; simple ones, until the sentence itself is read."""

import pandas as pd

from pipeline.validation.masks.asked import Asked, case
from pipeline.vietnamese import fold


def sentence_agrees(asked: Asked) -> pd.Series:
    """A percentage that the sentence names is the target, where the unit is %."""
    in_percent = (asked.column("unit") == "%") & asked.column("value").notna()
    said = zip(asked.rows["sentence_figures"], asked.column("value"), asked.column("upper"), strict=True)
    agrees = [not figures or target in figures or upper in figures for figures, target, upper in said]
    return ~in_percent | pd.Series(agrees, index=asked.rows.index, dtype=bool)


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
    sentence_agrees,
    names_what_is_measured,
    names_both_parts,
)
