"""DECIDE, second half: pandera judges the typed frames. The only package that calls pandera's ``validate``."""

from pipeline.validation.engine import JudgingError, judge
from pipeline.validation.knowledge import knowledge, no_knowledge
from pipeline.validation.standing import standing_findings
from pipeline.vocabulary.rows import Knowledge

__all__ = ["JudgingError", "Knowledge", "judge", "knowledge", "no_knowledge", "standing_findings"]
