"""REMEMBER: the ledger, one append-only SQLite file that is the truth (design 2.2)."""

from pipeline.findings import DecisionKind
from pipeline.ledger.records import (
    WHOLE_INBOX,
    Arrival,
    Decision,
    Fault,
    FaultState,
    Judgement,
    Oversize,
    Scan,
    SettingsVersion,
    Waiting,
)
from pipeline.ledger.right_time import FAR, Look, Years
from pipeline.ledger.store import Ledger, LedgerCopy, LedgerError, NewerLedgerError

__all__ = [
    "FAR",
    "WHOLE_INBOX",
    "Arrival",
    "Decision",
    "DecisionKind",
    "Fault",
    "FaultState",
    "Judgement",
    "Ledger",
    "LedgerCopy",
    "LedgerError",
    "Look",
    "NewerLedgerError",
    "Oversize",
    "Scan",
    "SettingsVersion",
    "Waiting",
    "Years",
]
