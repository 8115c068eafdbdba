"""Rules on what must be filled and what must be blank."""

import pandas as pd

from pipeline.forms.vocabulary import coded_column
from pipeline.validation.masks.asked import Asked, case, has_rows_in, undecided


def answered(asked: Asked) -> pd.Series:
    """A value or a coded answer stands there."""
    return _is_given(asked)


def _is_given(asked: Asked) -> pd.Series:
    coded = coded_column(asked.field)
    return asked.value.notna() | asked.rows[coded].notna() if coded in asked.rows else asked.value.notna()


def filled_when(asked: Asked) -> pd.Series:
    """Filled in the case ``when``."""
    return _is_given(asked) | ~case(asked, "when")


def filled_unless(asked: Asked) -> pd.Series:
    """Filled but in the case ``unless``."""
    return _is_given(asked) | case(asked, "unless") | undecided(asked, "unless")


def blank_when(asked: Asked) -> pd.Series:
    """Blank in the case ``when``."""
    return asked.value.isna() | ~case(asked, "when")


def blank_unless(asked: Asked) -> pd.Series:
    """Blank but in the case ``unless``."""
    return asked.value.isna() | case(asked, "unless") | undecided(asked, "unless")


def has_rows(asked: Asked) -> pd.Series:
    """The sheet ``sheet`` of the submission has at least one used row."""
    return has_rows_in(asked, "sheet")


MASKS = (
    answered,
    filled_when,
    filled_unless,
    blank_when,
    blank_unless,
    has_rows,
)
