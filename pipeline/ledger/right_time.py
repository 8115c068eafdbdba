"""When looks into the inbox were in truth, where the clock that dated them was wrong (docs/decisions/0036). Pure.

What is written stays as it is; readers see the right times. A look is wrong because the secretary recorded it, or
*suspect* by itself, as long as she has not: then the nights go on all the same.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

FAR: Final = dt.timedelta(days=40)
"""How long a workspace may stand still before a clock is doubted: longer than Tết and a repair, shorter than a term."""
_STEP: Final = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class Years:
    """The first and the last year for which the settings that the ledger knows set due dates."""

    first: int
    last: int

    def cover(self, moment: dt.datetime) -> bool:
        """Whether work may fall on that day: plans come in the year before, years are closed in the year after."""
        return self.first - 1 <= moment.year <= self.last + 1


@dataclass(frozen=True)
class Look:
    """One look: its number, its time as it was written, whether a far clock was refused then, and whose look it was."""

    scan_id: int
    as_of: dt.datetime
    is_guarded: bool = True
    run_id: str = ""


@dataclass(frozen=True)
class RightTime:
    """When a look was in truth: read as ``time``; it lies between the right looks ``after`` and ``before``, if any."""

    time: dt.datetime
    after: dt.datetime | None
    before: dt.datetime | None


def suspects(
    looks: Sequence[Look], years: Years | None, now: dt.datetime | None, wrong: Collection[int] = ()
) -> frozenset[int]:
    """The looks that are wrong by themselves; ``wrong`` are those that are known to be so, ``now`` the run at work.

    A look outside the years, when a later one lies inside; a look of a program that refused no far clock, more than
    FAR after the last right one, when a later one lies before it.
    """
    others = [look for look in looks if look.scan_id not in wrong]
    moments = [look.as_of for look in others] + ([] if now is None else [now])
    last: dt.datetime | None = None
    suspect: set[int] = set()
    for place, look in enumerate(others):
        is_outside = years is not None and not years.cover(look.as_of)
        is_leap = not look.is_guarded and last is not None and look.as_of - last > FAR
        later = moments[place + 1 :] if is_outside or is_leap else ()
        comes_inside = years is not None and any(map(years.cover, later))
        if (is_outside and comes_inside) or (is_leap and any(moment < look.as_of for moment in later)):
            suspect.add(look.scan_id)
        else:
            last = look.as_of
    return frozenset(suspect)


def right_times(looks: Sequence[Look], wrong: Collection[int], now: dt.datetime | None) -> dict[int, RightTime]:
    """Every wrong look to its right time; ``now`` closes the span of wrong looks that no right one follows.

    Just after the right look before it, so that past nights stay what they were and doubt is in the sender's favour;
    where there is none, just before the right one after it.
    """
    spans = [(is_wrong, list(span)) for is_wrong, span in groupby(looks, lambda look: look.scan_id in wrong)]
    right: dict[int, RightTime] = {}
    for place, (is_wrong, span) in enumerate(spans):
        if is_wrong:
            after = spans[place - 1][1][-1].as_of if place else None
            before = spans[place + 1][1][0].as_of if place + 1 < len(spans) else now
            times = _times(span, after, before)
            right |= {look.scan_id: RightTime(time, after, before) for look, time in zip(span, times, strict=True)}
    return right


def _times(span: Sequence[Look], after: dt.datetime | None, before: dt.datetime | None) -> list[dt.datetime]:
    if after is not None:
        ends = dt.datetime.max if before is None else before
        return [min(after + number * _STEP, ends) for number in range(1, len(span) + 1)]
    if before is not None:
        return [before - number * _STEP for number in range(len(span), 0, -1)]
    return [look.as_of for look in span]
