"""Small words of the covering report: counts, shares, lists that end somewhere."""

import math
from collections.abc import Sequence
from typing import Final

from pipeline.letters.words import count_words
from pipeline.vietnamese import format_number, format_percent
from pipeline.wording import say

_NAMED: Final = 5


def counted(count: float) -> str:
    """A count as official papers write it: ``02``, ``60``, ``1.204``; none is ``0``."""
    return count_words(int(count)) if 0 < count < 1_000 else format_number(int(count))


def percent(share: float) -> str:
    """A fraction as it is said: "81,3 %"; a dash where there is none."""
    if math.isnan(share):
        return say("report.table.no_share")
    return unbroken(say("committee.percent", number=format_percent(share)))


def measured(value: float, unit: object) -> str:
    """A figure to two decimals with its unit; a line never ends between the two."""
    counted_in = unit if isinstance(unit, str) else ""
    return unbroken(f"{format_number(round(value, 2))} {counted_in}".strip())


def unbroken(text: str) -> str:
    """The text with spaces at which no line ends."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def listed(names: Sequence[str], most: int = _NAMED) -> str:
    """Names with commas between, those beyond the first few counted."""
    shown = "; ".join(names[:most])
    rest = len(names) - most
    return say("report.and_more", shown=shown, count=counted(rest)) if rest > 0 else shown


def lower_first(text: str) -> str:
    """A state as it stands within a sentence."""
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """People's text as a sentence: with its full stop."""
    told = " ".join(text.split())
    return told if told.endswith((".", "!", "?", "…")) else f"{told}."
