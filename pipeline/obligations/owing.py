"""Who owes which form by when, and who answers for it."""

import datetime as dt

import pandas as pd

from pipeline.obligations.counting import OBLIGATION
from pipeline.settings import Division, Period, Settings


def last_good_day(due_on: dt.date) -> dt.date:
    """The last day that is in time: "trước ngày" is strict, so it is the day before (design 5)."""
    return due_on - dt.timedelta(days=1)


def owes(division: Division, form: str, due_on: dt.date) -> bool:
    """Whether a division owes a form that is due then.

    It is in the scope of the system (TT 26/2014, Điều 6.2), has the duty, and is there on the last good day: one that
    opens on the due date itself could no longer be in time.
    """
    return division.in_scope and form in division.owes and division.covers(last_good_day(due_on))


def duties(settings: Settings) -> pd.DataFrame:
    """Every obligation that the settings make: form, division, period, due_on; in the order period, form, division."""
    made = [
        (form, division.code, str(period), pd.Timestamp(due_on))
        for period in settings.periods
        for form, due_on in sorted(settings.due_dates(period).items())
        for division in settings.divisions
        if owes(division, form, due_on)
    ]
    owed = pd.DataFrame(made, columns=[*OBLIGATION, "due_on"])
    return owed.astype({**dict.fromkeys(OBLIGATION, "str"), "due_on": "datetime64[us]"})


def due_within(owed: pd.DataFrame, settings: Settings, period: Period) -> pd.DataFrame:
    """The obligations of the period's year that are due on or before the period's due date (design 5)."""
    of_year = owed["period"].str.startswith(f"{period.year}-")
    return owed[of_year & (owed["due_on"] <= pd.Timestamp(settings.due_on(period)))].reset_index(drop=True)


def responsible(divisions: pd.Series, settings: Settings, today: dt.date) -> pd.Series:
    """The code of the division that answers for each one's obligations that day: itself, or who took over from it."""
    answers = {code: _answering(code, settings, today) for code in divisions.unique()}
    return divisions.map(answers).astype("str")


def _answering(code: str, settings: Settings, today: dt.date) -> str:
    """The first of the line of successors that is not closed; the last one known when all of them are."""
    known = [code, *filter(settings.division, settings.successors_of(code))]
    still_there = (each for each in known if not _is_closed(settings.division(each), today))
    return next(still_there, known[-1])


def _is_closed(division: Division | None, today: dt.date) -> bool:
    return division is not None and division.valid_to is not None and division.valid_to < today


def collecting_period(settings: Settings, day: dt.date) -> Period:
    """The period whose reports are being collected that day: the first that is still due, else the last."""
    open_periods = [period for period in settings.periods if settings.due_on(period) >= day]
    return open_periods[0] if open_periods else settings.periods[-1]
