"""REMEMBER: the ledger, one append-only SQLite file that is the truth (design 2.2)."""

from pipeline.ledger.records import Arrival, Judgement, Scan
from pipeline.ledger.store import Ledger, LedgerError

__all__ = ["Arrival", "Judgement", "Ledger", "LedgerError", "Scan"]
