"""What became of one rule, and where it is broken."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pipeline.compliance.rules import Rule
from pipeline.wording import say

MOST: Final = 5
"""Places that an outcome names; the others are counted."""


@dataclass(frozen=True)
class Outcome:
    """One rule's outcome. ``places`` (``sheet!cell``, or what is amiss) are the first few of ``count``."""

    rule: Rule
    places: tuple[str, ...] = ()
    count: int = 0

    @property
    def holds(self) -> bool:
        """Whether the workbook keeps the rule."""
        return self.count == 0

    @property
    def title(self) -> str:
        """The rule in words."""
        return say(f"compliance.rule.{self.rule}")

    @property
    def where(self) -> str:
        """The places in words; empty where the rule is kept."""
        named = ", ".join(self.places)
        rest = self.count - len(self.places)
        return say("compliance.more", places=named, count=rest) if rest else named

    def as_document(self) -> dict[str, object]:
        """As JSON."""
        told = {"rule": str(self.rule), "title": self.title, "holds": self.holds}
        return {**told, "places": list(self.places), "count": self.count}


def outcome(rule: Rule, places: Iterable[str]) -> Outcome:
    """The outcome of a rule that is broken at these places."""
    every = iter(dict.fromkeys(places))
    named = tuple(islice(every, MOST))
    return Outcome(rule, named, len(named) + sum(1 for _ in every))
