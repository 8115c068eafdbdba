"""What a division that was closed in mid-year leaves to others: decision of succession, worked out a second time."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from pipeline.evidence.duties import owes
from pipeline.settings import Division, Period, Settings
from pipeline.settings.succession import heirs_of

REPORT: Final = "BM-02"
_A_DAY: Final = dt.timedelta(days=1)


def closed_before(settings: Settings, period: Period) -> Iterator[Division]:
    """The divisions that would have to report for a period and were closed in its year before they could."""
    due_on = settings.due_dates(period).get(REPORT)
    for division in settings.divisions:
        end = division.valid_to
        had_to = division.in_scope and REPORT in division.owes
        if due_on and had_to and end and end.year == period.year and end < due_on - _A_DAY:
            yield division


def taker_of(former: Division, code: str, period: Period, settings: Settings) -> str | None:
    """Who reports on an objective: whom it is named for, else the first heir that is there; None without."""
    heirs = [(heir.objectives, _answering(heir.code, period, settings)) for heir in heirs_of(former.successor)]
    named = [answering for objectives, answering in heirs if answering and code in objectives]
    return next(iter(named[-1:]), None) or next((answering for _, answering in heirs if answering), None)


def _answering(code: str, period: Period, settings: Settings) -> str | None:
    """The first of a division and its successors that has to submit the report of the period."""
    due_on = settings.due_dates(period)[REPORT]
    line = [settings.division(each) for each in (code, *settings.successors_of(code))]
    return next((each.code for each in line if each is not None and owes(each, REPORT, due_on)), None)
