"""Numbers that are written, and read back."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.vietnamese import decimals_of, format_number, read_number
from pipeline.vietnamese.numbers import NumberReading

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, None, "1.234,5"),
        (95.0, None, "95"),
        (95.5, None, "95,5"),
        (1234567.0, None, "1.234.567"),
        (-3.5, None, "-3,5"),
        (-0.0, None, "0"),
        (1e-07, None, "0,0000001"),
        (1e22, None, "10.000.000.000.000.000.000.000"),
        (2.675, 2, "2,68"),
        (0.5, 0, "1"),
        (95, 1, "95,0"),
        (-0.001, 2, "0,00"),
        (1e300, 2, format_number(1e300) + ",00"),
    ],
)
def test_numbers_are_written_in_the_vietnamese_style(value: float, decimals: int | None, text: str) -> None:
    assert format_number(value, decimals) == text


@given(FINITE)
@example(1.234)
@example(5e-324)
@example(1.7976931348623157e308)
def test_what_is_written_is_read_back(value: float) -> None:
    reading = read_number(format_number(value))

    # Three decimals after up to three digits are the one text that cannot say which it is.
    assert value in (reading.readings or (reading.value,))


@given(FINITE)
def test_typed_decimals_are_read_back(value: float) -> None:
    reading = read_number(format_number(value))

    assert reading.readings or reading.decimals == decimals_of(value)


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_are_never_ambiguous(value: int) -> None:
    assert read_number(format_number(value)) == NumberReading(value)


@pytest.mark.parametrize(
    ("value", "decimals"),
    [(95.0, 0), (95.5, 1), (0.125, 3), (1e-07, 7), (1.5e-07, 8), (1e22, 0), (0.0, 0), (1200, 0)],
)
def test_decimals_are_those_of_the_shortest_text(value: float, decimals: int) -> None:
    assert decimals_of(value) == decimals


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_is_not_finite_is_never_written(value: float) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        format_number(value)
