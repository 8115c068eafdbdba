"""REMEMBER: the ledger, one append-only SQLite file that is the truth (design 2.2)."""

from pipeline.findings import DecisionKind
from pipeline.ledger.records import Arrival, Decision, Judgement, Scan, SettingsVersion, Waiting
from pipeline.ledger.store import Ledger, LedgerError

__all__ = [
    "Arrival",
    "Decision",
    "DecisionKind",
    "Judgement",
    "Ledger",
    "LedgerError",
    "Scan",
    "SettingsVersion",
    "Waiting",
]
