"""The other words for a choice (``synonyms.toml``), and the many spellings of a code, made from the code itself."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

_TABLE: Final[Mapping[str, Any]] = tomllib.loads(files(__package__).joinpath("synonyms.toml").read_text("utf-8"))
_GAP: Final = r"[\s.\-_/:\u2010-\u2015]*"
"""What may stand between the parts of a code: spaces, points, dashes."""
_PARTS: Final = re.compile(r"[^\W\d_]+|\d+")

CODED, CODED_DAY = "coded", "coded_day"
"""The lists of words in place of a number, and of a day."""


def list_name(options: Iterable[object]) -> str:
    """The name of a list of choices, or of the enum itself: that of the enum; "" for choices of no enum."""
    return next((type(option).__name__ for option in options if isinstance(option, StrEnum)), "")


def synonyms_of(*lists: str) -> Mapping[str, str]:
    """Other word to stored value, of lists by their names; of a word of two lists the former's."""
    words: dict[str, str] = {}
    for name in reversed(lists):
        words |= {word: value for value, others in _TABLE.get(name, {}).items() for word in others}
    return words


def is_spoken(word: str) -> bool:
    """Whether a word is one of letters or figures, not of signs alone."""
    return bool(_PARTS.search(word))


def says_nothing(name: str) -> tuple[str, ...]:
    """The words that say nothing even in a list that takes other words than its own."""
    return tuple(_TABLE["says_nothing"].get(name, ()))


def around(what: str) -> Sequence[str]:
    """The words before a ``code``, a ``day``, a ``figure`` or a ``person`` that change nothing."""
    words: list[str] = _TABLE["around"][what]
    return words


def is_code(text: str) -> bool:
    """Whether a stored value is an identity with a number, such as MT01 or CSCL-2019/01."""
    return any(part.isdecimal() for part in _PARTS.findall(text))


@lru_cache(maxsize=8192)
def family_of_code(code: str) -> re.Pattern[str]:
    """The tolerant spelling of any code like this one: any case, any gap between its parts, whatever its numbers."""
    parts = [r"\d+" if part.isdecimal() else re.escape(part) for part in _PARTS.findall(code)]
    return re.compile(rf"(?<![^\W_]){_GAP.join(parts)}(?![^\W_])", re.IGNORECASE)


@lru_cache(maxsize=8192)
def parts_of_code(code: str) -> tuple[str, ...]:
    """The letters and numbers of a code, numbers without leading zeros."""
    return tuple(part.lstrip("0") or "0" if part.isdecimal() else part.casefold() for part in _PARTS.findall(code))
