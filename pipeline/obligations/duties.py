"""Who owes which form by when, who answers for it, and what recorded decisions change of it, in words too."""

import datetime as dt
from collections.abc import Hashable
from typing import Any

import pandas as pd

from pipeline.findings import DecisionKind
from pipeline.obligations.counting import OBLIGATION
from pipeline.settings import Division, Period, Settings, years_of
from pipeline.vietnamese import say_date
from pipeline.wording import say

ON_OBLIGATIONS = (DecisionKind.EXEMPTED, DecisionKind.EXTENDED, DecisionKind.WITHDRAWN)
"""The kinds that concern one obligation, in the order in which they are told."""


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
    rows = [
        (form, division.code, str(period), pd.Timestamp(due_on))
        for period in settings.periods
        for form, due_on in sorted(settings.due_dates(period).items())
        for division in settings.divisions
        if owes(division, form, due_on)
    ]
    return pd.DataFrame(rows, columns=[*OBLIGATION, "due_on"]).astype(
        {**dict.fromkeys(OBLIGATION, "str"), "due_on": "datetime64[us]"}
    )


def due_within(duties: pd.DataFrame, settings: Settings, period: Period) -> pd.DataFrame:
    """The obligations of the period's year that are due on or before the period's due date (design 5)."""
    of_year = years_of(duties["period"]) == str(period.year)
    return duties[of_year & (duties["due_on"] <= pd.Timestamp(settings.due_on(period)))]


def responsible(divisions: pd.Series, settings: Settings, today: dt.date) -> pd.Series:
    """The code of the division that answers for each one's obligations that day: itself, or who took over from it."""
    answers = {code: _answering(code, settings, today) for code in divisions.unique()}
    return divisions.map(answers).astype("str")


def _answering(code: str, settings: Settings, today: dt.date) -> str:
    """The first of the line of successors that is not closed; the last one when all of them are."""
    line = [code, *filter(settings.division, settings.successors_of(code))]
    still_there = (each for each in line if not _is_closed(settings.division(each), today))
    return next(still_there, line[-1])


def _is_closed(division: Division | None, today: dt.date) -> bool:
    return division is not None and division.valid_to is not None and division.valid_to < today


def collecting_period(settings: Settings, day: dt.date) -> Period:
    """The period whose reports are being collected that day: the first that is still due, else the last."""
    open_periods = [period for period in settings.periods if settings.due_on(period) >= day]
    return open_periods[0] if open_periods else settings.periods[-1]


def with_decisions(duties: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """The obligations with agreed_on (the first due date where due_on is an extended one, else missing) and is_exempt.

    ``decisions`` as ``ledger.contents.read_decisions`` gives them: those that stand, in the order of recording. Of one
    kind for one obligation the last one counts. An extension never brings a due date forward, not even where the
    settings have moved it past the extension since.
    """
    extended, exempted = (_last(decisions, kind) for kind in (DecisionKind.EXTENDED, DecisionKind.EXEMPTED))
    keys = [*duties[OBLIGATION].itertuples(index=False, name=None)]
    given = [extended[key]["until"] if key in extended else pd.NaT for key in keys]
    until = pd.Series(given, index=duties.index, dtype="datetime64[us]")
    is_extended = until > duties["due_on"]
    return duties.assign(
        due_on=duties["due_on"].mask(is_extended, until),
        agreed_on=duties["due_on"].where(is_extended),
        is_exempt=pd.Series([key in exempted for key in keys], index=duties.index, dtype="bool"),
    )


def decision_words(duties: pd.DataFrame, decisions: pd.DataFrame) -> pd.Series:
    """What was decided about each obligation, with reason, document and number; missing where nothing was."""
    words: dict[Hashable, list[str]] = {}
    for kind in ON_OBLIGATIONS:
        for key, decision in _last(decisions, kind).items():
            words.setdefault(key, []).append(_words(decision))
    keys = duties[OBLIGATION].itertuples(index=False, name=None)
    texts = [" ".join(words[key]) if key in words else None for key in keys]
    return pd.Series(texts, index=duties.index, dtype="str")


def _last(decisions: pd.DataFrame, kind: DecisionKind) -> dict[Hashable, dict[Any, Any]]:
    """The last decision of a kind about each obligation, by form, division and period."""
    is_of_kind = decisions["kind"] == kind
    of_kind = decisions[is_of_kind].to_dict("records") if is_of_kind.any() else []
    return {tuple(decision[name] for name in OBLIGATION): decision for decision in of_kind}


def _words(decision: dict[Any, Any]) -> str:
    until, document = decision["until"], decision["document"]
    parts = [
        say(f"decisions.told.{decision['kind']}", until="" if pd.isna(until) else say_date(until.date())),
        say("decisions.reason", reason=str(decision["reason"]).rstrip(". ")),
        _document_words(document, decision["document_on"]),
        say("decisions.number", number=decision["decision_id"]),
    ]
    return " ".join(filter(None, parts))


def _document_words(document: object, document_on: pd.Timestamp) -> str:
    """The signed paper that a decision rests on, as a sentence; blank without one."""
    if not isinstance(document, str) or not document:
        return ""
    if pd.isna(document_on):
        return say("decisions.document", document=document)
    return say("decisions.document_dated", document=document, day=say_date(document_on.date()))
