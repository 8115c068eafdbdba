"""Units: one listed spelling each."""

import tomllib
from importlib.resources import files

import pytest

from pipeline.vietnamese import (
    KNOWN_UNITS,
    canonical_unit,
    is_money,
    multiplier_power,
    read_unit,
    units,
)
from pipeline.vietnamese.units import UnitReading


def test_the_list_opens_with_the_units_of_the_objectives_form_in_their_order() -> None:
    assert KNOWN_UNITS[:15] == (
        "%",
        "điểm %",
        "ngày",
        "ngày làm việc",
        "giờ",
        "hồ sơ",
        "người",
        "lượt",
        "lớp",
        "lần",
        "văn bản",
        "điểm",
        "đồng",
        "triệu đồng",
        "tỷ đồng",
    )


@pytest.mark.parametrize("unit", KNOWN_UNITS)
def test_every_listed_unit_is_its_own_spelling(unit: str) -> None:
    assert canonical_unit(unit) == unit


def test_no_two_spellings_of_the_table_share_a_key() -> None:
    table = tomllib.loads(files("pipeline.vietnamese").joinpath("units.toml").read_text(encoding="utf-8"))
    multipliers = {name: entry["aliases"] for name, entry in table["multipliers"].items()}
    named = {**table["units"], **multipliers}
    owners: dict[str, set[str]] = {}
    for name, aliases in named.items():
        for spelling in (name, *aliases):
            owners.setdefault(units._key(spelling), set()).add(name)

    assert {key: names for key, names in owners.items() if len(names) > 1 or not key} == {}


def test_every_money_unit_is_listed() -> None:
    assert set(units._MONEY) <= set(KNOWN_UNITS)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("phần trăm", "%"),
        ("(%)", "%"),
        ("％", "%"),
        ("điểm phần trăm", "điểm %"),
        ("Điểm %", "điểm %"),
        ("Điểm", "điểm"),
        ("%/năm", "%/năm"),
        ("HỒ SƠ", "hồ sơ"),
        ("ho so", "hồ sơ"),
        ("Ngày\u00a0làm việc", "ngày làm việc"),
        ("đ", "đồng"),
        ("vnđ", "đồng"),
        ("tỉ đồng", "tỷ đồng"),
        ("tỷđ", "tỷ đồng"),
        ("tr.đ", "triệu đồng"),
        ("1.000 đồng", "nghìn đồng"),
        ("thủ tục hành chính", "TTHC"),
        ("tthc", "TTHC"),
        ("thủ tục", "thủ tục"),
    ],
)
def test_other_spellings_lead_to_the_listed_one(typed: str, unit: str) -> None:
    assert canonical_unit(typed) == unit


@pytest.mark.parametrize("typed", ["", "con mèo", "tỷ", "triệu", "lớp/năm", "/năm", "."])
def test_what_is_not_listed_is_no_unit(typed: str) -> None:
    assert canonical_unit(typed) is None


@pytest.mark.parametrize("unit", ["đồng", "VNĐ", "triệu đồng", "tỉ đồng", "nghìn tỷ đồng"])
def test_money_is_recognised_in_any_spelling(unit: str) -> None:
    assert is_money(unit)


@pytest.mark.parametrize("unit", ["hồ sơ", "%", "tỷ", "con mèo", ""])
def test_what_does_not_say_money_is_not_money(unit: str) -> None:
    assert not is_money(unit)


@pytest.mark.parametrize(
    ("text", "power"),
    [("ngàn", 3), ("triệu", 6), ("Tỉ", 9), ("nghìn tỷ", 12), ("triệu đồng", None), ("", None)],
)
def test_a_multiplier_has_a_power_of_ten(text: str, power: int | None) -> None:
    assert multiplier_power(text) == power


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("tỷ đồng", UnitReading("tỷ đồng")),
        ("tỉ", UnitReading("tỷ")),
        ("nghìn tỉ", UnitReading("nghìn tỷ")),
        ("triệu lao động", UnitReading("lao động", 6)),
        ("nghìn tỷ lượt", UnitReading("lượt", 12)),
        ("triệu %", None),
        ("triệu con mèo", None),
        ("", None),
    ],
)
def test_what_follows_a_figure_is_a_unit_with_its_power(text: str, reading: UnitReading | None) -> None:
    assert read_unit(text) == reading
