"""What a reminder says, before it becomes words: who is written to, which debts, what to mend in each."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from pipeline.letters.mends import Mend
from pipeline.settings import Division, Period

SOON_DUE: Final = frozenset({"not_due", "extended"})
"""States of an obligation whose day is still to come and for which nothing was accepted yet."""
OPEN: Final = frozenset({"missing", "returned", "empty", "withdrawn"}) | SOON_DUE
"""States in which an obligation is still owed; an exempt one, and one that was accepted however late, is not."""


@dataclass(frozen=True)
class Returned:
    """The last file for a debt, which was given back: its name, how many errors, what to mend first.

    ``marked_copy`` is where the copy with every finding lies, relative to the workspace; None when it is not there.
    """

    file: str
    errors: int
    mends: tuple[Mend, ...]
    marked_copy: str | None


@dataclass(frozen=True)
class Debt:
    """One obligation that is still owed.

    ``due_on`` is the day in force, ``agreed_on`` the one before an extension. ``owner`` is the division whose form it
    is, which differs from the addressee when that one succeeded it. ``pre_filled`` is the form to fill in, relative to
    the workspace. ``days_late`` counts from the day after the last good one. ``decision`` tells what was
    recorded about it, in whole sentences.
    """

    form: str
    owner: Division
    period: Period
    due_on: dt.date
    state: str
    agreed_on: dt.date | None = None
    arrived_at: dt.datetime | None = None
    days_late: int = 0
    decision: str | None = None
    returned: Returned | None = None
    pre_filled: str | None = None

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed; a form that was returned in time is not."""
        return self.days_late > 0

    @property
    def is_soon_due(self) -> bool:
        """Whether its day is still to come."""
        return self.state in SOON_DUE


@dataclass(frozen=True)
class Letter:
    """One reminder: all that one division owes, as it stood at ``as_of``, with the period that it was asked for."""

    addressee: Division
    period: Period
    as_of: dt.datetime
    debts: tuple[Debt, ...]
