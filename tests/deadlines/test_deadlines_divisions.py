"""Who owes: divisions that open, close or are succeeded in mid-year, scope, and strictness at every edge."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from deadline_frames import division, owed, settings_of

from pipeline.obligations import due_within, duties, responsible
from pipeline.settings import Period, Settings

D = dt.date


def _owing(settings: Settings, period: str = "2019-6T") -> list[str]:
    return list(owed(settings, period)["division"])


@pytest.mark.parametrize(
    ("more", "owes"),
    [
        ({}, True),
        ({"valid_from": D(2019, 6, 9)}, True),
        ({"valid_from": D(2019, 6, 10)}, False),
        ({"valid_to": D(2019, 6, 9)}, True),
        ({"valid_to": D(2019, 6, 8)}, False),
        ({"in_scope": False}, False),
        ({"owes": ["BM-01"]}, False),
    ],
    ids=[
        "always there",
        "opened on the last good day",
        "opened on the due date",
        "closed at the end of the last good day",
        "closed the day before",
        "outside the scope of the system",
        "does not owe this form",
    ],
)
def test_who_owes_the_report_of_the_half_year(more: dict[str, Any], *, owes: bool) -> None:
    assert _owing(settings_of(division("VP", **more))) == (["VP"] if owes else [])


def test_a_division_that_opened_in_mid_year_owes_what_is_due_from_then_on() -> None:
    made = duties(settings_of(division("VP", valid_from=D(2019, 7, 1))))
    assert list(made["period"]) == ["2019-CN"]


def test_a_division_that_closed_in_mid_year_owes_what_was_due_before() -> None:
    made = duties(settings_of(division("VP", valid_to=D(2019, 6, 30))))
    assert list(made["period"]) == ["2019-6T"]


def test_at_the_turn_of_the_year_the_last_good_day_is_in_the_old_year() -> None:
    settings = settings_of(division("CU", valid_to=D(2019, 12, 31)), division("MOI", valid_from=D(2020, 1, 1)))
    years = {**settings.years, 2020: {"KH": {"BM-02": D(2020, 1, 1)}}}
    moved = Settings.model_validate({**settings.model_dump(), "years": years})
    assert _owing(moved, "2020-KH") == ["CU"]


def test_an_obligation_belongs_to_the_year_of_its_period_up_to_the_due_date_asked_for() -> None:
    settings = settings_of(division("VP", owes=["BM-01", "BM-02", "BM-03"]))
    found = due_within(duties(settings), settings, Period.parse("2019-6T"))
    assert list(found["form"] + " " + found["period"]) == ["BM-01 2019-KH", "BM-03 2019-KH", "BM-02 2019-6T"]


LINE = settings_of(
    division("CU", valid_to=D(2019, 6, 30), successor="GIUA"),
    division("GIUA", valid_from=D(2019, 7, 1), valid_to=D(2019, 9, 30), successor="MOI"),
    division("MOI", valid_from=D(2019, 10, 1)),
    division("HET", valid_to=D(2019, 6, 30)),
    division("VONG", valid_to=D(2019, 6, 30), successor="VONG"),
)


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("CU", D(2019, 6, 30), "CU"),
        ("CU", D(2019, 7, 1), "GIUA"),
        ("CU", D(2019, 9, 30), "GIUA"),
        ("CU", D(2019, 10, 1), "MOI"),
        ("MOI", D(2019, 1, 1), "MOI"),
        ("HET", D(2019, 12, 1), "HET"),
        ("VONG", D(2019, 12, 1), "VONG"),
    ],
)
def test_who_answers_for_a_division_that_day(code: str, day: dt.date, expected: str) -> None:
    assert list(responsible(pd.Series([code], dtype="str"), LINE, day)) == [expected]
