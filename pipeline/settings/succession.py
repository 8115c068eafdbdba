"""Who takes over from a division that was dissolved, as the directory writes it. Pure.

*Đơn vị kế thừa* is ``LDVL``, or several codes with a comma between them; behind a code may stand the objectives that
go to it: ``LDVL, BTXH MT02 MT05``. Every other objective goes to the first.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

_PART: Final = re.compile(r"[,;]")


class Heir(NamedTuple):
    """A division that takes over, and the codes of the objectives that are named for it."""

    code: str
    objectives: tuple[str, ...] = ()


def heirs_of(text: str | None) -> tuple[Heir, ...]:
    """The divisions that take over, in their order; none of a blank cell."""
    parts = [part.split() for part in _PART.split((text or "").upper())]
    return tuple(Heir(words[0], tuple(words[1:])) for words in parts if words)


def line_of(code: str, successor_of: Callable[[str], str | None]) -> tuple[str, ...]:
    """Who takes over from a division, and from those in turn, the nearest first; a ring ends where it closes."""
    line, waiting = [code], [code]
    while waiting:
        heirs = dict.fromkeys(heir.code for heir in heirs_of(successor_of(waiting.pop(0))))
        further = [heir for heir in heirs if heir not in line]
        line, waiting = [*line, *further], [*waiting, *further]
    return tuple(line[1:])


def taken_over_code(former: str, code: str) -> str:
    """The code of an objective or a task in the report of the division that took it over: NCC-MT01."""
    return f"{former}-{code}"


def own_code(code: str) -> tuple[str, str]:
    """The former division, blank where there is none, and the code that it gave."""
    former, _, own = code.rpartition("-")
    return former, own
