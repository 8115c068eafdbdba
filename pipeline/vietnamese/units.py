"""Units of measure: one spelling each, from units.toml, so that a unit is added without touching code."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from pipeline.vietnamese.text import fold, halfwidth, normalise


class UnitReading(NamedTuple):
    """What stands behind a figure: the unit, and the power of ten by which the figure is to be multiplied.

    A bare multiplier ("8 tỷ") is given as the unit, with power 0: whether đồng are meant, the caller knows.
    """

    unit: str
    power: int = 0


def canonical_unit(text: str) -> str | None:
    """Return the listed spelling of a unit ("Tỉ đồng" gives "tỷ đồng"), None when it is not listed."""
    return _UNITS.get(_key(text))


def spellings_of(unit: str) -> tuple[str, ...]:
    """Every listed spelling of a listed unit, its own first.

    Raises:
        KeyError: the unit is not listed.
    """
    return (unit, *_TABLE["units"][unit])


def is_money(unit: str) -> bool:
    """Tell whether a unit, in any listed spelling, counts money. A bare "triệu" does not say so."""
    return canonical_unit(unit) in _MONEY


def money_power(text: str) -> int | None:
    """Return the power of ten by which a unit counts đồng: 9 for "tỷ đồng" and "tỷ", 0 for "đồng"; None for another."""
    unit = canonical_unit(text)
    if unit is not None and unit not in _MONEY:
        return None
    multiplier = fold(unit or text).removesuffix(fold(_DONG)).strip()
    return 0 if unit is not None and not multiplier else multiplier_power(multiplier)


def multiplier_power(text: str) -> int | None:
    """Return the power of ten of "nghìn", "triệu", "tỷ" or "nghìn tỷ", None for any other text."""
    multiplier = _MULTIPLIERS.get(_key(text))
    return None if multiplier is None else _POWERS[multiplier]


def read_unit(text: str) -> UnitReading | None:
    """Read what follows a figure: "hồ sơ", "tỷ đồng", "triệu" alone, or "triệu lượt" (lượt, power 6).

    Returns None when neither the text nor what follows its multiplier is a listed unit.
    """
    name = canonical_unit(text) or _MULTIPLIERS.get(_key(text))
    return UnitReading(name) if name else _read_multiplied(normalise(text).split())


def _read_multiplied(words: list[str]) -> UnitReading | None:
    # Longest multiplier first: "nghìn tỷ ..." is not a thousand of something called "tỷ ...".
    for length in (2, 1):
        power = multiplier_power(" ".join(words[:length]))
        unit = canonical_unit(" ".join(words[length:]))
        if power is not None and unit is not None and "%" not in unit:
            return UnitReading(unit, power)
    return None


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """Fold, but keep what folding would lose: "điểm %" is not "điểm", "lớp/năm" is not "lớp năm"."""
    spoken = halfwidth(text).replace("%", " phần trăm ").replace("‰", " phần nghìn ").replace("/", " trên ")
    return fold(spoken)


def _spellings(names: Mapping[str, list[str]]) -> dict[str, str]:
    return {spelling: name for name, aliases in names.items() for spelling in (name, *aliases)}


def unit_spellings() -> dict[str, str]:
    """Every listed spelling of a unit, accents kept, with the spelling to use: to find units in a sentence."""
    return _spellings(_TABLE["units"] | _TABLE["more_units"])


def multiplier_spellings() -> dict[str, int]:
    """Every listed spelling of a multiplier as written, with its power of ten."""
    return {spelling: _POWERS[name] for spelling, name in _spellings(_ALIASES).items()}


_TABLE: dict[str, Any] = tomllib.loads(files(__package__).joinpath("units.toml").read_text(encoding="utf-8"))
KNOWN_UNITS: tuple[str, ...] = tuple(_TABLE["units"])
"""The listed spellings, in the order in which the forms offer them."""

_DONG = "đồng"
_UNITS = {_key(spelling): unit for spelling, unit in unit_spellings().items()}
_MONEY = frozenset(_TABLE["money"])
_POWERS: dict[str, int] = {name: entry["power"] for name, entry in _TABLE["multipliers"].items()}
_ALIASES = {name: entry["aliases"] for name, entry in _TABLE["multipliers"].items()}
_MULTIPLIERS = {_key(spelling): name for spelling, name in _spellings(_ALIASES).items()}
