"""The audit: is what the ledger, the archive and the outbox hold still what the program once wrote? Reads only.

A check is a name and a function that gives its failures, told in the order of :func:`checks`. None stops another: what
cannot be finished has failed and says why.
"""

from collections.abc import Callable, Iterator
from functools import partial

from pipeline.audit import chain, custody, database, published, rereading, settled, told
from pipeline.audit.evidence import Evidence, copied
from pipeline.audit.outcome import Check, Failure, Line, Outcome, carried_out
from pipeline.audit.published import Workbook
from pipeline.ledger.tables import sheet_tables

__all__ = ["Evidence", "Failure", "Line", "Outcome", "Workbook", "audited", "checks", "copied"]

_FIXED = (
    Check("table", told.settings_hold, "settings_version"),
    Check("table", told.arrivals_hold, "arrival"),
    Check("table", told.sightings_hold, "sighting"),
    Check("table", told.submissions_hold, "submission"),
    Check("table", told.findings_hold, "finding"),
    Check("table", told.decisions_hold, "decision"),
    Check("table", chain.faults_hold, "fault"),
)
_BEFORE = (
    Check("file", database.file_holds),
    Check("version", database.version_holds),
    Check("triggers", database.triggers_hold),
    Check("events", chain.events_hold),
    Check("scans", chain.scans_hold),
)
_AFTER = (
    Check("originals", custody.originals_hold),
    Check("settings", settled.settings_hold),
    Check("second_reader", rereading.originals_read_again),
    Check("workbooks", published.workbooks_hold),
    Check("controls", published.controls_hold),
)


def checks() -> tuple[Check, ...]:
    """Every check in its order; one a table of accepted rows, as the forms make them."""
    rows = (Check("rows", partial(told.accepted_rows_hold, table), table) for table in sheet_tables())
    return (*_BEFORE, *_FIXED, *rows, Check("other_rows", told.other_rows_hold), *_AFTER)


def audited(evidence: Evidence, on_check: Callable[[int, int], None] = lambda *_: None) -> Iterator[Line]:
    """Every check carried out, one after the other; ``on_check`` hears how many of how many are done."""
    wanted = checks()
    for done, check in enumerate(wanted, 1):
        yield carried_out(check, evidence)
        on_check(done, len(wanted))
