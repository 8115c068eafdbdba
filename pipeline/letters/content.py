"""What a reminder says, before it becomes words: who is written to, which debts, what to mend first in each."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.findings import Finding, explain, is_error
from pipeline.obligations import State
from pipeline.settings import Division, Period

SOON_DUE: Final = frozenset({State.NOT_DUE, State.EXTENDED})
"""States of an obligation whose day is still to come and for which nothing was accepted yet."""
OPEN: Final = SOON_DUE | {State.MISSING, State.RETURNED, State.EMPTY, State.WITHDRAWN}
"""States in which a form is still to be submitted: not an exempt one, nor one that was accepted however late."""
MOST: Final = 3
"""Mends of one form that a letter has room for."""


@dataclass(frozen=True)
class Mend:
    """One mistake and what to do about it; ``others`` are the further places (sheet, cell) of the same mistake."""

    code: str
    sheet: str
    cell: str
    problem: str
    fix: str
    others: tuple[tuple[str, str], ...] = ()


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
    """One obligation whose form is still to be submitted.

    ``due_on`` is the day in force, ``agreed_on`` the one before an extension. ``owner`` is the division whose form it
    is, which differs from the addressee when that one succeeded it. ``pre_filled`` is the form to fill in, relative to
    the workspace. ``days_late`` counts from the day after the last good one. ``decision``: what was
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
    """One reminder: every debt of one division as it stood at ``as_of``, and the period of the round."""

    addressee: Division
    period: Period
    as_of: dt.datetime
    debts: tuple[Debt, ...]


def most_useful(findings: Iterable[Finding], count: int = MOST) -> tuple[Mend, ...]:
    """The mends that clear the most cells, errors only, one a code; equals keep the order of the findings."""
    by_code: dict[str, list[Finding]] = {}
    for finding in filter(is_error, findings):
        by_code.setdefault(finding.code, []).append(finding)
    mends = [_mend(of_code) for of_code in by_code.values()]
    return tuple(sorted(mends, key=lambda mend: -len(mend.others))[:count])


def _mend(of_code: Sequence[Finding]) -> Mend:
    first, words = of_code[0], explain(of_code[0])
    places = dict.fromkeys((finding.sheet, finding.cell) for finding in of_code)
    others = tuple(place for place in places if place != (first.sheet, first.cell))
    return Mend(first.code, first.sheet, first.cell, words.problem, words.fix, others)
