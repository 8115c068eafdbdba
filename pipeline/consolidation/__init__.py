"""CONSOLIDATE: the accepted rows of the ledger as the frames of the committee's workbook. Pure (design 2.7)."""

from pipeline.consolidation.committee import Committee, consolidate, with_changes
from pipeline.consolidation.content import LedgerContent
from pipeline.consolidation.corrections import with_corrections
from pipeline.consolidation.view import View

__all__ = ["Committee", "LedgerContent", "View", "consolidate", "with_changes", "with_corrections"]
