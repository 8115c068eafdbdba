"""The file itself: whole as a database, of a version that this program knows, and every table still append-only."""

from collections.abc import Iterator

from pipeline.audit.evidence import Evidence
from pipeline.audit.outcome import Failure, Outcome, outcome
from pipeline.ledger import schema

_MOST = 20
"""SQLite stops after this many faults; one is enough to fetch the copy of last week."""


def file_holds(evidence: Evidence) -> Outcome:
    """PRAGMA integrity_check and foreign_key_check."""
    faults = evidence.ledger.execute(f"PRAGMA integrity_check({_MOST})").fetchall()
    failures = [Failure("integrity", {"said": fault}) for (fault,) in faults if fault != "ok"]
    for table, rowid, parent, _ in evidence.ledger.execute("PRAGMA foreign_key_check").fetchmany(_MOST):
        failures.append(Failure("reference", {"table": table, "id": rowid, "parent": parent}))
    pages = evidence.ledger.execute("PRAGMA page_count").fetchone()[0]
    return outcome(failures, pages=pages)


def version_holds(evidence: Evidence) -> Outcome:
    """The schema's versions, one after the other up to the one that this program writes."""
    versions = [row["version"] for row in evidence.rows("schema_version")]
    holds = versions in [list(range(first, schema.VERSION + 1)) for first in range(1, schema.VERSION + 1)]
    words = ", ".join(map(str, versions))
    failures = [] if holds else [Failure("version", {"found": words, "known": schema.VERSION})]
    return outcome(failures, version=versions[-1] if versions else 0)


def triggers_hold(evidence: Evidence) -> Outcome:
    """Every table refuses UPDATE and DELETE, by the very triggers that the program made, and has no others."""
    query = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
    present = {(table, name): sql for table, name, sql in evidence.ledger.execute(query)}
    expected = {
        (table, name): schema.trigger_statement(name, action, table)
        for table in evidence.tables
        for name, action in schema.triggers_of(table).items()
    }
    return outcome(_differing(expected, present), tables=len(evidence.tables), triggers=len(expected))


def _differing(expected: dict[tuple[str, str], str], present: dict[tuple[str, str], str]) -> Iterator[Failure]:
    for (table, name), statement in sorted(expected.items()):
        facts = {"table": table, "trigger": name}
        if (table, name) not in present:
            yield Failure("trigger_lost", facts)
        elif present[table, name] != statement:
            yield Failure("trigger_changed", facts)
    for table, name in sorted(set(present) - set(expected)):
        yield Failure("trigger_foreign", {"table": table, "trigger": name})
