"""The file itself: whole as a database, of a version that this program knows, and every table still append-only."""

from collections.abc import Iterator

from pipeline.audit.evidence import Evidence
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.ledger import schema

_TOLD = 20
"""SQLite stops telling after this many faults; one is enough to fetch the copy of last week."""


def file_holds(evidence: Evidence) -> Outcome:
    """PRAGMA integrity_check and foreign_key_check."""
    found = evidence.ledger.execute(f"PRAGMA integrity_check({_TOLD})").fetchall()
    failures = [Failure("integrity", {"said": said}) for (said,) in found if said != "ok"]
    for table, rowid, parent, _ in evidence.ledger.execute("PRAGMA foreign_key_check").fetchmany(_TOLD):
        failures.append(Failure("reference", {"table": table, "id": rowid, "parent": parent}))
    pages = evidence.ledger.execute("PRAGMA page_count").fetchone()[0]
    return outcome(failures, pages=pages)


def version_holds(evidence: Evidence) -> Outcome:
    """The schema's versions, one after the other up to the one that this program writes."""
    found = [row["version"] for row in evidence.rows("schema_version")]
    holds = found in [list(range(first, schema.VERSION + 1)) for first in range(1, schema.VERSION + 1)]
    told = ", ".join(map(str, found))
    failures = [] if holds else [Failure("version", {"found": told, "known": schema.VERSION})]
    return outcome(failures, version=found[-1] if found else 0)


def triggers_hold(evidence: Evidence) -> Outcome:
    """Every table refuses UPDATE and DELETE, by the very triggers that the program made, and has no others."""
    found = evidence.ledger.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    present = {(table, name): sql for name, table, sql in found}
    wanted = {
        (table, name): schema.trigger_statement(name, action, table)
        for table in evidence.tables
        for name, action in schema.triggers_of(table).items()
    }
    return outcome(_differing(wanted, present), tables=len(evidence.tables), triggers=len(wanted))


def _differing(wanted: dict[tuple[str, str], str], present: dict[tuple[str, str], str]) -> Iterator[Failure]:
    for (table, name), statement in sorted(wanted.items()):
        facts = {"table": table, "trigger": name}
        if (table, name) not in present:
            yield Failure("trigger_lost", facts)
        elif present[table, name] != statement:
            yield Failure("trigger_changed", facts)
    for table, name in sorted(set(present) - set(wanted)):
        yield Failure("trigger_foreign", {"table": table, "trigger": name})
