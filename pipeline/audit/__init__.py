"""The audit: is what the ledger, the archive and the outbox hold still what the program once wrote? Reads only.

A check is a name and a function that gives its failures, listed in the order of :func:`checks`. None stops another:
what cannot be finished has failed and says why.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from pipeline.audit import chains, custody, database, published, rereading, rows, witnesses
from pipeline.audit.evidence import Evidence, Workbook, copied
from pipeline.audit.outcome import Failure, Outcome
from pipeline.ledger.tables import sheet_tables
from pipeline.wording import say

__all__ = [
    "WITNESSES",
    "Evidence",
    "Failure",
    "Line",
    "Outcome",
    "Workbook",
    "audited",
    "carried_out",
    "checks",
    "copied",
]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """One check: its name, the words of its line, and how it is carried out. ``subject``: the ledger's table."""

    name: str
    carry_out: Callable[[Evidence], Outcome]
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
        figures = self.outcome.figures
        return say(f"audit.check.{self.check.name}.figures", **figures) if figures else ""


def checks() -> tuple[Check, ...]:
    """Every check in its order; one a table of accepted rows, as the forms make them."""
    return (
        Check("file", database.file_holds),
        Check("version", database.version_holds),
        Check("triggers", database.triggers_hold),
        Check("events", chains.events_hold),
        Check("scans", chains.scans_hold),
        *(Check("table", partial(rows.stated_rows_hold, table), table) for table in rows.TABLES),
        Check("table", chains.faults_hold, "fault"),
        *(Check("rows", partial(rows.accepted_rows_hold, table), table) for table in sheet_tables()),
        Check("other_rows", rows.other_rows_hold),
        Check("originals", custody.originals_hold),
        Check("settings", custody.settings_hold),
        Check("presented", custody.presented_hold),
        Check("second_reader", rereading.originals_read_again),
        Check("workbooks", published.workbooks_hold),
        Check("controls", published.controls_hold),
    )


WITNESSES: Final = Check("witnesses", witnesses.witnesses_hold)
"""Papers that left the house before, against the ledger of today."""


def audited(evidence: Evidence, on_check: Callable[[int, int], None] = lambda *_: None) -> Iterator[Line]:
    """Every check carried out, one after the other; ``on_check`` hears how many of how many are done.

    Where there are papers, they are witnesses.
    """
    every = [*checks(), *([WITNESSES] if evidence.papers else [])]
    for done, check in enumerate(every, 1):
        yield carried_out(check, evidence)
        on_check(done, len(every))


def carried_out(check: Check, evidence: Evidence) -> Line:
    """The check's line. A check that cannot be finished has failed, and says why; the others go on."""
    try:
        return Line(check, check.carry_out(evidence))
    except Exception as fault:  # noqa: BLE001 - the boundary of one check: a damaged file must not end the audit
        log.warning("audit: %s %s broke off\n%s", check.name, check.subject, traceback.format_exc())
        reason = f"{type(fault).__name__}: {fault}".splitlines()[0]
        return Line(check, Outcome({}, (Failure("broken_off", {"reason": reason}),)))
