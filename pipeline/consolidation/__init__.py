"""CONSOLIDATE: the accepted rows of the ledger as the frames of the committee's workbook. Pure (design 2.7)."""

from pipeline.consolidation.committee import Committee, changes_since, consolidate, with_controls
from pipeline.consolidation.content import LedgerContent, before_last_change

__all__ = ["Committee", "LedgerContent", "before_last_change", "changes_since", "consolidate", "with_controls"]
