"""Rules across the columns of one row."""

import pandas as pd

from pipeline.achievement import is_weaker
from pipeline.forms.choices import Comparator, Measure, Status, YesNo
from pipeline.forms.vocabulary import coded_column, decimals_column
from pipeline.validation.masks.asked import Asked, case

_NOISE = 1e-9


def not_before(asked: Asked) -> pd.Series:
    """Not before the day in the column ``other``."""
    return ~(asked.value < asked.column("other"))


def not_after(asked: Asked) -> pd.Series:
    """Not after the day in the column ``other``."""
    return ~(asked.value > asked.column("other"))


def not_greater_than(asked: Asked) -> pd.Series:
    """In the case ``when`` not greater than the number in the column ``other``."""
    return ~(asked.value > asked.column("other")) | ~case(asked, "when")


def greater_than(asked: Asked) -> pd.Series:
    """Greater than the number in the column ``other``."""
    return ~(asked.value <= asked.column("other"))


def target_not_weaker(asked: Asked) -> pd.Series:
    """The target does not ask less than the baseline ``than``."""
    return ~is_weaker(asked.column("comparator"), asked.value, asked.column("than"))


def milestone_within_target(asked: Asked) -> pd.Series:
    """The milestone does not ask more than the target ``than``.

    A number that grows over the year is lower at six months: under an upper bound that is no harder promise.
    """
    grows = (asked.column("measure") == Measure.CUMULATIVE) & (asked.value < asked.column("than"))
    return ~is_weaker(asked.column("comparator"), asked.column("than"), asked.value) | grows


def exact_on_purpose(asked: Asked) -> pd.Series:
    """*Đúng bằng* with a target other than 0 or 100 % is asked about; *có/không* has no other comparator."""
    figure = asked.column("value")
    usual = (
        (figure == 0) | ((figure == 100) & (asked.column("unit") == "%")) | (asked.column("measure") == Measure.YES_NO)
    )
    return ~(asked.value == Comparator.EXACTLY) | figure.isna() | usual


def equals_share(asked: Asked) -> pd.Series:
    """In the case ``when`` the typed share equals 100 x numerator/denominator to half of its last typed decimal."""
    parts, whole = asked.column("numerator"), asked.column("denominator")
    share = 100 * parts / whole.where(whole > 0)
    slack = 0.5 * 10.0 ** -asked.rows[decimals_column(asked.field)] + _NOISE
    unknown = asked.value.isna() | parts.isna() | whole.isna()
    return unknown | ((asked.value - share).abs() <= slack) | ~case(asked, "when")


def fits_measure(asked: Asked) -> pd.Series:
    """A yes/no objective is answered by a word, any other not by yes or no."""
    measure, word = asked.column("measure"), asked.rows[coded_column(asked.field)]
    yes_no = measure == Measure.YES_NO
    return measure.isna() | ~((yes_no & asked.value.notna()) | (~yes_no & word.isin([YesNo.YES, YesNo.NO])))


def not_claimed_met(asked: Asked) -> pd.Series:
    """Nobody claims *Đạt* where the figures say *Không đạt*."""
    return ~((asked.value == Status.MET) & (asked.rows["computed_status"] == Status.NOT_MET))


def as_computed(asked: Asked) -> pd.Series:
    """The self-assessment is the computed status; *Chưa đến kỳ* is also fine for a target met before it is due."""
    computed = asked.rows["computed_status"]
    early = (computed == Status.MET) & (asked.value == Status.NOT_DUE) & ~asked.rows["is_final"]
    return asked.value.isna() | computed.isna() | (asked.value == computed) | early | ~not_claimed_met(asked)


def done(asked: Asked) -> pd.Series:
    """The duty has been carried out: a day stands there, not *chưa thực hiện*."""
    return asked.rows[coded_column(asked.field)].isna()


def same_as_identity(asked: Asked) -> pd.Series:
    """The cover says what the hidden sheet says, where that says anything."""
    issued = asked.column("identity").fillna("")
    return asked.value.isna() | (issued == "") | (asked.value == issued)


MASKS = (
    not_before,
    not_after,
    not_greater_than,
    greater_than,
    target_not_weaker,
    milestone_within_target,
    exact_on_purpose,
    equals_share,
    fits_measure,
    not_claimed_met,
    as_computed,
    done,
    same_as_identity,
)
