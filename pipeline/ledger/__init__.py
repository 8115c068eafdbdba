"""REMEMBER: the ledger, one append-only SQLite file that is the truth (design 2.2)."""

from pipeline.findings import DecisionKind
from pipeline.ledger.records import Arrival, Decision, Fault, FaultState, Judgement, Scan, SettingsVersion, Waiting
from pipeline.ledger.right_time import FAR, Look, Years
from pipeline.ledger.store import Ledger, LedgerError

__all__ = [
    "FAR",
    "Arrival",
    "Decision",
    "DecisionKind",
    "Fault",
    "FaultState",
    "Judgement",
    "Ledger",
    "LedgerError",
    "Look",
    "Scan",
    "SettingsVersion",
    "Waiting",
    "Years",
]
