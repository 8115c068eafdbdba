"""What became of one rule, and where it is broken."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbook_rules.rules import Rule


@dataclass(frozen=True)
class Outcome:
    """One rule's outcome. ``places``: ``sheet!cell``, or what is amiss."""

    rule: Rule
    places: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the workbook keeps the rule."""
        return not self.places


def outcome(rule: Rule, places: Iterable[str]) -> Outcome:
    """The outcome of a rule that is broken at these places."""
    return Outcome(rule, tuple(dict.fromkeys(places)))
