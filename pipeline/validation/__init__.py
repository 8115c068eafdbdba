"""DECIDE, second half: pandera judges the typed frames. The only package that calls pandera's ``validate``."""

from pipeline.validation.context import Known, no_knowledge
from pipeline.validation.engine import JudgingError, judge
from pipeline.validation.knowledge import knowledge
from pipeline.validation.standing import standing_findings

__all__ = ["JudgingError", "Known", "judge", "knowledge", "no_knowledge", "standing_findings"]
