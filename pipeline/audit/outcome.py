"""What a check comes to, as data; the words come from ``wording/audit.toml``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.vietnamese import format_number
from pipeline.wording import say

_LONGEST = 80


@dataclass(frozen=True)
class Failure:
    """One thing that does not hold; ``kind`` names its words, ``facts`` what they need."""

    kind: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What exactly is wrong, in one Vietnamese line."""
        return say(f"audit.failure.{self.kind}", **self.facts)


@dataclass(frozen=True)
class Outcome:
    """The figures that a check's line gives, and every failure."""

    figures: Mapping[str, object] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()


def outcome(failures: Iterable[Failure], **figures: object) -> Outcome:
    """An outcome with its figures."""
    return Outcome(figures, tuple(failures))


def display(value: object) -> str:
    """A value of the ledger in a line: numbers in Vietnamese spelling, a blank named as such, long texts cut."""
    if value is None or value == "":
        return say("audit.blank")
    text = format_number(value) if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
