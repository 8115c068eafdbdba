"""Whether a committee's workbook keeps the rules of its kind, read from its bytes alone.

An independent reader: it shares no code with what writes the workbook, only the words of ``wording`` that both show.
Pure: bytes in, outcomes out.
"""

from workbook_rules.lint import lint
from workbook_rules.outcome import Outcome
from workbook_rules.package import NotAWorkbookError
from workbook_rules.rules import Rule

__all__ = ["NotAWorkbookError", "Outcome", "Rule", "lint"]
