"""A check and what it found, as data; the words come from ``wording/audit.toml``."""

import logging
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.audit.evidence import Evidence

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """One thing that does not hold; ``kind`` names its words, ``facts`` what they ask for."""

    kind: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What exactly is wrong, in one Vietnamese line."""
        return say(f"audit.failure.{self.kind}", **self.facts)


@dataclass(frozen=True)
class Outcome:
    """What one check found: the figures that its line tells, and every failure."""

    figures: Mapping[str, object] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True)
class Check:
    """One check: its name, the words of its line, and how it is carried out. ``subject``: the ledger's table."""

    name: str
    carry_out: Callable[["Evidence"], Outcome]
    subject: str = ""


@dataclass(frozen=True)
class Line:
    """A check that was carried out."""

    check: Check
    outcome: Outcome

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return not self.outcome.failures

    @property
    def title(self) -> str:
        """What was checked."""
        return say(f"audit.check.{self.check.name}.title", table=self.check.subject)

    @property
    def figures(self) -> str:
        """How much was checked; empty when the check broke off."""
        if not self.outcome.figures:
            return ""
        return say(f"audit.check.{self.check.name}.figures", **self.outcome.figures)


def outcome(failures: Iterable[Failure], **figures: object) -> Outcome:
    """An outcome with its figures."""
    found = tuple(failures)
    return Outcome(figures, found)


def carried_out(check: Check, evidence: "Evidence") -> Line:
    """The check's line. A check that cannot be finished has failed, and says why; the others go on."""
    try:
        return Line(check, check.carry_out(evidence))
    except Exception as fault:  # noqa: BLE001 - the boundary of one check: a damaged file must not end the audit
        log.warning("audit: %s %s broke off\n%s", check.name, check.subject, traceback.format_exc())
        reason = f"{type(fault).__name__}: {fault}".splitlines()[0]
        return Line(check, Outcome({}, (Failure("broken_off", {"reason": reason}),)))
