"""Columns of written periods: their years, their kinds, and the same period of another year."""

import pandas as pd

from pipeline.settings import PeriodKind, kinds_of, shifted, years_of

PERIODS = pd.Series(["2019-KH", "2019-6T", "2020-CN"], dtype="str")


def test_years_and_kinds_are_texts() -> None:
    assert years_of(PERIODS).tolist() == ["2019", "2019", "2020"]
    assert kinds_of(PERIODS).tolist() == ["KH", "6T", "CN"]


def test_a_missing_period_has_neither() -> None:
    missing = pd.Series([None, "2019-CN"], dtype="str")
    assert years_of(missing).isna().tolist() == kinds_of(missing).isna().tolist() == [True, False]


def test_a_period_is_shifted_to_another_year_or_its_plan() -> None:
    assert shifted(PERIODS, -1).tolist() == ["2018-KH", "2018-6T", "2019-CN"]
    assert shifted(PERIODS, 1, PeriodKind.PLAN).tolist() == ["2020-KH", "2020-KH", "2021-KH"]
