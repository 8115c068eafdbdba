"""Degrees, pooled rates, weaker promises, and a promise in words."""

import math

import pandas as pd
import pytest
from achievement_rows import DUE, LEVEL, STAYS, YES_NO, Result, judged, promise

from pipeline.achievement import commitment_words, is_beyond_bound, is_weaker, pooled_share

NAN = float("nan")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({**promise("ít nhất", 80), "actual": 60}, 0.75),
        ({**promise("lớn hơn", 80), "actual": 100}, 1.25),
        ({**promise("không quá", 6), **LEVEL, "actual": 8}, 0.75),
        ({**promise("nhỏ hơn", 6), **LEVEL, "actual": 4}, 1.5),
        ({**promise("đúng bằng", 5), **LEVEL, "actual": 4}, NAN),
        ({**promise("trong khoảng", 3, 5), **LEVEL, "actual": 4}, NAN),
        ({**promise("ít nhất", 0), "actual": 4}, NAN),
        ({**promise("không quá", 5), **LEVEL, "actual": 0}, NAN),
        ({**YES_NO, "actual_coded": "có"}, NAN),
        ({"actual_coded": "chưa có số liệu"}, NAN),
    ],
)
def test_the_degree_divides_by_the_target_of_a_floor_and_by_the_value_of_a_ceiling(
    told: dict[str, float], expected: float
) -> None:
    assert judged([Result("", {**DUE, **told})])["degree"].tolist() == [pytest.approx(expected, nan_ok=True)]


def test_a_rate_over_divisions_is_pooled_from_its_parts_and_never_averaged() -> None:
    shares = pooled_share(pd.Series([9.0, 50.0]), pd.Series([10.0, 100.0]))
    assert shares == pytest.approx(100 * 59 / 110)
    assert shares != pytest.approx((90 + 50) / 2)


@pytest.mark.parametrize(
    ("numerators", "denominators"),
    [([], []), ([0.0], [0.0]), ([NAN], [NAN]), ([NAN], [200.0])],
)
def test_a_rate_without_cases_has_no_value(numerators: list[float], denominators: list[float]) -> None:
    assert math.isnan(pooled_share(pd.Series(numerators, dtype=float), pd.Series(denominators, dtype=float)))


def test_half_a_rate_is_left_out_of_the_pool() -> None:
    numerators, denominators = pd.Series([9.0, NAN, 5.0]), pd.Series([10.0, 200.0, NAN])
    assert pooled_share(numerators, denominators) == pytest.approx(90)


@pytest.mark.parametrize(
    ("comparator", "figure", "than", "weaker"),
    [
        ("ít nhất", 90, 95, True),
        ("ít nhất", 95, 95, False),
        ("lớn hơn", 90, 95, True),
        ("không quá", 7, 5, True),
        ("không quá", 4, 5, False),
        ("nhỏ hơn", 7, 5, True),
        ("đúng bằng", 4, 5, False),
        ("trong khoảng", 4, 5, False),
        ("ít nhất", NAN, 95, False),
        ("ít nhất", 90, NAN, False),
    ],
)
def test_a_promise_is_weaker_when_it_asks_less_under_its_comparator(
    comparator: str, figure: float, than: float, weaker: object
) -> None:
    assert is_weaker(pd.Series([comparator]), pd.Series([figure]), pd.Series([than])).tolist() == [weaker]


@pytest.mark.parametrize(
    ("comparator", "value", "beyond"),
    [("không quá", 6, True), ("không quá", 5, False), ("trong khoảng", 8, True), ("ít nhất", 9, False)],
)
def test_only_an_upper_bound_of_a_cumulative_number_can_be_broken_for_good(
    comparator: str, value: float, beyond: object
) -> None:
    told = {**promise(comparator, 5, 7), **STAYS, "objective_measure": "số lũy kế", "actual": value}
    assert is_beyond_bound(judged([Result("", told)])).tolist() == [beyond]


@pytest.mark.parametrize(
    ("promised", "words"),
    [
        (("tỷ lệ", "ít nhất", 95.0, None, "%"), "ít nhất 95%"),
        (("mức", "không quá", 4.5, None, "ngày"), "không quá 4,5 ngày"),
        (("mức", "trong khoảng", 3.0, 5.0, "ngày"), "trong khoảng 3 đến 5 ngày"),
        (("số lũy kế", "đúng bằng", 0.0, None, "văn bản"), "đúng bằng 0 văn bản"),
        (("số lũy kế", "lớn hơn", 1200.0, None, None), "lớn hơn 1.200"),
        (("có/không", "đúng bằng", None, None, None), "có"),
        (("tỷ lệ", "ít nhất", None, None, "%"), ""),
        ((None, None, None, None, None), ""),
    ],
)
def test_a_promise_in_words(promised: tuple[object, ...], words: str) -> None:
    columns = ["measure", "comparator", "target", "target_upper", "unit"]
    objectives = pd.DataFrame([promised], columns=columns).astype(
        {"measure": "str", "comparator": "str", "target": "float64", "target_upper": "float64", "unit": "str"}
    )
    assert commitment_words(objectives).tolist() == [words]
