"""VERIFY: whether a committee's workbook keeps the rules of its kind, read from its bytes alone.

An independent reader: it shares no code with what writes the workbook, only the words of ``wording`` that both show.
Pure: bytes in, outcomes out.
"""

from pipeline.compliance.lint import all_kept, lint
from pipeline.compliance.outcome import Outcome
from pipeline.compliance.package import NotAWorkbookError
from pipeline.compliance.rules import Rule

__all__ = ["NotAWorkbookError", "Outcome", "Rule", "all_kept", "lint"]
